"""Gradient-boosted trees over the hazards of the bins (LightGBM).

One model for all edges and horizons: edge and horizon are features beside the past, so what is learnt of the
many questions at the lowest edge serves the few at the highest. Trees split at thresholds drawn at random
(Geurts et al. 2006), which keeps small samples of wars from being learnt by heart.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from marsad.forecast.extras import need
from marsad.forecast.hazards import questions, shares
from marsad.forecast.model import Shares
from marsad.forecast.panel import Floats
from marsad.forecast.past import Past
from marsad.forecast.scores import BINS

_TURNS = 3
_TREES = 150
_SETTINGS: Final = {
    "objective": "binary",
    "boost_from_average": False,
    "learning_rate": 0.1,
    "num_leaves": 20,
    "extra_trees": True,
    "min_data_in_leaf": 100,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "max_bin": 127,
    "num_threads": 1,  # sums of floats differ with the number of threads
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}


def boosting(past: Past) -> Floats:
    """Shares of bins by unit and horizon: the mean of three models, each of rows of its own."""
    found: Floats = np.mean([_boosted(past, turn) for turn in range(_TURNS)], axis=0)
    return found


def _boosted(past: Past, turn: int) -> Floats:
    lightgbm = need("lightgbm")
    rows = past.drawn_rows(turn)
    asked = questions(rows.bins)
    known = np.column_stack([past.known(rows)[asked.rows], asked.edges.astype(np.float32)])
    data = lightgbm.Dataset(known, asked.passed.astype(np.float32), weight=rows.weights[asked.rows])
    model = lightgbm.train({**_SETTINGS, "seed": past.seed + turn}, data, _TREES)
    edges = np.arange(BINS - 1, dtype=np.float32)
    passing = np.column_stack(
        [model.predict(np.column_stack([past.asked, np.full(len(past.asked), edge)])) for edge in edges]
    )
    return past.shaped(shares(passing))


BOOSTING = Shares("boosting", boosting)
