"""A quantile forest on log(1 + deaths): extremely randomised trees that keep what came in each leaf.

A forest's distribution is the mean of those of the leaves that a row falls into (Meinshausen 2006), so no
parametric form is supposed. It is kept at the edges of the bins, which is all that is asked of it: a leaf of
many thousand peaceful months takes no more room than one of ten. Trees split at random (Geurts et al. 2006).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from marsad.forecast.extras import need
from marsad.forecast.model import FLOOR, Shares
from marsad.forecast.panel import Floats
from marsad.forecast.past import Past
from marsad.forecast.scores import BINS

_SETTINGS: Final = {
    "n_estimators": 40,
    "min_samples_leaf": 10,
    "max_features": 0.5,
    "max_samples": 0.5,
    "bootstrap": True,
    "n_jobs": 1,
}


def forest(past: Past) -> Floats:
    """Shares of bins by unit and horizon."""
    rows = past.rows
    known = past.known(rows)
    model = need("sklearn.ensemble").ExtraTreesRegressor(**_SETTINGS, random_state=past.seed)
    model.fit(known, np.log1p(rows.deaths), sample_weight=rows.weights)
    found = np.zeros((len(past.asked), BINS))
    for tree in model.estimators_:
        marks = tree.apply(known) * BINS + rows.bins
        votes = np.bincount(marks, rows.weights, tree.tree_.node_count * BINS).reshape(-1, BINS)
        held = votes[tree.apply(past.asked)]
        found += held / held.sum(axis=1, keepdims=True) / len(model.estimators_)
    return past.shaped(np.maximum(found, FLOOR))


FOREST = Shares("forest", forest)
