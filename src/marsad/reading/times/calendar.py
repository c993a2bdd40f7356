"""Patterns of dates: days, months, years and ranges of them."""

from __future__ import annotations

from marsad.reading.times import vocabulary
from marsad.reading.times.kinds import CHRIST as CHRIST_WORD
from marsad.reading.times.kinds import (
    DECADE,
    EDGE,
    FISCAL,
    LOOK,
    MONTH,
    NUMBER,
    ORDINAL,
    PART,
    THE,
    WEEKDAY,
    YEAR,
)
from marsad.reading.times.meanings import (
    DASH,
    DAY,
    LEFT,
    LEFT_YEAR,
    Base,
    Built,
    Calendar,
    Match,
    Rules,
    S,
    Spec,
    Y,
    group,
    number,
)
from marsad.reading.times.meanings import (
    YEAR as YEAR_IN,
)
from marsad.reading.times.vocabulary import PartName, any_of, words

_PIVOT = 69  # of years of two digits

CHRIST = rf"(?:{S}(?P<christ>BCE?|B\.C\.(?:E\.)?|AD|CE)(?!\w))"


def calendar_rules() -> Rules:
    return [*_day_rules(), *_month_rules(), *_year_rules()]


def month_name() -> str:
    """A month in full or shortened, as the group `month`."""
    full, short = any_of(words().months, capital=True), any_of(words().month_abbreviations, capital=True)
    return rf"(?P<month>(?:{full})\b|(?:{short})(?:\.|\b))"


def _two_digits() -> str:
    """Ten to ninety-nine in words."""
    known = words().numbers
    tens = any_of(word for word, value in known.items() if value in range(20, 100, 10))
    ones = any_of(word for word, value in known.items() if 1 <= value <= 9 and len(word) > 2)
    teens = any_of(word for word, value in known.items() if 10 <= value <= 19 and " " not in word)
    return rf"(?:{tens})(?:[\s-](?:{ones}))?|{teens}"


def _any_month() -> str:
    return any_of([*words().months, *words().month_abbreviations], capital=True)


def part_name() -> str:
    """`early`, `the end of` and the like, or nothing, as the group `part`."""
    phrases = [phrase for part in words().parts for phrase in part.words]
    return rf"(?:(?:the{S})?(?P<part>{any_of(phrases)})[\s-]{{1,3}}(?:the{S}(?!year\b))?)?"


def whose_year() -> str:
    """`of last year`, `that same year` after a date, as the group `rel`."""
    return (
        rf"(?:(?:{S}of)?{S}(?P<rel>last|this|next|that|the{S}same|that{S}same|the{S}following"
        rf"|the{S}previous){S}year\b)"
    )


def look_word() -> str:
    return rf"[Tt]his{S}past|[Tt]his{S}coming|[Ll]ast|[Tt]his|[Nn]ext|[Pp]ast"


def _lead() -> str:
    return rf"(?P<lead>(?:[Ll]ater|[Ee]arlier){S}in{S})?"


def _weekday_before() -> str:
    named = any_of(words().weekdays, capital=True)
    shortened = any_of(words().weekday_abbreviations, capital=True)
    return rf"(?:(?:{named}|(?:{shortened})\b\.?),?{S})?"


def _day_rules() -> Rules:
    month, weekday, lead = month_name(), _weekday_before(), _lead()
    short = rf"{S}(?P<short>\d\d)(?=\s{{0,3}}(?:\(|--|[–—]|\Z))"  # "4 Feb 90 (Reuter)", "4 Feb 90 --"
    year = rf"(?:\s{{0,2}},?\s{{0,3}}(?:of{S})?{YEAR_IN}{CHRIST}?|{whose_year()}|{short})?"
    days = rf"(?P<day>{DAY})(?:(?:{DASH}|{S}(?:to|and){S})(?P<end_day>{DAY}))?"
    spelt = rf"(?P<spelt>{any_of(vocabulary.day_ordinals())})"
    return [
        Spec(
            "iso",
            rf"{LEFT}(?P<year>{Y})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d|-)(?:T\d\d:\d\d)?",
            _iso_day,
            YEAR,
        ),
        Spec(
            "numeric",
            rf"{LEFT}(?P<a>\d\d?)(?P<sep>[/.])(?P<b>\d\d?)(?P=sep)(?P<year>{Y})(?![\w/.-]\w)",
            _numeric,
            NUMBER,
        ),
        Spec(
            "dashed",
            rf"{LEFT}(?P<day>[12]\d|3[01]|0?[1-9])(?P<sep>[-/])(?P<month>{_any_month()})(?P=sep){YEAR_IN}",
            _day,
            NUMBER,
            MONTH | YEAR,
        ),
        Spec(
            "month_day",
            rf"{LEFT}{weekday}{lead}{month}\s{{0,3}}(?:the{S})?(?:{days}|{spelt}\b){year}",
            _day,
            MONTH | WEEKDAY | EDGE,
            MONTH,
        ),
        Spec(
            "day_month",
            rf"{LEFT}{weekday}(?:the{S})?(?:{days}|{spelt}){S}(?:of{S})?{month}{year}",
            _day,
            NUMBER | WEEKDAY | THE | ORDINAL,
            MONTH,
        ),
    ]


