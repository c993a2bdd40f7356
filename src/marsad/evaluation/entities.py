"""Entities of re3d (dstl): mentions with a type, the largest of those that overlap.

Of the key those of confidence 0.5 and more are kept, and of a nest the largest, as peers score it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from marsad.evaluation import Scores
from marsad.evaluation.corpus import Mark, document
from marsad.evaluation.matching import ENOUGH, Tally, Tokens, one_to_one
from marsad.reading import entities, pipeline
from marsad.reading.entities import Entity, largest

LABELS = {
    "micro_f1": "same extent and type, F1",
    "precision": "same extent and type, precision",
    "recall": "same extent and type, recall",
    "micro_overlap_f1": "same type, half of the tokens, F1",
    "by_type": "same extent, F1 of this type",
}
SURE = 0.5  # of the confidence of a key


class Mention(Mark, frozen=True):
    """An entity of the schema of re3d; a key without a confidence is sure."""

    type: str
    confidence: float | None = None


class Row(msgspec.Struct, frozen=True):
    id: str | int
    text: str
    entities: tuple[Mention, ...]


class Prediction(msgspec.Struct, frozen=True, omit_defaults=True):
    id: str | int
    entities: tuple[Mention, ...]


def predict(row: Row) -> Prediction:
    """The entities of the reader, in the form of the key."""
    reading, tagged = pipeline.read_tagged(document(row.text))
    found = entities.annotate(reading, tagged.entities if tagged is not None else None)
    return Prediction(row.id, tuple(Mention(*one.span, one.type) for one in found))


def score(pairs: Iterable[tuple[Row, Prediction]]) -> Scores:
    whole, close = Tally(), Tally()
    types: dict[str, Tally] = {}
    for row, prediction in pairs:
        gold, found = _kept(row.entities), _kept(prediction.entities)
        whole.add(len({*gold} & {*found}), len(gold), len(found))
        close.add(_alike(row.text, gold, found), len(gold), len(found))
        for kind in {one.type for one in (*gold, *found)}:
            theirs, ours = ({one for one in each if one.type == kind} for each in (gold, found))
            types.setdefault(kind, Tally()).add(len(theirs & ours), len(theirs), len(ours))
    return {
        "micro_f1": whole.rates.f1,
        "precision": whole.rates.precision,
        "recall": whole.rates.recall,
        "micro_overlap_f1": close.rates.f1,
        "by_type": {kind: types[kind].rates.f1 for kind in sorted(types)},
    }


def _kept(mentions: Iterable[Mention]) -> tuple[Entity, ...]:
    """Those that are sure, and of those that overlap the largest."""
    sure = (one for one in mentions if one.confidence is None or one.confidence >= SURE)
    return largest(Entity((one.b, one.e), one.type) for one in sure)


def _alike(text: str, gold: Sequence[Entity], found: Sequence[Entity]) -> int:
    """How many of one type overlap, one to one."""
    tokens = Tokens(text)

    def likeness(i: int, j: int) -> float:
        return tokens.likeness((gold[i].span,), (found[j].span,)) * (gold[i].type == found[j].type)

    return len(one_to_one([one.span for one in gold], [one.span for one in found], likeness, ENOUGH))
