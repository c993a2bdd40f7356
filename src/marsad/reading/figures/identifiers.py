"""Numbers that count nothing: ages, years, ranks, and parts of names and identifiers."""

from __future__ import annotations

from collections.abc import Sequence

from marsad.reading.figures.measures import nouns, singulars, vocabulary
from marsad.reading.figures.numbers import Expression
from marsad.reading.figures.worded import small
from marsad.reading.syntax import grammar
from marsad.reading.text import Token

_OLDEST = 120
_BE = frozenset({"is", "was", "be", "turned", "turns", "'s", "’s"})
_WHO = frozenset({"he", "she", "i", "who"})
_MARKS = frozenset({"-", "/", "’", "'", "‑", "–"})
_LISTS = frozenset({".", ")", "]"})
_CLOSES = frozenset({",", ".", ";", "", "–", "—", ")", "and", "who", "was", "from", "of"})
_OPENS = frozenset({"(", "["})


def is_other_number(tokens: Sequence[Token], number: Expression) -> bool:
    """Whether `number` is an age, a year, a rank, a length of time, or part of a name.

    A number with a unit is none of these, but for what it is glued to.
    """
    first, stop = number.first, number.stop
    before, after = _lower(tokens, first - 1), _lower(tokens, stop)
    words = vocabulary().other_numbers
    if number.unit is not None:
        return number.unit.role not in ("money", "share") and before in words.names
    lasts = after in words.after and not _is_rate(tokens, stop)
    return (
        lasts
        or (before in words.names and not _is_verb(tokens, first - 1))
        or _is_glued(tokens, number)
        or _is_in_name(tokens, number)
        or _is_age(tokens, number)
        or _is_clock(tokens, stop)
        or _is_year(tokens, number)
        or _is_year_in_words(tokens, number)
        or _is_list_mark(tokens, number)
    )


def _is_verb(tokens: Sequence[Token], index: int) -> bool:
    """ "refugees number 40,000", "will number 400": the word after a plural, or after an auxiliary."""
    if tokens[index].lower != "number" or index == 0:
        return False
    if tokens[index - 1].lower in grammar().auxiliaries:
        return True
    found = nouns().at(tokens, index - 1)
    return found is not None and tokens[index - 1].lower not in singulars()


def _is_in_name(tokens: Sequence[Token], number: Expression) -> bool:
    """ "the Oak Three Rivers team": a number word with a capital between two names."""
    first, stop = number.first, number.stop
    if first == 0 or not tokens[first].is_title or stop >= len(tokens):
        return False
    return tokens[first - 1].is_title and tokens[stop].is_title


def _is_clock(tokens: Sequence[Token], index: int) -> bool:
    """ "from 1 to 2:30", "4 p.m."."""
    after, follower = _lower(tokens, index), _lower(tokens, index + 1)
    if after == ":":
        return _touches(tokens, index) and follower.isdecimal() and _touches(tokens, index + 1)
    return after in ("p", "a") and follower == "." and _lower(tokens, index + 2) == "m"


def _is_year_in_words(tokens: Sequence[Token], number: Expression) -> bool:
    """ "nineteen ninety-one": two numbers in words side by side, neither of which the other takes."""
    first, stop = number.first, number.stop
    if number.high is None or not number.high < 100 or tokens[stop - 1].is_number:
        return False
    beside = [at for at in (first - 1, stop) if 0 <= at < len(tokens) and tokens[at].is_word]
    return any(10 <= (small(tokens[at].lower) or 0) < 100 for at in beside)


def _is_rate(tokens: Sequence[Token], index: int) -> bool:
    """ "78,000 times a minute"."""
    links = vocabulary().links
    after = (_lower(tokens, index), _lower(tokens, index + 1) in links.per, _lower(tokens, index + 2))
    return after[0] == "times" and after[1] and after[2] in links.periods


def is_name(tokens: Sequence[Token], first: int) -> bool:
    """Whether a name stands right before the number at `first`: "Boeing 747", "Section 427"."""
    if first == 0 or not tokens[first].is_number:
        return False
    before = tokens[first - 1]
    named = before.is_name or any(letter.isupper() for letter in before.text)  # the iPhone 14
    return named and before.is_word and (first > 1 or before.text.isupper())


