"""A pool of models: their distributions mixed, with weights learnt on the years before.

Models are fitted again as of one, two and three years ago, and each is weighed by what share of the outcomes
since then the mixture owes to it: the weights that give the past outcomes the greatest likelihood
(expectation maximisation), held near equal weights by a prior, for three years are few and dependent. Only
units with deaths in the year before count: elsewhere all members say nearly the same, and whoever is surest
of peace by a hair would be given the wars as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast

import numpy as np

from marsad.forecast.extras import need
from marsad.forecast.model import Binned, Fitted, Model, Progress
from marsad.forecast.months import label
from marsad.forecast.panel import Floats
from marsad.forecast.past import Past
from marsad.forecast.scores import binned

_BACK: Final = (12, 24, 36)  # months before the cut that the models are tried at
_LEAST = 60  # known months; with more a model is tried
_YEAR = 12
_PRIOR = 50.0  # outcomes' worth of belief in equal weights, of each model
_ROUNDS = 200


@dataclass(frozen=True)
class Pool:
    name: str
    members: tuple[Model, ...]

    def fit(self, past: Past) -> Binned:
        return Binned(past, _pooled(self.weights(past), _shares(self.members, past)))

    def weights(self, past: Past) -> Floats:
        """The weight of each member, learnt from what came in the three years before the cut."""
        given = [self._given(past, earlier) for earlier in self.pasts(past)]
        return _mixed(np.concatenate([np.empty((len(self.members), 0)), *given], axis=1))

    def pasts(self, past: Past) -> tuple[Past, ...]:
        """The past as of the earlier cuts at which members are tried."""
        earlier = (past.until(past.panel.last - back) for back in _BACK)
        return tuple(each for each in earlier if (~np.isnan(each.deaths)).any(axis=0).sum() > _LEAST)

    def _given(self, past: Past, earlier: Past) -> Floats:
        """The share that each member gave to what came where there were deaths, (members, outcomes)."""
        came = past.panel.at("sb", (earlier.panel.last + horizon for horizon in past.horizons))
        violent = np.nansum(earlier.deaths[:, -_YEAR:], axis=1) > 0
        known = np.nonzero(~np.isnan(came) & violent[:, None])
        return _shares(self.members, earlier)[:, known[0], known[1], binned(came[known])]


def prepare(models: Sequence[Model], pasts: Sequence[Past], progress: Progress) -> None:
    """Fit each model to each past, telling of each: what takes long is done then."""
    every = [(model, past) for past in pasts for model in models]
    for done, (model, past) in enumerate(every):
        progress(f"{model.name} to {label(past.panel.last)}", done, len(every))
        fitted(model, past)
    progress("", len(every), len(every))


def fitted(model: Model, past: Past) -> Fitted:
    """The model fitted to a past, once."""
    if model.name not in past.fits:
        # sums of floats differ with the number of threads; and small fits gain nothing by them
        with need("threadpoolctl").threadpool_limits(1):
            past.fits[model.name] = model.fit(past)
    return cast(Fitted, past.fits[model.name])


def _shares(members: Sequence[Model], past: Past) -> Floats:
    return np.stack([fitted(model, past).shares for model in members])


def _pooled(weights: Floats, shares: Floats) -> Floats:
    """Shares of bins from those of members, (members, units, horizons, bins).

    Halfway between the mixture, which is too wide where members agree, and the geometric mean, which is too
    narrow where they do not.
    """
    mixture = np.einsum("m,muhb->uhb", weights, shares)
    geometric = np.exp(np.einsum("m,muhb->uhb", weights, np.log(shares)))
    found: Floats = (mixture + geometric / geometric.sum(axis=2, keepdims=True)) / 2
    return found


def _mixed(given: Floats) -> Floats:
    """Weights that make the outcomes likely, under a Dirichlet prior around equal ones."""
    weights = np.full(len(given), 1 / len(given))
    for _ in range(_ROUNDS):
        owed = weights[:, None] * given
        owed = (owed / owed.sum(axis=0)).sum(axis=1) + _PRIOR
        weights = owed / owed.sum()
    return weights
