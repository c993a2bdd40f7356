"""Patterns of dates: days, months, years, their parts, seasons, decades, centuries."""

from __future__ import annotations

import re

from marsad.reading.times import vocabulary
from marsad.reading.times.meanings import (
    DASH,
    DAY,
    LEFT,
    LEFT_YEAR,
    YEAR,
    Base,
    Built,
    Calendar,
    Era,
    Match,
    Rules,
    S,
    Y,
)
from marsad.reading.times.vocabulary import PartName, any_of, words


def calendar_rules() -> Rules:
    known = words()
    full = any_of(known.months, capital=True)
    short = any_of(known.month_abbreviations, capital=True)
    month = rf"(?P<month>(?:{full})\b|(?:{short})(?:\.|\b))"
    named = any_of(known.weekdays, capital=True)
    shortened = any_of(known.weekday_abbreviations, capital=True)
    weekday = rf"(?:(?:{named}|(?:{shortened})\b\.?),?{S})?"
    part = _part()
    lead = rf"(?P<lead>(?:[Ll]ater|[Ee]arlier){S}in{S})?"
    rel = (
        rf"(?:(?:{S}of)?{S}(?P<rel>last|this|next|that|the{S}same|that{S}same|the{S}following"
        rf"|the{S}previous){S}year\b)"
    )
    year = rf"(?:\s{{0,2}},?\s{{0,3}}(?:of{S})?{YEAR}|{rel})?"
    days = rf"(?P<day>{DAY})(?:(?:{DASH}|{S}(?:to|and){S})(?P<end_day>{DAY}))?"
    return [
        ("iso", rf"{LEFT}(?P<year>{Y})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d|-)(?:T\d\d:\d\d)?", _iso_day),
        (
            "numeric",
            rf"{LEFT}(?P<a>\d\d?)(?P<sep>[/.])(?P<b>\d\d?)(?P=sep)(?P<year>{Y})(?![\w/.-]\w)",
            _numeric,
        ),
        ("month_day", rf"{LEFT}{weekday}{lead}{month}\s{{0,3}}(?:the{S})?{days}{year}", _day),
        ("day_month", rf"{LEFT}{weekday}(?:the{S})?{days}{S}(?:of{S})?{month}{year}", _day),
        ("months", rf"{LEFT}{month}{DASH}(?P<end_month>{full})\b(?:,?{S}{YEAR})?", _months),
        ("month_year", rf"{LEFT}{part}{lead}{month}(?:\s?,)?{S}(?:of{S})?{YEAR}", _month),
        ("month", rf"{LEFT}{part}{lead}(?:(?P<look>{_look()}){S})?{month}{rel}?", _month),
        ("years", rf"{LEFT_YEAR}(?P<year>{Y})\s?[-–—/]\s?(?P<end_year>{Y}|\d\d)(?![\w/-])", _years),
        ("year", rf"{LEFT_YEAR}{part}{lead}(?:the{S}year{S}|[Ff]iscal{S}(?:year{S})?)?{YEAR}", _year),
        ("decade", rf"(?<![\w$£€])(?:the{S})?{part}(?P<decade>(?:1[5-9]|20)\d0)['’]?s\b", _decade),
        ("decade_name", rf"{LEFT}the{S}{part}(?P<decade>{any_of(known.decades)}|['’][2-9]0s)\b", _decade),
        (
            "century",
            rf"{LEFT}(?:the{S})?{part}(?P<century>\d\d?(?:st|nd|rd|th)|{any_of(known.century_ordinals)})"
            rf"[\s-]{{1,2}}century\b",
            _century,
        ),
        *_piece_rules(month),
        *_season_rules(part, rel),
    ]


def _part() -> str:
    phrases = [phrase for part in words().parts for phrase in part.words]
    return rf"(?:(?:the{S})?(?P<part>{any_of(phrases)})[\s-]{{1,3}})?"


def _look() -> str:
    return rf"[Tt]his{S}past|[Tt]his{S}coming|[Ll]ast|[Tt]his|[Nn]ext|[Pp]ast"


