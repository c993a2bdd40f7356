"""How a figure, a number and a stretch of time are put in words: nothing is rounded or left out.

The words are a `Language`'s: English, unless somebody brings another one, as the workbench does.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from typing import Protocol

from marsad.records.reading import Figure, Interval, Number, Toll

_MILLION, _BILLION = 1_000_000, 1_000_000_000
_SEASONS = {"-21": "spring", "-22": "summer", "-23": "autumn", "-24": "winter"}  # of EDTF

PHRASES = {
    "million": "{value} million",
    "billion": "{value} billion",
    "about": "about {value}",
    "between": "{low} to {high}",
    "at_least": "at least {value}",
    "at_most": "at most {value}",
    "best": "{value}, best {best}",
    "days": "{first} to {last}",
    "some_day": "some day from {first} to {last}",
    "spring": "spring {year}",
    "summer": "summer {year}",
    "autumn": "autumn {year}",
    "winter": "winter {year}",
    "from_day": "from {day}",
    "until_day": "until {day}",
    "unknown": "unknown",
}


class Language(Protocol):
    """What puts values in words."""

    def phrase(self, name: str, /, **words: object) -> str:
        """A phrase with its words put in."""

    def term(self, field: str, value: str, /) -> str:
        """What a value of a vocabulary is called: `at_least`, `strength.cells`; else the value itself."""


class English:
    """Phrases as they stand; the values of vocabularies are English already."""

    def __init__(self, phrases: Mapping[str, str]) -> None:
        self._phrases = phrases

    def phrase(self, name: str, /, **words: object) -> str:
        return self._phrases[name].format(**words)

    def term(self, field: str, value: str, /) -> str:
        return value


ENGLISH = English(PHRASES)


def number(value: Number, language: Language = ENGLISH) -> str:
    """`18400` is `18,400` and `2500000` is `2.5 million`; the words always mean the same number."""
    short, size = _scaled(value)
    return language.phrase(size, value=short) if size else short


def amount(figure: Figure, language: Language = ENGLISH) -> str:
    """The value of a figure with its bound; as worded where it has no number."""
    said = ends(figure.low, figure.high, language)
    if said is None:
        return figure.text
    is_about = figure.bound == "about" and figure.low == figure.high
    return language.phrase("about", value=said) if is_about else said


def ends(low: Number | None, high: Number | None, language: Language = ENGLISH) -> str | None:
    """A range by its ends: `3`, `3 to 5`, `at least 3`, `at most 5`; `None` where neither is known."""
    if low is None:
        return None if high is None else language.phrase("at_most", value=number(high, language))
    if high is None:
        return language.phrase("at_least", value=number(low, language))
    return number(low, language) if low == high else _between(low, high, language)


def toll(counted: Toll, language: Language = ENGLISH) -> str | None:
    """A toll by its ends, with its best value where that is neither; `None` where no number is told."""
    said, best = ends(counted.low, counted.high, language), counted.best
    if said is None:
        return None if best is None else number(best, language)
    if best is None or best in (counted.low, counted.high):
        return said
    return language.phrase("best", value=said, best=number(best, language))


def _between(low: Number, high: Number, language: Language) -> str:
    """`2 million` and `3 million` are `2 to 3 million`; other numbers are said in full."""
    (least, size), (most, other) = _scaled(low), _scaled(high)
    if size and size == other:
        return language.phrase(size, value=language.phrase("between", low=least, high=most))
    return language.phrase("between", low=number(low, language), high=number(high, language))


def _scaled(value: Number) -> tuple[str, str | None]:
    """A number in digits, and the phrase of the size that they count."""
    for size, name in ((_BILLION, "billion"), (_MILLION, "million")):
        short = f"{value / size:g}"
        if abs(value) >= size and "e" not in short and round(float(short) * size, 6) == value:
            return short, name
    return f"{value:,}", None


def counted(figure: Figure) -> str | None:
    """What the number counts: the noun as worded, for a lemma; else the unit (ISO 4217, UCUM)."""
    is_lemma = figure.unit is not None and figure.unit.isalpha() and figure.unit.islower()
    return figure.population if is_lemma and figure.population else figure.unit


def when(interval: Interval, language: Language = ENGLISH) -> str:
    """A day, month, season or year; some day between two; or all days from one to another."""
    edtf = interval.edtf or ""
    if edtf[4:] in _SEASONS:
        return language.phrase(_SEASONS[edtf[4:]], year=edtf[:4])
    if edtf and not edtf.startswith("[") and "/" not in edtf:
        return edtf
    if edtf.startswith("[") and interval.earliest and interval.latest:
        return language.phrase("some_day", first=interval.earliest, last=interval.latest)
    return days(interval, language)


def days(interval: Interval, language: Language = ENGLISH) -> str:
    """The days of an interval in ISO 8601, an open end in words."""
    if interval.earliest and interval.latest:
        if interval.earliest == interval.latest:
            return interval.earliest
        return language.phrase("days", first=interval.earliest, last=interval.latest)
    if interval.earliest:
        return language.phrase("from_day", day=interval.earliest)
    if interval.latest:
        return language.phrase("until_day", day=interval.latest)
    return interval.edtf or language.phrase("unknown")


def words(name: str) -> str:
    """A term of the vocabulary without its underscores: `at_least` is `at least`."""
    return name.replace("_", " ")


def short_days(interval: Interval) -> str:
    """The days of an interval, a whole month or year by its number: `2019-02` for all of February."""
    first, last = interval.earliest, interval.latest
    if first and last and first != last:
        if first.endswith("-01-01") and last == f"{first[:4]}-12-31":
            return first[:4]
        if first.endswith("-01") and _is_month_end(last):
            return first[:7] if first[:7] == last[:7] else f"{first[:7]} to {last[:7]}"
    return days(interval)


def _is_month_end(day: str) -> bool:
    year, month, last = map(int, day.split("-"))
    return monthrange(year, month)[1] == last
