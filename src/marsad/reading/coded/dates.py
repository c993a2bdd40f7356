"""Days as datasets write them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from marsad.reading.coded.cells import Cell

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_ISO = len("2019-03-23")
_CENTURY = 100


class NoDay(ValueError):
    """What stands in a cell is no day."""


def day(cell: Cell) -> tuple[date, int]:
    """The day that a cell begins with, and where its words end in the text.

    Read are `2019-03-23`, with a time behind it too, `23 March 2019`, `23-Mar-2019` and `23-Mar-19`.

    Raises:
        NoDay: another form. `03/04/2019` is one of two days, so it is none.
    """
    found, length = _day(cell.value[:40])
    return found, cell.begin + length


@lru_cache(4096)
def _day(words: str) -> tuple[date, int]:
    try:
        return date.fromisoformat(words[:_ISO]), _ISO
    except ValueError:
        return _worded(words)


def _worded(words: str) -> tuple[date, int]:
    parts = words.replace("-", " ").split()
    month = _MONTHS.get(parts[1][:3].casefold()) if len(parts) == len(("day", "month", "year")) else None
    if month is None or not (parts[0].isdecimal() and parts[2].isdecimal()):
        raise NoDay(words)
    year = int(parts[2])
    if year < _CENTURY:  # ACLED begins in 1997
        year += 1900 if year >= 90 else 2000
    try:
        return date(year, month, int(parts[0])), len(words)
    except ValueError:
        raise NoDay(words) from None
