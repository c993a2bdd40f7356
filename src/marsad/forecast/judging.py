"""A forecast against what came: every unit and month scored, waiting, or void."""

from __future__ import annotations

import numpy as np

from marsad.forecast.backtest import METRICS
from marsad.forecast.panel import KINDS, Floats, Kind, Panel
from marsad.forecast.scores import DRAWS
from marsad.records.forecast import Forecast, Samples
from marsad.records.verdict import DEATHS, LEVELS, NO_MONTH, NO_UNIT, Basis, Verdict
from marsad.version import VERSION

_LAYERS = (DEATHS, *METRICS, *(f"chance{level}" for level in LEVELS))


def judge(key: str, forecast: Forecast, panel: Panel, data: str) -> Verdict:
    """The verdict on a forecast by a panel of its level, violence and actor.

    Args:
        key: the id of the forecast.
        data: what the panel is called.
    """
    about = forecast.about
    deaths = _outcomes(forecast, panel)
    layers = {name: np.full_like(deaths, np.nan) for name in _LAYERS} | {DEATHS: deaths}
    for month in range(len(about.months)):
        drawn = forecast.samples[:, month]
        for level in LEVELS:
            layers[f"chance{level}"][:, month] = (drawn >= level).mean(axis=1)
        known = deaths[:, month] >= 0
        if known.any():
            for name, scores in _scored(drawn[known], deaths[known, month]).items():
                layers[name][known, month] = scores
    basis = Basis(
        forecast=key,
        data=data,
        data_sha256=panel.fingerprint(),
        last=panel.last,
        version=f"marsad@{VERSION}",
        layers=_LAYERS,
        units=len(about.units),
        months=len(about.months),
    )
    return Verdict(basis, layers)


def _scored(drawn: Samples, came: Floats) -> dict[str, Floats]:
    """Each metric of rising draws, (forecasts, draws).

    IGN is taken of a thousand draws. Fewer are repeated for it: the resampling of the challenge depends on
    the order of draws, which an issued forecast does not keep.
    """
    samples = drawn.astype(np.float64)
    found = {name: metric(samples, came) for name, metric in METRICS.items() if name != "ign"}
    repeated = samples[:, np.arange(DRAWS) * samples.shape[1] // DRAWS]
    return found | {"ign": METRICS["ign"](repeated, came)}


def _outcomes(forecast: Forecast, panel: Panel) -> Floats:
    """What came, (units, months) of the forecast; NaN where it has not come, below zero where it is void."""
    about = forecast.about
    held = panel.at(_kind(about.violence), about.months)
    come = np.array(about.months) <= panel.last
    row = {unit: at for at, unit in enumerate(panel.units)}
    found = np.full((len(about.units), len(about.months)), NO_UNIT)
    for at, unit in enumerate(about.units):
        if unit in row:
            found[at] = np.where(np.isnan(held[row[unit]]), NO_MONTH, held[row[unit]])
    return np.where(come, found, np.nan)


def _kind(violence: str) -> Kind:
    return next(kind for kind in KINDS if kind == violence)
