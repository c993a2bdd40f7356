"""A forecast as it is issued: draws of a model, with what they were made from and what was known of units."""

from __future__ import annotations

from typing import Final

import numpy as np

from marsad.forecast import weights
from marsad.forecast.files import Note, names_of
from marsad.forecast.model import Model, Progress
from marsad.forecast.models import VERSION
from marsad.forecast.panel import Floats, Panel
from marsad.forecast.past import Past
from marsad.forecast.pool import Pool, fitted, prepare
from marsad.forecast.predicting import base_rates, check, outside, thin
from marsad.records.forecast import About, Forecast, of
from marsad.records.verdict import LEVELS
from marsad.version import VERSION as PROGRAM

BEFORE: Final = 24  # months to the cut whose deaths are kept with a forecast, as they were known


def forecast(
    past: Past, about: Note, model: Model, *, progress: Progress = lambda _what, _done, _of: None
) -> Forecast:
    """What a model says of the months after a past.

    Raises:
        BadInput: the panel is too short to learn from, or the months asked for are none or too far.
    """
    check(past.panel, past.horizons)
    if isinstance(model, Pool):
        prepare(model.members, (*model.pasts(past), past), progress)
    learnt = weights.named(model.weights(past)) if isinstance(model, Pool) else None
    samples = fitted(model, past).sample()
    return issuable(past.panel, past.horizons, about, model.name, samples, past.seed, learnt)


def issuable(
    panel: Panel,
    horizons: range,
    about: Note,
    model: str,
    samples: Floats,
    seed: int,
    learnt: dict[str, float] | None = None,
) -> Forecast:
    """A forecast of a model from the end of a panel, as it is kept for good.

    Args:
        learnt: the weights of the members of a pool.
    """
    names = names_of(about, panel.units)
    known = panel.deaths("sb")[:, -BEFORE:]
    return of(
        About(
            model=model,
            version=f"marsad@{PROGRAM}/{VERSION}",
            data=about.data,
            data_sha256=panel.fingerprint(),
            source_sha256=about.data_sha256,
            violence="sb",
            level=about.level,
            actor=about.actor,
            cut=panel.last,
            months=tuple(panel.last + horizon for horizon in horizons),
            units=panel.units,
            names=tuple(names[unit] for unit in panel.units),
            draws=samples.shape[2],
            seed=seed,
            rates=_rates(base_rates(panel, LEVELS)),
            thin=thin(panel),
            outside=tuple(outside(panel, horizons).items()),
            weights=tuple((learnt or {}).items()),
            before=known.shape[1],
        ),
        samples,
        known,
    )


def _rates(found: Floats) -> tuple[tuple[float | None, ...], ...]:
    return tuple(tuple(None if np.isnan(rate) else round(float(rate), 4) for rate in row) for row in found)