def _month_rules() -> Rules:
    month, part, lead = month_name(), part_name(), _lead()
    full = any_of(words().months, capital=True)
    return [
        Spec(
            "months",
            rf"{LEFT}{month}{DASH}(?P<end_month>{full})\b(?:,?{S}{YEAR_IN})?",
            _months,
            MONTH,
            MONTH,
        ),
        Spec(
            "month_year",
            rf"{LEFT}{part}{lead}{month}(?:\s?,)?{S}(?:of{S})?(?:{YEAR_IN}{CHRIST}?"
            rf"|(?P<ancient>\d{{1,4}}){CHRIST.replace('christ', 'before_christ')})",
            _month,
            MONTH | PART | THE | EDGE,
            MONTH | NUMBER,
        ),
        Spec(
            "month",
            rf"{LEFT}{part}{lead}(?:(?P<look>{look_word()}){S})?{month}{whose_year()}?",
            _month,
            MONTH | PART | THE | EDGE | LOOK,
            MONTH,
        ),
        Spec(
            "week_of_month",
            rf"{LEFT}(?:[Tt]he{S})?(?P<ordinal>{any_of(words().ordinals)}){S}week{S}(?:of|in){S}{month}(?:,?{S}{YEAR_IN})?",
            _week_of_month,
            THE | ORDINAL,
            ORDINAL | MONTH,
        ),
    ]


def _year_rules() -> Rules:
    part, lead = part_name(), _lead()
    return [
        Spec(
            "years",
            rf"{LEFT_YEAR}(?P<year>{Y})\s?[-–—/]\s?(?P<end_year>{Y}|\d\d)(?![\w/-])",
            _years,
            YEAR,
            YEAR,
        ),
        Spec(
            "year",
            rf"{LEFT_YEAR}{part}{lead}(?:the{S}year{S}|(?P<fiscal>(?:the{S})?[Ff]iscal{S}(?:year{S})?|FY\s{{0,3}}))?"
            rf"{YEAR_IN}{CHRIST}?",
            _year,
            YEAR | PART | THE | EDGE | FISCAL,
            YEAR,
        ),
        Spec(
            "spelt_year",
            rf"{LEFT}(?:[Tt]he{S}year{S})?(?:{month_name()}{S})?(?P<spelt>[Nn]ineteen)[\s-](?P<rest>{_two_digits()})\b",
            _spelt_year,
            DECADE | THE | MONTH,
            DECADE,
        ),
        Spec(
            "ancient",
            rf"(?<![\w$£€#/.,:])(?:(?:about|around|ca?\.|circa){S})?{part}{lead}(?P<ancient>\d{{1,4}}){CHRIST}",
            _ancient,
            NUMBER | PART | THE | EDGE,
            NUMBER | CHRIST_WORD,
        ),
        Spec(
            "anno_domini",
            rf"{LEFT}(?P<christ>AD|A\.D\.){S}(?P<ancient>\d{{1,4}})(?![\w,.:]\d|\w)",
            _ancient,
            CHRIST_WORD,
            NUMBER,
        ),
        Spec(
            "ancient_years",
            rf"(?<![\w$£€#/.,:])(?P<ancient>\d{{1,4}})(?:\s?[-–—/]\s?|{S}to{S})(?P<end>\d{{1,4}}){CHRIST}",
            _ancient_years,
            NUMBER,
            NUMBER | CHRIST_WORD,
        ),
    ]


def part_in(match: Match) -> tuple[PartName | None, str | None]:
    """The part of a period that `match` names, and its TIMEX3 mod."""
    phrase = group(match, "part")
    if not phrase:
        return None, None
    part = vocabulary.part_of(phrase)
    return part, vocabulary.part_mod(part)


SHIFTS: dict[str, tuple[Base, int]] = {
    "last": ("published", -1),
    "this": ("published", 0),
    "next": ("published", 1),
    "that": ("narrative", 0),
    "the same": ("narrative", 0),
    "that same": ("narrative", 0),
    "the following": ("narrative", 1),
    "the previous": ("narrative", -1),
}


