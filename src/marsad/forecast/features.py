"""What a unit's past says at each month: the numbers that models are fitted to.

Each feature of a month is made of that month and earlier ones, so one array serves every origin of training.
Deaths enter as log(1 + deaths): a unit's order of magnitude matters, and one massacre does not drown all.
Missing months have no weight. Features are those of the unit's own history, with one of the whole panel:
neighbours by border were tried and gave nothing over them (docs/forecast.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from marsad.forecast.panel import Floats, Kind, Panel

_LEVELS = (1, 2, 4, 8, 16, 36, 80)  # half-lives of weighted means, in months
_SHARES = ((1, (3, 12, 48, 150)), (25, (3, 12, 48)))  # share of months that reach so many deaths
_KINDS: Final[tuple[Kind, ...]] = ("sb", "ns", "os")
_OTHERS = (2, 8, 36)  # half-lives for the other two types of violence
_REACHED = (1, 5, 25, 100)  # months since deaths last reached these
_LAGS = (0, 1, 2)
_MEANS = (3, 6, 12, 36)  # months of plain means
_LONG = 400  # months: longer ago is as never
_EVER = 1e6
_BLOCK = 1000  # units whose features are made at a time: thousands of cells would fill the memory


@dataclass(frozen=True, eq=False)
class Features:
    """One vector a unit and month.

    Attributes:
        names: what each stands for.
        values: (units, months, features).
    """

    names: tuple[str, ...]
    values: NDArray[np.float32]

    def of(self, *names: str) -> NDArray[np.float32]:
        """These features alone, (units, months, number of names)."""
        return self.values[:, :, [self.names.index(name) for name in names]]

    def until(self, months: int) -> Features:
        """Those of the first months: a month's features stay what they are when later ones come."""
        return Features(self.names, self.values[:, :months])


def features(panel: Panel) -> Features:
    """The features of every unit and month of a panel."""
    deaths = {kind: panel.deaths(kind) for kind in _KINDS}
    of_panel = _of_panel(deaths["sb"])
    blocks = [
        {kind: figures[first : first + _BLOCK] for kind, figures in deaths.items()}
        for first in range(0, len(panel.units), _BLOCK)
    ]
    names = tuple(name for name, _ in _made({kind: deaths[kind][:1] for kind in _KINDS}, of_panel))
    values = np.empty((*deaths["sb"].shape, len(names)), dtype=np.float32)
    for number, block in enumerate(blocks):
        held = values[number * _BLOCK : (number + 1) * _BLOCK]
        for column, (_, made) in enumerate(_made(block, of_panel)):
            held[:, :, column] = made
    return Features(names, values)


def _made(kinds: Mapping[Kind, Floats], of_panel: Floats) -> Iterator[tuple[str, Floats]]:
    deaths = kinds["sb"]
    log = np.log1p(deaths)
    yield from ((f"level {life}", weighted_mean(log, life)) for life in _LEVELS)
    for least, lives in _SHARES:
        reached = np.where(np.isnan(deaths), np.nan, deaths >= least)
        yield from ((f"share {least} {life}", weighted_mean(reached, life)) for life in lives)
    yield "level ever", weighted_mean(log, _EVER)
    for kind in _KINDS[1:]:
        other = kinds[kind]
        yield from ((f"{kind} {life}", weighted_mean(np.log1p(other), life)) for life in _OTHERS)
        yield f"{kind} since", months_since(other >= 1)
    yield from ((f"since {least}", months_since(deaths >= least)) for least in _REACHED)
    yield from _recent(deaths)
    yield "panel 12", np.broadcast_to(of_panel, deaths.shape)


def _recent(deaths: Floats) -> Iterator[tuple[str, Floats]]:
    """Windows of the last months, as they stand."""
    log = np.nan_to_num(np.log1p(deaths))
    plain = np.nan_to_num(deaths)
    yield from ((f"lag {lag}", _trailing(log, lag + 1)[:, :, 0]) for lag in _LAGS)
    yield from ((f"mean {months}", np.log1p(_trailing(plain, months).mean(axis=2))) for months in _MEANS)
    yield from ((f"most {months}", _trailing(log, months).max(axis=2)) for months in (12, 60))
    yield from ((f"least {months}", _trailing(log, months).min(axis=2)) for months in (6, 12))
    yield "median 12", np.median(_trailing(log, 12), axis=2)
    yield "spread 12", _trailing(log, 12).std(axis=2)


def _trailing(figures: Floats, months: int) -> Floats:
    """The last `months` figures at each month, oldest first, (units, months, `months`); zero before all."""
    padded = np.pad(figures, ((0, 0), (months - 1, 0)))
    return np.lib.stride_tricks.sliding_window_view(padded, months, axis=1)


def _of_panel(deaths: Floats) -> Floats:
    """The share of units with deaths, in the mean of twelve months."""
    share = np.array(
        [(month[~np.isnan(month)] > 0).mean() if (~np.isnan(month)).any() else 0 for month in deaths.T]
    )
    found: Floats = _trailing(share[None, :], 12).mean(axis=2)[0]
    return found


def weighted_mean(figures: Floats, half_life: float) -> Floats:
    """The mean up to each month, the weight of a month halved every `half_life`; zero before any is known."""
    seen = ~np.isnan(figures)
    held = np.where(seen, figures, 0.0)
    keep = 0.5 ** (1 / half_life)
    total, weight = np.zeros(len(figures)), np.zeros(len(figures))
    means = np.zeros_like(held)
    for month in range(figures.shape[1]):
        total = keep * total + held[:, month]
        weight = keep * weight + seen[:, month]
        means[:, month] = total / np.maximum(weight, 1e-9)
    return means


def months_since(reached: NDArray[np.bool_]) -> Floats:
    """log(1 + months) since it was last so, `_LONG` where it never was."""
    passed = np.full(len(reached), float(_LONG))
    since = np.zeros(reached.shape)
    for month in range(reached.shape[1]):
        passed = np.where(reached[:, month], 0, np.minimum(passed + 1, _LONG))
        since[:, month] = passed
    return np.log1p(since)
