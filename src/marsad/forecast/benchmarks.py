"""The four benchmarks of the VIEWS Prediction Challenge: what a forecast must beat to be worth anything.

A missing month among the last twelve is left out; in conflictology the mean of the others stands for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from marsad.forecast.model import shares_of
from marsad.forecast.panel import Floats
from marsad.forecast.past import Past
from marsad.forecast.scores import DRAWS

_YEAR = 12
_POOLED = 240  # months that the challenge's bootstrap draws from


@dataclass(frozen=True, eq=False)
class Benchmark:
    """A benchmark by its name; it has nothing to fit."""

    name: str
    draw: Callable[[Past, int], Floats]

    def fit(self, past: Past) -> Draws:
        return Draws(past, self.draw)


@dataclass(frozen=True, eq=False)
class Draws:
    past: Past
    draw: Callable[[Past, int], Floats]

    @property
    def shares(self) -> Floats:
        return shares_of(self.sample())

    def sample(self, draws: int = DRAWS) -> Floats:
        return self.draw(self.past, draws)


def _shape(past: Past, draws: int) -> tuple[int, int, int]:
    return len(past.panel.units), len(past.horizons), draws


def _zero(past: Past, draws: int) -> Floats:
    """Nobody dies."""
    return np.zeros(_shape(past, draws))


def _last(past: Past, draws: int) -> Floats:
    """Poisson draws around the last month that is known of each unit."""
    random = np.random.default_rng(past.seed)
    year = past.deaths[:, -_YEAR:]
    known = ~np.isnan(year)
    column = year.shape[1] - 1 - np.argmax(known[:, ::-1], axis=1)
    mean = np.nan_to_num(year[np.arange(len(year)), column])
    return random.poisson(mean[:, None, None], _shape(past, draws)).astype(np.float64)


def _bootstrap(past: Past, draws: int) -> Floats:
    """Draws from the last twenty years of all units together: `boot_240` of the challenge."""
    random = np.random.default_rng(past.seed)
    pooled = past.deaths[:, -_POOLED:]
    return random.choice(pooled[~np.isnan(pooled)], _shape(past, draws))


def _conflictology(past: Past, _draws: int) -> Floats:
    """The unit's own last twelve months, as twelve draws, whatever number is asked for."""
    year = past.deaths[:, -_YEAR:]
    known = ~np.isnan(year)
    mean = np.where(known, year, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    held: Floats = np.where(known, year, mean[:, None])
    return np.repeat(held[:, None, :], len(past.horizons), axis=1)


BENCHMARKS = (
    Benchmark("zero", _zero),
    Benchmark("last", _last),
    Benchmark("bootstrap", _bootstrap),
    Benchmark("conflictology", _conflictology),
)
