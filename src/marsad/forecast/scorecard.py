"""How right issued forecasts were: each month is scored when it has come, and what cannot be is told.

Scores are means over units and months of equal weight; the months of one forecast, and neighbouring units,
move together, so a few months say little: the number of forecasts stands beside every score.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from marsad.forecast.backtest import METRICS
from marsad.forecast.files import Note
from marsad.forecast.models import VERSION
from marsad.forecast.months import label
from marsad.forecast.panel import KINDS, Floats, Kind, Panel
from marsad.ledger.forecasts import Issued
from marsad.records.forecast import EPOCH, About, Forecast, of
from marsad.version import VERSION as PROGRAM

BENCHMARK = "conflictology"  # is issued beside every other forecast


def issuable(panel: Panel, horizons: range, about: Note, model: str, samples: Floats, seed: int) -> Forecast:
    """A forecast of a model from the end of a panel, as it is kept for good."""
    names = dict(about.names)
    return of(
        About(
            model=model,
            version=f"marsad@{PROGRAM}/{VERSION}",
            data=about.data,
            data_sha256=panel.fingerprint(),
            violence="sb",
            level=about.level,
            actor=about.actor,
            cut=panel.last,
            months=tuple(panel.last + horizon for horizon in horizons),
            units=panel.units,
            names=tuple(names.get(unit, str(unit)) for unit in panel.units),
            draws=samples.shape[2],
            seed=seed,
        ),
        samples,
    )


class Void(NamedTuple):
    """A forecast of a month that has come and cannot be scored."""

    id: str
    unit: str  # its name
    month: int
    reason: str


class Cell(NamedTuple):
    """What scores are told apart by."""

    model: str
    level: str
    violence: str
    year: int
    horizon: int  # months after the last one that was seen


@dataclass(frozen=True)
class Scorecard:
    scores: dict[Cell, dict[str, Floats]]  # by metric, a score each forecast of a unit and month
    voids: tuple[Void, ...]
    waiting: int  # units and months that have not come yet

    def means(self, *by: str) -> dict[tuple[Any, ...], dict[str, float | int | None]]:
        """Mean scores by some of the names of `Cell`, with the number of forecasts that each is of."""
        several: defaultdict[tuple[Any, ...], list[dict[str, Floats]]] = defaultdict(list)
        for cell, found in self.scores.items():
            several[tuple(getattr(cell, name) for name in by)].append(found)
        return {key: _means(parts) for key, parts in sorted(several.items())}


def scorecard(forecasts: Iterable[tuple[Issued, Forecast]], panel: Panel) -> Scorecard:
    """Score forecasts by what the panel has of their months.

    Args:
        forecasts: of the level and the violence that the panel is of.
    """
    scores: defaultdict[Cell, list[dict[str, Floats]]] = defaultdict(list)
    voids: list[Void] = []
    waiting = 0
    for issued, forecast in forecasts:
        came = _outcomes(forecast, panel)
        come = np.array([month <= panel.last for month in forecast.about.months])
        waiting += int((~come).sum()) * len(forecast.about.units)
        voids += _voids(issued, forecast, panel, came)
        for cell, found in _scored(forecast, came):
            scores[cell].append(found)
    joined = {cell: _joined(parts) for cell, parts in scores.items()}
    return Scorecard(joined, tuple(voids), waiting)


def _outcomes(forecast: Forecast, panel: Panel) -> Floats:
    """What came, (units, months) of the forecast; NaN where the panel does not have it."""
    held = panel.at(_kind(forecast), forecast.about.months)
    row = {unit: at for at, unit in enumerate(panel.units)}
    found = np.full((len(forecast.about.units), len(forecast.about.months)), np.nan)
    for at, unit in enumerate(forecast.about.units):
        if unit in row:
            found[at] = held[row[unit]]
    return found


def _kind(forecast: Forecast) -> Kind:
    return next(kind for kind in KINDS if kind == forecast.about.violence)


def _voids(issued: Issued, forecast: Forecast, panel: Panel, came: Floats) -> Iterator[Void]:
    about = forecast.about
    for at, month in zip(*np.nonzero(np.isnan(came)), strict=True):
        if about.months[month] <= panel.last:
            is_there = about.units[at] in panel.units
            reason = "the data has no such month" if is_there else "the data has no such unit"
            yield Void(issued.id, about.names[at], about.months[month], reason)


def _scored(forecast: Forecast, came: Floats) -> Iterator[tuple[Cell, dict[str, Floats]]]:
    about = forecast.about
    for at, month in enumerate(about.months):
        known = ~np.isnan(came[:, at])
        if known.any():
            samples = forecast.samples[known, at].astype(np.float64)
            year = EPOCH + (month - 1) // 12
            cell = Cell(about.model, about.level, about.violence, year, month - about.cut)
            yield cell, {name: metric(samples, came[known, at]) for name, metric in METRICS.items()}


def _joined(parts: list[dict[str, Floats]]) -> dict[str, Floats]:
    return {name: np.concatenate([part[name] for part in parts]) for name in METRICS}


def _means(parts: list[dict[str, Floats]]) -> dict[str, float | int | None]:
    found = _joined(parts)
    means: dict[str, float | int | None] = {"forecasts": len(found["crps"])}
    for name, scores in found.items():
        counted = scores[~np.isnan(scores)]
        means[name] = float(counted.mean()) if len(counted) else None
    return means


def told(void: Void) -> str:
    """A void in one line."""
    return f"{void.id[:8]} {void.unit} {label(void.month)}: {void.reason}"
