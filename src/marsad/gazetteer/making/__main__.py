"""Make the gazetteer that ships with the package, from its publishers' data.

    python -m marsad.gazetteer.making --data DIR --sources DIR [--ucdp DIR] [--out DIR]

`docs/gazetteer.md` says which files these folders hold, and where they come from. Same input, same
bytes out.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path

from marsad.gazetteer.folding import fold, sound
from marsad.gazetteer.making import cities, events, own, units
from marsad.gazetteer.making.cities import City
from marsad.gazetteer.making.files import write
from marsad.gazetteer.making.named import Named, without_type
from marsad.gazetteer.making.neighbours import Neighbours, without_doubles
from marsad.gazetteer.making.own import Additions
from marsad.gazetteer.making.units import Outlines, Seats, Unit

NAME = "marsad-gazetteer"
SOURCES = ("GeoNames", "Natural Earth", "US Census Bureau", "UCDP GED", "Marsad")


def build(data: Path, sources: Path, ucdp: Path | None) -> list[Named]:
    """Every place with its names, in the order of the file."""
    additions = Additions()
    first, second = units.read_units(data)
    states = {unit.name: unit.code for unit in first if unit.country == "US"}
    outlines = Outlines(sources / "world_map.gpkg", sources / "counties-10m.json", states)
    towns = [_in_county(city, outlines) for city in cities.read(sources / "cities.json", additions)]
    admin1 = _admin1(first, towns, outlines, additions)
    admin2 = _admin2(second, towns, outlines, {unit.code: unit for unit in first}, additions)
    known = {unit.code: unit.id for unit in (*first, *second)}
    both = [*admin1, *admin2]
    regions = without_doubles(own.regions(additions), both)
    settled = (city.place._replace(unit=_unit(city, known)) for city in towns)
    neighbours = Neighbours([*own.countries(additions), *regions, *both, *settled])
    for place, unit in (*own.settlements(), *(events.read(ucdp) if ucdp else ())):
        neighbours.add(place._replace(unit=_unit_named(unit, place.entry.country, first)))
    return neighbours.places


def _admin1(
    first: list[Unit], towns: Iterable[City], outlines: Outlines, additions: Additions
) -> Iterator[Named]:
    inside: dict[str, list[City]] = defaultdict(list)
    for town in towns:
        inside[town.admin1].append(town)
    codes = {unit.id: unit.code for unit in first}
    for place in units.placed(first, inside, outlines, {}):
        yield units.with_seat(place, inside[codes[place.entry.id]], additions)


def _admin2(
    second: list[Unit],
    towns: list[City],
    outlines: Outlines,
    parents: dict[str, Unit],
    additions: Additions,
) -> Iterator[Named]:
    inside: dict[str, list[City]] = defaultdict(list)
    for town in towns:
        if town.admin2:
            inside[town.admin2].append(town)
    codes = {unit.id: unit.code for unit in second}
    seats = Seats(towns)
    for place in units.placed(second, inside, outlines, parents):
        yield additions.to(seats.at_seat(place, codes[place.entry.id]), "admin2")


def _in_county(city: City, outlines: Outlines) -> City:
    """A town of the United States with its county, where only the outlines say which."""
    if city.admin2 or city.place.entry.country != "US":
        return city
    return city._replace(admin2=outlines.county_at(city.admin1, city.point[::-1]))


def _unit(city: City, known: dict[str, str]) -> str | None:
    return known.get(city.admin2 or "") or known.get(city.admin1)


def _unit_named(name: str, country: str | None, first: list[Unit]) -> str | None:
    """The id of the first-level unit of that name, whatever the spelling."""
    wanted = sound(fold(without_type(name)))
    own_units = (unit for unit in first if unit.country == country)
    return next((unit.id for unit in own_units if sound(fold(without_type(unit.name))) == wanted), None)


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the gazetteer that ships with the package.")
    parser.add_argument("--data", type=Path, required=True, help="folder of GeoNames' tables of units")
    parser.add_argument("--sources", type=Path, required=True, help="folder of cities.json and the outlines")
    parser.add_argument("--ucdp", type=Path, help="folder of ged_*.parquet")
    parser.add_argument("--out", type=Path, default=Path(str(resources.files("marsad.gazetteer"))) / "data")
    options = parser.parse_args()
    places = build(options.data, options.sources, options.ucdp)
    about = write(places, options.out, name=NAME, sources=SOURCES)
    sys.stdout.write(f"{about.version}: {about.places:,} places, {about.keys:,} keys, in {options.out}\n")


if __name__ == "__main__":
    main()
