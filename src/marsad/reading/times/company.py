"""The words beside a match: whether they let a number, a month or a length be a time."""

from __future__ import annotations

from functools import cache

from marsad.reading.text import Token
from marsad.reading.times.meanings import Match, group
from marsad.reading.times.vocabulary import words

_NO_NOUNS = frozenset(
    {
        "this",
        "thus",
        "does",
        "perhaps",
        "always",
        "besides",
        "towards",
        "says",
        "across",
        "plus",
        "was",
        "has",
    }
)
_OWNING = frozenset(("the", "a", "'s", "its", "their"))
_TEMPORAL = frozenset(
    (
        "in",
        "since",
        "until",
        "by",
        "during",
        "from",
        "before",
        "after",
        "till",
        "mid",
        "between",
        "throughout",
    )
)


def in_company(name: str, match: Match, tokens: tuple[Token, ...], index: int) -> bool:
    """Whether the words around a bare year, month, length or pointer let it be a time.

    `index` is that of the first token of the match.
    """
    if name == "year":
        return _year(match, tokens, index)
    if name == "month":
        return _month(match, tokens, index)
    if name == "length":
        return not {_word(tokens, index - 1), _word(tokens, index - 2)} & set(words().lengths.after_age)
    if name == "month_day" and not match["year"] and not match["rel"]:
        return not _counts(tokens, _following(match, tokens, index), match.end())
    if name == "unit":
        return match["unit"] != "day" or _word(tokens, index - 1) != "to"  # "to this day" is until now
    if name == "season" and _word(tokens, index - 1) in ("and", "to"):
        return _word(tokens, index - 2) in words().seasons  # "the spring and the summer"
    if name == "moment" and _word(tokens, index - 1) != "at":
        return _word(tokens, _following(match, tokens, index)) not in ("he", "she", "they", "it", "the")
    if name == "deictic":
        return index == 0 or match["word"][0].islower() or not tokens[index - 1].is_word  # "USA Today"
    return True


def is_name(text: str, begin: int, end: int) -> bool:
    """Whether `text[begin:end]` touches a name that only holds a day or a season: the Sunday Times."""
    for word in text[begin:end].split():
        for phrase in _names_with().get(word.strip(",.").casefold(), ()):
            at = text.find(phrase, max(begin - len(phrase), 0), end + len(phrase))
            if at >= 0 and at < end and at + len(phrase) > begin:
                return True
    return False


@cache
def _names_with() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for phrase in words().refused.phrases:
        for word in phrase.split():
            found[word.casefold()] = (*found.get(word.casefold(), ()), phrase)
    return found


def _word(tokens: tuple[Token, ...], index: int) -> str:
    return tokens[index].lower if 0 <= index < len(tokens) else ""


def _following(match: Match, tokens: tuple[Token, ...], index: int) -> int:
    """Index of the first token after the match."""
    end = match.end()
    while index < len(tokens) and tokens[index].begin < end:
        index += 1
    return index


def _year(match: Match, tokens: tuple[Token, ...], index: int) -> bool:
    year, following = int(match["year"]), _following(match, tokens, index)
    after, before, other = _word(tokens, following), _word(tokens, index - 1), _word(tokens, index - 2)
    refused = words().refused
    if match["part"] or match["lead"] or match["fiscal"] or match["christ"]:
        return True
    if before in refused.before_year or (before == "." and other in refused.before_year):
        return False
    if before == "(" and other[:1].isdigit():
        return False  # resolution 2254 (2015)
    temporal = before in _TEMPORAL
    if after in refused.after_year and not (temporal and after in ("people", "fighters", "troops")):
        return False
    if temporal or before in ("the", "s", "'s", "its", "their", "of", "fiscal"):
        return True
    if _counts(tokens, following, match.end()):
        return False
    return year >= 1900 or before in ("to", "and", "-", "(", "or", "–")


def _counts(tokens: tuple[Token, ...], following: int, end: int) -> bool:
    """Whether a lower-case plural noun follows, so that the number counts it."""
    if following >= len(tokens) or tokens[following].begin != end + 1:
        return False
    noun = tokens[following].text
    plural = noun.endswith("s") and not noun.endswith("ss") and len(noun) > 3
    counted = plural or noun in ("people", "men", "women", "children")
    return noun.islower() and counted and noun not in _NO_NOUNS


def _month(match: Match, tokens: tuple[Token, ...], index: int) -> bool:
    name, following = match["month"], _following(match, tokens, index)
    after, before, other = _word(tokens, following), _word(tokens, index - 1), _word(tokens, index - 2)
    key = name.lower().rstrip(".")
    refused = words().refused
    noun = following < len(tokens) and tokens[following].text.islower() and after != "on"
    if before in _OWNING and noun and key not in ("may", *words().month_abbreviations):
        return True  # "the June vote"
    named = any(group(match, part) for part in ("part", "look", "rel", "lead"))
    if key in words().month_abbreviations:
        return name.endswith(".") and (named or before in refused.month_context)
    if key in refused.persons and not named:
        capital = following < len(tokens) and tokens[following].is_title
        if before in ("and", "or", "to") and not (other.isdigit() or other in words().months):
            return False
        return before in refused.month_context and not (capital and key != "may") and after != "on"
    return True
