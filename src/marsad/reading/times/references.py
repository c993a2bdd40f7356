"""Patterns of what points at the present, the past or the future, and of named days."""

from __future__ import annotations

import re

from marsad.reading.times import vocabulary
from marsad.reading.times.calendar import look_in, look_word, shift_in, whose_year
from marsad.reading.times.kinds import HOLIDAY, LOOK, REFERENCE, THE
from marsad.reading.times.meanings import (
    LEFT,
    Built,
    Calendar,
    Holiday,
    Match,
    Reference,
    Rules,
    S,
    Spec,
    number,
)
from marsad.reading.times.meanings import (
    YEAR as YEAR_IN,
)
from marsad.reading.times.vocabulary import any_of, words


def reference_rules() -> Rules:
    known = words()
    firm = any_of(known.references)
    names = "|".join(re.escape(name) for name in vocabulary.holiday_names())
    return [
        Spec(
            "reference",
            rf"{LEFT}(?P<word>{firm})\b(?!-|['’]s\b)",
            _reference,
            REFERENCE | THE,
            REFERENCE,
        ),
        Spec(
            "past",
            rf"{LEFT}(?P<word>the{S}past)\b(?=[.,;:”\"']|{S}(?:and|but|by|that|with|when)\b)",
            lambda _: (Reference("PAST_REF"), None, None),
            THE,
            LOOK,
        ),
        Spec(
            "pointer",
            rf"{LEFT}(?P<word>{any_of(known.pointers)})\b(?={S}[a-z])",
            _reference,
            REFERENCE,
        ),
        Spec(
            "moment",
            rf"{LEFT}(?P<word>{any_of(known.moments)})\b(?=[.,;:”\")]|{S}(?:and|but|in|was|were|he|she|they|it|the)\b)",
            _reference,
            THE | LOOK,
            REFERENCE,
            known.before.moment,
        ),
        Spec(
            "holiday",
            rf"{LEFT}(?:(?P<look>{look_word()}){S})?(?P<name>{names})(?!\w|{S}(?:Agreement|Accord))"
            rf"(?:(?:,?{S}(?:of{S}|in{S})?{YEAR_IN})|{whose_year()})?",
            _holiday,
            HOLIDAY | LOOK,
            HOLIDAY,
        ),
    ]


def _reference(match: Match) -> Built:
    key = vocabulary.folded(match["word"])
    known = words()
    side = known.references.get(key) or known.pointers.get(key) or known.moments[key]
    return Reference(side), None, None


def _holiday(match: Match) -> Built:
    day = words().holidays.known.get(match["name"])
    if day:
        return Calendar(int(day[:4]), int(day[5:7]), int(day[8:])), None, None
    return Holiday(match["name"], number(match, "year"), look_in(match), shift_in(match)), None, None
