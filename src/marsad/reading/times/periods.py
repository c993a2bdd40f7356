"""Patterns of halves, quarters, seasons, fiscal years, decades and centuries."""

from __future__ import annotations

from marsad.reading.times import vocabulary
from marsad.reading.times.calendar import (
    CHRIST,
    SHIFTS,
    look_in,
    look_word,
    month_name,
    part_in,
    part_name,
    shift_in,
    whose_year,
)
from marsad.reading.times.kinds import CHRIST as CHRIST_WORD
from marsad.reading.times.kinds import (
    DECADE,
    EDGE,
    FISCAL,
    LOOK,
    NUMBER,
    ORDINAL,
    PART,
    PIECE,
    SEASON,
    THE,
    UNIT,
    YEAR,
)
from marsad.reading.times.meanings import (
    LEFT,
    Base,
    Built,
    Calendar,
    Era,
    Match,
    Quarter,
    Rules,
    S,
    Shift,
    Spec,
    group,
    number,
)
from marsad.reading.times.meanings import (
    YEAR as YEAR_IN,
)
from marsad.reading.times.vocabulary import any_of, words


def period_rules() -> Rules:
    return [*_era_rules(), *_piece_rules(), *_quarter_rules(), *_season_rules()]


def _era_rules() -> Rules:
    known, part = words(), part_name()
    return [
        Spec(
            "decade",
            rf"(?<![\w$£€])(?:[Tt]he{S})?{part}(?P<decade>(?:1[5-9]|20)\d0)['’]?s\b",
            _decade,
            YEAR | THE | PART,
            YEAR,
        ),
        Spec(
            "decade_name",
            rf"(?<![\w$£€])(?:[Tt]he{S}{part}(?P<decade>{any_of(known.decades)}|(?:['’‘]\s{{0,3}})[2-9]0s|[5-9]0s)\b"
            rf"|{part.replace('<part>', '<early>')}['’‘](?P<short>[2-9]0s)\b)",
            _decade,
            THE | DECADE | PART,
            DECADE,
        ),
        Spec(
            "decade_before_christ",
            rf"{LEFT}(?:[Tt]he{S})?{part}(?P<decade>\d{{1,3}}0)s{CHRIST}",
            _decade,
            NUMBER | THE | PART,
            NUMBER | CHRIST_WORD,
        ),
        Spec(
            "century",
            rf"{LEFT}(?:[Tt]he{S})?{part}(?P<century>\d\d?(?:st|nd|rd|th)|{any_of(known.century_ordinals)}"
            rf"|{any_of(vocabulary.day_ordinals())})[\s-]{{1,2}}[Cc]entury\b{CHRIST}?",
            _century,
            NUMBER | ORDINAL | THE | PART,
            UNIT,
        ),
    ]


def _piece_rules() -> Rules:
    ordinal, month = rf"(?P<ordinal>{any_of(words().ordinals)})", month_name()
    years = rf"(?P<rel>last|this|next|that|the{S}same|the{S}following|the{S}previous){S}year\b"
    whole = (
        rf"(?:{month}\s{{0,3}})?(?:(?:fiscal{S}(?:year{S})?)?{YEAR_IN}|{years}|the{S}(?P<this>year|month)\b)?"
    )
    first = rf"{LEFT}(?:[Tt]he{S})?{ordinal}"
    return [
        Spec("half", rf"{first}[\s-](?P<piece>half|quarter){S}of{S}{whole}", _piece, ORDINAL | THE, ORDINAL),
        Spec(
            "first_months",
            rf"{first}{S}(?P<count>{any_of(words().numbers)}|\d\d?){S}(?P<size>month|quarter)s{S}of{S}{whole}",
            _piece,
            ORDINAL | THE,
            ORDINAL | UNIT,
        ),
        Spec(
            "short_quarter",
            rf"{LEFT}(?P<letter>[QH])(?P<ordinal>[1-4])(?:{S}(?:of{S})?{YEAR_IN})?(?!\w)",
            _short_piece,
            PIECE,
            NUMBER,
        ),
        Spec(
            "fiscal_years",
            rf"{LEFT}(?:FY|[Ff]iscal{S}(?:[Yy]ear{S})?)\s{{0,3}}(?P<year>20\d\d)[/–-](?P<end_year>20\d\d|\d\d)\b",
            _fiscal_years,
            FISCAL,
            NUMBER,
        ),
        Spec(
            "fiscal_year",
            rf"{LEFT}(?:the{S}|its{S})?(?P<look>current{S}|last{S}|next{S}|previous{S}|this{S})?fiscal{S}year\b",
            _fiscal_year,
            THE | LOOK | FISCAL,
            FISCAL,
        ),
    ]