def _piece_rules(month: str) -> Rules:
    ordinal = rf"(?P<ordinal>{any_of(words().ordinals)})"
    years = rf"(?P<rel>last|this|next|that|the{S}same|the{S}following|the{S}previous){S}year\b"
    whole = rf"(?:{month}{S}?)?(?:{YEAR}|{years}|the{S}(?P<this>year|month)\b)?"
    return [
        ("half", rf"{LEFT}(?:the{S})?{ordinal}[\s-](?P<piece>half|quarter){S}of{S}{whole}", _piece),
        ("quarter", rf"{LEFT}(?:the{S})?{ordinal}[\s-](?P<piece>quarter)\b(?!{S}of)", _piece),
        (
            "first_months",
            rf"{LEFT}(?:the{S})?{ordinal}{S}(?P<count>{any_of(words().numbers)}|\d\d?){S}months{S}of{S}{whole}",
            _piece,
        ),
        ("short_quarter", rf"{LEFT}(?P<letter>[QH])(?P<ordinal>[1-4]){S}{YEAR}", _short_piece),
    ]


def _season_rules(part: str, rel: str) -> Rules:
    season = rf"(?P<season>{any_of(words().seasons)})\b"
    bare = rf"(?P<season>{any_of(s for s in words().seasons if s != 'fall')})\b"
    ahead = r"(?:in|by|of|since|during|over|until|throughout|last|this|next)"
    return [
        ("season_year", rf"{LEFT}(?:the{S})?{part}{season},?{S}(?:of{S})?{YEAR}", _season),
        ("season_rel", rf"{LEFT}(?:the{S})?{part}{bare}{rel}", _season),
        ("season_look", rf"{LEFT}{part}(?P<look>{_look()}|[Tt]hat){S}{season}", _season),
        (
            "season",
            rf"\b{ahead}{S}(?P<core>(?:the{S})?{part}{bare})(?!{S}[a-z]{{3,20}}(?:ing|ive|ed)\b)",
            _season,
        ),
    ]


def _group(match: Match, name: str) -> str | None:
    return match[name] if name in match.re.groupindex else None


def _number(match: Match, name: str) -> int | None:
    found = _group(match, name)
    digits = re.sub(r"\D", "", found) if found else ""
    return int(digits) if digits else None


def _part_in(match: Match) -> tuple[PartName | None, str | None]:
    phrase = _group(match, "part")
    if not phrase:
        return None, None
    part = vocabulary.part_of(phrase)
    return part, vocabulary.part_mod(part)


_SHIFTS: dict[str, tuple[Base, int]] = {
    "last": ("published", -1),
    "this": ("published", 0),
    "next": ("published", 1),
    "that": ("narrative", 0),
    "the same": ("narrative", 0),
    "that same": ("narrative", 0),
    "the following": ("narrative", 1),
    "the previous": ("narrative", -1),
}


def _shift_in(match: Match) -> tuple[Base, int] | None:
    rel = _group(match, "rel")
    return _SHIFTS[" ".join(rel.lower().split())] if rel else None


def _look_in(match: Match) -> int | None:
    look = _group(match, "look")
    if not look:
        return None
    key = look.lower().split()
    if key == ["that"]:
        return None
    return -1 if key[-1] in ("last", "past") else 1 if key[-1] in ("next", "coming") else 0


def _is_that(match: Match) -> bool:
    """ "that summer": of the year last named."""
    return (_group(match, "look") or "").lower() == "that"


def _iso_day(match: Match) -> Built:
    return Calendar(int(match["year"]), int(match["month"]), int(match["day"])), None, None


def _numeric(match: Match) -> Built:
    """22/03/2019 and 03/22/2019; where both orders are possible, either day."""
    first, second, year = int(match["a"]), int(match["b"]), int(match["year"])
    if not (1 <= first <= 31 and 1 <= second <= 31) or min(first, second) > 12:
        return None
    if first > 12 or first == second:
        return Calendar(year, second, first), None, None
    if second > 12:
        return Calendar(year, first, second), None, None
    early, late = sorted([(first, second), (second, first)])
    return Calendar(year, early[0], early[1], end=(year, late[0], late[1])), "APPROX", None


