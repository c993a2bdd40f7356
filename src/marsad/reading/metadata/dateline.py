"""Datelines and lines that are only a date."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from marsad.reading.metadata.vocabulary import vocabulary
from marsad.reading.text import Text, Token
from marsad.reading.times import vocabulary as time_words
from marsad.records.spans import Span

_DASHES = frozenset({"-", "–", "—", "_", "―"})
_DATELINE_TOKENS = 24  # the longest dateline that is looked for, dash included
_MARKS = 6  # in square brackets, of an editor
_MARK = re.compile(r"\s{0,3}\[[^\[\]]{1,200}\]")
_COUNTRY = 6  # words of a country, with its opening bracket
TOP_PARAGRAPHS = 8  # a dateline stands at the top of the page
PARTICLES = frozenset(
    {"of", "the", "de", "du", "al", "el", "and", "in", "near", "on", "bin", "ibn", "d", "m"}
)


class Dateline(NamedTuple):
    """`QAMISHLI, Syria (North Press) –`: where it was written, for whom, and where the text begins."""

    place: Span
    agency: Span | None
    end: int  # offset of the first character after the dateline


def dateline(text: Text, paragraph: int) -> Dateline | None:
    """The dateline that `paragraph` begins with, if it is near the top of the page.

    Shown by capitals (BEIRUT), an agency in brackets, a date, or a place with its country,
    before a dash (or, after capitals alone, a colon) that stands free.
    """
    if paragraph >= min(TOP_PARAGRAPHS, len(text.paragraphs)):
        return None
    words = text.tokens_in(_head(text.paragraphs[paragraph]))
    stop = _dash(text, words)
    if stop is None or stop == 0:
        return None
    end = _marks_end(text.text, _dash_end(text.text, words[stop].begin))
    return _dateline_of(_without_country(words[:stop]), end, colon=words[stop].text == ":")


def _head(paragraph: Span) -> Span:
    return paragraph[0], min(paragraph[1], paragraph[0] + 200)


def _dash(text: Text, words: tuple[Token, ...]) -> int | None:
    """Index of the first dash that stands free, or of a colon."""
    for index, word in enumerate(words[:_DATELINE_TOKENS]):
        if (word.text == ":" and text.text[word.end : word.end + 1] == " ") or (
            word.text in _DASHES and _is_free(text.text, word)
        ):
            return index
        if word.text in '?!;“”"':
            return None
    return None


def _dash_end(text: str, begin: int) -> int:
    """The end of the dash at `begin`, which may be typed as two."""
    return begin + 2 if text[begin + 1 : begin + 2] in _DASHES else begin + 1


def _marks_end(text: str, end: int) -> int:
    """The end of an editor's marks in square brackets behind the dash: `-- [Excerpts] [Text]`."""
    for _ in range(_MARKS):
        marked = _MARK.match(text, end)
        if marked is None:
            break
        end = marked.end()
    return end


def _without_country(words: tuple[Token, ...]) -> tuple[Token, ...]:
    """`MANAGUA (NICARAGUA), 11 December` without the country in brackets before the comma."""
    opened = next((i for i, word in enumerate(words) if word.text == "("), len(words))
    closed = next((i for i, word in enumerate(words[opened:], opened) if word.text == ")"), len(words))
    follows = closed + 1 < len(words) and words[closed + 1].text == ","
    return words[:opened] + words[closed + 1 :] if follows and closed - opened <= _COUNTRY else words


def _is_free(text: str, dash: Token) -> bool:
    after = text[dash.end : dash.end + 1]
    before = text[dash.begin - 1 : dash.begin]
    return (not after or after.isspace() or after in "-–—") and (before.isspace() or before == ")")


def _dateline_of(words: tuple[Token, ...], end: int, *, colon: bool) -> Dateline | None:
    open_bracket = next((i for i, word in enumerate(words) if word.text in "(/"), len(words))
    place = _until_date(words[:open_bracket])
    dated = len(place) < open_bracket
    bracket = words[open_bracket:]
    agency = _agency(bracket)
    if (bracket and agency is None) or not place or not _is_place(place):
        return None
    capitals = place[0].text.isupper() and len(place[0].text) > 2
    with_country = any(word.text == "," for word in place[1:])
    if colon and not (capitals and all(word.text.isupper() for word in place if word.is_word)):
        return None
    if colon and len(place) > 3:
        return None
    if not (capitals or agency or dated or with_country):
        return None
    last = len(place)
    while last > 1 and place[last - 1].text in ",;/":
        last -= 1
    return Dateline((place[0].begin, place[last - 1].end), agency, end)


def _until_date(words: tuple[Token, ...]) -> tuple[Token, ...]:
    """The words before the first number, month or weekday, when what follows is a date."""
    for index, word in enumerate(words):
        if word.is_number or (index and word.lower in _date_company() and word.is_title):
            rest = [other for other in words[index:] if other.is_word]
            return words[:index] if all(other.lower in _date_company() for other in rest) else ()
    return words


def _agency(bracket: tuple[Token, ...]) -> Span | None:
    """The span inside the brackets, where it is a name."""
    if not 3 <= len(bracket) <= 10 or bracket[0].text + bracket[-1].text not in ("()", "//"):
        return None
    inside = bracket[1:-1]
    named = all(word.is_title or not word.is_word or word.lower in PARTICLES for word in inside)
    return (inside[0].begin, inside[-1].end) if named else None


def _is_place(words: tuple[Token, ...]) -> bool:
    if len(words) > 12 or not words[0].is_title or len(words[0].text) < 2:
        return False
    return all(
        word.is_title or word.lower in PARTICLES or "-" in word.text or word.text in ",.'’/" for word in words
    )


@cache
def _months() -> frozenset[str]:
    return frozenset([*time_words.words().months, *time_words.words().month_abbreviations])


@cache
def _date_company() -> frozenset[str]:
    """What may stand beside the numbers of a line that is only a date."""
    names = [*time_words.words().weekdays, *time_words.words().weekday_abbreviations]
    return _months() | frozenset([*names, *vocabulary().dates.company])


def is_date_line(words: tuple[Token, ...]) -> bool:
    """A paragraph that is a date, with or without `Published:` and an hour."""
    if len(words) > 24 or not any(word.is_number for word in words):
        return False
    lettered = [word for word in words if word.is_word]
    has_day = any(word.lower in _months() for word in lettered) or _is_numeric_date(words)
    return has_day and all(word.lower.rstrip(".") in _date_company() for word in lettered)


def _is_numeric_date(words: tuple[Token, ...]) -> bool:
    numbers = [word.text for word in words if word.is_number]
    return len(numbers) >= 3 and any(len(number) == 4 and number[:2] in ("19", "20") for number in numbers)