def _is_glued(tokens: Sequence[Token], number: Expression) -> bool:
    """Part of a token run: F16, 5G, 2254/2015, 24/7; but "30-member" and "30,000-strong" count."""
    first, stop = number.first, number.stop
    before, after = _text(tokens, first - 1), _text(tokens, stop)
    if _touches(tokens, stop) and (tokens[stop].is_word or tokens[stop].is_number):
        return True
    if after in ("/", "’", "'", "\\") and _touches(tokens, stop):
        return True
    if after in ("-", "‑") and _touches(tokens, stop) and stop + 1 < len(tokens):
        compound = tokens[stop + 1].lower
        return not _touches(tokens, stop + 1) or not compound.isalpha() or compound == "something"
    glued = before in ("-", "/", "#", "_", ".", ":") and _touches(tokens, first)
    return (glued and not _is_free(tokens, first - 1)) or (
        _touches(tokens, first) and (tokens[first - 1].is_word or tokens[first - 1].is_number)
    )


def _is_free(tokens: Sequence[Token], index: int) -> bool:
    """Whether no word stands before the mark at `index`: "-40" in a list."""
    spaced = index == 0 or (not _touches(tokens, index) and not tokens[index - 1].is_word)
    return tokens[index].text != "#" and spaced  # COVID -19


def _is_age(tokens: Sequence[Token], number: Expression) -> bool:
    """ "Amal, 36, a farmer", "he is 35", "under the age of 5"."""
    first, stop = number.first, number.stop
    if number.high is None or not 0 < number.high <= _OLDEST:
        return False
    before, after = _text(tokens, first - 1), _text(tokens, stop)
    words = [token.lower for token in tokens[max(first - 4, 0) : first]]
    at = first - 1 - (words[-1:] == ["now"])  # Amal, now 36,
    if at > 0 and tokens[at].text == "," and after in _CLOSES:
        return tokens[at - 1].is_name or at < first - 1
    if before == "(" and after == ")" and first > 1:
        return tokens[first - 2].is_name
    if words[-1:] == ["of"] and {"age", "ages"} & set(words[-3:-1]):
        return True
    if {"aged", "ages", "age"} & set(words):  # aged 11 and seven
        return True
    closes = after in (".", ",", "", "and", "when", "by", "but", ";")
    if tokens[first].lower in ("under", "over"):  # half of the residents are under 12
        return closes and words[-1:] in (["are"], ["were"])
    return closes and any(word in _WHO for word in words) and bool(_BE & set(words[-1:]))


def _is_year(tokens: Sequence[Token], number: Expression) -> bool:
    words = tokens[number.first : number.stop]
    if len(words) != 1 or not words[0].is_number or len(words[0].text) != 4 or number.low is None:
        return False
    return 1900 <= number.low <= 2100 and number.low % 100 != 0


def is_unnamed(tokens: Sequence[Token], number: Expression) -> bool:
    """Whether a number that counts nothing worded may be a name, an address or a year after all."""
    first, stop = number.first, number.stop
    words = tokens[first:stop]
    after = tokens[stop] if stop < len(tokens) else None
    acronym = after is not None and after.text.isalpha() and after.text.isupper()
    if after is not None and after.is_name and not acronym:  # 575 Oak Road, 787 Dreamliner
        return True
    beside = (first > 0 and tokens[first - 1].is_number) or (after is not None and after.is_number)
    beside = beside and number.amounts[0].scale == 1
    if beside or (words[0].text.startswith("0") and words[0].text.isdecimal() and len(words[0].text) > 1):
        return True  # a telephone number, a case number
    year = len(words) == 1 and len(words[0].text) == 4 and words[0].text.isdecimal()
    return is_name(tokens, first) or (year and 1000 <= int(words[0].text) < 2200)


def _is_list_mark(tokens: Sequence[Token], number: Expression) -> bool:
    """ "1. The panel", "(2)", "[14]"."""
    first, stop = number.first, number.stop
    if stop - first != 1 or not tokens[first].is_number or not tokens[first].text.isdecimal():
        return False
    after, before = _text(tokens, stop), _text(tokens, first - 1)
    if first == 0:
        return after in _LISTS
    return before in _OPENS and after in _LISTS


def _touches(tokens: Sequence[Token], index: int) -> bool:
    """Whether no white space stands before token `index`."""
    return 0 < index < len(tokens) and tokens[index - 1].end == tokens[index].begin


def _lower(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].lower if 0 <= index < len(tokens) else ""


def _text(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].text if 0 <= index < len(tokens) else ""
