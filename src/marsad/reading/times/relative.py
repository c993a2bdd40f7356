"""Patterns of times relative to another: last week, Friday night, two days later, yesterday."""

from __future__ import annotations

from typing import Literal

from marsad.reading.times import vocabulary
from marsad.reading.times.kinds import (
    COUNT,
    DAYPART,
    DEICTIC,
    EDGE,
    LOOK,
    NUMBER,
    PART,
    QUANTITY,
    THE,
    UNIT,
    WEEKDAY,
)
from marsad.reading.times.lengths import UNCOUNTED, amount, counts, plurals, quantity, quantity_mod, units
from marsad.reading.times.meanings import (
    LEFT,
    Base,
    Built,
    Length,
    Match,
    Repeat,
    Rules,
    S,
    Shift,
    Spec,
    Weekday,
    group,
)
from marsad.reading.times.vocabulary import PartName, any_of, words

Edge = Literal["earlier", "later"]


def relative_rules() -> Rules:
    return [*_unit_rules(), *_day_rules(), *_counted_rules()]


def _edge_phrase() -> str:
    parts = any_of(phrase for part in words().parts for phrase in part.words)
    return rf"(?P<edge>[Ee]arlier|[Ll]ater|{parts})[\s-]{{1,3}}(?:on{S}|in{S})?"


def _look_phrase() -> str:
    known = words().look
    return rf"(?P<look>{any_of([*known.published, *known.narrative])}){S}"


def _unit_rules() -> Rules:
    unit = rf"(?P<unit>{any_of(unit for unit in words().units if unit not in UNCOUNTED)})"
    edge, look = _edge_phrase(), _look_phrase()
    here = LOOK | THE | EDGE | PART
    return [
        Spec(
            "unit",
            rf"{LEFT}(?:{edge})?(?P<the>[Tt]he{S})?{look}{unit}\b(?!-)(?=(?P<of>{S}of{S})?)",
            _unit,
            here,
            UNIT | LOOK,
        ),
        Spec(
            "edge_unit", rf"{LEFT}(?:the{S})?{edge}the{S}{unit}\b", _edge_unit, EDGE | PART | THE, UNIT | THE
        ),
        Spec("weekend", rf"{LEFT}[Tt]he{S}(?P<unit>weekend)\b", _weekend, THE, UNIT, words().before.weekend),
        Spec(
            "day_beside",
            rf"{LEFT}[Tt]he{S}day{S}(?P<way>before|after|earlier)\b(?!{S}(?:yesterday|tomorrow)\b)",
            _day_beside,
            THE,
            THE | UNIT,
        ),
        Spec(
            "unit_beside",
            rf"{LEFT}[Tt]he{S}(?P<unit>week|month|year){S}(?P<way>before|after|earlier)(?=[.,;:”\"]|{S}(?:and|but)\b)",
            _day_beside,
            THE,
            THE | UNIT,
        ),
    ]


def _day_rules() -> Rules:
    known, look, edge = words(), _look_phrase(), _edge_phrase()
    dayparts = any_of(known.dayparts)
    daypart = rf"(?:[\s-]{{1,3}}(?P<daypart>{dayparts})(?P<many>s)?)?\b"
    early = rf"(?:(?:early|late){S}(?:in{S}the{S})?)?"
    of_day = rf"(?:(?:the{S})?{early}(?P<lead>{dayparts}){S}(?:hours{S})?(?:of|on){S}(?:last{S})?)?"
    return [
        Spec(
            "this_daypart",
            rf"{LEFT}(?:{edge})?(?:the{S})?{look}(?P<daypart>{dayparts})\b",
            _daypart,
            LOOK | THE | EDGE | PART,
            DAYPART | LOOK,
        ),
        Spec(
            "daypart_of",
            rf"{LEFT}(?:[Ee]arly{S}(?:in|on){S}|[Ll]ate{S}(?:in|on){S})?[Tt]he{S}(?:(?:early|late){S})?"
            rf"(?P<daypart>{dayparts})(?:{S}hours)?(?={S}of{S}(?:[A-Z\d]|the{S}\d|last{S}[A-Z]))",
            _part_of_day,
            THE | PART,
            DAYPART | THE,
        ),
        Spec(
            "weekday",
            rf"{LEFT}(?:{edge})?(?:(?:the{S})?{look})?{of_day}"
            rf"(?P<weekday>{any_of(known.weekdays, capital=True)}){daypart}"
            rf"(?:{S}(?P<week>last|next|this){S}week\b)?",
            _weekday,
            WEEKDAY | LOOK | THE | EDGE | PART | DAYPART,
            WEEKDAY,
        ),
        Spec(
            "deictic",
            rf"{LEFT}(?:{edge})?(?P<word>{any_of(known.deictic)}){daypart}",
            _deictic,
            DEICTIC | EDGE | PART | THE,
            DEICTIC,
        ),
        Spec("overnight", rf"{LEFT}[Oo]vernight\b(?!{S}[a-z]{{1,30}}s\b)", _overnight, DAYPART, DAYPART),
    ]


