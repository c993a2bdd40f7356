"""How surely two claims say the same: a logistic regression on what they share.

The weights stand in `data/claim_pairs.toml`, and `training/pairs.py` makes them: one set where both claims
have vectors, one where the words alone are known. They are weighed after the constraints of `comparing`,
which no likeness outweighs.
"""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

import numpy as np
from msgspec import Struct, convert
from numpy.typing import NDArray

from marsad.linkage.claims.comparing import (
    AT_ONCE,
    Flags,
    Rows,
    Scores,
    amounts_equal,
    by_vectors,
    by_words,
    gap,
    in_common,
)
from marsad.linkage.claims.facts import NONE, Facts

# What is seen of a pair of claims, in the order of its columns.
SEEN = (
    "words",  # the weight of the words in common over the geometric mean of the weights of both
    "contained",  # the same over the weight of the claim that weighs less
    "vectors",  # the cosine
    "counted",  # 1 where a number of one measure is equal
    "actors",  # that both name, two at most
    "gap",  # days between the stretches of time of which they can be true: log(1 + n)
    "attributed",  # 1 where both are
    "holder",  # 1 where one voice says it in two stories
    "length",  # how many times as many words one of them has: log of it
    "longer",  # the words of the longer one: log of their number
)
WITHOUT = tuple(name for name in SEEN if name != "vectors")
_MOST = 2  # actors in common that are counted
_VECTORS = SEEN.index("vectors")
_SLACK = 1e-3  # log odds by which sums of floats may differ


class Weights(Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of a table of `claim_pairs.toml`."""

    intercept: float
    weights: dict[str, float]


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    with_vectors: Weights
    without_vectors: Weights


def _read() -> _File:
    raw = resources.files("marsad.linkage").joinpath("data", "claim_pairs.toml").read_text("utf-8")
    return convert(tomllib.loads(raw), _File)


WEIGHTS = _read()


def odds(facts: Facts, a: Rows, b: Rows, border: float = -np.inf) -> Scores:
    """For each pair of rows the log odds that both say the same, float32; 0 is the border.

    Args:
        border: what cannot reach these odds, however near its vectors, is not looked at closer, and has
            minus infinity.
    """
    parts = [
        _odds(facts, a[at : at + AT_ONCE], b[at : at + AT_ONCE], border) for at in range(0, len(a), AT_ONCE)
    ]
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)


def _odds(facts: Facts, a: Rows, b: Rows, border: float) -> Scores:
    seen, known = _plain(facts, a, b), _have_vectors(facts, a, b)
    found = _weighed(seen, WEIGHTS.without_vectors)
    if facts.vectors is None or not known.any():
        return found
    highest = _weighed(seen, WEIGHTS.with_vectors) + max(0.0, WEIGHTS.with_vectors.weights["vectors"])
    near = known & (highest >= border - _SLACK)
    found[known & ~near] = -np.inf
    seen = seen[near]
    seen[:, _VECTORS] = by_vectors(facts.vectors, a[near], b[near])
    found[near] = _weighed(seen, WEIGHTS.with_vectors)
    return found


def _have_vectors(facts: Facts, a: Rows, b: Rows) -> Flags:
    """Whether both of a pair have one."""
    if facts.vectors is None:
        return np.zeros(len(a), np.bool_)
    return facts.has_vector[a] & facts.has_vector[b]


def _weighed(seen: NDArray[np.float32], by: Weights) -> Scores:
    weights = np.array([by.weights.get(name, 0.0) for name in SEEN], np.float32)
    return np.asarray(seen @ weights + np.float32(by.intercept), np.float32)


def features(facts: Facts, a: Rows, b: Rows) -> NDArray[np.float32]:
    """The columns of `SEEN` [pairs, features]; "vectors" is not a number where one of the two has none."""
    seen, known = _plain(facts, a, b), _have_vectors(facts, a, b)
    seen[:, _VECTORS] = np.nan
    if facts.vectors is not None:
        seen[known, _VECTORS] = by_vectors(facts.vectors, a[known], b[known])
    return seen


def _plain(facts: Facts, a: Rows, b: Rows) -> NDArray[np.float32]:
    """The columns of `SEEN`, with 0 for the vectors."""
    shared, _ = by_words(facts, a, b)
    one, other = facts.masses[a], facts.masses[b]
    is_held = (facts.holders[a] == facts.holders[b]) & (facts.holders[a] != NONE)
    columns: dict[str, NDArray[Any]] = {
        "words": shared / np.maximum(np.sqrt(one * other), 1e-6),
        "contained": shared / np.maximum(np.minimum(one, other), 1e-6),
        "vectors": np.zeros(len(a), np.float32),
        "counted": amounts_equal(facts, a, b),
        "actors": np.minimum(in_common(facts.actors[a], facts.actors[b]), _MOST),
        "gap": np.log1p(gap(facts, a, b)),
        "attributed": facts.attributed[a] & facts.attributed[b],
        "holder": is_held & (facts.stories[a] != facts.stories[b]),
        "length": np.abs(np.log(facts.lengths[a] / facts.lengths[b])),
        "longer": np.log(np.maximum(facts.lengths[a], facts.lengths[b])),
    }
    return np.stack([np.asarray(columns[name], np.float32) for name in SEEN], axis=1)
