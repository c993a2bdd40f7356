"""All contested questions of what was gathered."""

from __future__ import annotations

from marsad.assessment.agreement.compared import Compared, compared
from marsad.assessment.contradiction.directions import directions
from marsad.assessment.contradiction.figures import figures
from marsad.assessment.contradiction.incidents import incidents
from marsad.assessment.contradiction.lives import lives
from marsad.assessment.contradiction.polarity import polarities
from marsad.assessment.contradiction.records import Contradiction
from marsad.ledger.asking.gathering import Gathered


def contradictions(given: Gathered | Compared) -> tuple[Contradiction, ...]:
    """The contested questions, newest first. What two ways of looking find is one."""
    seen = compared(given)
    found = [
        *figures(seen.gathered, seen.voices),
        *polarities(seen),
        *directions(seen.gathered, seen.voices),
        *incidents(seen),
        *lives(seen.gathered, seen.voices),
    ]
    kept: list[Contradiction] = []
    told: set[frozenset[tuple[str, ...]]] = set()
    for each in found:
        opposed = frozenset(tuple(found.id for found in side.claims) for side in each.sides)
        if not any(_within(opposed, other) for other in told):
            kept.append(each)
            told.add(opposed)
    return tuple(sorted(sorted(kept, key=lambda each: each.id), key=lambda each: each.known, reverse=True))


def _within(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    """Whether each side of one question is part of a side of the other."""
    return all(any(set(mine) <= set(theirs) for theirs in other) for mine in one)
