"""The dates of named days, computed from their year.

Easter by the anonymous Gregorian algorithm (Meeus, *Astronomical Algorithms*, ch. 8). Months of the
Islamic calendar by the tabular (civil) rule of thirty-year cycles: the crescent may come a day
sooner or later, so these dates are about right, and their EDTF says so.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import cache, lru_cache

from marsad.reading.times.vocabulary import words

Days = tuple[date, date]  # first and last
_HIJRA = 227_014  # the ordinal (date.toordinal) of the day before 1 Muharram of year 1
_NOWRUZ = (3, 21)  # the equinox: a day sooner in some years


@lru_cache(maxsize=512)
def days_of(name: str, year: int) -> tuple[Days, ...]:
    """First and last day of each time that `name` falls in `year`: an Islamic one can do so twice."""
    known = words().holidays
    if name in known.fixed:
        month, day = known.fixed[name].split("-")
        return (_one(date(year, int(month), int(day))),)
    if name in known.easter:
        return (_one(easter(year) + timedelta(days=known.easter[name])),)
    if name in known.nth:
        return (_one(_nth(year, known.nth[name])),)
    if name in known.islamic:
        return _islamic(year, known.islamic[name])
    return (_one(date(year, *_NOWRUZ)),)


@cache
def is_about(name: str) -> bool:
    """Whether the date may be a day sooner or later."""
    known = words().holidays
    return name in known.islamic or name in known.nowruz


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar."""
    golden, century = year % 19, year // 100
    leaps = century // 4
    epact = (century - (8 * century + 13) // 25 - leaps + 19 * golden + 15) % 30
    moon = epact - (epact // 28) * (1 - (epact // 28) * (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + leaps) % 7
    before = moon - weekday
    month = 3 + (before + 40) // 44
    return date(year, month, before + 28 - 31 * (month // 4))


def _one(day: date) -> Days:
    return day, day


def _nth(year: int, rule: str) -> date:
    """`11-4-4`: the fourth Thursday of November; the fifth is the last."""
    month, weekday, index = (int(part) for part in rule.split("-"))
    first = date(year, month, 1)
    day = first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (index - 1))
    return day if day.month == month and day.day <= monthrange(year, month)[1] else day - timedelta(days=7)


def _islamic(year: int, rule: str) -> tuple[Days, ...]:
    """The whole month of a rule `09`, the day of `10-01`."""
    month, day = (int(part) for part in (rule if "-" in rule else f"{rule}-1").split("-"))
    found = []
    for islamic_year in range((year - 622) * 33 // 32 - 1, (year - 622) * 33 // 32 + 4):
        first = islamic_day(islamic_year, month, day)
        last = first if "-" in rule else islamic_day(islamic_year, month + 1, 1) - timedelta(days=1)
        if first.year == year:
            found.append((first, last))
    return tuple(found)


def islamic_day(year: int, month: int, day: int) -> date:
    """The Gregorian date of a day of the tabular Islamic calendar (month 13 is the next year's first)."""
    passed = (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30
    return date.fromordinal(_HIJRA + passed + day)
