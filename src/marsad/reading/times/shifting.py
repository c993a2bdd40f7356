"""Days of what is told relative to another: last week, two years later, Friday, the past six months."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from marsad.reading.times.lengths import period
from marsad.reading.times.meanings import Length, Quarter, Shift, Weekday
from marsad.reading.times.resolved import OLDEST, Resolved, era, part_of_month, part_of_year, year_name
from marsad.reading.times.vocabulary import words
from marsad.reading.times.years import Anchor, Tense
from marsad.records import interval


def resolve_weekday(meaning: Weekday, anchor: Anchor) -> Resolved:
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
    return anchor.day


def _base_month(base: str, anchor: Anchor) -> date | None:
    """The day that is counted from, or the first of the month last named."""
    day = _base_day(base, anchor)
    if day is None and base != "published" and anchor.year and anchor.year > 0 and anchor.month:
        return date(anchor.year, anchor.month, 1)
    return day


def resolve_shift(meaning: Shift, anchor: Anchor) -> Resolved:
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
    if year == 0 or year > 9998:
        return Resolved("DATE", "XXXX")
    if unit == "decade" and not meaning.fuzzy:
        return era(year - year % 10, 10)
    if unit == "century" and not meaning.fuzzy:
        return era(year - year % 100, 100)
    if year < OLDEST:
        return Resolved("DATE", year_name(year))
    quarter = _quarter_beside(meaning, count, anchor)
    if quarter:
        return quarter
    part, edge = meaning.part, meaning.edge
    if edge and anchor.published and base == anchor.published.year:
        return _since_or_until(f"{year}", date(year, 1, 1), date(year, 12, 31), edge, anchor.published)
    if part:
        return Resolved("DATE", f"{year}", part_of_year(year, part))
    return Resolved("DATE", f"{year}", f"{year}~" if meaning.fuzzy else f"{year}")


def _quarter_beside(meaning: Shift, count: float, anchor: Anchor) -> Resolved | None:
    """`a year earlier` beside `the third quarter` is the third quarter of the year before."""
    if anchor.quarter is None or not meaning.fuzzy or count != -1:
        return None
    return quarter_of(anchor.quarter.replace(year=anchor.quarter.year - 1))


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
        return Resolved("DATE", value, part_of_month(first.year, first.month, part))
    return Resolved("DATE", value, f"{value}~" if meaning.fuzzy else value)


def _month_after(day: date, count: int) -> date:
    months = day.year * 12 + day.month - 1 + count
    return date(max(months // 12, 1), months % 12 + 1, 1)


def _shifted_quarter(count: int, day: date | None) -> Resolved:
    if day is None:
        return Resolved("DATE", "XXXX-QX")
    return quarter_of(_month_after(day.replace(day=1), 3 * count))


def quarter_of(day: date) -> Resolved:
    """The calendar quarter that holds `day`."""
    first = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    last = interval.last_of_month(_month_after(first, 2))
    return Resolved("DATE", f"{first.year}-Q{(first.month + 2) // 3}", interval.throughout(first, last))


def resolve_quarter(meaning: Quarter, anchor: Anchor) -> Resolved:
    """The quarter last named, else the last that was over on publication."""
    day = anchor.quarter
    if day is None and anchor.published:
        day = _month_after(anchor.published.replace(day=1), -3)
    if day is None:
        return Resolved("DATE", "XXXX-QX")
    return quarter_of(day.replace(year=day.year + meaning.years, day=1))


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


def resolve_length(meaning: Length, anchor: Anchor) -> Resolved:
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
    if not OLDEST <= day.year + months // 12 <= 9998:
        return None
    first = _month_after(day, months)
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))