def _quarter_rules() -> Rules:
    ordinal = rf"(?P<ordinal>{any_of(words().ordinals)})"
    of_year = rf"(?:of{S}(?:{YEAR_IN}|(?P<rel>last|this|next){S}year\b))"
    ago = rf"(?P<ago>(?:comparable{S})?year-(?:ago|earlier){S})"
    said = YEAR_IN.replace("<year>", "<said>")
    owned = rf"(?:(?P<owner>last|this|next){S}year['’]s{S})"
    return [
        Spec(
            "quarter",
            rf"{LEFT}(?:[Tt]he{S})?(?:(?:fiscal|previous){S}|{said}{S}|{ago}|{owned})?(?:fiscal{S})?"
            rf"{ordinal}(?:{S}fiscal)?[\s-](?P<piece>quarter)\b(?!{S}of\b(?!{S}(?:the{S}year|fiscal|last|this|next|\d)))"
            rf"(?:{S}{of_year})?",
            _piece,
            ORDINAL | THE | FISCAL | YEAR | LOOK,
            ORDINAL,
        ),
        Spec(
            "told_quarter",
            rf"{LEFT}[Tt]he{S}(?:(?:latest|same|most{S}recent){S}|{ago})?"
            rf"(?:quarter|(?:(?<=latest )|(?<=ago )|(?<=earlier ))period)\b(?!{S}of\b|-)",
            _told_quarter,
            THE,
            UNIT,
            words().before.quarter,
        ),
        Spec(
            "year_ago",
            rf"{LEFT}[Yy]ear-(?:ago|earlier)\b",
            lambda _: (Quarter(-1), None, None),
            UNIT,
        ),
        Spec(
            "year_end",
            rf"{LEFT}[Yy]ear-end(?:{S}{YEAR_IN})?",
            _year_end,
            UNIT,
        ),
    ]


def _season_rules() -> Rules:
    part, rel = part_name(), whose_year()
    season = rf"(?P<season>{any_of(words().seasons)})\b"
    bare = rf"(?P<season>{any_of(s for s in words().seasons if s != 'fall')})\b"
    modified = rf"(?P<season>{any_of(words().seasons)})\b"
    edge = rf"(?:[Ll]ater{S}in{S}|[Ee]arlier{S}in{S})?"
    return [
        Spec(
            "season_year",
            rf"{LEFT}(?:[Tt]he{S})?{part}{season},?{S}(?:of{S})?{YEAR_IN}{CHRIST}?",
            _season,
            SEASON | THE | PART,
            SEASON | YEAR,
        ),
        Spec(
            "season_ancient",
            rf"{LEFT}(?:[Tt]he{S})?{part}{season}{S}of{S}(?P<ancient>\d{{1,3}}){CHRIST}",
            _season,
            SEASON | THE | PART,
            SEASON | CHRIST_WORD,
        ),
        Spec("season_rel", rf"{LEFT}(?:[Tt]he{S})?{part}{bare}{rel}", _season, SEASON | THE | PART, SEASON),
        Spec(
            "season_look",
            rf"{LEFT}{part}(?P<look>{look_word()}|[Tt]hat(?:{S}same)?){S}{season}",
            _season,
            LOOK | PART | THE,
            SEASON,
        ),
        Spec(
            "season",
            rf"{LEFT}{edge}(?:(?:the{S})?{part}{bare}|the{S}{part.replace('<part>', '<fall_part>')}"
            rf"(?P<fall>fall)(?!{S}(?:of|in|from)\b))"
            rf"(?!{S}[a-z]{{3,20}}(?:ing|ive|ed)\b)",
            _season,
            SEASON | THE | PART | EDGE,
            SEASON,
            words().before.season,
        ),
        Spec(
            "season_begins",
            rf"{LEFT}(?P<part>[Ee]arly|[Ll]ate|[Mm]id)[\s-]{{1,3}}(?:in{S})?(?:the{S})?{modified}",
            _season,
            PART,
            SEASON,
        ),
    ]


