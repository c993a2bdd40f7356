"""Linear chains over tags (Lafferty et al. 2001), for many sequences at once: the best tags, probabilities.

Sequences of any lengths go side by side, the longest first, so that step t works on a prefix of the rows
and nothing is padded. Sums are in probabilities of 64 bits, scaled at each word (Rabiner 1989).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from marsad.models.words import Ints

NEVER = -1e4  # the weight of a move that BIO forbids
Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]


class Weights(NamedTuple):
    """Of a chain: [tags] of the first tag, [tags, tags] of each move, forbidden ones very negative."""

    first: Doubles
    moves: Doubles


def likely_runs(scores: Floats, least: float) -> list[tuple[int, int]]:
    """Where a tag other than O has a chance of at least `least` by a word's own scores, and a word around.

    [words, tags] to ranges of words that neither overlap nor touch: all else is O, and a chain need not
    go through it. Few words of a text are in a cue or a name, so that this is most of the cost.
    """
    odds = np.exp(scores[:, 1:] - scores[:, :1]).sum(1)
    near = np.concatenate(([False], odds >= least, [False]))
    near = near[:-2] | near[1:-1] | near[2:]
    edges = np.flatnonzero(np.diff(np.concatenate(([False], near, [False]))))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


class _Rows(NamedTuple):
    """scores: [words, rows, tags]; order: which sequence each row is; active: rows that reach each word."""

    scores: Doubles
    order: Ints
    active: list[int]


def viterbi(sequences: Sequence[Floats], weights: Weights) -> list[Ints]:
    """The best tags of each sequence: [words, tags] to [words]."""
    if not sequences:
        return []
    rows = _rows(sequences)
    best, into = rows.scores, np.ascontiguousarray(weights.moves.T)
    best[0] += weights.first
    for at, many in enumerate(rows.active[1:], 1):
        best[at, :many] += (best[at - 1, :many, None] + into).max(2)
    tags = np.zeros(best.shape[:2], np.int64)
    later = 0
    for at in range(len(best) - 1, -1, -1):
        many = rows.active[at]
        ahead = best[at, :many]
        ahead[:later] += into[tags[at + 1, :later]] if later else 0
        tags[at, :many] = ahead.argmax(1)
        later = many
    return _unpacked(tags, rows, sequences)


def marginals(sequences: Sequence[Floats], weights: Weights) -> list[Doubles]:
    """The probability of each tag at each word: [words, tags] to the same."""
    if not sequences:
        return []
    rows = _rows(sequences)
    alpha, emitted, scale = _forward(rows, weights)
    back = np.exp(weights.moves).T
    ahead = 0
    beta = np.ones_like(alpha)
    for at in range(len(alpha) - 2, -1, -1):
        ahead = rows.active[at + 1]
        step = emitted[at + 1, :ahead] * beta[at + 1, :ahead]
        beta[at, :ahead] = (step / scale[at + 1, :ahead, None]) @ back
    alpha *= beta
    alpha /= np.maximum(alpha.sum(2, keepdims=True), 1e-300)
    return _unpacked(alpha, rows, sequences)


def nothing(sequences: Sequence[Floats], weights: Weights) -> Doubles:
    """The log probability of each sequence that every tag is O: [words, tags] each, to [sequences]."""
    if not sequences:
        return np.zeros(0)
    rows = _rows(sequences)
    sizes = np.array([len(each) for each in sequences])[rows.order]
    outside = rows.scores[..., 0].sum(0) + weights.first[0] + (sizes - 1) * weights.moves[0, 0]
    peaks = rows.scores.max(2).sum(0)
    _, _, scale = _forward(rows, weights)
    found = np.empty(len(sequences))
    found[rows.order] = outside - peaks - np.log(scale).sum(0)
    return found


def _rows(sequences: Sequence[Floats]) -> _Rows:
    sizes = np.array([len(each) for each in sequences])
    order = np.argsort(-sizes, kind="stable")
    scores = np.zeros((int(sizes[order[0]]), len(sequences), sequences[0].shape[1]))
    for row, at in enumerate(order):
        scores[: sizes[at], row] = sequences[at]
    active = len(sizes) - np.cumsum(np.bincount(sizes, minlength=len(scores) + 1))
    return _Rows(scores, order, [int(many) for many in active[: len(scores)]])


def _forward(rows: _Rows, weights: Weights) -> tuple[Doubles, Doubles, Doubles]:
    """Scaled sums [words, rows, tags], what each word emits, and the scales [words, rows], 1 past an end."""
    emitted = np.exp(rows.scores - rows.scores.max(2, keepdims=True))
    moved = np.exp(weights.moves)
    alpha, scale = np.zeros_like(emitted), np.ones(emitted.shape[:2])
    for at, many in enumerate(rows.active):
        before = alpha[at - 1, :many] @ moved if at else np.exp(weights.first)
        step = before * emitted[at, :many]
        size = step.sum(1)
        scale[at, :many] = size
        alpha[at, :many] = step / size[:, None]
    return alpha, emitted, scale


def _unpacked(values: NDArray, rows: _Rows, sequences: Sequence[Floats]) -> list[NDArray]:  # type: ignore[type-arg]
    found = [values[:0, 0]] * len(sequences)
    for row, at in enumerate(rows.order):
        found[at] = values[: len(sequences[at]), row]
    return found
