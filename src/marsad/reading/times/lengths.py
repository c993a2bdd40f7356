"""Patterns of lengths: three years, at least two weeks, the past six months, for decades."""

from __future__ import annotations

from functools import cache

from marsad.reading.times import vocabulary
from marsad.reading.times.meanings import LEFT, Built, Length, Match, Rules, S
from marsad.reading.times.vocabulary import any_of, words

UNCOUNTED = ("second", "minute")  # "last minute", "a second attack": idioms, not times
_LONG = ("year", "month", "week", "day", "decade")


def length_rules() -> Rules:
    known = words().lengths
    qmod, count, unit = quantity(), rf"(?P<count>{counts()})", rf"(?P<unit>{units()})"
    several = rf"(?!(?:an?|one|half{S}an?|some)[\s-]{{1,3}}(?:{units()})\b)(?P<count>{counts()})"
    half = rf"(?P<half>{S}and{S}a{S}half)?"
    single = r"(?P<unit>hour|day|week|fortnight|month|year|decade|century)"
    firm = any_of(mod for mod in words().quantity_mods if mod not in known.also_prepositions)
    look = any_of([*known.back, *known.ahead, *known.aside])
    unaged = rf"[\s-]{{1,3}}(?:{any_of(known.no_length_before)}|olds|of{S}age)\b|['’]{S}[Ww]ars?\b"
    loose = any_of(mod for mod in words().quantity_mods if mod not in ("over", "under"))
    return [
        (
            "anchored",
            rf"{LEFT}(?:(?P<qmod>{firm}){S})?(?:(?P<the>[Tt]he|[Tt]hese|[Tt]hose){S})?(?P<look>{look}){S}"
            rf"(?:{count}[\s-]{{1,3}})?{unit}\b(?!-)",
            _anchored,
        ),
        (
            "length",
            rf"{LEFT}(?:(?P<qmod>{loose}){S})?{several}(?:[\s-]{{1,3}}(?:{any_of(known.between)}))?"
            rf"[\s-]{{1,3}}{unit}{half}\b(?!{unaged})",
            _length,
        ),
        (
            "length_over",
            rf"\b(?:{any_of(known.before_over)}){S}(?P<core>(?P<qmod>over|under){S}{several}"
            rf"[\s-]{{1,3}}{unit}{half})\b(?!{unaged})",
            _length,
        ),
        (
            "length_range",
            rf"{LEFT}{qmod}{several}(?:{S}(?:to|or){S}|\s?[-–]\s?)(?P<most>{counts()})[\s-]{{1,3}}{unit}\b"
            rf"(?!{unaged}|{S}(?:ago|earlier|later|from{S}now)\b)",
            _length_range,
        ),
        (
            "single",
            rf"\b(?:{any_of(known.before_single)}){S}"
            rf"(?P<core>(?P<count>an?|one|half{S}an?)[\s-]{{1,3}}{single}{half})\b(?!-)",
            _length,
        ),
        (
            "bare_length",
            rf"\b(?:{any_of(known.before_bare)}){S}(?P<core>(?P<unit>{plurals()}))\b(?!{S}(?:ago|old)\b)",
            _length,
        ),
        ("compound", rf"{LEFT}(?P<unit>{any_of(vocabulary.plural(unit) for unit in _LONG)})-long\b", _length),
    ]


@cache
def quantity() -> str:
    """What may stand before a number of units, as the group `qmod`."""
    return rf"(?:(?P<qmod>{any_of(words().quantity_mods)}){S})?"


@cache
def counts() -> str:
    """Numbers in figures and in words, and vague ones."""
    numbers = words().numbers
    tens = any_of(word for word, number in numbers.items() if number in range(20, 100, 10))
    ones = any_of(word for word, number in numbers.items() if 1 <= number <= 9 and len(word) > 2)
    named = any_of([*numbers, *words().vague_numbers.words])
    return rf"(?:{tens})[\s-](?:{ones})|{named}|\d{{1,4}}(?:\.\d)?"


@cache
def units() -> str:
    known = words().units
    both = [*known, *(vocabulary.plural(unit) for unit in known)]
    return any_of(unit for unit in both if unit != "second")


@cache
def plurals() -> str:
    return any_of(vocabulary.plural(unit) for unit in words().units if unit not in UNCOUNTED)


def quantity_mod(match: Match) -> str | None:
    phrase = match["qmod"] if "qmod" in match.re.groupindex else None
    return words().quantity_mods[" ".join(phrase.lower().split())] if phrase else None


def amount(match: Match) -> float | None:
    """The number of units that `match` names, half ones included; None where it is vague."""
    named = match["count"] if "count" in match.re.groupindex else None
    number = vocabulary.count_of(named) if named else None
    half = "half" in match.re.groupindex and match["half"]
    return number + 0.5 if number is not None and half else number


def _anchored(match: Match) -> Built:
    """`the past six months` reaches up to now, `recent weeks` too, `the next two weeks` from now."""
    known = words().lengths
    unit, look = vocabulary.unit_of(match["unit"]), match["look"].lower()
    plural = match["unit"].lower() != unit
    side = -1 if look in known.back else 1 if look in known.ahead else None
    if plural:
        if not match["count"] and look not in known.vague:
            return None
        return Length(unit, amount(match), side), quantity_mod(match), None
    if not (match["the"] and side) or unit == "day" or (look == "next" and unit != "decade"):
        return None
    return Length(unit, 1, side), quantity_mod(match), None


def _length(match: Match) -> Built:
    named = match["count"] if "count" in match.re.groupindex else None
    if named and named.isdigit() and len(named) == 4:
        return None  # "2014 weeks" is a year before a noun, if anything
    if match["unit"].lower().startswith("quarter"):
        return None  # three quarters of the people
    return Length(vocabulary.unit_of(match["unit"]), amount(match)), quantity_mod(match), None


def _length_range(match: Match) -> Built:
    """ "four to six weeks"."""
    least, most = amount(match), vocabulary.count_of(match["most"])
    if least is None or most is None or not least < most:
        return None
    return Length(vocabulary.unit_of(match["unit"]), least, most=most), quantity_mod(match), None


def period(unit: str, count: float | None) -> str:
    """TIMEX3 duration: P6M, PT2H, PXY, P2.5Y. Weekends are P2D, fortnights two weeks."""
    if unit == "weekend":
        return "P2D" if count == 1 else "PXD"
    if unit == "fortnight" and count is not None:
        count *= 2
    designator = words().units[unit]
    number = "X" if count is None else f"{count:g}"
    return f"PT{number}{designator[1:]}" if designator in ("TS", "TM", "TH") else f"P{number}{designator}"
