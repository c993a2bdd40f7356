"""Relations of re3d (dstl) between the entities of the key: type, source and target have to be right.

The key's entities of confidence 0.5 and more are given, of a nest the largest; so are its relations of that
confidence counted. An argument of the key that is no such entity is taken for the one that shares most
characters with it; where none shares any, the relation counts as missed, and where both arguments are one
entity it counts for nothing. `fights`, `allied_with` and `communicates_with` have no direction: either order
is right, and both are one. Types of re3d that have no counterpart are not scored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from marsad.evaluation import Scores
from marsad.evaluation.corpus import Mark, document
from marsad.evaluation.entities import SURE, Mention
from marsad.evaluation.matching import Tally
from marsad.reading import pipeline, relations
from marsad.reading.entities import Entity, largest
from marsad.reading.relations import SYMMETRIC
from marsad.records.reading import RelationType

LABELS = {
    "f1": "same type, source and target, F1",
    "precision": "same type, source and target, precision",
    "recall": "same type, source and target, recall",
    "by_type": "same source and target, F1 of this type",
}
TYPES: dict[str, RelationType] = {
    "FightingAgainst": "fights",
    "AlliesOf": "allied_with",
    "BelongsTo": "member_of",
    "InChargeOf": "leads",
    "CommWith": "communicates_with",
    "Likes": "supports",
    "Dislikes": "opposes",
    "CoLocated": "located_at",
}
_OURS = frozenset(TYPES.values())


class Related(msgspec.Struct, frozen=True, omit_defaults=True):
    """A relation between two entities; `type` is re3d's in a key, ours in what was predicted."""

    type: str
    source: Mark
    target: Mark
    confidence: float | None = None


class Row(msgspec.Struct, frozen=True):
    id: str | int
    text: str
    entities: tuple[Mention, ...]
    relations: tuple[Related, ...] = ()


class Prediction(msgspec.Struct, frozen=True):
    id: str | int
    relations: tuple[Related, ...]


Link = tuple[RelationType, int, int]  # a type between two entities, by their indices


def entities(row: Row) -> tuple[Entity, ...]:
    """The entities between which relations are sought, in the order of the text."""
    sure = (one for one in row.entities if one.confidence is None or one.confidence >= SURE)
    return largest(Entity((one.b, one.e), one.type) for one in sure)


def key(row: Row) -> tuple[frozenset[Link], int]:
    """The relations of the key, and how many more lead to what is no entity."""
    given, found, lost = entities(row), set[Link](), 0
    for kind, one in _kept(row.relations):
        source, target = (_nearest(given, mark) for mark in (one.source, one.target))
        if source is None or target is None:
            lost += 1
        elif source != target:
            found.add(link(kind, source, target))
    return frozenset(found), lost


def link(kind: RelationType, source: int, target: int) -> Link:
    """A relation as it is counted: where there is no direction, the first of the text goes first."""
    return (kind, *sorted((source, target))) if kind in SYMMETRIC else (kind, source, target)  # type: ignore[return-value]


def predict(row: Row) -> Prediction:
    """The relations that the reader finds between the entities of the key."""
    given = entities(row)
    reading, tagged = pipeline.read_tagged(document(row.text))
    found = relations.between(reading, tagged, [relations.Mention(*one) for one in given])
    return Prediction(
        row.id,
        tuple(Related(kind, Mark(*given[one].span), Mark(*given[other].span)) for kind, one, other in found),
    )


def score(pairs: Iterable[tuple[Row, Prediction]]) -> Scores:
    whole = Tally()
    types: dict[str, Tally] = {}
    for row, prediction in pairs:
        gold, lost = key(row)
        found, _ = key(Row(row.id, row.text, row.entities, prediction.relations))
        whole.add(len(gold & found), len(gold) + lost, len(found))
        for kind in {one[0] for one in (*gold, *found)}:
            theirs, ours = ({one for one in each if one[0] == kind} for each in (gold, found))
            types.setdefault(kind, Tally()).add(len(theirs & ours), len(theirs), len(ours))
    rates = whole.rates
    return {
        **rates._asdict(),
        "by_type": {kind: types[kind].rates.f1 for kind in sorted(types)},
    }


def _kept(every: Sequence[Related]) -> Iterator[tuple[RelationType, Related]]:
    """Those that are sure and of a type that is scored, under our name."""
    for one in every:
        kind = next((ours for ours in _OURS if ours == one.type), TYPES.get(one.type))
        if kind is not None and (one.confidence is None or one.confidence >= SURE):
            yield kind, one


def _nearest(given: Sequence[Entity], mark: Mark) -> int | None:
    """The entity that shares most characters with `mark`."""
    shared = [min(one.span[1], mark.e) - max(one.span[0], mark.b) for one in given]
    best = max(range(len(given)), key=shared.__getitem__, default=None)
    return best if best is not None and shared[best] > 0 else None
