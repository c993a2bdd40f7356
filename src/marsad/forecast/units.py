"""Panels from events: deaths by country, by governorate (first-order unit) or by cell, and month.

An event that is known no better than its country stands in no governorate: its deaths are told as unplaced,
and nothing is spread over places that nobody named. A cell is taken as UCDP gives it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

import numpy as np
import polars as pl

from marsad.errors import BadInput
from marsad.forecast.ged import Events
from marsad.forecast.grid import cell_at
from marsad.forecast.panel import KINDS, Floats, Kind, Panel
from marsad.gazetteer import Gazetteer

Level = Literal["country", "admin1", "cell"]
_ADMIN1 = (
    4  # the coarsest precision of UCDP that tells the first-order unit: 5 and more are lines and countries
)
_COUNTRY = 6  # the coarsest that lies in one country
_KINDS_OF_UNIT = frozenset(
    ("governorate", "province", "state", "region", "department", "district", "county", "municipality")
)
_UNKNOWN = -1  # the first number of units that the gazetteer does not have; others follow downwards


class Units(NamedTuple):
    """A panel with what its units are called."""

    panel: Panel
    names: Mapping[int, str]
    unplaced: Mapping[Kind, float]  # deaths (best) by type that stand in no unit, over all months


def panel(events: Events, level: Level, *, within: Iterable[int] | None = None) -> Units:
    """Deaths by unit and month.

    Args:
        events: as `ged.read` gives them, or some of them: see `of_actor`, `of_country` and `covering`.
        level: `country` by the number of Gleditsch and Ward, `admin1` by GeoNames' id, `cell` by PRIO-GRID's.
        within: the units, with those where nothing happened; without it, those that have an event.

    Raises:
        BadInput: no event stands in any unit, and none was asked for.
    """
    table, names = _NUMBERED[level](events.table)
    placed = pl.col("unit").is_not_null()
    wanted = None if within is None else pl.Series(sorted(set(within)), dtype=pl.Int64)
    if wanted is not None:
        placed &= pl.col("unit").is_in(wanted.implode())
    inside = table.filter(placed)
    units = inside["unit"].unique().sort() if wanted is None else wanted
    if units.is_empty():
        raise BadInput(f"no event stands in a unit of level {level}; try another level")
    lost = table.filter(~placed.fill_null(value=False)).group_by("violence").agg(pl.col("best").sum())
    months = np.array(events.covered)
    kinds = [kind for kind in KINDS if kind != "un" or "un" in events.table["violence"]]
    best, low, high = (
        {kind: _grid(inside, kind, bound, units, months) for kind in kinds}
        for bound in ("best", "low", "high")
    )
    for kind in kinds:
        if "un" in high and kind != "un":
            high[kind] = high[kind] + high["un"]  # deaths of an unknown type may be of any
    found = Panel(tuple(units.to_list()), int(months[0]), best, low, high)
    if events.by_country is not None:
        _uncover(found, inside, events.by_country)
    unplaced = {**dict.fromkeys(kinds, 0.0), **dict(lost.iter_rows())}
    return Units(found, {unit: names.get(unit, str(unit)) for unit in found.units}, unplaced)


def of_actor(events: Events, names: Sequence[str]) -> Events:
    """The events in which one side is called by one of `names`, as the data spells them: `IS`."""
    table = events.table.filter(pl.any_horizontal(pl.col("side_a", "side_b").is_in(names)))
    return events._replace(table=table)


def sides(events: Events) -> frozenset[str]:
    """What the sides of events are called."""
    return frozenset(events.table["side_a"].drop_nulls()) | frozenset(events.table["side_b"].drop_nulls())


def of_country(events: Events, name: str) -> Events:
    """The events of one country, by the name that the data gives it."""
    return events._replace(table=events.table.filter(pl.col("country") == name))


def covering(events: Events, first: int, last: int) -> Events:
    """The same where the files are known to cover these months (VIEWS), no more and no less."""
    months = tuple(range(first, last + 1))
    return events._replace(table=events.table.filter(pl.col("month").is_between(first, last)), covered=months)


def together(several: Sequence[Units]) -> Units:
    """Panels of different units as one; months that one of them does not have are missing there.

    Raises:
        BadInput: a unit is in two of them.
    """
    first = min(each.panel.first for each in several)
    last = max(each.panel.last for each in several)
    units = [unit for each in several for unit in each.panel.units]
    kinds = [kind for kind in KINDS if any(kind in each.panel.best for each in several)]
    if len(set(units)) < len(units):
        raise BadInput("a unit is in two panels that are to be put together")
    order = np.argsort(units)

    def grids(bound: Literal["best", "low", "high"]) -> dict[Kind, Floats]:
        def padded(held: Panel, kind: Kind) -> Floats:
            found = np.full((len(held.units), last - first + 1), np.nan)
            if kind in getattr(held, bound):
                found[:, held.first - first : held.last - first + 1] = getattr(held, bound)[kind]
            return found

        return {kind: np.vstack([padded(each.panel, kind) for each in several])[order] for kind in kinds}

    joined = Panel(tuple(sorted(units)), first, grids("best"), grids("low"), grids("high"))
    names = {unit: each.names[unit] for each in several for unit in each.panel.units}
    unplaced = {kind: sum(each.unplaced.get(kind, 0.0) for each in several) for kind in kinds}
    return Units(joined, names, unplaced)


def _grid(table: pl.DataFrame, kind: Kind, bound: str, units: pl.Series, months: np.ndarray) -> Floats:
    """Deaths of one type, (units, months from the first to the last); NaN in a month that is not covered."""
    summed = table.filter(pl.col("violence") == kind).group_by("unit", "month").agg(pl.col(bound).sum())
    found = np.full((len(units), int(months[-1] - months[0]) + 1), np.nan)
    found[:, months - months[0]] = 0.0
    rows = np.searchsorted(units.to_numpy(), summed["unit"].to_numpy())
    found[rows, summed["month"].to_numpy() - months[0]] = summed[bound].to_numpy()
    return found


def _uncover(panel: Panel, inside: pl.DataFrame, covered: Mapping[str, frozenset[int]]) -> None:
    """Make months missing that are not covered of the country in which a unit lies, or of one of several."""
    lies: dict[int, frozenset[int]] = {}
    for unit, country in inside.select("unit", "country").unique().iter_rows():
        lies[unit] = lies.get(unit, covered[country]) & covered[country]
    months = np.arange(panel.first, panel.last + 1)
    for row, unit in enumerate(panel.units):
        missing = ~np.isin(months, list(lies.get(unit, ())))
        for bound in (panel.best, panel.low, panel.high):
            for figures in bound.values():
                figures[row, missing] = np.nan


# The numbers of units


def _countries(table: pl.DataFrame) -> tuple[pl.DataFrame, dict[int, str]]:
    narrow = pl.when(pl.col("where_prec") <= _COUNTRY).then(pl.col("country_id"))
    names = dict(table.select("country_id", "country").unique(subset="country_id", keep="last").iter_rows())
    return table.with_columns(unit=narrow), names


def _cells(table: pl.DataFrame) -> tuple[pl.DataFrame, dict[int, str]]:
    """The cell that the file gives, else the one in which its point lies."""
    given = pl.coalesce("priogrid_gid", cell_at(pl.col("latitude"), pl.col("longitude")))
    return table.with_columns(unit=given), {}


def _governorates(table: pl.DataFrame) -> tuple[pl.DataFrame, dict[int, str]]:
    gazetteer = Gazetteer.open()
    numbers: dict[tuple[str, str], int] = {}
    names: dict[int, str] = {}
    told = table.select("country", "adm_1").unique().drop_nulls().sort("country", "adm_1")
    for country, written in told.iter_rows():
        unit, name = governorate(gazetteer, country, written) or (None, _bare(written))
        number = next((each for each, known in names.items() if known == f"{name}, {country}"), unit)
        numbers[country, written] = number if number is not None else _UNKNOWN - len(names)
        names[numbers[country, written]] = f"{name}, {country}"
    joined = pl.DataFrame(
        {
            "country": [country for country, _ in numbers],
            "adm_1": [written for _, written in numbers],
            "unit": list(numbers.values()),
        },
        schema={"country": pl.String, "adm_1": pl.String, "unit": pl.Int64},
    )
    fine = pl.when(pl.col("where_prec") <= _ADMIN1).then(pl.col("unit"))
    found = table.join(joined, on=["country", "adm_1"], how="left").with_columns(unit=fine)
    return found, names


def governorate(gazetteer: Gazetteer, country: str, written: str) -> tuple[int, str] | None:
    """GeoNames' id and name of a first-order unit as UCDP writes it: `Nīnawá province` of Iraq is Nineveh."""
    code = _code(gazetteer, country)
    for name in dict.fromkeys((" ".join(written.split()), _bare(written))):
        for entry in gazetteer.candidates(name):
            if entry.kind == "admin1" and entry.country == code and entry.gazetteer == "geonames":
                return int(entry.id), entry.name
    return None


def _bare(written: str) -> str:
    """The name of a unit without what kind of unit it is."""
    words = written.split()
    return " ".join(words[:-1] if len(words) > 1 and words[-1].lower() in _KINDS_OF_UNIT else words)


def _code(gazetteer: Gazetteer, country: str) -> str | None:
    """ISO 3166-1 of a country as UCDP calls it, with an earlier name in brackets: `DR Congo (Zaire)`."""
    for name in (country, *country.replace(")", "").split(" (")):
        for entry in gazetteer.candidates(name):
            if entry.kind == "country":
                return entry.country
    return None


_NUMBERED = {"country": _countries, "admin1": _governorates, "cell": _cells}
