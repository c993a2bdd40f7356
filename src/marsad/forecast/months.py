"""Months as numbers, and the windows of a backtest.

A month is counted as VIEWS counts it: January 1980 is 1, so `month_id = (year − 1980) · 12 + month`. A window
of year Y is what the VIEWS Prediction Challenge asks for: whoever forecasts has seen everything up to October
of Y − 1 and nothing later, and forecasts January to December of Y, three to fourteen months ahead.
"""

from __future__ import annotations

from dataclasses import dataclass

from marsad.errors import BadInput
from marsad.records.forecast import EPOCH, month_name

_YEAR = 12
_CUT = 10  # October is the last month that a window's forecaster has seen


def month_id(year: int, month: int) -> int:
    """The number of a month, `month` 1 to 12."""
    return (year - EPOCH) * _YEAR + month


def label(month: int) -> str:
    """A month by its number as `YYYY-MM`."""
    return month_name(month)


def parse(text: str) -> int:
    """The number of the month `YYYY-MM`.

    Raises:
        BadInput: it is not of this form.
    """
    year, dash, month = text.strip().partition("-")
    if not (dash and len(year) == 4 and _is_number(year) and _is_number(month) and 1 <= int(month) <= _YEAR):
        raise BadInput(f"{text!r} is no month; write it as 2019-03")
    return month_id(int(year), int(month))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


@dataclass(frozen=True, order=True)
class Window:
    """One year of a backtest."""

    year: int

    @property
    def cut(self) -> int:
        """The last month that may be seen: October of the year before."""
        return month_id(self.year - 1, _CUT)

    @property
    def months(self) -> range:
        """The twelve months that are forecast."""
        return range(month_id(self.year, 1), month_id(self.year, _YEAR) + 1)

    @property
    def horizons(self) -> range:
        """How many months after the cut they lie: 3 to 14."""
        return range(self.months.start - self.cut, self.months.stop - self.cut)


def windows(text: str) -> tuple[Window, ...]:
    """The windows that a list such as `2018,2019` or `2018-2022` names, in the order of their years.

    Raises:
        BadInput: a part of it is no year.
    """
    years: set[int] = set()
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        if not _is_year(first) or (dash and not _is_year(last)):
            raise BadInput(f"{text!r} is no list of windows; write years, as 2018,2019 or 2018-2022")
        found = range(int(first), int(last or first) + 1)
        if not found:
            raise BadInput(f"{part.strip()!r} runs backwards; write the earlier year first")
        years.update(found)
    return tuple(Window(year) for year in sorted(years))


def _is_year(text: str) -> bool:
    return len(text) == 4 and _is_number(text)
