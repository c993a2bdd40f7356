"""An issued forecast as pages show it: by unit and month, beside the benchmark, the base rate and what came.

Cells are never shown singly, but in areas of 2.5 degrees (`forecast.areas`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from marsad.errors import NotFound
from marsad.forecast import areas
from marsad.forecast.scorecard import BENCHMARK
from marsad.ledger import forecasts, verdicts
from marsad.ledger.forecasts import Issued
from marsad.ledger.store import Store
from marsad.ledger.verdicts import Kept
from marsad.records.forecast import About, Forecast, Samples, month_name
from marsad.records.verdict import LEVELS, Verdict

_ENDS = (0.05, 0.25, 0.5, 0.75, 0.95)


class Row(NamedTuple):
    """What is said of one unit and month."""

    unit: int
    name: str
    month: str
    low: float  # the ends of the central 90 %
    lower: float  # and of the central half
    best: float  # the median
    upper: float
    high: float
    chances: tuple[float, ...]  # of LEVELS
    usual: tuple[float, ...] | None  # the same by the benchmark,
    usual_high: float | None  # and the upper end of its 90 %
    base: tuple[float | None, ...] | None  # how often months had reached LEVELS when it was issued
    came: float | None  # deaths
    is_void: bool  # the month has come, and the data does not have it
    marks: tuple[str, ...]  # thin, outside.high, ...


class Area(NamedTuple):
    """What is said of the cells of one area and month."""

    unit: int  # its number
    name: str
    month: str
    cells: int
    expected: float  # deaths
    chances: tuple[float, ...]  # the highest of any one cell, of LEVELS
    usual: tuple[float, ...] | None  # the same by the benchmark
    base: tuple[float | None, ...] | None  # the highest base rate of any one cell
    came: float | None  # deaths in all its cells; None where one of them is not known,
    is_void: bool  # which is so for good where the data does not have it
    reached: tuple[bool, ...] | None  # whether any one cell reached LEVELS


def issued_by(store: Store, day: str | None) -> list[Issued]:
    """The forecasts that were there on a day."""
    return [each for each in forecasts.issued(store) if day is None or each.recorded_at[:10] <= day]


def verdicts_by(store: Store, day: str | None) -> dict[str, Kept]:
    """The newest verdict on each forecast that was there on a day, by the forecast's id."""
    found = (each for each in verdicts.kept(store) if day is None or each.recorded_at[:10] <= day)
    return {each.basis.forecast: each for each in found}


