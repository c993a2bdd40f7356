"""First- and second-level administrative units, each with a point near its geographic middle.

Names and ids are GeoNames'. Points are the centres of outlines of Natural Earth and, for counties of
the United States, of the Census Bureau, where an outline of that name holds the unit's towns; else
the middle of the box around its towns; else the town that it is named after.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from marsad.gazetteer.entry import Entry
from marsad.gazetteer.folding import fold, sound, without_articles
from marsad.gazetteer.making import shapes
from marsad.gazetteer.making.cities import City
from marsad.gazetteer.making.named import ARABIC, Named, without_type
from marsad.gazetteer.making.own import Additions
from marsad.gazetteer.making.shapes import Box, Outline, Point
from marsad.records.reading import PlaceKind

_ASKED = 15  # towns of a unit that are looked for in an outline
_MOST = 0.6  # share of them that it has to hold
_GOVERNORATE = "محافظة"


class Unit(NamedTuple):
    """A row of GeoNames' tables of units."""

    code: str  # US.TX, US.TX.203
    name: str
    plain: str  # without diacritics
    id: str

    @property
    def country(self) -> str:
        return self.code.partition(".")[0]


class Outlines:
    """Outlines by country and by the sound of their names and codes."""

    def __init__(self, world_map: Path, counties: Path, states: dict[str, str]) -> None:
        """`states` gives the code of a first-level unit of the United States by its name."""
        self._named: dict[tuple[str, str], list[Outline]] = defaultdict(list)
        for outline in shapes.of_package(
            world_map, "states_provinces", ("iso_a2", "name", "gn_name", "woe_name", "fips")
        ):
            country, *names, fips = outline.names
            for key in {*map(_sounds, names), f"#{fips[2:]}"} - {"", "#"}:
                self._named[country, key].append(outline)
        self._counties = dict(_counties(counties, world_map, states))
        self._of_state: dict[str, list[tuple[Box, str]]] = defaultdict(list)
        for code, outline in self._counties.items():
            self._of_state[code.rpartition(".")[0]].append((shapes.box(outline.rings), code))

    def of(self, unit: Unit, towns: list[City]) -> Outline | None:
        """The outline of a unit: of its name or code, and around its towns."""
        if unit.code in self._counties:
            return self._counties[unit.code]
        keys = (_sounds(unit.name), f"#{unit.code.split('.')[1]}" if unit.code.count(".") == 1 else "")
        for key in filter(None, keys):
            for outline in self._named.get((unit.country, key), ()):
                if _holds_most(outline, towns) or (not towns and not key.startswith("#")):
                    return outline
        return None

    def county_at(self, state: str, point: Point) -> str | None:
        """The code of the county of a state of the United States that a (longitude, latitude) lies in."""
        for (west, south, east, north), code in self._of_state.get(state, ()):
            is_near = west <= point[0] <= east and south <= point[1] <= north
            if is_near and shapes.holds(self._counties[code].rings, point):
                return code
        return None


def _counties(counties: Path, world_map: Path, states: dict[str, str]) -> Iterator[tuple[str, Outline]]:
    """The counties of the United States by GeoNames' code, out of their FIPS code."""
    rows = shapes.of_package(world_map, "states_provinces", ("iso_a2", "name", "fips"))
    named = {fips: name for (country, name, fips), _ in rows if country == "US"}
    for outline in shapes.of_topology(counties, "counties"):
        fips = outline.names[0].zfill(5)
        state = states.get(named.get(f"US{fips[:2]}", ""))
        if state:
            yield f"{state}.{fips[2:]}", outline


def _sounds(name: str) -> str:
    return sound(fold(without_type(name)))


def _holds_most(outline: Outline, towns: list[City]) -> bool:
    asked = sorted(towns, key=lambda town: -town.place.entry.population)[:_ASKED]
    held = sum(shapes.holds(outline.rings, town.point[::-1]) for town in asked)
    return bool(asked) and held >= _MOST * len(asked)


def read_units(data: Path) -> tuple[list[Unit], list[Unit]]:
    """GeoNames' tables of first-level and of second-level units."""
    first = (data / "admin1CodesASCII.txt").read_text(encoding="utf-8")
    second = gzip.decompress((data / "admin2Codes.txt.gz").read_bytes()).decode()
    return _units(first), _units(second)


def _units(table: str) -> list[Unit]:
    return [Unit._make(line.split("\t")) for line in table.splitlines()]


def placed(
    units: Iterable[Unit], towns: dict[str, list[City]], outlines: Outlines, parents: dict[str, Unit]
) -> Iterator[Named]:
    """Each unit as a place; `towns` are by the code of their unit.

    `parents` are by their code, and empty for the first level.
    """
    kind: PlaceKind = "admin2" if parents else "admin1"
    for unit in units:
        inside = towns.get(unit.code, [])
        outline = outlines.of(unit, inside)
        lat, lon = (shapes.middle(outline.rings) if outline else None) or middle(inside) or (None, None)
        parent = parents.get(unit.code.rpartition(".")[0])
        people = sum(town.place.entry.population for town in inside)
        entry = Entry(
            unit.id, "geonames", unit.name, kind, lat, lon, unit.country,
            parent.name if parent else None, None, people, 0, (),
        )  # fmt: skip
        names = (unit.name, unit.plain, without_type(unit.name), without_type(unit.plain))
        yield Named(entry, names, unit=parent.id if parent else None)


def middle(towns: list[City]) -> tuple[float, float] | None:
    """The middle of the box around towns; unknown for none, and across the antimeridian."""
    if not towns:
        return None
    south, north = min(t.point[0] for t in towns), max(t.point[0] for t in towns)
    west, east = min(t.point[1] for t in towns), max(t.point[1] for t in towns)
    return None if east - west > 180 else ((south + north) / 2, (west + east) / 2)


def with_seat(unit: Named, towns: list[City], additions: Additions) -> Named:
    """A first-level unit with what the tables add, and the spellings of the town that it is named after."""
    unit = additions.to(unit, "admin1")
    bare = _key(without_type(unit.entry.name))
    seat = next((town.place for town in towns if bare in map(_key, town.place.names)), None)
    names = seat.names if seat else ()
    if unit.entry.country in ARABIC:
        names += tuple(f"{_GOVERNORATE} {name}" for name in names if name[0] > "\u0600")
    return unit._replace(names=unit.names + names)


class Seats:
    """Towns by their names, to find the one that a second-level unit is named after."""

    def __init__(self, towns: Iterable[City]) -> None:
        self._named: dict[tuple[str, str], City] = {}
        for town in sorted(towns, key=lambda town: town.place.entry.population):  # the largest counts
            for name in town.place.names:
                self._named[town.admin1, _key(name)] = town

    def at_seat(self, place: Named, code: str) -> Named:
        """A unit without a point at the town of its name in the same first-level unit."""
        seat = self._named.get((code.rpartition(".")[0], _key(without_type(place.entry.name))))
        if place.entry.lat is not None or seat is None:
            return place
        lat, lon = seat.point
        return place._replace(entry=place.entry._replace(lat=lat, lon=lon))


def _key(name: str) -> str:
    return without_articles(fold(name))
