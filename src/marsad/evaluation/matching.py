"""Matches of what was found with what a key has, one to one, and the rates that follow.

Three measures of the field: a *strict* match has the same span; an *overlap* match has at least half
of the tokens of either in common; a *relaxed* match shares a character (TempEval-3).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from marsad.records.spans import Span, overlaps

ENOUGH = 0.5  # of the tokens of both
_TOKEN = re.compile(r"\w{1,400}|[^\w\s]")


class Rates(NamedTuple):
    """None where there is nothing to divide by."""

    precision: float | None
    recall: float | None
    f1: float | None


def rates(matched: int, gold: int, found: int) -> Rates:
    """Precision, recall and their harmonic mean, 2m / (gold + found), over all documents together."""
    return Rates(share(matched, found), share(matched, gold), share(2 * matched, gold + found))


def share(part: float, whole: float) -> float | None:
    """`part` of `whole`, to six decimals."""
    return round(part / whole, 6) if whole else None


def strict(gold: Iterable[Span], found: Iterable[Span]) -> int:
    """How many have the same span."""
    return (Counter(gold) & Counter(found)).total()


def overlapping(text: str, gold: Sequence[Span], found: Sequence[Span]) -> list[tuple[int, int]]:
    """Pairs of indices whose spans share at least half of their tokens; the best go first."""
    starts = [match.start() for match in _TOKEN.finditer(text)]

    def tokens(span: Span) -> set[int]:
        return {at for at, start in enumerate(starts) if span[0] <= start < span[1]}

    ours, theirs = [tokens(span) for span in gold], [tokens(span) for span in found]

    def likeness(i: int, j: int) -> float:
        either = ours[i] | theirs[j]
        return len(ours[i] & theirs[j]) / len(either) if either else 0.0

    return _one_to_one(gold, found, likeness, ENOUGH)


def relaxed(gold: Sequence[Span], found: Sequence[Span]) -> list[tuple[int, int]]:
    """Pairs of indices whose spans share a character; those that share most go first."""

    def common(i: int, j: int) -> float:
        return min(gold[i][1], found[j][1]) - max(gold[i][0], found[j][0])

    return _one_to_one(gold, found, common, 1)


def _one_to_one(
    gold: Sequence[Span], found: Sequence[Span], likeness: Callable[[int, int], float], least: float
) -> list[tuple[int, int]]:
    close = [
        (-likeness(i, j), i, j) for i, a in enumerate(gold) for j, b in enumerate(found) if overlaps(a, b)
    ]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for unlikeness, i, j in sorted(close):
        if -unlikeness >= least and i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return list(pairs.items())
