"""A quantile regression forest on log(1 + deaths) (Meinshausen 2006).

It keeps what came in each leaf, so that it gives a whole distribution and no parametric form is supposed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from marsad.forecast.extras import need
from marsad.forecast.model import shares_of
from marsad.forecast.panel import Floats
from marsad.forecast.past import Past
from marsad.forecast.scores import DRAWS

_TREES = 40
_LEAF = 10  # rows
_QUANTILES = 200


@dataclass(frozen=True, eq=False)
class _Quantiles:
    """Quantiles of the deaths, (units, horizons, 200), ascending."""

    values: Floats

    @property
    def shares(self) -> Floats:
        return shares_of(self.values)

    def sample(self, draws: int = DRAWS) -> Floats:
        places = ((np.arange(draws) + 0.5) / draws * self.values.shape[2]).astype(np.intp)
        return self.values[:, :, places]


@dataclass(frozen=True)
class Forest:
    name: str = "forest"

    def fit(self, past: Past) -> _Quantiles:
        rows = past.rows
        model = need("quantile_forest").RandomForestQuantileRegressor(
            _TREES,
            min_samples_leaf=_LEAF,
            max_features=0.3,
            max_samples=0.25,
            max_samples_leaf=None,
            random_state=past.seed,
            n_jobs=1,
        )
        # rows are drawn by weight, once: the forest's quantiles know no weights
        chosen = _by_weight(rows.weights, past.seed)
        model.fit(past.known(rows)[chosen], np.log1p(rows.deaths[chosen]))
        levels = ((np.arange(_QUANTILES) + 0.5) / _QUANTILES).tolist()
        found = model.predict(past.asked, quantiles=levels, interpolation="higher")
        return _Quantiles(past.shaped(np.round(np.expm1(np.maximum(found, 0)))))


def _by_weight(weights: Floats, seed: int) -> np.ndarray:
    """As many rows again, each as often as its weight bids, by systematic sampling."""
    offset = np.random.default_rng(seed).random()
    marks = (np.arange(len(weights)) + offset) / len(weights)
    return np.searchsorted(np.cumsum(weights) / weights.sum(), marks)


FOREST = Forest()
