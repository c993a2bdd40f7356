"""What can be forecast from the end of a panel, and what is known of its units beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from marsad.errors import BadInput
from marsad.forecast.months import label
from marsad.forecast.panel import Floats, Panel
from marsad.records.forecast import Outside

LEAST: Final = 60  # known months without which nothing is learnt
_FURTHEST: Final = 36  # months: beyond, a forecast is the base rate
_DECADE: Final = 120  # months
_THIN: Final = 24  # months of its own that a unit needs not to be marked; so many of a panel are history only
_YEAR: Final = 12  # months


def check(panel: Panel, horizons: range) -> None:
    """
    Raises:
        BadInput: the panel is too short to learn from, or the months asked for are none or too far.
    """
    check_length(panel)
    if not horizons or horizons.start < 1 or horizons[-1] > _FURTHEST:
        last = label(panel.last)
        raise BadInput(f"1 to {_FURTHEST} months ahead of the last one known, {last}, can be forecast")


def check_length(panel: Panel) -> None:
    """
    Raises:
        BadInput: too few months of the panel are known to learn from.
    """
    known = np.any(~np.isnan(panel.deaths("sb")), axis=0)
    if known.sum() < LEAST or not known[-_YEAR:].any():
        raise BadInput(
            f"the panel has deaths of {known.sum()} months to {label(panel.last)}; "
            f"{LEAST} are needed, some of them in the last twelve"
        )


def thin(panel: Panel) -> tuple[int, ...]:
    """The units with fewer than 24 known months, or none in the last year: what is said rests on others."""
    known = ~np.isnan(panel.deaths("sb"))
    is_thin = (known.sum(axis=1) < _THIN) | ~known[:, -_YEAR:].any(axis=1)
    return tuple(unit for unit, marked in zip(panel.units, is_thin, strict=True) if marked)


def outside(panel: Panel, horizons: range) -> dict[int, Outside]:
    """The units unlike all that the models learn from, and why: what is said of them is a guess beyond it.

    `high`: more deaths in the last month, three or twelve than any unit ever had where something is learnt.
    `new`: none of its months is learnt from. A length of quiet is never beyond: models count to 400 months,
    and take who never had a death as quiet for so long.
    """
    deaths = panel.deaths("sb")
    learnt = slice(_THIN, max(_THIN, panel.length - horizons.start))  # the months whose outcomes can be known
    known = (~np.isnan(deaths[:, learnt])).sum(axis=1)
    sums = np.cumsum(np.pad(np.nan_to_num(deaths), ((0, 0), (_YEAR, 0))), axis=1)
    recent = [sums[:, _YEAR:] - sums[:, _YEAR - months : -months] for months in (1, 3, _YEAR)]
    beyond = np.sum([each[:, -1] > each[:, learnt].max(initial=0) for each in recent], axis=0)
    found: dict[int, Outside] = {}
    for unit, months, times in zip(panel.units, known, beyond, strict=True):
        if times or not months:
            found[unit] = "high" if months else "new"
    return found


def base_rates(panel: Panel, levels: Sequence[float]) -> Floats:
    """How often months of each unit's last ten years reached a level, (units, levels); NaN: unknown."""
    recent = panel.deaths("sb")[:, -_DECADE:]
    known = ~np.isnan(recent)
    reached = np.stack([(known & (recent >= level)).sum(axis=1) for level in levels], axis=1)
    months = known.sum(axis=1)[:, None]
    return np.where(months > 0, reached / np.maximum(months, 1), np.nan)