def _counted_rules() -> Rules:
    return [
        Spec(
            "ago",
            rf"{LEFT}(?:[Jj]ust{S}|[Oo]nly{S})?{quantity()}(?P<count>{counts()})[\s-]{{1,3}}(?P<unit>{units()})"
            rf"(?P<half>{S}and{S}a{S}half)?(?:{S}or{S}(?:so|more))?"
            rf"{S}(?P<way>ago|earlier|later|previously|before(?=[.,;”])|from{S}now|hence|afterwards?)\b(?!{S}than)",
            _ago,
            COUNT | NUMBER | QUANTITY,
            UNIT,
        ),
        Spec(
            "bare_ago",
            rf"{LEFT}(?:[Jj]ust{S})?(?P<unit>{plurals()}){S}(?P<way>ago|earlier|later)\b",
            _ago,
            UNIT,
            UNIT,
        ),
    ]


def _look(match: Match) -> tuple[Base, int]:
    """Base and direction of `last`, `this`, `that same`, `the following`."""
    key = vocabulary.folded(match["look"])
    known = words().look
    if key in known.published:
        return "published", known.published[key]
    return "narrative", known.narrative[key]


def _edge(match: Match) -> tuple[PartName | None, Edge | None, str | None]:
    """Name of the part, or earlier or later, and the TIMEX3 mod."""
    phrase = group(match, "edge")
    if not phrase:
        return None, None, None
    if phrase.lower() in ("earlier", "later"):
        return None, "earlier" if phrase.lower() == "earlier" else "later", None
    part = vocabulary.part_of(phrase)
    return part, None, vocabulary.part_mod(part)


def _unit(match: Match) -> Built:
    """`last year` is a date; `the past year`, `the last decade` are lengths up to now."""
    unit, key = vocabulary.unit_of(match["unit"]), match["look"].lower()
    if match["unit"][0].isupper():
        return None  # the programme This Week
    if match["the"] and match["of"] and key in ("last", "next", "past", "coming"):
        return None  # "the last year of the war" is a length
    base, count = _look(match)
    if key == "next" and match["the"] and unit == "day":
        base = "narrative"
    long = unit in ("hour", "decade", "century")
    if base == "published" and count and (match["the"] or key in ("past", "coming") or long):
        return Length(unit, 1, count), None, None
    if unit == "hour":
        return None
    part, edge, mod = _edge(match)
    return Shift(unit, count, base, part, edge), mod, None


def _edge_unit(match: Match) -> Built:
    part, edge, mod = _edge(match)
    unit = vocabulary.unit_of(match["unit"])
    return None if unit == "hour" else (Shift(unit, 0, "nearest", part, edge), mod, None)


def _weekend(match: Match) -> Built:
    return Shift("weekend", 0, "nearest"), None, None


def _day_beside(match: Match) -> Built:
    """`the day before`: from the day that the narrative last named."""
    count = 1 if match["way"] == "after" else -1
    return Shift(group(match, "unit") or "day", count, "narrative"), None, None


def _part_of_day(match: Match) -> Built:
    return None, None, "T" + words().dayparts[vocabulary.folded(match["daypart"])]


def _overnight(match: Match) -> Built:
    return Shift("day", 0), None, "TNI"


def _daypart(match: Match) -> Built:
    base, count = _look(match)
    if match["look"].lower() in ("past", "coming", "current"):
        return None
    return Shift("day", count, base), None, _clock(match["daypart"])


def _weekday(match: Match) -> Built:
    base: Base = "published"
    look: int | None = None
    if match["look"]:
        base, look = _look(match)
    if match["week"]:
        look = words().look.published[match["week"]]
    daypart = match["daypart"] or match["lead"]
    clock = _clock(daypart) if daypart else None
    if match["many"]:
        return Repeat(f"XXXX-WXX-{vocabulary.weekday_number(match['weekday'])}{clock or ''}"), None, None
    return Weekday(vocabulary.weekday_number(match["weekday"]), base, look), None, clock


def _deictic(match: Match) -> Built:
    word = vocabulary.folded(match["word"])
    daypart = "night" if word == "tonight" else match["daypart"]
    return Shift("day", words().deictic[word]), None, _clock(daypart) if daypart else None


def _clock(daypart: str) -> str:
    return "T" + words().dayparts[vocabulary.folded(daypart)]


def _ago(match: Match) -> Built:
    """Counted from publication (`ago`) or from what the narrative last named (`later`)."""
    way = match["way"].lower().split()[0]
    base: Base = "published" if way in ("ago", "from", "hence") else "narrative"
    back = way in ("ago", "earlier", "previously", "before")
    number = amount(match)
    moved = None if number is None else -number if back else number
    return (
        Shift(vocabulary.unit_of(match["unit"]), moved, base, fuzzy=True, back=back),
        quantity_mod(match),
        None,
    )
