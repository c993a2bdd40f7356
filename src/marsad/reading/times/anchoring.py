"""From what an expression of time means to days: anchored to the publication or to the narrative.

A bare `Friday` or `in March` of news belongs to the publication date, on the side that the tense
says. In a narrative it belongs to the year last named. What cannot be anchored keeps its
value with `X` in place of what is unknown, and has no interval.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

from marsad.reading.times.holidays import is_about
from marsad.reading.times.meanings import (
    Calendar,
    Era,
    Found,
    Holiday,
    Length,
    Quarter,
    Reference,
    Repeat,
    Shift,
    Weekday,
)
from marsad.reading.times.resolved import OLDEST, Resolved, era, part_of_month, part_of_year, year_name
from marsad.reading.times.shifting import resolve_length, resolve_quarter, resolve_shift, resolve_weekday
from marsad.reading.times.years import Anchor, holiday_days, year_of
from marsad.records import interval

_SEASON_EDTF = {"SP": 21, "SU": 22, "FA": 23, "WI": 24}


def resolve(found: Found, anchor: Anchor) -> Resolved:
    """What `found` stands for under `anchor`."""
    meaning = found.meaning
    match meaning:
        case Calendar():
            resolved = _calendar(meaning, anchor)
        case Era():
            resolved = _era(meaning)
        case Holiday():
            resolved = _holiday(meaning, anchor)
        case Weekday():
            resolved = resolve_weekday(meaning, anchor)
        case Shift():
            resolved = resolve_shift(meaning, anchor)
        case Length():
            resolved = resolve_length(meaning, anchor)
        case Quarter():
            resolved = resolve_quarter(meaning, anchor)
        case Repeat():
            resolved = Resolved("SET", meaning.value)
        case Reference():
            resolved = Resolved("DATE", meaning.value)
        case _:
            resolved = _day_of_clock(anchor)
    return _with_mod_and_clock(resolved, found)


def _with_mod_and_clock(resolved: Resolved, found: Found) -> Resolved:
    resolved = resolved._replace(mod=found.mod or resolved.mod)
    if found.clock and resolved.type == "DATE":
        resolved = resolved._replace(type="TIME", value=resolved.value + found.clock)
    if found.mod == "APPROX" and resolved.edtf and resolved.edtf[-1].isdigit() and "/" not in resolved.edtf:
        resolved = resolved._replace(edtf=resolved.edtf + "~")
    return resolved


def _day_of_clock(anchor: Anchor) -> Resolved:
    day = anchor.day or anchor.published
    return Resolved("DATE", day.isoformat(), day.isoformat()) if day else Resolved("DATE", "XXXX-XX-XX")


def _holiday(meaning: Holiday, anchor: Anchor) -> Resolved:
    days = holiday_days(meaning, anchor)
    if days is None or not OLDEST <= days[0].year <= 9998:
        return Resolved("DATE", "XXXX-XX-XX")
    first, last = days
    about = "~" if is_about(meaning.name) else ""
    if first == last:
        return Resolved("DATE", first.isoformat(), first.isoformat() + about)
    value = f"{first}/{last}"
    return Resolved("DATE", value, f"{first}{about}/{last}{about}")


# Calendar


def _calendar(meaning: Calendar, anchor: Anchor) -> Resolved:
    year = year_of(meaning, anchor)
    if meaning.months:
        return _months(meaning, year)
    if meaning.season:
        return _season(meaning, year)
    if meaning.month is None:
        return _whole_year(meaning, year)
    value = f"{year_name(year)}-{meaning.month:02}" + (f"-{meaning.day:02}" if meaning.day else "")
    if year is None or not _exists(year, meaning.month, meaning.day):
        return Resolved("DATE", _impossible(meaning, year) or value)
    if meaning.end:
        return _range(meaning, year, value)
    if meaning.part:
        return Resolved("DATE", value, part_of_month(year, meaning.month, meaning.part))
    if meaning.week:
        first, last = meaning.week[0], min(meaning.week[1], monthrange(year, meaning.month)[1])
        days = date(year, meaning.month, min(first, last)), date(year, meaning.month, last)
        return Resolved("DATE", value, interval.within(*days))
    return Resolved("DATE", value, value)


def _impossible(meaning: Calendar, year: int | None) -> str | None:
    """The value of a day that its year, or every year, lacks: 30 February, 29 February 2019."""
    month, day = meaning.month or 1, meaning.day or 1
    if day > monthrange(2000, month)[1]:
        return f"{year_name(year)}-{month:02}-XX"
    if year and 0 < year <= 9998 and day > monthrange(year, month)[1]:
        return f"{year_name(year)}-{month:02}-XX" if meaning.year else f"XXXX-{month:02}-{day:02}"
    return None


def _exists(year: int, month: int, day: int | None) -> bool:
    return OLDEST <= year <= 9998 and 1 <= month <= 12 and (day or 1) <= monthrange(year, month)[1]


def _whole_year(meaning: Calendar, year: int | None) -> Resolved:
    value = year_name(year)
    end = meaning.end[0] if meaning.end else None
    if end:
        value = f"{value}/{year_name(end)}"
    if year is None or year < OLDEST:
        return Resolved("DATE", value)
    if meaning.part and not end:
        return Resolved("DATE", value, part_of_year(year, meaning.part))
    return Resolved("DATE", value, value)


def _range(meaning: Calendar, year: int, value: str) -> Resolved:
    _, end_month, end_day = meaning.end or (None, None, None)
    month = meaning.month or 1
    last_month = end_month or month
    last_year = year + 1 if last_month < month else year
    last_day = min(end_day or 31, monthrange(last_year, last_month)[1])
    first, last = date(year, month, meaning.day or 1), date(last_year, last_month, last_day)
    if last < first:
        return Resolved("DATE", value, value)
    end = last.isoformat() if meaning.day else f"{last:%Y-%m}"
    return Resolved("DATE", f"{value}/{end}", f"{value}/{end}")


def _months(meaning: Calendar, year: int | None) -> Resolved:
    first, last = meaning.months or (1, 12)
    value = f"{year_name(year)}-{meaning.halves}" if meaning.halves else f"P{last - first + 1}M"
    kind: Literal["DATE", "DURATION"] = "DATE" if meaning.halves else "DURATION"
    edtf = f"{year}-{first:02}/{year}-{last:02}" if year and year >= OLDEST else None
    return Resolved(kind, value, edtf)


def _season(meaning: Calendar, year: int | None) -> Resolved:
    season = meaning.season or "SP"
    value = f"{year_name(year)}-{season}"
    if year is None or year < OLDEST:
        return Resolved("DATE", value)
    edtf = f"{year}-{_SEASON_EDTF[season]}"
    if not meaning.part:
        return Resolved("DATE", value, edtf)
    first, last = interval.days(edtf)
    third = {"early": (0, 30), "begin": (0, 14), "mid": (30, 60), "late": (60, 92), "end": (76, 92)}[
        meaning.part
    ]
    if first is None or last is None:
        return Resolved("DATE", value)
    begin, end = first + timedelta(days=third[0]), min(last, first + timedelta(days=third[1]))
    return Resolved("DATE", value, interval.within(begin, end))


def _era(meaning: Era) -> Resolved:
    return era(meaning.first, meaning.length, meaning.part)
