"""What a model is: something that is fitted to a past, and then draws.

Models see a `Past` and nothing else, so none can look beyond the cut. Most models of this package are made of
two parts: the shares of the eleven bins of IGN, and the numbers of deaths within each bin (`donors`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from marsad.forecast.donors import drawn
from marsad.forecast.panel import Floats
from marsad.forecast.past import Past
from marsad.forecast.scores import BINS, DRAWS, binned

Progress = Callable[[str, int, int], None]  # what, how many are done, of how many


class Fitted(Protocol):
    """A model that has seen its past."""

    @property
    def shares(self) -> Floats:
        """The chance of each of the eleven bins, (units, horizons, bins); none is zero."""
        ...

    def sample(self, draws: int = DRAWS) -> Floats:
        """Draws of the deaths to come, (units, horizons, draws).

        The draws of one unit and month are its distribution; they are not paths over months.
        """
        ...


class Model(Protocol):
    """A way to forecast, by its name."""

    @property
    def name(self) -> str: ...

    def fit(self, past: Past) -> Fitted: ...


@dataclass(frozen=True, eq=False)
class Binned:
    """Shares of the bins, with which numbers fill them."""

    past: Past
    shares: Floats  # (units, horizons, bins)

    def sample(self, draws: int = DRAWS) -> Floats:
        return drawn(self.shares, self.past.donors, draws)


@dataclass(frozen=True)
class Shares:
    """A model that is a function from a past to shares of bins, (units, horizons, bins)."""

    name: str
    shares: Callable[[Past], Floats]

    def fit(self, past: Past) -> Binned:
        return Binned(past, self.shares(past))


FLOOR: Final = 1e-5  # no bin has less than this share in any model


def shares_of(samples: Floats) -> Floats:
    """Shares of the bins in draws, (units, horizons, bins)."""
    bins = binned(samples)
    counts = np.stack([(bins == bin_).mean(axis=2) for bin_ in range(BINS)], axis=2) + FLOOR
    found: Floats = counts / counts.sum(axis=2, keepdims=True)
    return found
