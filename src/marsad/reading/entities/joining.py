"""What rules found and what a model found, as one list.

Times, sums, counts, arms and nationalities are words of closed kinds, which rules cut better than a model
that saw few of them. For persons, organisations and places a model knows more than a list does; where it
is not sure, a rule that agrees decides. Measured on documents of re3d that the model was not trained on.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from marsad import models
from marsad.reading.entities.entity import Entity, largest
from marsad.records.spans import Span

RULED = frozenset({"Temporal", "Money", "Quantity", "Nationality", "Weapon", "MilitaryPlatform", "Vehicle"})
SURE = 0.5  # probability from which a model needs no rule to agree
SURER = 0.8  # the same for the types of RULED


def joined(rules: Sequence[Entity], found: Sequence[models.Entity]) -> tuple[Entity, ...]:
    """Entities in the order of the text, none overlapping another.

    Args:
        rules: by rules, in the order of the text and none overlapping another, as `found` by a model.
    """
    agreed = set(rules)
    ruled = _Spans(one.span for one in rules if one.type in RULED)
    kept = [one for each in found if _is_kept(one := Entity(each.span, each.type), each, agreed, ruled)]
    taken = _Spans(one.span for one in kept)
    types = {one.type for one in found}
    unsure = {kind: _Spans(one.span for one in found if one.type == kind) for kind in types}
    more = (one for one in rules if not taken.meet(one.span) and _is_added(one, unsure.get(one.type)))
    return largest((*kept, *more))


def _is_kept(one: Entity, tagged: models.Entity, agreed: set[Entity], ruled: _Spans) -> bool:
    """Whether an entity of a model is taken."""
    if one in agreed:
        return True
    if one.type in RULED:
        return tagged.probability >= SURER and not ruled.meet(one.span)
    return tagged.probability >= SURE


def _is_added(one: Entity, unsure: _Spans | None) -> bool:
    """Whether an entity of the rules is taken where the model is sure of nothing."""
    return one.type in RULED or one.type == "Person" or (unsure is not None and unsure.meet(one.span))


class _Spans:
    """Spans that do not overlap, in the order of the text."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = list(spans)
        self._ends = [end for _, end in self._spans]

    def meet(self, span: Span) -> bool:
        """Whether one of them overlaps `span`."""
        at = bisect_right(self._ends, span[0])
        return at < len(self._spans) and self._spans[at][0] < span[1]
