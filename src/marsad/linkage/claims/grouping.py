"""Groups of claims that say the same, by average linkage under constraints that hold for every pair.

Pairs are taken from the surest down; two groups become one where their first members say the same on
average and no pair of them differs in number, polarity, actor or place (agglomerative clustering with
average linkage, Sokal and Michener 1958; constraints as in Wagstaff 2001). So a chain of small steps joins
nothing. Members whose times do not meet count against it and part nothing: what is said for months is one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from marsad.linkage.claims.blocking import batches
from marsad.linkage.claims.comparing import Rows, amounts_agree, are_of_one, stances_agree, times_meet
from marsad.linkage.claims.facts import Facts
from marsad.linkage.claims.weighing import odds

SAME = 0.0  # log odds from which two claims say the same
TOGETHER = 0.3  # and from which two groups do, on average
SURE = 2.0  # log odds beyond which a pair counts no more for or against
COMPARED = 3  # members of a group that are compared when it grows: the first known


def leaders(facts: Facts) -> NDArray[np.int64]:
    """For each claim the row of the first known one of its group [n]; a claim that is alone leads itself."""
    copied = _copied(facts)
    found = [_same(facts, copied, first, second) for first, second in batches(facts)]
    if not found:
        return copied
    first, second, scores = (np.concatenate(column) for column in zip(*found, strict=True))
    return _Groups(facts).joined(first, second, scores)[copied]


def _copied(facts: Facts) -> NDArray[np.int64]:
    """For each claim the first of its story with the same words: copies need no comparison."""
    _, first, which = np.unique(facts.texts, return_index=True, return_inverse=True)
    return first[which].astype(np.int64)


def _same(
    facts: Facts, copied: NDArray[np.int64], first: Rows, second: Rows
) -> tuple[Rows, Rows, NDArray[np.float32]]:
    """The pairs that say the same, with their log odds."""
    new = (copied[first] == first) & (copied[second] == second)
    new &= stances_agree(facts, first, second)
    first, second = first[new], second[new]
    agree = amounts_agree(facts, first, second)
    first, second = first[agree], second[agree]
    scores = odds(facts, first, second, SAME)
    same = scores >= SAME
    return first[same], second[same], scores[same]


def _can_be_one(facts: Facts, a: Rows, b: Rows) -> bool:
    """Whether no pair of rows differs in number, polarity, actor or place."""
    compared = (amounts_agree, stances_agree, are_of_one)
    return all(bool(compare(facts, a, b).all()) for compare in compared)


class _Groups:
    """Claims that were joined: each with the first known one of its group, which holds the members."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._leader = list(range(len(facts)))
        self._members: dict[int, list[int]] = {}
        self._alike: set[int] = set()  # pairs that were compared and say the same, as one number each
        self._apart: set[tuple[tuple[int, ...], tuple[int, ...]]] = set()  # members that are not of one group

    def joined(self, first: Rows, second: Rows, scores: NDArray[np.float32]) -> NDArray[np.int64]:
        self._alike = set((first * len(self._facts) + second).tolist())
        order = np.lexsort((second, first, -scores))
        for a, b in zip(first[order].tolist(), second[order].tolist(), strict=True):
            one, other = sorted((self._leader[a], self._leader[b]))
            if one != other and self._may_join(one, other):
                self._join(one, other)
        return np.array(self._leader, np.int64)

    def _may_join(self, one: int, other: int) -> bool:
        left, right = self._members.get(one, [one])[:COMPARED], self._members.get(other, [other])[:COMPARED]
        if all(self._pair(a, b) in self._alike for a in left for b in right):
            return True  # as always in a wire: no need to look closer
        if (compared := (tuple(left), tuple(right))) in self._apart:
            return False  # asked again for each pair between two wires
        if not (alike := self._say_the_same(left, right)):
            self._apart.add(compared)
        return alike

    def _say_the_same(self, left: list[int], right: list[int]) -> bool:
        """Whether no pair of members contradicts, and all together say the same on average."""
        a, b = np.repeat(left, len(right)), np.tile(right, len(left))
        if not _can_be_one(self._facts, a, b):
            return False
        likely = np.clip(odds(self._facts, a, b), -SURE, SURE)
        likely = np.where(times_meet(self._facts, a, b), likely, -SURE)
        return float(likely.mean()) >= TOGETHER

    def _pair(self, a: int, b: int) -> int:
        return min(a, b) * len(self._facts) + max(a, b)

    def _join(self, one: int, other: int) -> None:
        moved = self._members.pop(other, [other])
        for member in moved:
            self._leader[member] = one
        self._members[one] = sorted([*self._members.get(one, [one]), *moved])
