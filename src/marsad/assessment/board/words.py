"""How an estimate and a range are put in words on a board: with bound and unit, nothing rounded."""

from __future__ import annotations

from marsad.assessment.series import Point
from marsad.records import wording


def amount(point: Point) -> str:
    """The number of an estimate with its bound, and its unit where the title of the series has no noun."""
    figure = point.figure.record
    unit = figure.unit or ""
    is_noun = unit.islower() and unit.replace(" ", "").isalpha()
    return wording.amount(figure) if is_noun else f"{wording.amount(figure)} {unit}".strip()


def within(low: float | None, high: float | None) -> str:
    """A range; without an end, `at least` or `at most` the other."""
    if low is None and high is None:
        return "no number"
    if low is None or high is None:
        return (
            f"at least {wording.number(low)}" if low is not None else f"at most {wording.number(high or 0)}"
        )
    return wording.number(low) if low == high else f"{wording.number(low)} to {wording.number(high)}"


def as_of(point: Point) -> str:
    """What an estimate is true of; where that is not told, when it became known."""
    when = point.as_of
    if when is None or not (when.earliest or when.latest):
        return f"known {point.known}"
    edtf = when.edtf or ""
    if edtf and not edtf.startswith("[") and "/" not in edtf:
        return f"as of {edtf}"
    some_day = "some day from " if edtf.startswith("[") and when.earliest and when.latest else ""
    return f"as of {some_day}{wording.days(when)}"
