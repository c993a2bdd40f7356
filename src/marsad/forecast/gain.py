"""Whether signals from text make the risks of a backtest better: what they add to the mix, how sure that is.

A signal moves the log odds of a risk by a share of how unusual the month is. How much is learnt month by
month, from forecasts whose outcomes were known by then, and is held near nothing: a signal that tells nothing
leaves the risk as it was. Nothing else is fitted, so what is gained is gained by the signal.

The units of one month heard the same text, and outcomes of months that follow one another overlap: so an
interval is from a bootstrap over blocks of months as long as the outcome, never over units. Who tries many
series finds one that fits: intervals are as wide as that many trials ask for (Bonferroni).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from marsad.errors import BadInput
from marsad.forecast.panel import Floats, Panel
from marsad.forecast.resurgence import Scored
from marsad.forecast.signals import Signals

EVERY = "all together"
LEARNT = 6  # months, at least, whose outcomes are known before anything is learnt
BLOCKS = 4  # stretches as long as an outcome without which nothing is said of a gain
_HELD = 10.0  # of the prior around no effect: as much as ten outcomes of which the signal is sure
_ROUNDS = 25  # of Newton's method; a handful would do
_DRAWS = 10_000  # of the bootstrap
_UNSURE = 1e-4  # no risk is nearer to 0 or 1 when its odds are moved


class Gain(NamedTuple):
    """What a signal adds to the risks of one target."""

    target: str
    signal: str
    months: int  # that were judged
    forecasts: int
    skill: float | None  # share of the mix's squared error that is saved; None with too few months
    low: float | None  # the ends of its interval: 90 % for all series that were tried at once
    high: float | None

    @property
    def is_kept(self) -> bool:
        """Whether it earns its place: the interval of what it adds excludes none."""
        return self.low is not None and self.low > 0


def gains(scored: Scored, panel: Panel, signals: Signals, seed: int = 0) -> Iterator[Gain]:
    """What each signal adds by itself, and what they add all together.

    A series and its balance are one signal.

    Raises:
        BadInput: the signals are of other units than the panel.
    """
    if signals.by_unit and not {unit for unit, _ in signals.of} & set(panel.units):
        raise BadInput("the signals are of no unit of the panel; make them without --by-unit")
    heard = np.array(
        [
            signals.at(panel.units[unit], panel.first + int(month))
            for unit, month in zip(scored.unit, scored.month, strict=True)
        ]
    )
    known = ~np.isnan(heard).any(axis=1)
    series = [each.partition(".")[0] for each in signals.names]
    tried = (*dict.fromkeys(series), EVERY)
    for name in tried:
        used = [name in (EVERY, each) for each in series]
        yield _gain(_only(scored, known), heard[known][:, used], name, 0.05 / len(tried), seed)


def _only(scored: Scored, kept: np.ndarray) -> Scored:
    parts = (part[kept] for part in (scored.risk, scored.base, scored.returned, scored.unit, scored.month))
    return Scored(scored.target, *parts)


def _gain(scored: Scored, heard: Floats, name: str, tail: float, seed: int) -> Gain:
    moved = _moved(scored, heard)
    judged = ~np.isnan(moved)
    months, within = np.unique(scored.month[judged]), scored.target.within
    found = (scored.target.name, name, len(months), int(judged.sum()))
    if len(months) < BLOCKS * within:
        return Gain(*found, None, None, None)
    ours, usual = (
        np.array(
            [((risk - scored.returned) ** 2)[judged & (scored.month == month)].sum() for month in months]
        )
        for risk in (moved, scored.risk)
    )
    drawn = _blocks(len(months), within, np.random.default_rng(seed))
    several = 1 - ours[drawn].sum(axis=1) / usual[drawn].sum(axis=1)
    low, high = np.quantile(several, [tail, 1 - tail])
    return Gain(*found, float(1 - ours.sum() / usual.sum()), float(low), float(high))


def _blocks(months: int, length: int, random: np.random.Generator) -> NDArray[np.intp]:
    """Draws of months in blocks that follow one another, closed to a circle, (draws, at least `months`)."""
    begins = random.integers(months, size=(_DRAWS, -(-months // length)))
    drawn: NDArray[np.intp] = (begins[:, :, None] + np.arange(length)) % months
    return drawn.reshape(_DRAWS, -1)


def _moved(scored: Scored, heard: Floats) -> Floats:
    """Each risk with the signal as it was learnt until its month; NaN where too little was known by then."""
    usual = np.clip(scored.risk, _UNSURE, 1 - _UNSURE)
    odds = np.log(usual / (1 - usual))
    found = np.full(len(odds), np.nan)
    for month in np.unique(scored.month):
        past = scored.month + scored.target.within <= month  # whose outcome was known by then
        if len(np.unique(scored.month[past])) < LEARNT:
            continue
        middle, spread = heard[past].mean(axis=0), heard[past].std(axis=0)
        told = np.divide(heard - middle, spread, out=np.zeros_like(heard), where=spread > 0)
        weights = _learnt(odds[past], told[past], scored.returned[past])
        now = scored.month == month
        found[now] = 1 / (1 + np.exp(-odds[now] - told[now] @ weights))
    return found


def _learnt(odds: Floats, told: Floats, returned: Floats) -> Floats:
    """The weights of signals in a logistic regression whose offset is given, drawn to zero."""
    weights = np.zeros(told.shape[1])
    for _ in range(_ROUNDS):
        risk = 1 / (1 + np.exp(-odds - told @ weights))
        slope = told.T @ (returned - risk) - _HELD * weights
        bend = (told * (risk * (1 - risk))[:, None]).T @ told + _HELD * np.eye(len(weights))
        weights = weights + np.linalg.solve(bend, slope)
    return weights