def _decade(match: Match) -> Built:
    part, mod = part_in(match)
    if group(match, "early"):
        part = vocabulary.part_of(match["early"])
        mod = vocabulary.part_mod(part)
    name = group(match, "decade") or match["short"]
    named = words().decades.get(name.lower())
    digits = int("".join(c for c in name if c.isdigit()) or 0) if named is None else named
    era = group(match, "christ") or ""
    if era.startswith("B"):
        return Era(-digits - 9, 10, part), mod, None
    return Era(digits + 1900 if digits < 100 and not era else digits, 10, part), mod, None


def _century(match: Match) -> Built:
    part, mod = part_in(match)
    name = vocabulary.folded(match["century"])
    index = words().century_ordinals.get(name) or number(match, "century")
    index = index or vocabulary.day_ordinals().get(name)
    if not index or index > 22:
        return None
    if (match["christ"] or "").startswith("B"):
        return Era(-index * 100, 100, part), mod, None
    return (Era((index - 1) * 100, 100, part), mod, None) if index >= 10 or match["christ"] else None


def _piece(match: Match) -> Built:
    """The first half of 2023, the third quarter, the first nine months of 2018."""
    ordinal = words().ordinals[match["ordinal"].lower()]
    size = 6 if group(match, "piece") == "half" else 3
    counted = group(match, "count")
    if counted:
        size = int(vocabulary.count_of(counted) or 0) * (3 if group(match, "size") == "quarter" else 1)
    count = 12 // size if size else 0
    index = count if ordinal == -1 else ordinal
    if not size or not 1 <= index <= count or (counted and ordinal not in (1, -1)):
        return None
    whole = any(group(match, name) for name in ("month", "year", "rel", "this"))
    if (counted or size == 6) and not whole:
        return None
    first = 13 - size if ordinal == -1 else 1 + (index - 1) * size
    month = group(match, "month")
    shift = _piece_shift(match)
    if month or group(match, "this") == "month":
        return _half_month(match, index, month, shift)
    name = {6: f"H{index}", 3: f"Q{index}"}.get(size)
    year = number(match, "year") or number(match, "said")
    bare = size == 3 and not whole and shift is None
    return (
        Calendar(
            year,
            months=(first, first + size - 1),
            halves=name,
            shift=shift or (None if year or bare else ("published", 0)),
        ),
        None,
        None,
    )


def _piece_shift(match: Match) -> tuple[Base, int] | None:
    owner = group(match, "owner")
    if owner:
        return SHIFTS[owner.lower()]
    return ("published", -1) if group(match, "ago") else shift_in(match)


def _half_month(match: Match, index: int, month: str | None, shift: tuple[Base, int] | None) -> Built:
    if month is None or index > 2:
        return None
    named = vocabulary.month_number(month)
    first, last = (1, 15) if index == 1 else (16, 31)
    year = number(match, "year")
    return Calendar(year, named, first, end=(None, named, last), shift=None if year else shift), None, None


def _short_piece(match: Match) -> Built:
    index, size = int(match["ordinal"]), 6 if match["letter"] == "H" else 3
    if index * size > 12 or (size == 6 and not match["year"]):
        return None
    first = 1 + (index - 1) * size
    return (
        Calendar(
            number(match, "year"), months=(first, first + size - 1), halves=match["letter"] + str(index)
        ),
        None,
        None,
    )


def _fiscal_years(match: Match) -> Built:
    first, last = int(match["year"]), int(match["end_year"][-2:])
    if (first + 1) % 100 != last:
        return None
    return Calendar(first, end=(first + 1, None, None)), "APPROX", None


def _fiscal_year(match: Match) -> Built:
    look = " ".join((match["look"] or "").lower().split())
    return Shift("year", {"last": -1, "previous": -1, "next": 1}.get(look, 0), fuzzy=True), None, None


def _told_quarter(match: Match) -> Built:
    return Quarter(-1 if match["ago"] else 0), None, None


def _year_end(match: Match) -> Built:
    year = number(match, "year")
    return Calendar(year, 12, 31, shift=None if year else ("published", 0)), None, None


def _season(match: Match) -> Built:
    part, mod = part_in(match)
    season = words().seasons[(group(match, "season") or "fall").lower()]
    that = (group(match, "look") or "").lower().startswith("that")
    shift = shift_in(match) or (SHIFTS["that"] if that else None)
    year = number(match, "year") or number(match, "ancient")
    if year and (group(match, "christ") or "").startswith("B"):
        year = -year
    look = None if that else look_in(match)
    return Calendar(year, part=part, season=season, shift=shift, look=look), mod, None
