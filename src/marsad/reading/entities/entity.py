"""One mention of the schema of re3d (dstl), and the choice among mentions that overlap."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from marsad.records.spans import Span


class Entity(NamedTuple):
    """A mention; `type` is one of re3d's, such as Organisation, Location or Temporal."""

    span: Span
    type: str


def largest(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """The entities without those that overlap a longer one, the first of equals; in the order of the text."""
    ends: list[int] = []
    kept: list[Entity] = []
    for one in sorted(entities, key=lambda each: (each.span[0] - each.span[1], each.span)):
        at = bisect_left(ends, one.span[0] + 1)  # the first that ends after this begins
        if at == len(kept) or kept[at].span[0] >= one.span[1]:
            ends.insert(at, one.span[1])
            kept.insert(at, one)
    return tuple(kept)
