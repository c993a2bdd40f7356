"""Axes of a drawing: from numbers and from days to their share of its width, with round marks.

Shares lie between 0, at the left, and 1: a drawing of fixed width multiplies them, one that fits its
page writes them in per cent. Time runs from left to right in every language, as numbers do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from math import floor, log10
from typing import Literal, NamedTuple, Protocol

from marsad.records import wording
from marsad.records.reading import Number

Grain = Literal["day", "month", "year", "decade"]
_YEAR = 365.25
_END = float(date.max.toordinal())
_MARKS = 6  # of an axis of time, at the most
_STEPS = (1, 2, 3, 6)  # months between two marks


class Mark(NamedTuple):
    share: float
    words: str


class Ranged(Protocol):
    """What has a range. An end that is not known is open."""

    @property
    def low(self) -> Number | None: ...
    @property
    def best(self) -> Number | None: ...
    @property
    def high(self) -> Number | None: ...


class Values:
    """An axis of numbers, which begins at zero and is linear."""

    def __init__(self, bars: Iterable[Ranged]) -> None:
        most = max(map(_reach, bars), default=0) or 1
        self.step = _step(most)
        self.most = self.step * -(-most // self.step) or 1

    def share(self, value: Number) -> float:
        return max(0, value) / self.most

    def marks(self, language: wording.Language = wording.ENGLISH) -> Iterator[Mark]:
        at: Number = 0
        while at <= self.most * 1.0001:
            yield Mark(self.share(at), wording.number(_whole(at), language))
            at += self.step


def _reach(bar: Ranged) -> Number:
    """How far a bar reaches; one that is open above, some way on."""
    most = max((value for value in (bar.low, bar.best, bar.high) if value is not None), default=0)
    return most * 1.2 if bar.high is None and bar.low is not None else most


def _step(most: Number) -> float:
    """A round distance between marks, so that there are two to five of them (after Heckbert 1990)."""
    rough = most / 3
    power = 10.0 ** floor(log10(rough)) if rough > 0 else 1.0
    return float(next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= rough * 0.999))


def _whole(value: Number) -> Number:
    return int(value) if float(value).is_integer() else round(value, 6)


class Days:
    """An axis of days. Its marks are days, months or years, whichever its length allows."""

    def __init__(self, days: Iterable[date]) -> None:
        ordinals = [day.toordinal() for day in days]
        first, last = min(ordinals, default=1), max(ordinals, default=1)
        room = max(1.0, (last - first) * 0.03)
        self.first, self.last = max(1.0, first - room), min(_END, last + 1 + room)

    @property
    def grain(self) -> Grain:
        """What its days are best grouped by."""
        length = self.last - self.first
        if length <= 45:
            return "day"
        if length <= 3 * _YEAR:
            return "month"
        return "year" if length <= 30 * _YEAR else "decade"

    def share(self, day: date, *, end: bool = False) -> float:
        """Where a day begins; with `end`, where it is over."""
        return min(1.0, max(0.0, (day.toordinal() + end - self.first) / (self.last - self.first)))

    def is_before(self, day: date | None) -> bool:
        """Whether a first day lies before the axis; an open beginning does."""
        return day is None or day.toordinal() < self.first

    def is_after(self, day: date | None) -> bool:
        """Whether a last day lies beyond the axis; an open end does."""
        return day is None or day.toordinal() > self.last

    def marks(self) -> Iterator[Mark]:
        if self.grain == "day":
            yield from self._days()
        elif self.grain == "month":
            yield from self._months()
        else:
            yield from self._years()

    def _days(self) -> Iterator[Mark]:
        first, last = int(self.first) + 1, int(self.last)
        for at in range(first, last + 1, max(1, -(-(last - first + 1) // _MARKS))):
            day = date.fromordinal(at)
            yield Mark(self.share(day), day.isoformat())

    def _months(self) -> Iterator[Mark]:
        months = (self.last - self.first) / (_YEAR / 12)
        step = next((step for step in _STEPS if months / step <= _MARKS), 12)
        first, last = date.fromordinal(int(self.first)), date.fromordinal(int(self.last))
        for at in range(first.year * 12 // step * step, last.year * 12 + last.month, step):
            day = date(max(1, at // 12), at % 12 + 1, 1)
            if first <= day <= last:
                yield Mark(self.share(day), f"{day:%Y-%m}")

    def _years(self) -> Iterator[Mark]:
        first, last = date.fromordinal(int(self.first)).year, date.fromordinal(int(self.last)).year
        step = next(
            step for step in (1, 2, 5, 10, 20, 50, 100, 250, 500, 5000) if (last - first) / step <= _MARKS
        )
        for year in range(-(-first // step) * step, last + 1, step):
            if year > first or self.first <= date(max(1, year), 1, 1).toordinal():
                yield Mark(self.share(date(max(1, year), 1, 1)), str(max(1, year)).zfill(4))
