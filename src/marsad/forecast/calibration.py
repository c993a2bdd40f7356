"""Whether chances were right: of what was given a chance of so much, how often did it come?"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from marsad.forecast.panel import Floats
from marsad.forecast.scorecard import estimates

EDGES: Final = np.array([0.01, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8])  # most chances are small


class Group(NamedTuple):
    """Forecasts of about the same chance; the share has a 95 % interval from a bootstrap over units.

    Of one unit alone the interval is from none to all: its months are dependent.
    """

    chance: float  # their mean
    share: float  # how many came
    low: float
    high: float
    number: int


def calibration(chances: Floats, came: NDArray[np.bool_], units: NDArray[np.int64]) -> list[Group]:
    """Groups of chances with how often they came, in rising order; none is empty.

    Args:
        chances, came, units: one a forecast.
    """
    group = np.searchsorted(EDGES, chances, side="right")
    known, where = np.unique(units, return_inverse=True)
    shape = (len(EDGES) + 1, len(known))
    sums, counts = np.zeros(shape), np.zeros(shape)
    np.add.at(sums, (group, where), came)
    np.add.at(counts, (group, where), 1)
    found = []
    for at, share in enumerate(estimates(sums, counts)):
        if share.mean is None:
            continue
        low, high = (0.0, 1.0) if share.low is None or share.high is None else (share.low, share.high)
        mean = float(chances[group == at].mean())
        found.append(Group(mean, share.mean, low, high, int(counts[at].sum())))
    return found
