"""What a model would have said, and how right it would have been: rolling origins over past windows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marsad.errors import BadInput
from marsad.forecast import scores
from marsad.forecast.model import Model, Progress
from marsad.forecast.months import Window, label
from marsad.forecast.panel import Floats, Panel
from marsad.forecast.past import Past
from marsad.forecast.pool import fitted
from marsad.forecast.predicting import base_rates, check_length
from marsad.records.verdict import LEVELS

BASE_RATE: Final = "base rate"  # is no model, and stands beside all
_BLOCK: Final = 5000  # forecasts that are scored at a time

METRICS: Final[dict[str, Callable[[Floats, Floats], Floats]]] = {
    "crps": scores.crps,
    "ign": scores.ignorance,
    "mis": scores.interval_score,
    "log1p_crps": scores.log1p_crps,
    "brier1": lambda samples, came: scores.brier(samples, came, 1),
    "brier25": lambda samples, came: scores.brier(samples, came, 25),
    "brier100": lambda samples, came: scores.brier(samples, came, 100),
    "coverage90": scores.covered,
    "coverage90_positive": lambda samples, came: np.where(came > 0, scores.covered(samples, came), np.nan),
}


@dataclass(frozen=True, eq=False)
class Scored:
    """Scores of one model in one window, by forecast.

    Attributes:
        units: the position of each forecast's unit in the panel.
        months: the number of the month that each is of.
        of: by metric, a score each; NaN where the metric does not apply.
    """

    window: Window
    model: str
    units: NDArray[np.intp]
    months: NDArray[np.intp]
    of: dict[str, Floats]

    def means(self) -> dict[str, float | None]:
        """The mean of each metric; None where nothing counts, such as coverage where nobody died."""
        return {name: _mean(found) for name, found in self.of.items()}


def _mean(found: Floats) -> float | None:
    counted = found[~np.isnan(found)]
    return float(counted.mean()) if len(counted) else None


def backtest(
    panel: Panel,
    windows: Sequence[Window],
    models: Sequence[Model],
    *,
    seed: int = 0,
    progress: Progress = lambda _what, _done, _of: None,
) -> Iterator[Scored]:
    """Each model fitted at each window's cut and scored on the months that came, as far as they are known.

    Raises:
        BadInput: of a window, or before it, too few months of the panel are known.
    """
    for window in windows:
        _check(panel, window)
    if not windows:
        return
    whole = Past(panel, windows[0].horizons, seed)  # no model is given it: only what it was at a cut
    done, of = 0, len(windows) * len(models)
    for window in windows:
        past = whole.until(window.cut)
        for model in models:
            progress(f"{window.year} {model.name}", done, of)
            yield score(window, model.name, fitted(model, past).sample(), panel)
            done += 1
    progress("", of, of)


def _check(panel: Panel, window: Window) -> None:
    if np.isnan(panel.at("sb", window.months)).all():
        raise BadInput(
            f"window {window.year}: the panel, which ends in {label(panel.last)}, has no month of it"
        )
    try:
        check_length(panel.until(window.cut))
    except BadInput as error:
        raise BadInput(f"window {window.year}: {error}") from error


def score(window: Window, model: str, samples: Floats, panel: Panel) -> Scored:
    """Draws against what came, for the unit-months that are known.

    Args:
        samples: (units, months, draws).
    """
    came = panel.at("sb", window.months)
    units, months = np.nonzero(~np.isnan(came))
    found = {name: np.empty(len(units)) for name in METRICS}
    for first in range(0, len(units), _BLOCK):
        part = slice(first, first + _BLOCK)
        drawn, outcomes = samples[units[part], months[part]], came[units[part], months[part]]
        for name, metric in METRICS.items():
            found[name][part] = metric(drawn, outcomes)
    return Scored(window, model, units, np.array(window.months)[months], found)


def score_of_base_rates(panel: Panel, window: Window) -> Scored:
    """The Brier scores of how often each unit's months of the ten years to the cut had reached a level.

    Other metrics do not apply to it.
    """
    came = panel.at("sb", window.months)
    units, months = np.nonzero(~np.isnan(came))
    rates = base_rates(panel.until(window.cut), LEVELS)[units]
    found = {name: np.full(len(units), np.nan) for name in METRICS}
    for at, level in enumerate(LEVELS):
        found[f"brier{level}"] = (rates[:, at] - (came[units, months] >= level)) ** 2
    return Scored(window, BASE_RATE, units, np.array(window.months)[months], found)
