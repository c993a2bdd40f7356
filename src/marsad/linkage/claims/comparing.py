"""What parts two claims whatever their words, and how alike the words of two claims are.

All functions take the rows of pairs as two arrays and give one value a pair.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marsad.linkage.claims.facts import NONE, Facts, Ints

Rows = NDArray[np.int64]
Flags = NDArray[np.bool_]
Scores = NDArray[np.float32]
AT_ONCE = 200_000  # pairs whose words are compared in one step: about 50 MB
FEWEST = 2  # words that two claims share, without which they have nothing in common
SCALE = 127  # the length of a vector
COUNTED = 0.15  # how much an equal number of one measure adds
BY_WORDS = 0.5  # how much the words count beside the vectors, where there are vectors


def may_meet(facts: Facts, a: Rows, b: Rows) -> Flags:
    """Whether times, actors and places allow that two claims are about one thing; unknown allows."""
    found: Flags = (facts.first[a] <= facts.last[b]) & (facts.first[b] <= facts.last[a])
    found[found] = _share_or_unknown(facts.actors, facts.actors, a[found], b[found])
    found[found] = _lie_together(facts, a[found], b[found])
    return found


def _share_or_unknown(left: Ints, right: Ints, a: Rows, b: Rows) -> Flags:
    unknown = np.asarray((left[a, 0] == NONE) | (right[b, 0] == NONE), np.bool_)
    return np.logical_or(unknown, _share(left[a], right[b]))


def _share(a: Ints, b: Ints) -> Flags:
    """Whether two rows have an entry in common: most often the first of both."""
    found: Flags = (a[:, 0] == b[:, 0]) & (a[:, 0] != NONE)
    rest = np.flatnonzero(~found)
    a, b = a[rest], b[rest]
    for column in range(a.shape[1]):
        one = a[:, column : column + 1]
        if (told := one[:, 0] != NONE).any():
            found[rest] |= told & (one == b).any(axis=1)
    return found


def _lie_together(facts: Facts, a: Rows, b: Rows) -> Flags:
    """Whether a place of one is, or lies in, a place of the other; no place is unknown."""
    found: Flags = np.logical_or(facts.places[a, 0] == NONE, facts.places[b, 0] == NONE)
    rest = ~found
    one, other = a[rest], b[rest]
    found[rest] = _share(facts.places[one], facts.around[other]) | _share(
        facts.places[other], facts.around[one]
    )
    return found


def amounts_agree(facts: Facts, a: Rows, b: Rows) -> Flags:
    """Whether the numbers of two claims can be the same: those of a measure that both count overlap."""
    return _fit(facts, a, b) & _fit(facts, b, a)


def _fit(facts: Facts, a: Rows, b: Rows) -> Flags:
    """Whether each number of `a`, of a measure that `b` counts too, overlaps one of `b`."""
    same, meets = _amounts(facts, a, b)
    fits: Flags = np.logical_or(~same.any(axis=2), (same & meets).any(axis=2))
    return np.asarray(np.all(fits, axis=1))


def _amounts(facts: Facts, a: Rows, b: Rows) -> tuple[Flags, Flags]:
    """Of each number of `a` and each of `b`: whether they are of one measure, and whether they overlap."""
    one, other = facts.measures[a][:, :, None], facts.measures[b][:, None, :]
    meets = (facts.low[a][:, :, None] <= facts.high[b][:, None, :]) & (
        facts.low[b][:, None, :] <= facts.high[a][:, :, None]
    )
    return (one == other) & (one != NONE), meets


def _count_the_same(facts: Facts, a: Rows, b: Rows) -> Flags:
    """Whether a number of one measure has the same two ends in both."""
    same, _ = _amounts(facts, a, b)
    same &= facts.low[a][:, :, None] == facts.low[b][:, None, :]
    same &= facts.high[a][:, :, None] == facts.high[b][:, None, :]
    return np.asarray(same.any(axis=(1, 2)))


def alike(facts: Facts, a: Rows, b: Rows) -> Scores:
    """How alike the words of two claims are, 0 to 1: by words, and by vectors where both have them."""
    words = _in_parts(lambda one, other: _by_words(facts, one, other), a, b)
    if facts.vectors is not None:
        vectors = facts.vectors
        near = _in_parts(lambda one, other: _by_vectors(vectors, one, other), a, b)
        words = np.where(np.isnan(near), words, BY_WORDS * words + (1 - BY_WORDS) * near)
    counted = words + COUNTED * _count_the_same(facts, a, b)
    return np.asarray(np.minimum(counted, 1), np.float32)


def _in_parts(compare: Callable[[Rows, Rows], Scores], a: Rows, b: Rows) -> Scores:
    parts = [compare(a[at : at + AT_ONCE], b[at : at + AT_ONCE]) for at in range(0, len(a), AT_ONCE)]
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)


def _by_words(facts: Facts, a: Rows, b: Rows) -> Scores:
    """The weight of the words in common over the geometric mean of the weights of all words of each."""
    one, other, weight = facts.words[a], facts.words[b], facts.weights[a]
    shared = np.zeros(len(a), np.float32)
    number = np.zeros(len(a), np.int32)
    for column in range(one.shape[1]):
        word = one[:, column : column + 1]
        has = ((word == other) & (word != NONE)).any(axis=1)
        shared += weight[:, column] * has
        number += has
    masses: NDArray[Any] = np.sqrt(weight.sum(axis=1) * facts.weights[b].sum(axis=1))
    return np.asarray(np.where(number >= FEWEST, shared, 0) / np.maximum(masses, 1e-6), np.float32)


def _by_vectors(vectors: NDArray[np.int8], a: Rows, b: Rows) -> Scores:
    """The cosine, 0 where they point apart; not a number where one of the two has no vector."""
    one, other = vectors[a], vectors[b]
    dot = np.einsum("ij,ij->i", one.astype(np.float32), other.astype(np.float32))
    cosines = np.clip(dot / np.float32(SCALE * SCALE), 0, 1)
    return np.asarray(np.where(one.any(axis=1) & other.any(axis=1), cosines, np.nan), np.float32)
