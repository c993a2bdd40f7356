"""Times, by the measures of TempEval-3 (UzZaman et al. 2013).

Strict F1 counts expressions with the key's extent, relaxed F1 those that overlap it, value F1 the
overlapping ones that also have the key's TIMEX3 value. All types count; the time of the document
is given to the reader and is not scored. A range is one time of a reading and two of a key: its ends are
scored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from marsad.evaluation.corpus import Mark, document
from marsad.evaluation.matching import rates, relaxed, strict
from marsad.reading import pipeline, times
from marsad.records.spans import Span

LABELS = {
    "strict_f1": "same extent, F1",
    "relaxed_f1": "overlapping, F1",
    "value_f1": "overlapping with the same value, F1",
    "precision": "overlapping, precision",
    "recall": "overlapping, recall",
}
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


class Timex(Mark, frozen=True):
    """One TIMEX3; a key without a value scores extents alone."""

    type: str = ""
    value: str = ""


class Row(msgspec.Struct, frozen=True):
    id: str | int
    text: str
    timex: tuple[Timex, ...]
    dct: str | None = None  # ISO 8601; what follows the day is set aside


class Prediction(msgspec.Struct, frozen=True):
    id: str | int
    timex: tuple[Timex, ...]


def predict(row: Row) -> Prediction:
    """The times of the reader, in the form of the key."""
    day = _DAY.match(row.dct or "")
    reading = pipeline.read(document(row.text, day[0] if day else None))
    found = (
        Timex(*end.span, type=time.type, value=end.value)
        for time in reading.times
        for end in times.ends(time)
    )
    return Prediction(row.id, tuple(found))


def score(pairs: Iterable[tuple[Row, Prediction]]) -> dict[str, float | None]:
    same = touching = right = gold = found = 0
    for row, prediction in pairs:
        theirs, ours = _spans(row.timex), _spans(prediction.timex)
        matched = relaxed(theirs, ours)
        same += strict(theirs, ours)
        touching += len(matched)
        right += sum(_value(row.timex[i]) == _value(prediction.timex[j]) for i, j in matched)
        gold, found = gold + len(theirs), found + len(ours)
    return {
        "strict_f1": rates(same, gold, found).f1,
        "relaxed_f1": rates(touching, gold, found).f1,
        "value_f1": rates(right, gold, found).f1,
        "precision": rates(touching, gold, found).precision,
        "recall": rates(touching, gold, found).recall,
    }


def _spans(found: tuple[Timex, ...]) -> list[Span]:
    return [(timex.b, timex.e) for timex in found]


def _value(timex: Timex) -> str:
    return timex.value.strip().upper()