def _day(match: Match) -> Built:
    month, day, end_day = (
        vocabulary.month_number(match["month"]),
        _number(match, "day"),
        _number(match, "end_day"),
    )
    if end_day is not None and day is not None and end_day <= day:
        return None
    end = (None, month, end_day) if end_day else None
    return Calendar(_number(match, "year"), month, day, end=end, shift=_shift_in(match)), None, None


def _months(match: Match) -> Built:
    first, last = vocabulary.month_number(match["month"]), vocabulary.month_number(match["end_month"])
    return Calendar(_number(match, "year"), first, end=(None, last, None)), None, None


def _month(match: Match) -> Built:
    part, mod = _part_in(match)
    month = vocabulary.month_number(match["month"])
    year = _number(match, "year")
    return Calendar(year, month, part=part, shift=_shift_in(match), look=_look_in(match)), mod, None


def _years(match: Match) -> Built:
    first, last = int(match["year"]), match["end_year"]
    end = int(last) if len(last) == 4 else first - first % 100 + int(last)
    return (Calendar(first, end=(end, None, None)), None, None) if first < end <= first + 100 else None


def _year(match: Match) -> Built:
    part, mod = _part_in(match)
    return Calendar(int(match["year"]), part=part), mod, None


def _decade(match: Match) -> Built:
    part, mod = _part_in(match)
    named = words().decades.get(match["decade"].lower())
    digits = _number(match, "decade")
    first = named if named is not None else digits
    if first is None:
        return None
    return Era(first + 1900 if first < 100 else first, 10, part), mod, None


def _century(match: Match) -> Built:
    part, mod = _part_in(match)
    number = words().century_ordinals.get(match["century"].lower()) or _number(match, "century")
    return (Era((number - 1) * 100, 100, part), mod, None) if number and 10 <= number <= 22 else None


def _piece(match: Match) -> Built:
    """The first half of 2023, the third quarter, the first nine months of 2018."""
    ordinal = words().ordinals[match["ordinal"].lower()]
    size = 6 if _group(match, "piece") == "half" else 3
    if _group(match, "count"):
        size = int(vocabulary.count_of(match["count"]) or 0)
    count = 12 // size if size else 0
    index = count if ordinal == -1 else ordinal
    if not size or not 1 <= index <= count or (_group(match, "count") and ordinal not in (1, -1)):
        return None
    needs_whole = _group(match, "count") or _group(match, "piece") == "half"
    if needs_whole and not any(_group(match, name) for name in ("month", "year", "rel", "this")):
        return None
    first = 13 - size if ordinal == -1 else 1 + (index - 1) * size
    name = {6: f"H{index}", 3: f"Q{index}"}.get(size)
    month = _group(match, "month")
    shift = _shift_in(match) or (None if _group(match, "year") else ("published", 0))
    if month or _group(match, "this") == "month":
        return _half_month(match, index, month, shift)
    return (
        Calendar(_number(match, "year"), months=(first, first + size - 1), halves=name, shift=shift),
        None,
        None,
    )


def _half_month(match: Match, index: int, month: str | None, shift: tuple[Base, int] | None) -> Built:
    if month is None or index > 2:
        return None
    number = vocabulary.month_number(month)
    first, last = (1, 15) if index == 1 else (16, 31)
    year = _number(match, "year")
    return Calendar(year, number, first, end=(None, number, last), shift=None if year else shift), None, None


def _short_piece(match: Match) -> Built:
    index, size = int(match["ordinal"]), 6 if match["letter"] == "H" else 3
    if index * size > 12:
        return None
    first = 1 + (index - 1) * size
    return (
        Calendar(int(match["year"]), months=(first, first + size - 1), halves=match["letter"] + str(index)),
        None,
        None,
    )


def _season(match: Match) -> Built:
    part, mod = _part_in(match)
    season = words().seasons[match["season"].lower()]
    shift = _shift_in(match) or (_SHIFTS["that"] if _is_that(match) else None)
    return (
        Calendar(_number(match, "year"), part=part, season=season, shift=shift, look=_look_in(match)),
        mod,
        None,
    )
