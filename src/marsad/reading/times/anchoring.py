"""From what an expression of time means to days: anchored to the publication or to the narrative.

A bare `Friday` or `in March` of news belongs to the publication date, on the side that the tense
says. In a narrative it belongs to the year last named. What cannot be anchored keeps its
value with `X` in place of what is unknown, and has no interval.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal, NamedTuple

from marsad.reading.times.lengths import period
from marsad.reading.times.meanings import Calendar, Era, Found, Length, Repeat, Shift, Weekday
from marsad.reading.times.vocabulary import PartName, words
from marsad.reading.times.years import Anchor, Tense, year_of
from marsad.records import interval

_SEASON_EDTF = {"SP": 21, "SU": 22, "FA": 23, "WI": 24}
_OLDEST = 1000


class Resolved(NamedTuple):
    """TIMEX3 type, value and mod with the EDTF of the days, None where they are unknown."""

    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    edtf: str | None = None
    mod: str | None = None


def resolve(found: Found, anchor: Anchor) -> Resolved:
    """What `found` stands for under `anchor`."""
    meaning = found.meaning
    if isinstance(meaning, Calendar):
        resolved = _calendar(meaning, anchor)
    elif isinstance(meaning, Era):
        resolved = _era(meaning)
    elif isinstance(meaning, Weekday):
        resolved = _weekday(meaning, anchor)
    elif isinstance(meaning, Shift):
        resolved = _shift(meaning, anchor)
    elif isinstance(meaning, Length):
        resolved = _length(meaning, anchor)
    elif isinstance(meaning, Repeat):
        resolved = Resolved("SET", meaning.value)
    else:
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


# Calendar


def _calendar(meaning: Calendar, anchor: Anchor) -> Resolved:
    year = year_of(meaning, anchor)
    if meaning.months:
        return _months(meaning, year)
    if meaning.season:
        return _season(meaning, year)
    if meaning.month is None:
        return _whole_year(meaning, year)
    value = f"{year if year else 'XXXX'}-{meaning.month:02}" + (f"-{meaning.day:02}" if meaning.day else "")
    if year is None or not _exists(year, meaning.month, meaning.day):
        return Resolved("DATE", value)
    if meaning.end:
        return _range(meaning, year, value)
    if meaning.part:
        return Resolved("DATE", value, _part_of_month(year, meaning.month, meaning.part))
    return Resolved("DATE", value, value)


def _exists(year: int, month: int, day: int | None) -> bool:
    return _OLDEST <= year <= 9998 and 1 <= month <= 12 and (day or 1) <= monthrange(year, month)[1]


def _whole_year(meaning: Calendar, year: int | None) -> Resolved:
    if year is None:
        return Resolved("DATE", "XXXX")
    if meaning.end and meaning.end[0]:
        return Resolved("DATE", f"{year}/{meaning.end[0]}", f"{year}/{meaning.end[0]}")
    if meaning.part:
        return Resolved("DATE", f"{year}", _part_of_year(year, meaning.part))
    return Resolved("DATE", f"{year}", f"{year}")


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
    value = f"{year or 'XXXX'}-{meaning.halves}" if meaning.halves else f"P{last - first + 1}M"
    kind: Literal["DATE", "DURATION"] = "DATE" if meaning.halves else "DURATION"
    edtf = f"{year}-{first:02}/{year}-{last:02}" if year else None
    return Resolved(kind, value, edtf)


def _season(meaning: Calendar, year: int | None) -> Resolved:
    season = meaning.season or "SP"
    value = f"{year or 'XXXX'}-{season}"
    if year is None:
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


def _part_of_year(year: int, part: PartName) -> str:
    first, last = words().table.year[part]
    return interval.within(date(year, first, 1), interval.last_of_month(date(year, last, 1)))


def _part_of_month(year: int, month: int, part: PartName) -> str:
    first, last = words().table.month[part]
    end = min(last, monthrange(year, month)[1])
    return interval.within(date(year, month, first), date(year, month, end))


def _era(meaning: Era) -> Resolved:
    first, length = meaning.first, meaning.length
    digits = f"{first:04}"[: 3 if length == 10 else 2]
    if not meaning.part:
        return Resolved("DATE", digits, digits + ("X" if length == 10 else "XX"))
    table = words().table.decade if length == 10 else words().table.century
    begin, end = table[meaning.part]
    return Resolved("DATE", digits, interval.within(date(first + begin, 1, 1), date(first + end, 12, 31)))


# Relative


def _weekday(meaning: Weekday, anchor: Anchor) -> Resolved:
    day = None if anchor.some else _base_day(meaning.base, anchor)
    unknown = Resolved("DATE", f"XXXX-WXX-{meaning.day}")
    if meaning.base == "published" and anchor.near and anchor.day and not anchor.some:
        day = anchor.day + timedelta(days=(meaning.day - anchor.day.isoweekday()) % 7)
        return Resolved("DATE", day.isoformat(), day.isoformat())
    if day is None:
        return unknown
    if meaning.look is not None:
        day = _looked_weekday(meaning, meaning.look, day)
    else:
        back = (day.isoweekday() - meaning.day) % 7
        ahead = (meaning.day - day.isoweekday()) % 7
        day = day + timedelta(days=ahead) if anchor.tense == "ahead" else day - timedelta(days=back)
    return Resolved("DATE", day.isoformat(), day.isoformat())


def _looked_weekday(meaning: Weekday, look: int, day: date) -> date:
    """Last Friday: the latest before the day; next: the first after it; this: that of its week."""
    back = (day.isoweekday() - meaning.day) % 7
    if look < 0:
        return day - timedelta(days=back or 7)
    if look > 0:
        return day + timedelta(days=(7 - back) % 7 or 7)
    return day - timedelta(days=day.isoweekday() - meaning.day)


def _base_day(base: str, anchor: Anchor) -> date | None:
    """The day that is counted from, where it is known to the day."""
    if base == "published" or (base == "nearest" and not anchor.near):
        return anchor.published
    if anchor.year is None:
        return anchor.published
    return anchor.day


def _base_month(base: str, anchor: Anchor) -> date | None:
    """The day that is counted from, or the first of the month last named."""
    day = _base_day(base, anchor)
    if day is None and base != "published" and anchor.year and anchor.month:
        return date(anchor.year, anchor.month, 1)
    return day


def _shift(meaning: Shift, anchor: Anchor) -> Resolved:
    unit = {"fortnight": "week"}.get(meaning.unit, meaning.unit)
    count = meaning.amount
    if count is not None and meaning.unit == "fortnight":
        count *= 2
    if count is None:
        return Resolved("DATE", "PAST_REF" if meaning.back else "FUTURE_REF")
    whole = int(count)
    if unit in ("year", "decade", "century"):
        return _shifted_year(meaning, unit, count, anchor)
    if unit == "month":
        return _shifted_month(meaning, whole, anchor)
    day = _base_day(meaning.base, anchor)
    if unit == "quarter":
        return _shifted_quarter(whole, day)
    if day is None:
        return Resolved("DATE", {"week": "XXXX-WXX", "weekend": "XXXX-WXX-WE"}.get(unit, "XXXX-XX-XX"))
    if unit in ("week", "weekend"):
        return _shifted_week(meaning, unit, whole, day, anchor.tense)
    if unit == "day":
        moved = day + timedelta(days=whole)
        return Resolved("DATE", moved.isoformat(), moved.isoformat())
    return Resolved("TIME", day.isoformat() + "TXX", day.isoformat())  # hours and minutes ago


def _shifted_year(meaning: Shift, unit: str, count: float, anchor: Anchor) -> Resolved:
    told = meaning.base == "narrative" or (meaning.base == "nearest" and anchor.near)
    base = anchor.year or anchor.published_year if told else anchor.published_year
    if base is None or (told and meaning.fuzzy and unit != "year"):  # eight decades earlier
        return Resolved("DATE", "XXXX")
    year = base + int(count * {"year": 1, "decade": 10, "century": 100}[unit])
    if not _OLDEST <= year <= 9998:
        return Resolved("DATE", "XXXX")
    if unit == "decade" and not meaning.fuzzy:
        return _era(Era(year - year % 10, 10))
    if unit == "century" and not meaning.fuzzy:
        return _era(Era(year - year % 100, 100))
    part, edge = meaning.part, meaning.edge
    if edge and anchor.published and base == anchor.published.year:
        return _since_or_until(f"{year}", date(year, 1, 1), date(year, 12, 31), edge, anchor.published)
    if part:
        return Resolved("DATE", f"{year}", _part_of_year(year, part))
    return Resolved("DATE", f"{year}", f"{year}~" if meaning.fuzzy else f"{year}")


def _since_or_until(value: str, first: date, last: date, part: str, day: date) -> Resolved:
    """Earlier this year: from its begin to the day; later this year: from the day to its end."""
    if not first <= day <= last:
        return Resolved("DATE", value, interval.within(first, last))
    begin, end = (first, day) if part == "earlier" else (day, last)
    return Resolved("DATE", value, interval.within(begin, end))


def _shifted_month(meaning: Shift, count: int, anchor: Anchor) -> Resolved:
    day = _base_month(meaning.base, anchor)
    if day is None:
        return Resolved("DATE", "XXXX-XX")
    first = _month_after(day, count)
    value = f"{first:%Y-%m}"
    part, edge = meaning.part, meaning.edge
    if edge and day == anchor.published:
        return _since_or_until(value, first, interval.last_of_month(first), edge, day)
    if part:
        return Resolved("DATE", value, _part_of_month(first.year, first.month, part))
    return Resolved("DATE", value, f"{value}~" if meaning.fuzzy else value)


def _month_after(day: date, count: int) -> date:
    months = day.year * 12 + day.month - 1 + count
    return date(max(months // 12, 1), months % 12 + 1, 1)


def _shifted_quarter(count: int, day: date | None) -> Resolved:
    if day is None:
        return Resolved("DATE", "XXXX-QX")
    first = _month_after(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), 3 * count)
    last = interval.last_of_month(_month_after(first, 2))
    return Resolved("DATE", f"{first.year}-Q{(first.month + 2) // 3}", interval.throughout(first, last))


def _shifted_week(meaning: Shift, unit: str, count: int, day: date, tense: Tense) -> Resolved:
    """A week is Monday to Sunday; the bare weekend is the last, or the next where tense looks ahead."""
    monday = day - timedelta(days=day.isoweekday() - 1)
    bare = meaning.base == "nearest" or day.isoweekday() <= 2
    if unit == "weekend" and count == 0 and tense == "back" and bare and day.isoweekday() < 6:
        count = -1
    monday += timedelta(weeks=count)
    year, week, _ = monday.isocalendar()
    value = f"{year}-W{week:02}"
    if unit == "weekend":
        return Resolved("DATE", value + "-WE", interval.within(monday + timedelta(5), monday + timedelta(6)))
    first, last = monday, monday + timedelta(6)
    part, edge = meaning.part, meaning.edge
    if edge and count == 0:
        return _since_or_until(value, first, last, edge, day)
    if part:
        begin, end = words().table.week[part]
        first, last = monday + timedelta(begin - 1), monday + timedelta(end - 1)
    return Resolved("DATE", value, interval.within(first, last))


_DAYS_IN = {"day": 1, "week": 7, "fortnight": 14, "weekend": 2}
_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


def _length(meaning: Length, anchor: Anchor) -> Resolved:
    """A length, and the days that it covers where it reaches up to or on from publication."""
    value = period(meaning.unit, meaning.amount)
    if meaning.most is not None:
        value += "/" + period(meaning.unit, meaning.most)
    day = anchor.published
    if meaning.look is None or meaning.amount is None or day is None:
        return Resolved("DURATION", value)
    other = _moved(day, meaning.unit, meaning.look * meaning.amount)
    if other is None:
        return Resolved("DURATION", value)
    return Resolved("DURATION", value, interval.throughout(min(day, other), max(day, other)))


def _moved(day: date, unit: str, count: float) -> date | None:
    if unit in _DAYS_IN:
        return day + timedelta(days=round(count * _DAYS_IN[unit]))
    if unit not in _MONTHS_IN:
        return None
    months = round(count * _MONTHS_IN[unit])
    if not _OLDEST <= day.year + months // 12 <= 9998:
        return None
    first = _month_after(day, months)
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))
