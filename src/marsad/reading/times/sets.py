"""Patterns of what recurs (every day, per month, on Fridays) and of hours (10:35 a.m., noon)."""

from __future__ import annotations

from marsad.reading.times import vocabulary
from marsad.reading.times.kinds import ADVERB, CLOCK, COUNT, EVERY, NUMBER, PER, WEEKDAY
from marsad.reading.times.lengths import amount, counts, period, units
from marsad.reading.times.meanings import LEFT, Built, Match, Repeat, Rules, S, Spec, group
from marsad.reading.times.vocabulary import any_of, words

_LEFT_CLOCK = r"(?<![\w:./$£€-])"
_RATE = "day|week|month|year"


def set_rules() -> Rules:
    known = words()
    weekday = rf"(?P<weekday>{any_of(known.weekdays, capital=True)})"
    month = rf"(?P<month>{any_of(known.months, capital=True)})"
    daypart = rf"(?P<daypart>{any_of(known.dayparts)})"
    return [
        Spec(
            "every",
            rf"{LEFT}(?:{any_of(known.sets.every)}){S}(?:(?P<count>{counts()}){S}|(?P<other>other){S})?"
            rf"(?:(?P<unit>{units()})|{weekday}|{month}|{daypart})\b",
            _every,
            EVERY,
        ),
        Spec(
            "adverb",
            rf"{LEFT}(?P<adverb>{any_of(known.sets.adverbs)})(?![\w-]|{S}(?:[A-Z]|al-))",
            _adverb,
            ADVERB,
        ),
        Spec(
            "times_a",
            rf"{LEFT}(?:[Oo]nce|[Tt]wice){S}(?:an?|every|each|per){S}(?P<unit>{_RATE})\b",
            _per,
            ADVERB,
        ),
        Spec("per", rf"{LEFT}per{S}(?P<unit>{_RATE}|hour|annum)\b", _per, PER),
        Spec(
            "rate",
            rf"(?<=[\w%]\s)an?{S}(?P<unit>{_RATE})\b"
            rf"(?=[.,;:”)]|{S}(?:in|by|to|from|and|or|as|on|at|for|since)\b)",
            _rate,
            COUNT,
        ),
        Spec("weekdays", rf"{LEFT}{weekday}s\b", _weekdays, WEEKDAY),
    ]


def clock_rules() -> Rules:
    """Hours, whose day is found when they are anchored."""
    zones = rf"GMT|UTC|EST|EDT|PST|PDT|CST|CDT|BST|CET|CEST|ET|local{S}time"
    zone = rf"(?:\s?\(\d{{1,2}}:?\d\d\s?(?:GMT|UTC)\)|\s?\(?(?:{zones})\b\)?)?"
    half = r"(?P<half>[apAP])(?:\.[mM]\.|\.?[mM]\b)"
    return [
        Spec(
            "clock_half",
            rf"{LEFT}(?P<hour>\d{{1,2}})(?:[:.](?P<minute>\d\d))?\s?{half}{zone}",
            _clock,
            NUMBER,
        ),
        Spec(
            "clock",
            rf"{_LEFT_CLOCK}(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?![\d:]){zone}",
            _clock,
            NUMBER,
        ),
        Spec(
            "clock_zone",
            rf"{_LEFT_CLOCK}(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d){S}(?:GMT|UTC|hours|hrs)\b",
            _clock,
            NUMBER,
        ),
        Spec(
            "o_clock",
            rf"{LEFT}(?P<hour>\d{{1,2}}|{counts()}){S}o['’]clock\b",
            _o_clock,
            NUMBER | COUNT,
            CLOCK,
        ),
        Spec("noon", rf"{LEFT}(?P<word>[Nn]oon|[Mm]idday|[Mm]idnight)\b", _clock_word, CLOCK),
    ]


def _every(match: Match) -> Built:
    if match["weekday"]:
        return _weekdays(match)
    if match["month"]:
        return Repeat(f"XXXX-{vocabulary.month_number(match['month']):02}"), None, None
    if match["daypart"]:
        return Repeat("XXXX-XX-XXT" + words().dayparts[vocabulary.folded(match["daypart"])]), None, None
    number = amount(match) if match["count"] else 2 if match["other"] else 1
    return Repeat(period(vocabulary.unit_of(match["unit"]), number)), None, None


def _adverb(match: Match) -> Built:
    return Repeat(words().sets.adverbs[vocabulary.folded(match["adverb"])]), None, None


def _per(match: Match) -> Built:
    unit = "year" if match["unit"].lower() == "annum" else vocabulary.unit_of(match["unit"])
    return Repeat(period(unit, 1)), None, None


def _rate(match: Match) -> Built:
    """`15 attacks a month`; after `for`, `such`, `is` it is no rate."""
    before = match.string[max(0, match.start() - 20) : match.start()].split()
    if before and before[-1].casefold() in words().sets.no_rate_after:
        return None
    return Repeat(period(vocabulary.unit_of(match["unit"]), 1)), None, None


def _weekdays(match: Match) -> Built:
    return Repeat(f"XXXX-WXX-{vocabulary.weekday_number(match['weekday'])}"), None, None


def _clock(match: Match) -> Built:
    hour, minute = int(match["hour"]), match["minute"]
    half = group(match, "half")
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half in "pP" else 0)
    return None, None, f"T{hour:02}:{minute or '00'}"


def _o_clock(match: Match) -> Built:
    hour = vocabulary.count_of(match["hour"])
    whole = hour is not None and hour.is_integer() and 1 <= hour <= 12
    return (None, None, f"T{int(hour):02}:00") if whole and hour else None


def _clock_word(match: Match) -> Built:
    return None, None, "T24:00" if match["word"].lower() == "midnight" else "T12:00"
