"""Intervals of time in EDTF (ISO 8601-2), with their first and last day.

`2023`, `2023-06`, `2023-06-04` are a year, a month, a day; `198X` a decade; `[a..b]` is some day
within, `a/b` is throughout; an end left out (`[a..]`, `../b`) is open; a final `~` is "about" and
`?` is "uncertain", which widen nothing. Seasons are `2023-21` (spring) to `2023-24` (winter).

`parse` is the one door: the days of an `Interval` always follow from its EDTF.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from marsad.errors import BadInput
from marsad.records.reading import Interval

Days = tuple[date | None, date | None]  # first and last, both within; None = open

_YEAR = re.compile(r"\d{4}")
_DECADE = re.compile(r"\d{3}X")
_CENTURY = re.compile(r"\d{2}XX")
_MONTH = re.compile(r"\d{4}-\d{2}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SPRING, _WINTER = 21, 24
UNKNOWN = Interval(earliest=None, latest=None, edtf=None)


def parse(edtf: str | None, *, time: str | None = None) -> Interval:
    """The interval that `edtf` names; of `None` the unknown one.

    `time` is the id of the time record that it was taken from.

    Raises:
        BadInput: not one of the forms above, no such day, or the end before the beginning.
    """
    if edtf is None:
        return Interval(earliest=None, latest=None, edtf=None, time=time)
    earliest, latest = days(edtf)
    return Interval(earliest=_iso(earliest), latest=_iso(latest), edtf=edtf, time=time)


def days(edtf: str) -> Days:
    """First and last day of `edtf`, `None` where open.

    Raises:
        BadInput: as `parse`.
    """
    try:
        earliest, latest = _days(edtf)
    except ValueError as error:
        raise BadInput(f"no EDTF date: {edtf[:80]!r}; give YYYY-MM-DD or an interval of such") from error
    if earliest and latest and latest < earliest:
        raise BadInput(f"an interval that ends before it begins: {edtf[:80]!r}; exchange its ends")
    return earliest, latest


def within(earliest: date | None, latest: date | None) -> str:
    """EDTF of some day from `earliest` to `latest`: a day, month or year where it is just that."""
    if earliest is None and latest is None:
        raise BadInput("an interval with no end at all; leave it unknown")
    if earliest and latest:
        whole = _whole(earliest, latest)
        if whole:
            return whole
    return f"[{_iso(earliest) or ''}..{_iso(latest) or ''}]"


def throughout(earliest: date | None, latest: date | None) -> str:
    """EDTF of every day from `earliest` to `latest`, in months where the days make whole months."""
    if earliest is None and latest is None:
        raise BadInput("an interval with no end at all; leave it unknown")
    if earliest and latest:
        whole = _whole(earliest, latest)
        if whole:
            return whole
        if earliest.day == 1 and latest == last_of_month(latest):
            return f"{earliest:%Y-%m}/{latest:%Y-%m}"
    return f"{_iso(earliest) or '..'}/{_iso(latest) or '..'}"


def precision(earliest: date | None, latest: date | None) -> int | None:
    """UCDP date_prec: 1 a day, 2 within 2–6 days, 3 a week, 4 a month, 5 longer; None where open."""
    if earliest is None or latest is None:
        return None
    length = (latest - earliest).days + 1
    if length <= 1:
        return 1
    if length <= 6:
        return 2
    if length <= 7:
        return 3
    return 4 if length <= 31 else 5


def last_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _whole(earliest: date, latest: date) -> str | None:
    if earliest == latest:
        return earliest.isoformat()
    if earliest.day == 1 and latest == last_of_month(earliest):
        return f"{earliest:%Y-%m}"
    if (earliest.month, earliest.day) == (1, 1) and latest == date(earliest.year, 12, 31):
        return f"{earliest:%Y}"
    return None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _days(edtf: str) -> Days:
    if edtf.startswith("[") and edtf.endswith("]") and ".." in edtf:
        begin, _, end = edtf[1:-1].partition("..")
        return _ends(begin, end)
    if "/" in edtf:
        begin, _, end = edtf.partition("/")
        return _ends(begin.replace("..", ""), end.replace("..", ""))
    return _simple(edtf.rstrip("~?"))


def _ends(begin: str, end: str) -> Days:
    if not begin and not end:
        raise ValueError("both ends open")
    earliest = _simple(begin.rstrip("~?"))[0] if begin else None
    latest = _simple(end.rstrip("~?"))[1] if end else None
    return earliest, latest


def _simple(edtf: str) -> tuple[date, date]:
    if _DAY.fullmatch(edtf):
        day = date.fromisoformat(edtf)
        return day, day
    if _MONTH.fullmatch(edtf):
        return _month(int(edtf[:4]), int(edtf[5:]))
    if _YEAR.fullmatch(edtf) or _DECADE.fullmatch(edtf) or _CENTURY.fullmatch(edtf):
        return date(int(edtf.replace("X", "0")), 1, 1), date(int(edtf.replace("X", "9")), 12, 31)
    raise ValueError(edtf)


def _month(year: int, month: int) -> tuple[date, date]:
    if _SPRING <= month <= _WINTER:
        first = date(year, 3 * (month - _SPRING) + 3, 1)  # northern, meteorological; winter runs on
        return first, last_of_month(first + timedelta(days=70))
    first = date(year, month, 1)
    return first, last_of_month(first)
