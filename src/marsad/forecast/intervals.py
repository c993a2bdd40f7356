"""How sure a mean of scores is: a bootstrap over units.

Months of one unit are dependent, and so are its windows: so whole units are drawn, with all that they have.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from marsad.errors import BadInput
from marsad.forecast.backtest import Scored
from marsad.forecast.panel import Floats

_ROUNDS: Final = 2000
_TAIL: Final = 0.025
_LARGE: Final = 100
_SEED: Final = 20180101


class Estimate(NamedTuple):
    """A mean with its 95 % interval."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{number(self.mean)} [{number(self.low)}, {number(self.high)}]"


def number(score: float) -> str:
    """A score in a table: three decimals, and one where it is large."""
    return f"{score:.3f}" if abs(score) < _LARGE else f"{score:.1f}"


def mean(scored: Sequence[Scored], metric: str) -> Estimate:
    """The mean of a metric of one model over windows."""
    return _bootstrapped([(each.units, each.of[metric]) for each in scored])


def difference(scored: Sequence[Scored], others: Sequence[Scored], metric: str) -> Estimate:
    """The mean by which `scored` differs from `others`, forecast by forecast; below zero is better.

    Raises:
        BadInput: they are not of the same windows, units and months.
    """
    if [each.window for each in scored] != [each.window for each in others]:
        raise BadInput("scores of different windows cannot be compared")
    pairs = list(zip(scored, others, strict=True))
    if any(not np.array_equal(a.units, b.units) or not np.array_equal(a.months, b.months) for a, b in pairs):
        raise BadInput("scores of different units or months cannot be compared")
    return _bootstrapped([(a.units, a.of[metric] - b.of[metric]) for a, b in pairs])


def _bootstrapped(found: Sequence[tuple[np.ndarray, Floats]]) -> Estimate:
    units = np.concatenate([each for each, _ in found])
    values = np.concatenate([each for _, each in found])
    counted = ~np.isnan(values)
    sums, counts = (
        np.bincount(units[counted], weights=weights) for weights in (values[counted], np.ones(counted.sum()))
    )
    held = counts > 0
    sums, counts = sums[held], counts[held]
    drawn = np.random.default_rng(_SEED).multinomial(len(sums), np.full(len(sums), 1 / len(sums)), _ROUNDS)
    low, high = np.quantile((drawn @ sums) / (drawn @ counts), [_TAIL, 1 - _TAIL])
    return Estimate(float(sums.sum() / counts.sum()), float(low), float(high))
