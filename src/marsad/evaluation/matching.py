"""Matches of what was found with what a key has, one to one, and the rates that follow.

Three measures of the field: a *strict* match has the same span; an *overlap* match has at least half
of the tokens of either in common; a *relaxed* match shares a character (TempEval-3).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from marsad.records.spans import Span, Spans, hull, overlaps

ENOUGH = 0.5  # of the tokens of both
_TOKEN = re.compile(r"\w{1,400}|[^\w\s]")


class Rates(NamedTuple):
    """None where there is nothing to divide by."""

    precision: float | None
    recall: float | None
    f1: float | None


class Tally:
    """How many are matched, in the key and found, over documents."""

    def __init__(self) -> None:
        self.matched = self.gold = self.found = 0

    def add(self, matched: int, gold: int, found: int) -> None:
        """Count one document."""
        self.matched += matched
        self.gold += gold
        self.found += found

    @property
    def rates(self) -> Rates:
        return rates(self.matched, self.gold, self.found)


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
    tokens = Tokens(text)

    def likeness(i: int, j: int) -> float:
        return tokens.likeness((gold[i],), (found[j],))

    return one_to_one(gold, found, likeness, ENOUGH)


def relaxed(gold: Sequence[Span], found: Sequence[Span]) -> list[tuple[int, int]]:
    """Pairs of indices whose spans share a character; those that share most go first."""

    def common(i: int, j: int) -> float:
        return min(gold[i][1], found[j][1]) - max(gold[i][0], found[j][0])

    return one_to_one(gold, found, common, 1)


class Tokens:
    """The tokens of a text: runs of letters and digits, and single marks."""

    def __init__(self, text: str) -> None:
        self._starts = [match.start() for match in _TOKEN.finditer(text)]

    def likeness(self, a: Spans, b: Spans) -> float:
        """Tokens in common over tokens in either, from 0 to 1; 1 of nothing and nothing.

        A token is in spans where it begins in one of them. The pieces of `a`, and those of `b`, are
        taken not to overlap one another.
        """
        if not a and not b:
            return 1.0
        common = sum(self._size((max(x[0], y[0]), min(x[1], y[1]))) for x in a for y in b if overlaps(x, y))
        either = sum(map(self._size, a)) + sum(map(self._size, b)) - common
        return common / either if either else 0.0

    def _size(self, span: Span) -> int:
        return bisect_left(self._starts, span[1]) - bisect_left(self._starts, span[0])


def one_to_one(
    gold: Sequence[Span], found: Sequence[Span], likeness: Callable[[int, int], float], least: float
) -> list[tuple[int, int]]:
    """Pairs of indices of at least `least` likeness, none in two pairs, the likeliest first.

    Only spans that overlap are compared; `likeness` is given an index of `gold` and one of `found`.
    """
    close = ((-likeness(i, j), i, j) for i, j in _touching(gold, found))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(one for one in close if -one[0] >= least):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return list(pairs.items())


def extent(pieces: Iterable[Spans]) -> Span:
    """The smallest span that covers all `pieces`; an empty one at 0 where there are none."""
    every = tuple(span for spans in pieces for span in spans)
    return hull(every) if every else (0, 0)


def _touching(gold: Sequence[Span], found: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Pairs of indices of spans that overlap: each of `gold` with its neighbourhood of `found`."""
    order = sorted(range(len(found)), key=lambda j: found[j])
    begins = [found[j][0] for j in order]
    longest = max((end - begin for begin, end in found), default=0)
    for i, span in enumerate(gold):
        first, last = bisect_right(begins, span[0] - longest), bisect_left(begins, span[1])
        yield from ((i, j) for j in order[first:last] if overlaps(span, found[j]))