def shift_in(match: Match) -> tuple[Base, int] | None:
    rel = group(match, "rel")
    return SHIFTS[" ".join(rel.lower().split())] if rel else None


def look_in(match: Match) -> int | None:
    look = group(match, "look")
    if not look:
        return None
    key = look.lower().split()
    if key == ["that"]:
        return None
    return -1 if key[-1] in ("last", "past") else 1 if key[-1] in ("next", "coming") else 0


def _era_year(match: Match, name: str = "year") -> int | None:
    """The year named, negative before Christ."""
    year = number(match, name)
    era = group(match, "christ") or group(match, "before_christ") or ""
    return -year if year and era.startswith("B") else year


def _short_year(match: Match) -> int | None:
    """The year of two digits, from 1969 to 2068 (POSIX)."""
    year = number(match, "short")
    return None if year is None else year + (1900 if year >= _PIVOT else 2000)


def _iso_day(match: Match) -> Built:
    return Calendar(int(match["year"]), int(match["month"]), int(match["day"])), None, None


def _numeric(match: Match) -> Built:
    """22/03/2019 and 03/22/2019; where both orders are possible, either day."""
    first, second, year = int(match["a"]), int(match["b"]), int(match["year"])
    if not (1 <= first <= 31 and 1 <= second <= 31) or min(first, second) > 12:
        return None
    if match["sep"] == ".":  # only the order of the day first is written with full stops
        return (Calendar(year, second, first), None, None) if second <= 12 else None
    if first > 12 or first == second:
        return Calendar(year, second, first), None, None
    if second > 12:
        return Calendar(year, first, second), None, None
    early, late = sorted([(first, second), (second, first)])
    return Calendar(year, early[0], early[1], end=(year, late[0], late[1])), "APPROX", None


def _day(match: Match) -> Built:
    month, end_day = vocabulary.month_number(match["month"]), number(match, "end_day")
    day = number(match, "day") or vocabulary.day_ordinals()[vocabulary.folded(match["spelt"])]
    if end_day is not None and end_day <= day:
        return None
    end = (None, month, end_day) if end_day else None
    year = _era_year(match) or _short_year(match)
    return Calendar(year, month, day, end=end, shift=shift_in(match)), None, None


def _months(match: Match) -> Built:
    first, last = vocabulary.month_number(match["month"]), vocabulary.month_number(match["end_month"])
    return Calendar(number(match, "year"), first, end=(None, last, None)), None, None


def _month(match: Match) -> Built:
    part, mod = part_in(match)
    month = vocabulary.month_number(match["month"])
    year = _era_year(match, "ancient") if group(match, "ancient") else _era_year(match)
    return Calendar(year, month, part=part, shift=shift_in(match), look=look_in(match)), mod, None


def _week_of_month(match: Match) -> Built:
    """The first seven days of the month, or the last."""
    month, ordinal = vocabulary.month_number(match["month"]), words().ordinals[match["ordinal"].lower()]
    first, last = (25, 31) if ordinal == -1 else (7 * ordinal - 6, 7 * ordinal)
    return Calendar(number(match, "year"), month, week=(first, last)), None, None


def _years(match: Match) -> Built:
    first, last = int(match["year"]), match["end_year"]
    end = int(last) if len(last) == 4 else first - first % 100 + int(last)
    return (Calendar(first, end=(end, None, None)), None, None) if first < end <= first + 100 else None


def _year(match: Match) -> Built:
    part, mod = part_in(match)
    if match["fiscal"] and not mod:
        mod = "APPROX"  # whose months are not the calendar's
    return Calendar(_era_year(match), part=part), mod, None


def _spelt_year(match: Match) -> Built:
    """`nineteen ninety-one`, as transcripts write it."""
    rest = vocabulary.count_of(match["rest"])
    month = vocabulary.month_number(match["month"]) if match["month"] else None
    return (Calendar(1900 + int(rest), month), None, None) if rest else None


def _ancient(match: Match) -> Built:
    part, mod = part_in(match)
    year = _era_year(match, "ancient")
    return (Calendar(year, part=part), mod, None) if year else None


def _ancient_years(match: Match) -> Built:
    first, last = int(match["ancient"]), int(match["end"])
    sign = -1 if match["christ"].startswith("B") else 1
    if not sign * first < sign * last or abs(first - last) > 1_000:
        return None
    return Calendar(sign * first, end=(sign * last, None, None)), None, None
