"""What an expression of time is found to be, and the days of the parts of a period."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Literal, NamedTuple

from marsad.reading.times.vocabulary import PartName, words
from marsad.records import interval

OLDEST = 1000  # the first year that has an EDTF here; older ones keep their TIMEX3 value alone


class Resolved(NamedTuple):
    """TIMEX3 type, value and mod with the EDTF of the days, None where they are unknown."""

    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    edtf: str | None = None
    mod: str | None = None


def year_name(year: int | None) -> str:
    """TIMEX3: 2014, BC0480; XXXX where unknown."""
    if year is None:
        return "XXXX"
    return f"{year:04}" if year > 0 else f"BC{-year:04}"


def part_of_year(year: int, part: PartName) -> str:
    first, last = words().table.year[part]
    return interval.within(date(year, first, 1), interval.last_of_month(date(year, last, 1)))


def part_of_month(year: int, month: int, part: PartName) -> str:
    first, last = words().table.month[part]
    end = min(last, monthrange(year, month)[1])
    return interval.within(date(year, month, first), date(year, month, end))


def era(first: int, length: Literal[10, 100], part: PartName | None = None) -> Resolved:
    """A decade or century by its first year: 199 and 199X, 18 and 18XX; before Christ BC047, BC04."""
    kept = 3 if length == 10 else 2
    if first < 0:
        return Resolved("DATE", "BC" + f"{-first - length + 1:04}"[:kept])
    digits = f"{first:04}"[:kept]
    if first < OLDEST:
        return Resolved("DATE", digits)
    if not part:
        return Resolved("DATE", digits, digits + ("X" if length == 10 else "XX"))
    table = words().table.decade if length == 10 else words().table.century
    begin, end = table[part]
    return Resolved("DATE", digits, interval.within(date(first + begin, 1, 1), date(first + end, 12, 31)))
