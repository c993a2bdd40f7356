"""The chain beside every sequence of tags, written out."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.models.chains import NEVER, Weights, likely_runs, marginals, nothing, viterbi

TAGS = 3


def chain(seed: int) -> Weights:
    random = np.random.default_rng(seed)
    first, moves = random.normal(size=TAGS), random.normal(size=(TAGS, TAGS))
    first[2] = moves[0, 2] = NEVER  # I neither begins a text nor follows O
    return Weights(first, moves)


def every(scores: np.ndarray, weights: Weights) -> dict[tuple[int, ...], float]:
    """The score of each sequence of tags."""
    return {
        tags: weights.first[tags[0]]
        + sum(weights.moves[a, b] for a, b in pairwise(tags))
        + sum(scores[at, tag] for at, tag in enumerate(tags))
        for tags in product(range(TAGS), repeat=len(scores))
    }


@settings(max_examples=40)
@given(st.lists(st.integers(1, 5), min_size=1, max_size=4), st.integers(0, 10_000))
def test_sequences_of_any_lengths_side_by_side_are_as_each_alone(sizes: list[int], seed: int) -> None:
    random, weights = np.random.default_rng(seed), chain(seed)
    sequences = [random.normal(size=(size, TAGS)).astype(np.float32) for size in sizes]
    found = zip(
        sequences,
        viterbi(sequences, weights),
        marginals(sequences, weights),
        nothing(sequences, weights),
        strict=True,
    )
    for scores, best, likely, outside in found:
        scored = every(scores, weights)
        total = np.logaddexp.reduce(list(scored.values()))
        assert tuple(best) == max(scored, key=lambda tags: scored[tags])
        assert outside == pytest.approx(scored[(0,) * len(scores)] - total, abs=1e-6)
        for at, tag in product(range(len(scores)), range(TAGS)):
            mass = [value for tags, value in scored.items() if tags[at] == tag]
            assert likely[at, tag] == pytest.approx(np.exp(np.logaddexp.reduce(mass) - total), abs=1e-6)


def test_no_sequences_give_nothing() -> None:
    assert viterbi([], chain(1)) == []
    assert marginals([], chain(1)) == []
    assert len(nothing([], chain(1))) == 0


def test_scores_far_apart_do_not_overflow() -> None:
    scores = np.array([[900, -900, 0], [-900, 900, 0]], np.float32)
    (likely,) = marginals([scores], chain(3))
    assert likely == pytest.approx(np.array([[1, 0, 0], [0, 1, 0]]))


def test_runs_hold_each_likely_word_and_one_around() -> None:
    scores = np.full((9, TAGS), -20.0)
    scores[:, 0] = 0
    scores[[0, 4, 6], 1] = 1
    assert likely_runs(scores, 1e-3) == [(0, 2), (3, 8)]
    assert likely_runs(scores[1:4], 1e-3) == []
