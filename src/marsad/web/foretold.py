"""An issued forecast as pages show it: by unit and month, beside the benchmark, the base rate and what came.

Cells are never shown singly, but in areas of 2.5 degrees (`forecast.areas`). Nothing here reads draws: all is
in the summary that was kept at issue.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from marsad.errors import NotFound
from marsad.forecast import areas
from marsad.forecast.scorecard import BENCHMARK
from marsad.ledger import forecasts, verdicts
from marsad.ledger.forecasts import Issued
from marsad.ledger.store import Store
from marsad.ledger.verdicts import Kept
from marsad.records.forecast import About, month_name
from marsad.records.summary import ENDS, Floats, Summary
from marsad.records.verdict import LEVELS, Verdict


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


class Before(NamedTuple):
    """A month before the forecast."""

    month: str
    deaths: float | None  # as they were known when it was issued


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

    def __init__(
        self, about: About, summary: Summary, beside: Summary | None, verdict: Verdict | None
    ) -> None:
        self.about, self.verdict = about, verdict
        self._summary, self._beside = summary, beside
        self._outside = dict(about.outside)

    @classmethod
    def of(cls, store: Store, start: str, day: str | None) -> Foretold:
        """The forecast whose id begins so.

        Raises:
            NotFound: none or several do, or it was not issued by that day.
        """
        here = issued_by(store, day)
        begin = [each for each in here if each.id.startswith(start)]
        about, summary = forecasts.summary(store, start)
        if len(begin) != 1:
            raise NotFound(f"forecast {start}: was not issued by {day}")
        same = (each for each in here if _is_beside(each.about, about))
        beside = next((forecasts.summary(store, each.id)[1] for each in same), None)
        kept = verdicts_by(store, day).get(begin[0].id)
        return cls(about, summary, beside, kept and verdicts.load(store, kept.id))

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

    @property
    def expected(self) -> Floats:
        """The deaths that are expected in each unit's worst month, (units,)."""
        found: Floats = self._summary.layers["mean"].max(axis=1)
        return found

    def before(self, place: int) -> list[Before]:
        """The months of a unit to the last one that was seen; none, where they were not kept."""
        known = self._summary.before[place]
        first = self.about.cut - len(known) + 1
        return [
            Before(month_name(first + at), None if np.isnan(deaths) else float(deaths))
            for at, deaths in enumerate(known)
        ]

    def rows_of_month(self, at: int) -> list[Row]:
        return [self._row(place, at) for place in range(len(self.about.units))]

    def rows_of_unit(self, place: int) -> list[Row]:
        return [self._row(place, at) for at in range(len(self.about.months))]

    def _row(self, place: int, at: int) -> Row:
        low, lower, best, upper, high = (_end(self._summary, name, place, at) for name in ENDS)
        came = np.nan if self.verdict is None else float(self.verdict.deaths[place, at])
        usual = self._beside
        return Row(
            unit=self.about.units[place],
            name=self.about.names[place],
            month=month_name(self.about.months[at]),
            low=low,
            lower=lower,
            best=best,
            upper=upper,
            high=high,
            chances=_highest(self._summary, [place], at),
            usual=None if usual is None else _highest(usual, [place], at),
            usual_high=None if usual is None else _end(usual, [*ENDS][-1], place, at),
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

    @cached_property
    def _rates(self) -> Floats:
        """Base rates, (units, LEVELS); zero where none is known."""
        return np.nan_to_num(np.array(self.about.rates, dtype=np.float64))

    def _area(self, number: int, at: int) -> Area:
        cells = self._areas[number]
        deaths = np.full(1, np.nan) if self.verdict is None else self.verdict.deaths[cells, at]
        is_known = bool((deaths >= 0).all())
        return Area(
            number,
            areas.name(number),
            month_name(self.about.months[at]),
            len(cells),
            round(float(self._summary.layers["mean"][cells, at].sum()), 1),
            _highest(self._summary, cells, at),
            None if self._beside is None else _highest(self._beside, cells, at),
            tuple(self._rates[cells].max(axis=0).tolist()) if self.about.rates else None,
            float(deaths.sum()) if is_known else None,
            bool((deaths < 0).any()),
            tuple(bool((deaths >= level).any()) for level in LEVELS) if is_known else None,
        )


def _end(summary: Summary, name: str, place: int, at: int) -> float:
    return round(float(summary.layers[name][place, at]), 1)


def _highest(summary: Summary, places: Sequence[int] | NDArray[np.intp], at: int) -> tuple[float, ...]:
    """The highest chance of any one unit, of LEVELS."""
    several = (summary.layers[f"chance{level}"][places, at] for level in LEVELS)
    return tuple(round(float(chances.max()), 3) for chances in several)


def _is_beside(usual: About, about: About) -> bool:
    """Whether `usual` is the benchmark of the same months from the same data."""
    names = ("data_sha256", "violence", "level", "actor", "cut", "months", "units")
    alike = all(getattr(usual, name) == getattr(about, name) for name in names)
    return usual.model == BENCHMARK != about.model and alike
