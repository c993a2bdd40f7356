"""How an estimate and a range are put in words on a board: with bound and unit, nothing rounded."""

from __future__ import annotations

from marsad.assessment.series import Point
from marsad.records import wording
from marsad.records.wording import English, Language

PHRASES = {
    **wording.PHRASES,
    "no_number": "no number",
    "known": "known {day}",
    "as_of": "as of {day}",
}
ENGLISH = English(PHRASES)


def amount(point: Point, language: Language = ENGLISH) -> str:
    """The number of an estimate with its bound, and its unit where the title of the series has no noun."""
    figure = point.figure.record
    unit = figure.unit or ""
    is_noun = unit.islower() and unit.replace(" ", "").isalpha()
    said = wording.amount(figure, language)
    return said if is_noun else f"{said} {unit}".strip()


def within(low: float | None, high: float | None, language: Language = ENGLISH) -> str:
    """A range; without an end, `at least` or `at most` the other."""
    if low is None or high is None or low == high:
        return wording.ends(low, high, language) or language.phrase("no_number")
    return language.phrase("between", low=wording.number(low, language), high=wording.number(high, language))


def as_of(point: Point, language: Language = ENGLISH) -> str:
    """What an estimate is true of; where that is not told, when it became known."""
    when = point.as_of
    if when is None or not (when.earliest or when.latest):
        return language.phrase("known", day=point.known)
    return language.phrase("as_of", day=wording.when(when, language))
