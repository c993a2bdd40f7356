"""What a model would have said, and how right it would have been: rolling origins over past windows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marsad.errors import BadInput
from marsad.forecast import scores
from marsad.forecast.model import Model
from marsad.forecast.months import Window, label
from marsad.forecast.panel import Floats, Panel
from marsad.forecast.past import Past
from marsad.forecast.pool import fitted

Progress = Callable[[str, int, int], None]  # what, how many are done, of how many
LEAST: Final = 60  # months before a window without which nothing is learnt
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
        BadInput: the panel begins too late for a window, or ends before it.
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
    held = panel.at("sb", window.months)
    if window.cut - panel.first < LEAST:
        raise BadInput(
            f"window {window.year}: the panel begins in {label(panel.first)}; "
            f"{LEAST} months before {label(window.cut)} are needed"
        )
    if np.isnan(held).all():
        raise BadInput(f"window {window.year}: the panel ends in {label(panel.last)}, before any month of it")


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
