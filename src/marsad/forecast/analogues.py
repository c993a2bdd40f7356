"""Neighbour pooling: what came after months like this one, in any unit and at any time.

Neighbours are neighbours in history: near in level, persistence and time since the last deaths, not on a map.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from marsad.forecast.extras import need
from marsad.forecast.model import FLOOR, Shares
from marsad.forecast.panel import Floats
from marsad.forecast.past import Past
from marsad.forecast.scores import BINS

_NEIGHBOURS = 150
_ALIKE: Final = (
    "level 2", "level 8", "level 36", "share 1 12", "share 1 48", "share 25 12", "since 1", "since 25",
    "os 8", "ns 8", "most 12", "spread 12",
)  # fmt: skip


def analogues(past: Past) -> Floats:
    """Shares of bins of each unit, the same at every horizon."""
    rows = past.rows
    alike = past.features.of(*_ALIKE)
    known = alike[rows.units, rows.origins].astype(np.float64)
    spread = known.std(axis=0) + 1e-9
    count = min(_NEIGHBOURS, len(rows))
    search = (
        need("sklearn.neighbors").NearestNeighbors(n_neighbors=count, algorithm="kd_tree").fit(known / spread)
    )
    distances, found = search.kneighbors(alike[past.distinct, past.last] / spread)
    width = distances[:, [count // 3]] + 0.1
    weights = rows.weights[found] * np.exp(-0.5 * (distances / width) ** 2)
    votes = np.einsum("un,unb->ub", weights, np.eye(BINS)[rows.bins[found]])
    now = np.maximum(votes / votes.sum(axis=1, keepdims=True), FLOOR)
    return np.repeat(past.spread(now)[:, None, :], len(past.horizons), axis=1)


ANALOGUES = Shares("analogues", analogues)
