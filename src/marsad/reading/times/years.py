"""Which year a month, day or season without one belongs to."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from marsad.reading.times.holidays import days_of
from marsad.reading.times.meanings import Calendar, Holiday

Tense = Literal["back", "ahead"]
_SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_FRESH, _NEAR, _FAR = 31, 62, 300  # days
_JUST_PASSED, _NEXT = 2, 2  # months: one just over is no forecast, one about to begin no memory


class Anchor(NamedTuple):
    """What a partial expression may hang on, at one place of the text."""

    published: date | None  # the day, where known to the day
    published_year: int | None
    year: int | None = None  # last named by the narrative
    month: int | None = None
    day: date | None = None
    tells: bool = False  # the text is a narrative, not news
    near: bool = False  # the narrative's year binds a bare month or day here
    later: bool = False  # "Later in March": not before what was last named
    tense: Tense = "back"
    some: bool = False  # "on a Wednesday": none that is known
    dated: date | None = None  # the day last named with its year
    quarter: date | None = None  # first day of the quarter last named, while it is the subject


def year_of(meaning: Calendar, anchor: Anchor) -> int | None:
    """The year named, or of the base, or of the narrative, or of the news; None where unknown."""
    if meaning.year is not None:
        return meaning.year
    if meaning.shift:
        base, count = meaning.shift
        year = anchor.published_year if base == "published" else anchor.year or anchor.published_year
        return year + count if year else None
    if meaning.look is not None and anchor.published:
        return _look_year(meaning, meaning.look, anchor.published)
    if anchor.published and _is_fresh(meaning, anchor):
        return _news_year(meaning, anchor.published, "back")
    if anchor.dated and not anchor.near and (day := _beside(meaning, anchor.dated)):
        return day.year
    if anchor.year and (anchor.near or anchor.published is None):
        return _narrative_year(meaning, anchor)
    if anchor.published:
        return _news_year(meaning, anchor.published, anchor.tense)
    return anchor.published_year


def _beside(meaning: Calendar, dated: date) -> date | None:
    """The day named within a month of `dated`: "29 August" after "31 August 2013"."""
    if meaning.day is None or meaning.month is None:
        return None
    day = min(_around(meaning, dated), key=lambda day: abs((day - dated).days))
    return day if abs((day - dated).days) <= _FRESH else None


def _first_month(meaning: Calendar) -> int:
    if meaning.season:
        return _SEASON_MONTHS[meaning.season]
    return meaning.months[0] if meaning.months else meaning.month or 1


def _look_year(meaning: Calendar, look: int, published: date) -> int:
    """Last March: the latest that is over; next March: the first to come; this March: this year's."""
    month = _first_month(meaning)
    if look < 0:
        return published.year if month < published.month else published.year - 1
    if look > 0:
        return published.year if month > published.month else published.year + 1
    return published.year


def _news_year(meaning: Calendar, published: date, tense: Tense) -> int:
    """The year of the nearest such month or day before publication, or after it with a tense ahead."""
    if meaning.day is not None:
        return _news_day(meaning, published, tense).year
    month, here = _first_month(meaning), published.month
    last = meaning.months[1] if meaning.months else month
    passed, to_come = (here - last) % 12, (month - here) % 12
    if tense == "ahead" and not 0 < passed <= _JUST_PASSED:
        return published.year if last >= here else published.year + 1
    if tense == "back" and 0 < to_come <= _NEXT and not (meaning.season or meaning.months):
        return published.year if month > here else published.year + 1
    return published.year if month <= here else published.year - 1


def _news_day(meaning: Calendar, published: date, tense: Tense) -> date:
    """The last such day or the next; against the tense where only the other one is near."""
    back, ahead = _around(meaning, published)
    if tense == "back":
        return ahead if (ahead - published).days <= _NEAR and (published - back).days > _FAR else back
    return back if (published - back).days <= _NEAR and (ahead - published).days > _FAR else ahead


def _around(meaning: Calendar, published: date) -> tuple[date, date]:
    """The last such day up to `published` and the first from it on."""
    month, day = meaning.month or 1, min(meaning.day or 1, 28 if meaning.month == 2 else 30)
    days = [date(published.year + shift, month, day) for shift in (-1, 0, 1)]
    return max(d for d in days if d <= published), min(d for d in days if d >= published)


def _is_fresh(meaning: Calendar, anchor: Anchor) -> bool:
    """A day of the last month: it is the news, whatever other year the sentence names."""
    if meaning.day is None or anchor.published is None or anchor.tells:
        return False
    return (anchor.published - _around(meaning, anchor.published)[0]).days <= _FRESH


def _narrative_year(meaning: Calendar, anchor: Anchor) -> int | None:
    """The year last named; the next one where the story has gone past the turn of the year."""
    if anchor.year is None:
        return None
    month = _first_month(meaning)
    turned = anchor.later and anchor.month is not None and month < anchor.month
    return anchor.year + 1 if turned else anchor.year


def holiday_days(meaning: Holiday, anchor: Anchor) -> tuple[date, date] | None:
    """First and last day of the holiday meant; None where no year can be told."""
    year = meaning.year
    if meaning.shift:
        base, count = meaning.shift
        known = anchor.published_year if base == "published" else anchor.year or anchor.published_year
        year = known + count if known else None
        if year is None:
            return None
    told = anchor.year if anchor.near or anchor.published is None else None
    if year or told or anchor.published is None:
        named = year or told or anchor.published_year
        return next(iter(days_of(meaning.name, named)), None) if named and named > 0 else None
    return _news_holiday(meaning, anchor.published, anchor.tense)


def _news_holiday(meaning: Holiday, day: date, tense: Tense) -> tuple[date, date] | None:
    """The last one begun by `day`, or the next."""
    found = [days for shift in (-1, 0, 1) for days in days_of(meaning.name, day.year + shift)]
    ahead = meaning.look == 1 or (meaning.look is None and tense == "ahead")
    if meaning.look == 0:
        return next((days for days in found if days[0].year == day.year), None)
    begun = [days for days in found if days[0] <= day and (meaning.look is None or days[1] < day)]
    to_come = [days for days in found if days[1] >= day]
    if meaning.look is None and begun and to_come:
        near, far = (to_come[0][0] - day).days <= _NEAR, (day - begun[-1][1]).days > _FAR
        ahead = ahead or (near and far)
    return next(iter(to_come), None) if ahead else (begun[-1] if begun else None)
