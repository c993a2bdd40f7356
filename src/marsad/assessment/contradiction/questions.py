"""All contested questions of what was gathered."""

from __future__ import annotations

from marsad.assessment.agreement.origins import Voices
from marsad.assessment.contradiction.directions import directions
from marsad.assessment.contradiction.figures import figures
from marsad.assessment.contradiction.incidents import incidents
from marsad.assessment.contradiction.lives import lives
from marsad.assessment.contradiction.polarity import polarities
from marsad.assessment.contradiction.records import Contradiction
from marsad.ledger.asking.gathering import Gathered


def contradictions(gathered: Gathered) -> tuple[Contradiction, ...]:
    """The contested questions, newest first. What two ways of looking find is one."""
    voices = Voices(gathered)
    found = [
        *figures(gathered, voices),
        *polarities(gathered, voices),
        *directions(gathered, voices),
        *incidents(gathered, voices),
        *lives(gathered, voices),
    ]
    kept: list[Contradiction] = []
    seen: set[frozenset[tuple[str, ...]]] = set()
    for each in found:
        opposed = frozenset(tuple(found.id for found in side.claims) for side in each.sides)
        if not any(_within(opposed, other) for other in seen):
            kept.append(each)
            seen.add(opposed)
    return tuple(sorted(sorted(kept, key=lambda each: each.id), key=lambda each: each.known, reverse=True))


def _within(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    """Whether each side of one question is part of a side of the other."""
    return all(any(set(mine) <= set(theirs) for theirs in other) for mine in one)
