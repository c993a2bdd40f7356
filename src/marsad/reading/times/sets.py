"""Patterns of what recurs (every day, per month, on Fridays) and of hours (10:35 a.m., noon)."""

from __future__ import annotations

from marsad.reading.times import vocabulary
from marsad.reading.times.lengths import amount, counts, period, units
from marsad.reading.times.meanings import LEFT, Built, Match, Repeat, Rules, S
from marsad.reading.times.vocabulary import any_of, words

_LEFT_CLOCK = r"(?<![\w:./$£€-])"
_RATE = "day|week|month|year"


def set_rules() -> Rules:
    known = words()
    weekday = rf"(?P<weekday>{any_of(known.weekdays, capital=True)})"
    month = rf"(?P<month>{any_of(known.months, capital=True)})"
    daypart = rf"(?P<daypart>{any_of(known.dayparts)})"
    return [
        (
            "every",
            rf"{LEFT}(?:{any_of(known.sets.every)}){S}(?:(?P<count>{counts()}){S}|other{S})?"
            rf"(?:(?P<unit>{units()})|{weekday}|{month}|{daypart})\b",
            _every,
        ),
        ("adverb", rf"{LEFT}(?P<adverb>{any_of(known.sets.adverbs)})(?![\w-]|{S}(?:[A-Z]|al-))", _adverb),
        ("per", rf"\b(?P<core>per{S}(?P<unit>{_RATE}|hour|annum))\b", _per),
        (
            "rate",
            rf"[\w%]{S}(?P<core>an?{S}(?P<unit>{_RATE}))\b"
            rf"(?=[.,;:”)]|{S}(?:in|by|to|from|and|or|as|on|at|for|since)\b)",
            _rate,
        ),
        ("weekdays", rf"{LEFT}{weekday}s\b", _weekdays),
    ]


def clock_rules() -> Rules:
    """Hours, whose day is found when they are anchored."""
    zone = rf"(?:\s?(?:GMT|UTC|EST|EDT|BST|CET|local{S}time)\b)?"
    half = r"(?P<half>[ap])(?:\.m\.|\.?m\b)"
    return [
        ("clock_half", rf"{LEFT}(?P<hour>\d{{1,2}})(?:[:.](?P<minute>\d\d))?\s?{half}{zone}", _clock),
        ("clock", rf"{_LEFT_CLOCK}(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?![\d:]){zone}", _clock),
        (
            "clock_zone",
            rf"{_LEFT_CLOCK}(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d){S}(?:GMT|UTC)\b",
            _clock,
        ),
        ("noon", rf"{LEFT}(?P<word>[Nn]oon|[Mm]idday|[Mm]idnight)\b", _clock_word),
    ]


def _every(match: Match) -> Built:
    if match["weekday"]:
        return _weekdays(match)
    if match["month"]:
        return Repeat(f"XXXX-{vocabulary.month_number(match['month']):02}"), None, None
    if match["daypart"]:
        return Repeat("XXXX-XX-XXT" + words().dayparts[match["daypart"].lower()]), None, None
    number = amount(match) if match["count"] else 1
    return Repeat(period(vocabulary.unit_of(match["unit"]), number)), None, None


def _adverb(match: Match) -> Built:
    return Repeat(words().sets.adverbs[match["adverb"].lower()]), None, None


def _per(match: Match) -> Built:
    unit = "year" if match["unit"].lower() == "annum" else vocabulary.unit_of(match["unit"])
    return Repeat(period(unit, 1)), None, None


def _rate(match: Match) -> Built:
    """`15 attacks a month`; after `for`, `such`, `is` it is no rate."""
    before = match.string[max(0, match.start() - 20) : match.start("core")].split()
    if before and before[-1].casefold() in words().sets.no_rate_after:
        return None
    return Repeat(period(vocabulary.unit_of(match["unit"]), 1)), None, None


def _weekdays(match: Match) -> Built:
    return Repeat(f"XXXX-WXX-{vocabulary.weekday_number(match['weekday'])}"), None, None


def _clock(match: Match) -> Built:
    hour, minute = int(match["hour"]), match["minute"]
    half = match["half"] if "half" in match.re.groupindex else None
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return None, None, f"T{hour:02}:{minute or '00'}"


def _clock_word(match: Match) -> Built:
    return None, None, "T24:00" if match["word"].lower() == "midnight" else "T12:00"