class Foretold:
    """A forecast with all that stands beside it."""

    def __init__(self, forecast: Forecast, beside: Forecast | None, verdict: Verdict | None) -> None:
        self.about, self.verdict = forecast.about, verdict
        self._samples, self._beside = forecast.samples, beside
        self._outside = dict(forecast.about.outside)

    @classmethod
    def of(cls, store: Store, start: str, day: str | None) -> Foretold:
        """The forecast whose id begins so.

        Raises:
            NotFound: none or several do, or it was not issued by that day.
        """
        here = issued_by(store, day)
        begin = [each for each in here if each.id.startswith(start)]
        found = forecasts.load(store, start)
        if len(begin) != 1:
            raise NotFound(f"forecast {start}: was not issued by {day}")
        same = (each for each in here if _is_beside(each.about, found.about))
        beside = next((forecasts.load(store, each.id) for each in same), None)
        kept = verdicts_by(store, day).get(begin[0].id)
        return cls(found, beside, kept and verdicts.load(store, kept.id))

    @property
    def is_coarse(self) -> bool:
        return self.about.level == "cell"

    def month(self, asked: str | None) -> int:
        """Which of its months is asked for; the first, where none is.

        Raises:
            NotFound: it has no such month.
        """
        names = [month_name(month) for month in self.about.months]
        if asked is None:
            return 0
        if asked not in names:
            raise NotFound(f"{asked}: not a month of this forecast, {names[0]} to {names[-1]}")
        return names.index(asked)

    def place(self, unit: int) -> int:
        """
        Raises:
            NotFound: it has no such unit.
        """
        if unit not in self.about.units:
            raise NotFound(f"the forecast has no unit {unit}")
        return self.about.units.index(unit)

    # Units

    @cached_property
    def expected(self) -> np.ndarray:
        """The deaths that are expected in each unit's worst month, (units,)."""
        found: np.ndarray = self._samples.mean(axis=2).max(axis=1)
        return found

    def rows_of_month(self, at: int) -> list[Row]:
        where = [(place, at) for place in range(len(self.about.units))]
        return self._rows(where, self._samples[:, at], self._usual(slice(None), at))

    def rows_of_unit(self, place: int) -> list[Row]:
        where = [(place, at) for at in range(len(self.about.months))]
        return self._rows(where, self._samples[place], self._usual(place, slice(None)))

    def _usual(self, place: int | slice, at: int | slice) -> Samples | None:
        return None if self._beside is None else self._beside.samples[place, at]

    def _rows(self, where: Sequence[tuple[int, int]], drawn: Samples, usual: Samples | None) -> list[Row]:
        """Rows of the units and months in `where`, of which `drawn` and `usual` have the draws."""
        ends = np.quantile(drawn, _ENDS, axis=1).round(1).T.tolist()
        highs = None if usual is None else np.quantile(usual, _ENDS[-1], axis=1).round(1).tolist()
        chances, others = _chances(drawn), None if usual is None else _chances(usual)
        return [
            self._row(
                place,
                at,
                ends[row],
                chances[row],
                others[row] if others else None,
                highs[row] if highs else None,
            )
            for row, (place, at) in enumerate(where)
        ]

    def _row(
        self,
        place: int,
        at: int,
        ends: Sequence[float],
        chances: tuple[float, ...],
        usual: tuple[float, ...] | None,
        usual_high: float | None,
    ) -> Row:
        low, lower, best, upper, high = ends
        came = np.nan if self.verdict is None else float(self.verdict.deaths[place, at])
        return Row(
            unit=self.about.units[place],
            name=self.about.names[place],
            month=month_name(self.about.months[at]),
            low=low,
            lower=lower,
            best=best,
            upper=upper,
            high=high,
            chances=chances,
            usual=usual,
            usual_high=usual_high,
            base=self.about.rates[place] if self.about.rates else None,
            came=came if came >= 0 else None,
            is_void=came < 0,
            marks=self._marks(self.about.units[place]),
        )

    def _marks(self, unit: int) -> tuple[str, ...]:
        thin = ("thin",) if unit in self._thin else ()
        return (*thin, f"outside.{self._outside[unit]}") if unit in self._outside else thin

    @cached_property
    def _thin(self) -> frozenset[int]:
        return frozenset(self.about.thin)

    # Areas

    @cached_property
    def _areas(self) -> dict[int, np.ndarray]:
        return areas.grouped(self.about.units)

    def areas_of_month(self, at: int) -> list[Area]:
        return [self._area(number, at) for number in self._areas]

    def area_by_month(self, number: int) -> list[Area]:
        """
        Raises:
            NotFound: none of its cells lies in this area.
        """
        if number not in self._areas:
            raise NotFound(f"the forecast has no area {number}")
        return [self._area(number, at) for at in range(len(self.about.months))]

    def _area(self, number: int, at: int) -> Area:
        cells = self._areas[number]
        drawn = self._samples[cells, at]
        usual = None if self._beside is None else _highest(_chances(self._beside.samples[cells, at]))
        base = _highest([self.about.rates[cell] for cell in cells]) if self.about.rates else None
        deaths = np.full(1, np.nan) if self.verdict is None else self.verdict.deaths[cells, at]
        is_known = bool((deaths >= 0).all())
        return Area(
            number,
            areas.name(number),
            month_name(self.about.months[at]),
            len(cells),
            round(float(drawn.mean(axis=1).sum()), 1),
            _highest(_chances(drawn)),
            usual,
            base,
            float(deaths.sum()) if is_known else None,
            bool((deaths < 0).any()),
            tuple(bool((deaths >= level).any()) for level in LEVELS) if is_known else None,
        )


def _chances(drawn: Samples) -> list[tuple[float, ...]]:
    """The chance of each of LEVELS, a tuple a row of draws."""
    shares = [(drawn >= level).mean(axis=1).round(3).tolist() for level in LEVELS]
    return list(zip(*shares, strict=True))


def _highest(several: Sequence[tuple[float | None, ...]]) -> tuple[float, ...]:
    return tuple(max((each for each in found if each is not None), default=0.0) for found in _turned(several))


def _turned(several: Sequence[tuple[float | None, ...]]) -> Iterator[tuple[float | None, ...]]:
    return zip(*several, strict=True)


def _is_beside(usual: About, about: About) -> bool:
    """Whether `usual` is the benchmark of the same months from the same data."""
    names = ("data_sha256", "violence", "level", "actor", "cut", "months", "units")
    alike = all(getattr(usual, name) == getattr(about, name) for name in names)
    return usual.model == BENCHMARK != about.model and alike
