"""Patterns of times relative to another: last week, Friday night, two days later, yesterday."""

from __future__ import annotations

from typing import Literal

from marsad.reading.times import vocabulary
from marsad.reading.times.lengths import UNCOUNTED, amount, counts, plurals, quantity, quantity_mod, units
from marsad.reading.times.meanings import LEFT, Base, Built, Length, Match, Rules, S, Shift, Weekday
from marsad.reading.times.vocabulary import PartName, any_of, words

Edge = Literal["earlier", "later"]


def relative_rules() -> Rules:
    known = words()
    unit = rf"(?P<unit>{any_of(unit for unit in known.units if unit not in UNCOUNTED)})"
    dayparts = any_of(known.dayparts)
    parts = any_of(phrase for part in known.parts for phrase in part.words)
    edge = rf"(?P<edge>[Ee]arlier|[Ll]ater|{parts})[\s-]{{1,3}}(?:on{S}|in{S})?"
    look = rf"(?P<look>{any_of([*known.look.published, *known.look.narrative])}){S}"
    daypart = rf"(?:{S}(?P<daypart>{dayparts}))?\b"
    return [
        ("unit", rf"{LEFT}(?:{edge})?(?P<the>[Tt]he{S})?{look}{unit}\b(?!-)", _unit),
        ("edge_unit", rf"{LEFT}{edge}the{S}{unit}\b", _edge_unit),
        ("weekend", rf"\b(?:at|over|during|on){S}(?P<core>the{S}(?P<unit>weekend))\b", _weekend),
        ("this_daypart", rf"{LEFT}(?:{edge})?(?:the{S})?{look}(?P<daypart>{dayparts})\b", _daypart),
        (
            "weekday",
            rf"{LEFT}(?:{edge})?(?:(?:the{S})?{look})?(?:(?P<lead>{dayparts}){S}(?:of|on){S})?"
            rf"(?P<weekday>{any_of(known.weekdays, capital=True)}){daypart}"
            rf"(?:{S}(?P<week>last|next|this){S}week\b)?",
            _weekday,
        ),
        (
            "deictic",
            rf"{LEFT}(?:{edge})?(?P<word>{any_of(known.deictic)}){daypart}",
            _deictic,
        ),
        (
            "ago",
            rf"{LEFT}{quantity()}(?P<count>{counts()})[\s-]{{1,3}}(?P<unit>{units()})"
            rf"(?P<half>{S}and{S}a{S}half)?(?:{S}or{S}so)?"
            rf"{S}(?P<way>ago|earlier|later|previously|before(?=[.,;”])|from{S}now|hence)\b(?!{S}than)",
            _ago,
        ),
        ("bare_ago", rf"{LEFT}(?P<unit>{plurals()}){S}(?P<way>ago|earlier|later)\b", _ago),
    ]


def _look(match: Match) -> tuple[Base, int]:
    """Base and direction of `last`, `this`, `that same`, `the following`."""
    key = " ".join(match["look"].lower().split())
    known = words().look
    if key in known.published:
        return "published", known.published[key]
    return "narrative", known.narrative[key]


def _edge(match: Match) -> tuple[PartName | None, Edge | None, str | None]:
    """Name of the part, or earlier or later, and the TIMEX3 mod."""
    phrase = match["edge"]
    if not phrase:
        return None, None, None
    if phrase.lower() in ("earlier", "later"):
        return None, "earlier" if phrase.lower() == "earlier" else "later", None
    part = vocabulary.part_of(phrase)
    return part, None, vocabulary.part_mod(part)


def _unit(match: Match) -> Built:
    """`last year` is a date; `the past year`, `the last decade` are lengths up to now."""
    unit, key = vocabulary.unit_of(match["unit"]), match["look"].lower()
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


def _daypart(match: Match) -> Built:
    base, count = _look(match)
    if match["look"].lower() == "past":
        return None
    return Shift("day", count, base), None, "T" + words().dayparts[match["daypart"].lower()]


def _weekday(match: Match) -> Built:
    base: Base = "published"
    look: int | None = None
    if match["look"]:
        base, look = _look(match)
    if match["week"]:
        look = words().look.published[match["week"]]
    daypart = match["daypart"] or match["lead"]
    clock = "T" + words().dayparts[daypart.lower()] if daypart else None
    return Weekday(vocabulary.weekday_number(match["weekday"]), base, look), None, clock


def _deictic(match: Match) -> Built:
    word = " ".join(match["word"].lower().split())
    daypart = "night" if word == "tonight" else match["daypart"]
    clock = "T" + words().dayparts[daypart.lower()] if daypart else None
    return Shift("day", words().deictic[word]), None, clock


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
