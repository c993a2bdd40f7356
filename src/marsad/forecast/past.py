"""All that a model is given: a panel cut at its last month, and what is asked.

What several models need of it, features and training rows, is made once. A past has pasts of its own, the
same panel cut earlier, which show how well a model would have done.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from marsad.errors import BadInput
from marsad.forecast.donors import donors
from marsad.forecast.features import Features, features
from marsad.forecast.panel import Floats, Panel
from marsad.forecast.scores import binned

_WARM = 24  # months at the start of a panel that are history only
_QUIET = 120  # months without a death: such rows are many and alike
_KEPT = 0.25  # of them, each with four times the weight
_MOST = 60_000  # rows of one kind: of thousands of cells, more cost much and teach little
_LEVEL = "level 4"  # by which a unit's months are likened to those of others
_HALF_LIFE = 180.0  # months: how much more the recent past counts in training

Whole = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Rows:
    """Training rows: unit, origin (a column of the panel) and horizon, with the bin that came."""

    units: Whole
    origins: Whole
    horizons: Whole
    deaths: Floats
    bins: Whole
    weights: Floats

    def __len__(self) -> int:
        return len(self.units)


@dataclass(frozen=True, eq=False)
class Past:
    """A panel that ends where the forecaster's knowledge ends.

    Attributes:
        panel: nothing in it is later than the month that is forecast from.
        horizons: how many months after its last month are asked for.
        seed: all that is drawn at random is drawn from it.
    """

    panel: Panel
    horizons: range
    seed: int = 0
    _longer: Past | None = field(default=None, repr=False)  # of which this is an earlier state
    _made: dict[int, Past] = field(default_factory=dict, repr=False)  # by last month

    def until(self, month: int) -> Past:
        """The past as of an earlier month; made once."""
        if month not in self._made:
            self._made[month] = Past(self.panel.until(month), self.horizons, self.seed, self, self._made)
        return self._made[month]

    @cached_property
    def fits(self) -> dict[str, object]:
        """What was fitted to this past, by the model's name."""
        return {}

    @property
    def last(self) -> int:
        """The column of the month that is forecast from."""
        return self.panel.length - 1

    @cached_property
    def deaths(self) -> Floats:
        return self.panel.deaths("sb")

    @cached_property
    def features(self) -> Features:
        return (
            features(self.panel) if self._longer is None else self._longer.features.until(self.panel.length)
        )

    @cached_property
    def rows(self) -> Rows:
        """The training rows of a model that is fitted once."""
        return self.drawn_rows(0)

    def drawn_rows(self, turn: int) -> Rows:
        """A horizon drawn for each unit and origin; long-quiet rows thinned, recent ones weighted up.

        A row's outcome is never later than the panel's last month.

        Args:
            turn: each turn draws other horizons, and other quiet rows.

        Raises:
            BadInput: there is none.
        """
        draw = np.random.default_rng([self.seed, turn])
        units, origins = (each.ravel() for each in np.indices(self.deaths.shape))
        horizons = draw.integers(self.horizons.start, self.horizons.stop, len(units))
        chance = draw.random(len(units))
        ends = np.minimum(origins + horizons, self.last)
        deaths = self.deaths[units, ends]
        usable = (origins >= _WARM) & (origins + horizons <= self.last)
        usable &= ~np.isnan(deaths) & ~np.isnan(self.deaths[units, origins])
        since = self.features.of("since 1")[units, origins, 0]
        quiet = (since > np.log1p(_QUIET)) & (deaths == 0)
        # of each kind of rows a share is kept, and each row that is stands for others
        kinds = [quiet, ~quiet & (deaths == 0), deaths > 0]
        most = [_MOST / max(1, (usable & kind).sum()) for kind in kinds]
        kept = np.select(kinds, np.minimum(most, [_KEPT, 1, 1]), 0.0)
        chosen = np.flatnonzero(usable & (chance < kept))
        if not len(chosen):
            raise BadInput("no known month follows another at such a distance; nothing can be learnt")
        weights = 0.5 ** ((self.last - origins[chosen]) / _HALF_LIFE) / kept[chosen]
        found = units[chosen], origins[chosen], horizons[chosen], deaths[chosen]
        return Rows(*found, binned(deaths[chosen]), weights)

    @cached_property
    def donors(self) -> Floats:
        """What fills each bin for each unit, (units, bins, n)."""
        level = self.features.of(_LEVEL)[:, :, 0].astype(np.float64)
        rows = self.rows
        return donors(level[rows.units, rows.origins], rows.bins, rows.deaths, level[:, self.last])

    def known(self, rows: Rows) -> NDArray[np.float32]:
        """The features of training rows, the horizon last."""
        return _joined(self.features.values[rows.units, rows.origins], rows.horizons)

    @cached_property
    def _alike(self) -> tuple[Whole, Whole]:
        """The units that differ by their features now, and which of them each unit is like.

        Thousands of cells never had a death, and are all one.
        """
        _, first, like = np.unique(
            self.features.values[:, self.last], axis=0, return_index=True, return_inverse=True
        )
        return first, like.ravel()

    @property
    def distinct(self) -> Whole:
        """The units that are asked for: one of all that are alike."""
        return self._alike[0]

    @cached_property
    def asked(self) -> NDArray[np.float32]:
        """The features of what is asked, (distinct units · horizons, features + 1), units outermost."""
        now = self.features.values[self.distinct, self.last]
        horizons = np.tile(np.array(self.horizons), len(now))
        return _joined(np.repeat(now, len(self.horizons), axis=0), horizons)

    def shaped(self, figures: Floats) -> Floats:
        """A row for each row of `asked`, as (units, horizons, ...) of all units."""
        return self.spread(figures.reshape(len(self.distinct), len(self.horizons), *figures.shape[1:]))

    def spread(self, figures: Floats) -> Floats:
        """What was found for the distinct units, (distinct units, ...), as that of all, (units, ...)."""
        found: Floats = figures[self._alike[1]]
        return found


def _joined(known: NDArray[np.float32], horizons: Whole) -> NDArray[np.float32]:
    return np.column_stack([known, horizons.astype(np.float32)])
