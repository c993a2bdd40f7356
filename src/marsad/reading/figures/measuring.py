"""What a number measures: its dotted measure, unit, aspect, rate and share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from marsad.reading.figures.counted import Counted, clause
from marsad.reading.figures.measures import (
    PEOPLE,
    Event,
    Noun,
    intransitive,
    money,
    nouns,
    states,
    verbs,
    vocabulary,
)  # fmt: skip
from marsad.reading.figures.tolls import event_of, event_within
from marsad.reading.syntax import closed_class, is_adverb, is_finite
from marsad.reading.text import Token
from marsad.records.reading import Aspect

_RATE_WINDOW = 3
_SHARE_WINDOW = 7
_PRICED = 3  # tokens of what a price is for
_CONVERSION = 8  # tokens of an amount in brackets
_ELLIPTICAL = frozenset(
    {
        "in",
        "from",
        "at",
        "of",
        "others",
        "to",
        "inside",
        "across",
        "are",
        "were",
        "and",
        "living",
        "who",
        "have",
    }
)


class Measured(NamedTuple):
    measure: str
    unit: str | None
    aspect: Aspect = "level"
    per: str | None = None
    share_of: str | None = None
    population: tuple[int, int] | None = None  # tokens of the counted noun
    event: Event | None = None


def measure(
    tokens: Sequence[Token], found: Counted, before: Measured | None, *, camp: bool
) -> Measured | None:
    """What `found` measures, or `None` where it is no figure.

    `before` is the figure that it is joined to ("12 soldiers and five civilians"), `camp` says that
    its clause names a place where people are held.
    """
    role = found.number.unit.role if found.number.unit else None
    if role == "money":
        converted = before is not None and tokens[found.number.first - 1].text == "("
        return before._replace(unit=_code(found)) if before and converted else _money(tokens, found)
    if role == "share":
        return _share(tokens, found, before)
    if role == "area":
        return Measured("territory.area", _code(found), per=None)
    if role is not None:
        return None
    if found.noun is None:
        return _bare(tokens, found, before)
    return _count(tokens, found, found.noun, before, camp=camp)


def _code(found: Counted) -> str | None:
    return found.number.unit.code if found.number.unit else None


def _money(tokens: Sequence[Token], found: Counted) -> Measured:
    around = clause(tokens, found.number.first)
    near = sorted(
        (abs(index - found.number.first), money()[tokens[index].lower])
        for index in around
        if tokens[index].lower in money()
    )
    per = _per(tokens, found.number.stop)
    name = near[0][1] if near else _priced(tokens, found)
    aspect: Aspect = "rate" if per else "flow" if name == "finance.revenue" else "level"
    return Measured(name, _code(found), _change(tokens, found) or aspect, per)


def _priced(tokens: Sequence[Token], found: Counted) -> str:
    """count.fee for "a $10bn fee" and "a fee of $10bn", count.package for "a $5m support package"."""
    first = stop = _past_brackets(tokens, found.number.stop)
    while stop < len(tokens) and stop - first < _PRICED and _is_common_noun(tokens[stop]):
        stop += 1
    if stop > first:
        return f"count.{_singular(tokens[stop - 1].lower)}"
    at = found.number.first - 1
    if at > 0 and tokens[at].lower == "of" and _is_common_noun(tokens[at - 1]):
        return f"count.{_singular(tokens[at - 1].lower)}"
    return vocabulary().money.default


def _past_brackets(tokens: Sequence[Token], index: int) -> int:
    """Past the same amount in another currency: "$10bn (£7.6bn) fee"."""
    words = [token.text for token in tokens[index : index + _CONVERSION]]
    return index + words.index(")") + 1 if words[:1] == ["("] and ")" in words else index


def _is_common_noun(token: Token) -> bool:
    word = token.lower
    plain = (
        len(word) > 2
        and token.is_word
        and not token.is_title
        and word not in closed_class()
        and "-" not in word
    )
    return plain and not is_finite(token) and not is_adverb(token) and not word.endswith(("ed", "ing", "ly"))


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _share(tokens: Sequence[Token], found: Counted, before: Measured | None) -> Measured | None:
    number = found.number
    worded = number.amounts[0].kind == "fraction"
    stop = number.stop
    lower = [token.lower for token in tokens[stop : stop + 2]]
    if of_whom(tokens, stop) and before is not None:
        return before._replace(unit="%", aspect="share", per=None, population=None)
    ratio = worded and tokens[stop - 2].lower in ("in", "of")  # one in 20 people
    whole = ratio or (worded and lower[:1] and lower[0] in ("the", "its", "their", "his", "our"))
    if not lower or (lower[0] != "of" and not whole):
        another = tokens[number.first].lower == "another"
        if before is None or before.aspect != "share" or (worded and not another):
            return None
        event = event_of(tokens, found) if another else None  # killed 4% and displaced another quarter
        name = _named(Noun("people", "person"), event) if event else before.measure
        return before._replace(measure=name, event=event or before.event)
    first = stop + 1 if lower[0] == "of" else stop
    for index in range(first, min(first + _SHARE_WINDOW, len(tokens))):
        match = nouns().at(tokens, index)
        if match and not _is_possessive(tokens, match.stop):  # the country's population
            end = max(match.stop, found.stop) if found.noun else match.stop
            return _share_of(tokens, found, match.value, (first, end))
        if (
            tokens[index].lower in closed_class()
            and index > first
            and tokens[index].lower not in ("the", "its")
        ):
            break
    return None


def _is_possessive(tokens: Sequence[Token], index: int) -> bool:
    return index < len(tokens) and tokens[index].text in ("'s", "’s")


def of_whom(tokens: Sequence[Token], index: int) -> bool:
    """Whether "of whom", "of them" follows, which names the figure before."""
    words = [token.lower for token in tokens[index : index + 2]]
    return words[:1] == ["of"] and words[1:] in (["whom"], ["them"], ["which"], ["those"], ["these"])


def _share_of(tokens: Sequence[Token], found: Counted, noun: Noun, whole: tuple[int, int]) -> Measured:
    noun = found.noun or noun
    whole_of_place = whole[1] > 0 and tokens[whole[1] - 1].lower in vocabulary().kinds["territory"].nouns
    if found.noun is None and noun.kind in ("countries", "sites") and whole_of_place:
        noun = Noun("territory", noun.lemma)  # half of the country
    people = noun.kind in PEOPLE or noun.kind == "population"
    event = event_of(tokens, found) if people else None
    if event is None or not event.measure.startswith(("casualties.", "displacement.")):
        event = None
    name = _counted_as(noun) if people and event is None else _default(noun)
    return Measured(event.measure if event else name, "%", "share", None, _words(tokens, whole), None, event)


def _words(tokens: Sequence[Token], span: tuple[int, int]) -> str:
    words = tokens[span[0] : span[1]]
    text = ""
    for token, previous in zip(words, [None, *words], strict=False):
        text += (" " if previous and previous.end < token.begin else "") + token.text
    return text


def _count(
    tokens: Sequence[Token], found: Counted, noun: Noun, before: Measured | None, *, camp: bool
) -> Measured | None:
    kind = vocabulary().kinds[noun.kind]
    if kind.shares_only:
        return None
    event = event_of(tokens, found) if noun.kind in PEOPLE else None
    if event is None and before is not None and noun.kind in PEOPLE:
        event = before.event
    if event and not _applies(event, noun):
        event = None
    held = event is None and camp and noun.kind in ("people", "families", "fighters")
    if held:
        event = Event("detention.*", "level")
    name = _named(noun, event) if event else _default(noun)
    if noun.kind == "countries" and tokens[found.number.first - 1].lower in vocabulary().origin.before:
        name = "origin.countries"
    if not _is_notable(tokens, found, name, event, held=held):
        return None
    per = _per(tokens, found.stop)
    aspect: Aspect = event.aspect if event else _aspect(noun)
    aspect = "rate" if per else _change(tokens, found) or aspect
    return Measured(name, noun.lemma, aspect, per, None, (found.head, found.stop), event)


def _applies(event: Event, noun: Noun) -> bool:
    """Refugees who join somebody are no recruits, and fighters who leave are not displaced."""
    if event.measure.startswith("recruitment."):
        return noun.kind in ("fighters", "people")
    return not (event.measure.startswith("displacement.") and noun.kind == "fighters")


def _aspect(noun: Noun) -> Aspect:
    return "flow" if noun.kind in ("attacks", "dead", "hurt", "casualties") else "level"


def _default(noun: Noun) -> str:
    kind = vocabulary().kinds[noun.kind]
    return kind.measure if kind.measure != "count" else _counted_as(noun)


def _counted_as(noun: Noun) -> str:
    return f"count.{noun.lemma.casefold().replace(' ', '_')}"


def _named(noun: Noun, event: Event) -> str:
    if not event.measure.endswith(".*"):
        return event.measure
    part = vocabulary().kinds[noun.kind].part
    return event.measure[:-1] + (part if part in ("fighters", "families") else "population")


def _is_notable(
    tokens: Sequence[Token], found: Counted, name: str, event: Event | None, *, held: bool
) -> bool:
    """Whether the number is worth a record: small ones only where somebody came to harm."""
    number = found.number
    most = number.high if number.high is not None else number.low
    if most is None or most >= vocabulary().notable:
        return True
    if most == 1 and (event is None or tokens[number.stop - 1].lower != "one" or found.stop == number.stop):
        return False
    if most == 1 and event_within(tokens, found):  # one wounded boy
        return False
    if number.first > 0 and tokens[number.first - 1].lower in vocabulary().other_numbers.definite:
        return False
    kind = vocabulary().kinds[found.noun.kind] if found.noun else None
    small = bool(kind and kind.small) or bool(found.noun and found.noun.lemma in vocabulary().small_nouns)
    return small or (not held and name.startswith(vocabulary().small_measures))


def _bare(tokens: Sequence[Token], found: Counted, before: Measured | None) -> Measured | None:
    """A number without a noun is a figure where its verb is of people: "killed 12", "30 were injured"."""
    stop = found.number.stop
    partitive = stop < len(tokens) and tokens[stop].lower == "of" and not of_whom(tokens, stop)
    if partitive or (stop < len(tokens) and not _ends_phrase(tokens, stop)):
        return None
    event = event_of(tokens, found)
    if event is None:
        return _elliptical(tokens, found, before)
    name = _named(Noun("people", "person"), event)
    if not _is_notable(tokens, found, name, event, held=event.aspect == "level"):
        return None
    per = _per(tokens, stop)
    return Measured(name, "person", "rate" if per else event.aspect, per, None, None, event)


def _elliptical(tokens: Sequence[Token], found: Counted, before: Measured | None) -> Measured | None:
    """ "4,000 citizens came from Russia and another 5,000 from elsewhere": the noun before is meant."""
    number = found.number
    if before is None or before.aspect in ("share", "rate") or not (before.population or before.event):
        return None
    follower = tokens[number.stop].lower if number.stop < len(tokens) else ""
    written = number.amounts[0].scale > 1 or tokens[number.amounts[0].first].is_number
    if not written or (follower not in _ELLIPTICAL and follower.isalpha()):
        return None
    if not _is_notable(tokens, found, before.measure, before.event, held=False):
        return None
    return before._replace(population=None, per=None)


def _ends_phrase(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if not token.is_word:
        return token.text not in ("-", "/", "’", "'", "%")
    word = token.lower
    known = word in closed_class() or is_finite(token) or word in verbs() or word in intransitive()
    return known or states().at(tokens, index) is not None or is_adverb(token)


def _per(tokens: Sequence[Token], stop: int) -> str | None:
    """ "a day", "per month", "annually" right after a figure."""
    links = vocabulary().links
    for index in range(stop, min(stop + _RATE_WINDOW, len(tokens))):
        word = tokens[index].lower
        if word in links.adverbs:
            return links.adverbs[word]
        follower = tokens[index + 1].lower if index + 1 < len(tokens) else ""
        if word in links.per and follower in links.periods:
            return {"annum": "year"}.get(follower, follower)
        if not tokens[index].is_word:
            return None
    return None


def _change(tokens: Sequence[Token], found: Counted) -> Aspect | None:
    """ "rose by 300", "an increase of 300"."""
    changes = vocabulary().changes
    first = found.number.first
    words = [token.lower for token in tokens[max(first - 3, 0) : first]]
    link = words[-1] if words else ""
    near = any(word in changes.up or word in changes.down for word in words[:-1])
    return "change" if link in ("by", "of") and near else None
