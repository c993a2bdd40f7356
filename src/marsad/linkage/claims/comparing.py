"""What parts two claims whatever their words, and how alike the words of two claims are.

All functions take the rows of pairs as two arrays and give one value a pair.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from marsad.linkage.claims.facts import NONE, Facts, Ints

Rows = NDArray[np.int64]
Flags = NDArray[np.bool_]
Scores = NDArray[np.float32]
AT_ONCE = 200_000  # pairs whose words are compared in one step: about 50 MB
FEWEST = 2  # words that two claims share, without which they have nothing in common
SCALE = 127  # the length of a vector
LONG = 550  # days that may lie between two claims of which one does not say when: what is held for long
COUNTED = 0.15  # how much an equal number of one measure adds
BY_WORDS = 0.5  # how much the words count beside the vectors, where there are vectors


def may_meet(facts: Facts, a: Rows, b: Rows) -> Flags:
    """Whether times, actors and places allow that two claims are about one thing; unknown allows."""
    found = times_meet(facts, a, b)
    found[found] = are_of_one(facts, a[found], b[found])
    return found


def times_meet(facts: Facts, a: Rows, b: Rows) -> Flags:
    """Whether two claims can be true of one day; of two that do not both say when, near in time is enough."""
    both = facts.dated[a] & facts.dated[b]
    return np.asarray(gap(facts, a, b) <= np.where(both, 0, LONG), np.bool_)


def gap(facts: Facts, a: Rows, b: Rows) -> Ints:
    """The days between the stretches of time of which two claims can be true; 0 where they meet."""
    between = np.maximum(facts.first[a], facts.first[b]) - np.minimum(facts.last[a], facts.last[b])
    return np.asarray(np.maximum(between, 0), np.int32)


def are_of_one(facts: Facts, a: Rows, b: Rows) -> Flags:
    """Whether actors and places allow that two claims are about one thing; unknown allows."""
    found = _share_actors(facts, a, b)
    found[found] = _lie_together(facts, a[found], b[found])
    return found


def _share_actors(facts: Facts, a: Rows, b: Rows) -> Flags:
    """Whether two claims share an actor, or name none that can be told from those of the other.

    A state and its president, a group and its country are told apart by no name: only two actors of one
    kind exclude each other.
    """
    found: Flags = np.asarray((facts.actors[a, 0] == NONE) | (facts.actors[b, 0] == NONE), np.bool_)
    rest = np.flatnonzero(~found)
    a, b = a[rest], b[rest]
    told = (facts.kinds[a, 0] != NONE) & (facts.kinds[b, 0] != NONE)
    found[rest] = _share(facts.actors[a], facts.actors[b]) | (told & ~_share(facts.kinds[a], facts.kinds[b]))
    return found


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


def stances_agree(facts: Facts, a: Rows, b: Rows) -> Flags:
    """Whether no claim denies what the other affirms; of which it is unclear, both can be."""
    return np.asarray((facts.denied[a] == facts.denied[b]) | facts.unclear[a] | facts.unclear[b], np.bool_)


def amounts_agree(facts: Facts, a: Rows, b: Rows) -> Flags:
    """Whether the numbers of two claims can be the same: those of a measure that both count overlap."""
    found: Flags = np.ones(len(a), np.bool_)
    rest = _both_count(facts, a, b)
    a, b = a[rest], b[rest]
    found[rest] = _fit(facts, a, b) & _fit(facts, b, a)
    return found


def _both_count(facts: Facts, a: Rows, b: Rows) -> Rows:
    """The pairs that both hold numbers: few, and only these need a closer look."""
    return np.flatnonzero((facts.measures[a, 0] != NONE) & (facts.measures[b, 0] != NONE))


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


def amounts_equal(facts: Facts, a: Rows, b: Rows) -> Flags:
    """Whether a number of one measure has the same two ends in both."""
    found: Flags = np.zeros(len(a), np.bool_)
    rest = _both_count(facts, a, b)
    a, b = a[rest], b[rest]
    same, _ = _amounts(facts, a, b)
    same &= facts.low[a][:, :, None] == facts.low[b][:, None, :]
    same &= facts.high[a][:, :, None] == facts.high[b][:, None, :]
    found[rest] = same.any(axis=(1, 2))
    return found


def alike(facts: Facts, a: Rows, b: Rows) -> Scores:
    """How alike the words of two claims are, 0 to 1: by words, and by vectors where both have them.

    It is the same for a claim and for its contrary, so it tells what two claims are about; whether they say
    the same of it, `weighing` tells.
    """
    parts = [_alike(facts, a[at : at + AT_ONCE], b[at : at + AT_ONCE]) for at in range(0, len(a), AT_ONCE)]
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)


def _alike(facts: Facts, a: Rows, b: Rows) -> Scores:
    shared, number = by_words(facts, a, b)
    masses = np.maximum(np.sqrt(facts.masses[a] * facts.masses[b]), 1e-6)
    words = np.where(number >= FEWEST, shared, 0) / masses
    if facts.vectors is not None:
        known = facts.has_vector[a] & facts.has_vector[b]
        near = by_vectors(facts.vectors, a[known], b[known])
        words[known] = BY_WORDS * words[known] + (1 - BY_WORDS) * near
    return np.asarray(np.minimum(words + COUNTED * amounts_equal(facts, a, b), 1), np.float32)


def by_words(facts: Facts, a: Rows, b: Rows) -> tuple[Scores, Ints]:
    """The weight of the words that two claims have in common, and how many they are."""
    one, other, weight = facts.words[a], facts.words[b], facts.weights[a]
    shared = np.zeros(len(a), np.float32)
    number = np.zeros(len(a), np.int32)
    for column in range(one.shape[1]):
        word = one[:, column : column + 1]
        has = ((word == other) & (word != NONE)).any(axis=1)
        shared += weight[:, column] * has
        number += has
    return shared, number


def by_vectors(vectors: NDArray[np.int8], a: Rows, b: Rows) -> Scores:
    """The cosine of two claims that have vectors; 0 where they point apart."""
    dot = np.einsum("ij,ij->i", vectors[a].astype(np.float32), vectors[b].astype(np.float32))
    return np.asarray(np.clip(dot / np.float32(SCALE * SCALE), 0, 1), np.float32)


def in_common(a: Ints, b: Ints) -> Ints:
    """How many entries two rows have in common."""
    found = np.zeros(len(a), np.int32)
    for column in range(a.shape[1]):
        one = a[:, column : column + 1]
        found += ((one == b) & (one != NONE)).any(axis=1)
    return found
