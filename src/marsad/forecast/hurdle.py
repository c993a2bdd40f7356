"""A hurdle model: one logistic regression for each edge, the first of them between no death and some.

Each sees the features, and what the unit's own history gives for that edge. It is stiff where the trees are
supple: with few violent months it errs less, and it goes on beyond what was seen.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from marsad.forecast.extras import need
from marsad.forecast.hazards import hazards, log_odds, shares
from marsad.forecast.history import shares_at
from marsad.forecast.model import Shares
from marsad.forecast.panel import Floats
from marsad.forecast.past import Past, Rows
from marsad.forecast.scores import BINS

_STRENGTH = 0.03  # inverse of the penalty
_STEPS = 100


def hurdle(past: Past) -> Floats:
    """Shares of bins by unit and horizon."""
    rows = past.rows
    now = past.distinct
    of_rows = log_odds(hazards(shares_at(past, rows.units, rows.origins)))
    of_now = log_odds(hazards(shares_at(past, now, np.full(len(now), past.last))))
    known = np.column_stack([past.known(rows), of_rows]).astype(np.float64)
    mean, spread = known.mean(axis=0), known.std(axis=0) + 1e-9
    asked = np.column_stack([past.asked, np.repeat(of_now, len(past.horizons), axis=0)])
    known, asked = (known - mean) / spread, (asked - mean) / spread
    passing = [_passing(rows, known, asked, edge) for edge in range(BINS - 1)]
    return past.shaped(shares(np.column_stack(passing)))


def _passing(rows: Rows, known: Floats, asked: Floats, edge: int) -> Floats:
    reached = rows.bins >= edge
    passed: NDArray[np.bool_] = rows.bins[reached] > edge
    if passed.all() or not passed.any():  # nothing to tell apart: the rate, one of each added
        return np.full(len(asked), (passed.sum() + 1) / (len(passed) + 2))
    model = need("sklearn.linear_model").LogisticRegression(C=_STRENGTH, max_iter=_STEPS)
    model.fit(known[reached], passed, sample_weight=rows.weights[reached])
    found: Floats = model.predict_proba(asked)[:, 1]
    return found


HURDLE = Shares("hurdle", hurdle)
