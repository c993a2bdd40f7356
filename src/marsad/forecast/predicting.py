"""A forecast from the end of a panel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from marsad.errors import BadInput
from marsad.forecast.backtest import LEAST
from marsad.forecast.model import Model
from marsad.forecast.months import label
from marsad.forecast.panel import Floats, Panel
from marsad.forecast.past import Past
from marsad.forecast.pool import fitted

_FURTHEST: Final = 36  # months: beyond, a forecast is the base rate
_DECADE: Final = 120  # months
_THIN: Final = 24  # months of its own that a unit needs not to be marked


def predict(panel: Panel, horizons: range, model: Model, *, seed: int = 0) -> Floats:
    """Draws of the deaths to come, (units, horizons, 1000), each ascending.

    Args:
        panel: to the last month that may be seen: `panel.until(month)`.
        horizons: months after it, at least 1.

    Raises:
        BadInput: the panel is too short to learn from, or the months asked for are none or too far.
    """
    check(panel, horizons)
    return fitted(model, Past(panel, horizons, seed)).sample()


def check(panel: Panel, horizons: range) -> None:
    """
    Raises:
        BadInput: the panel is too short to learn from, or the months asked for are none or too far.
    """
    if panel.length < LEAST or np.isnan(panel.deaths("sb")[:, -12:]).all():
        raise BadInput(
            f"the panel has {panel.length} months to {label(panel.last)}; "
            f"{LEAST} are needed, and deaths in the last twelve"
        )
    if not horizons or horizons.start < 1 or horizons[-1] > _FURTHEST:
        raise BadInput(f"1 to {_FURTHEST} months ahead can be forecast")


def thin(panel: Panel) -> tuple[int, ...]:
    """The units with fewer than 24 known months: what is said of them rests on others' history."""
    known = (~np.isnan(panel.deaths("sb"))).sum(axis=1)
    return tuple(unit for unit, months in zip(panel.units, known, strict=True) if months < _THIN)


def base_rates(panel: Panel, levels: Sequence[float]) -> Floats:
    """How often months of each unit's last ten years reached a level, (units, levels); NaN: unknown."""
    recent = panel.deaths("sb")[:, -_DECADE:]
    known = ~np.isnan(recent)
    reached = np.stack([(known & (recent >= level)).sum(axis=1) for level in levels], axis=1)
    months = known.sum(axis=1)[:, None]
    return np.where(months > 0, reached / np.maximum(months, 1), np.nan)
