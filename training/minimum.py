"""Logistic regression of several labels at once, by limited-memory BFGS."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

MEMORY = 10  # steps that the curvature is guessed from
STEPS = 80
ENOUGH = 1e-4  # of the gradient's largest component, a pair
RARE = -4.0  # the bias to begin with: most pairs are in no relation

Floats = NDArray[np.float64]


class Design:
    """What logits [pairs, labels] are sums over: named features (0 or 1), vectors, hints, a bias.

    The weights are one array: [f + d, labels] of features and vectors, [labels] of the bias, [h] of hints. A
    feature has a weight for each label; a hint has one for all, and stands at one label of a pair.
    """

    def __init__(self, features: Incidence, vectors: Floats, hints: Incidence, labels: int) -> None:
        """`hints` have a row for each pair and label, pair by pair."""
        self._features, self._vectors, self._hints = features, vectors, hints
        self.pairs, self.labels = len(vectors), labels
        self.each = features.columns + vectors.shape[1]  # weights of a label, without its bias
        self.size = (self.each + 1) * labels + hints.columns

    def parts(self, weights: Floats) -> tuple[Floats, Floats, Floats]:
        """Views of the weights: [f + d, labels], [labels], [h]."""
        edge = self.each * self.labels
        return (
            weights[:edge].reshape(-1, self.labels),
            weights[edge : edge + self.labels],
            weights[edge + self.labels :],
        )

    def logits(self, weights: Floats) -> Floats:
        """[pairs, labels]."""
        own, bias, shared = self.parts(weights)
        hinted = self._hints.times(shared[:, None]).reshape(self.pairs, self.labels)
        found: Floats = (
            self._features.times(own[: self._features.columns])
            + self._vectors @ own[self._features.columns :]
            + hinted
            + bias
        )
        return found

    def gradient(self, rest: Floats) -> Floats:
        """Of a sum of logits weighted by rest [pairs, labels]."""
        own = np.concatenate([self._features.transposed_times(rest), self._vectors.T @ rest])
        return np.concatenate(
            [own.ravel(), rest.sum(0), self._hints.transposed_times(rest.reshape(-1, 1)).ravel()]
        )


class Incidence:
    """A matrix [rows, columns] of zeros and ones: which of the named columns each row has."""

    def __init__(self, rows: Sequence[Iterable[str]], names: Sequence[str]) -> None:
        index = {name: at for at, name in enumerate(names)}
        known = [[index[name] for name in each if name in index] for each in rows]
        self._rows = np.repeat(np.arange(len(known)), [len(each) for each in known])
        self._columns = np.array([column for each in known for column in each], int)
        self._by_column = np.argsort(self._columns, kind="stable")
        self.rows, self.columns = len(known), len(names)

    def times(self, weights: Floats) -> Floats:
        """The product with weights [columns, n]."""
        return _sums(weights[self._columns], self._rows, self.rows)

    def transposed_times(self, values: Floats) -> Floats:
        """The product of the transposed matrix with values [rows, n]."""
        order = self._by_column
        return _sums(values[self._rows[order]], self._columns[order], self.columns)


def _sums(values: Floats, groups: NDArray[np.int64], size: int) -> Floats:
    """The sums [size, n] of values [m, n] by their group, which goes up."""
    found = np.zeros((size, values.shape[1]))
    if len(values):
        first = np.flatnonzero(np.diff(groups, prepend=-1))
        found[groups[first]] = np.add.reduceat(values, first)
    return found


def minimum(design: Design, labels: Floats, penalty: float) -> Floats:
    """The weights of the least loss.

    The loss is minus the log-likelihood plus half the penalty times the squares of the weights (not of the
    bias): each weight has a normal prior of variance 1 / penalty.
    """
    penalties = np.full(design.size, penalty)
    design.parts(penalties)[1][:] = 0

    def loss(weights: Floats) -> tuple[float, Floats]:
        logits = design.logits(weights)
        value = float((np.logaddexp(0, logits) - labels * logits).sum())
        rest = 1 / (1 + np.exp(-logits)) - labels
        pull = penalties * weights
        return value + float((pull * weights).sum()) / 2, design.gradient(rest) + pull

    start = np.zeros(design.size)
    design.parts(start)[1][:] = RARE
    return _descended(loss, start, ENOUGH * len(labels))


def _descended(loss: Callable[[Floats], tuple[float, Floats]], point: Floats, enough: float) -> Floats:
    """L-BFGS with a backtracking line search (Nocedal and Wright 2006, algorithms 7.4 and 3.1)."""
    value, gradient = loss(point)
    memory: list[tuple[Floats, Floats]] = []
    for _ in range(STEPS):
        if np.abs(gradient).max() < enough:
            break
        direction = -_curved(gradient, memory)
        slope, step = float((direction * gradient).sum()), 1.0 if memory else 1 / np.abs(gradient).sum()
        while True:
            after, its_gradient = loss(point + step * direction)
            if after <= value + 1e-4 * step * slope or step < 1e-12:
                break
            step /= 2
        moved, bent = step * direction, its_gradient - gradient
        if float((moved * bent).sum()) > 1e-12:
            memory = [*memory[1 - MEMORY :], (moved, bent)]
        point, value, gradient = point + moved, after, its_gradient
    return point


def _curved(gradient: Floats, memory: Sequence[tuple[Floats, Floats]]) -> Floats:
    """The gradient times the inverse curvature that the last steps show: the two-loop recursion."""
    found, shares = gradient.copy(), []
    for moved, bent in reversed(memory):
        share = float((moved * found).sum() / (moved * bent).sum())
        found -= share * bent
        shares.append(share)
    if memory:
        moved, bent = memory[-1]
        found *= float((moved * bent).sum() / (bent * bent).sum())
    for (moved, bent), share in zip(memory, reversed(shares), strict=True):
        found += moved * (share - float((bent * found).sum() / (moved * bent).sum()))
    return found
