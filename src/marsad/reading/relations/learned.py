"""Relations that the pair model finds between mentions, whatever they are mentions of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from marsad.models import Tagged
from marsad.models.relations import PairModel
from marsad.reading.relations.pairs import Mention, candidates
from marsad.reading.text import Text
from marsad.records.reading import RelationType

SYMMETRIC: frozenset[RelationType] = frozenset({"fights", "allied_with", "communicates_with"})


class Likely(NamedTuple):
    """A relation between two mentions, by their indices; where it has no direction, in the text's order."""

    type: RelationType
    source: int
    target: int
    probability: float


def likely(
    text: Text,
    tagged: Tagged,
    mentions: Sequence[Mention],
    model: PairModel,
    enough: Callable[[RelationType], float],
    wanted: frozenset[int] | None = None,
) -> list[Likely]:
    """The relations that are `enough` likely, in the order of the text. See `candidates` for `wanted`.

    One that has no direction is as likely as the mean of both orders says.
    """
    pairs = list(candidates(text, mentions, wanted))
    scores = model.scores(tagged, [each.pair for each in pairs]).tolist()
    found: list[Likely] = []
    for at, one in enumerate(pairs):
        other = at + 1 if at % 2 == 0 else at - 1  # the same two the other way round
        for column, kind in enumerate(model.types):
            probability = scores[at][column]
            if kind in SYMMETRIC:
                if at % 2:
                    continue
                probability = (probability + scores[other][column]) / 2
            if probability >= enough(kind):
                found.append(Likely(kind, one.source, one.target, probability))
    return found
