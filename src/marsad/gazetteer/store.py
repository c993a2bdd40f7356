"""The gazetteer's file: places as sorted lines, searched where they lie on disk.

Two files, made by `build.py`. `places.tsv` holds a place a line. `names.tsv` holds a key of
`folding.py` a line, sorted by its UTF-8 bytes, with where in `places.tsv` the places so named
begin. Both are mapped into memory, so that opening costs nothing and the pages are shared.
"""

from __future__ import annotations

import mmap
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple, cast

from marsad.gazetteer.countries import Country, load_countries
from marsad.gazetteer.folding import fold, sound, without_articles
from marsad.records.reading import PlaceKind

VERSION = "marsad-gazetteer@2"
SOUND = "~"  # precedes a key of `folding.sound`
RECENT = 50_000  # answers kept


class Entry(NamedTuple):
    """One place. Degrees are WGS 84; a country, a region and a water have none."""

    id: str  # within `gazetteer`
    gazetteer: str  # geonames, ucdp or marsad
    name: str
    kind: PlaceKind
    lat: float | None
    lon: float | None  # of an admin1: the middle of its populated places
    country: str | None  # ISO 3166-1 alpha-2
    admin1: str | None  # name
    admin2: str | None  # name
    population: int
    fame: int  # in how many spellings and scripts the source has the name; 0 where it does not say
    covers: tuple[str, ...]  # of a region: codes of the countries that it takes in or lies in


class Gazetteer:
    """Looks up names. Reads only; may be shared by threads and by forked processes."""

    version = VERSION

    def __init__(self, folder: Path) -> None:
        self._places = _mapped(folder / "places.tsv")
        self._names = _mapped(folder / "names.tsv")
        self._answers = lru_cache(RECENT)(self._look_up)

    @staticmethod
    def open() -> Gazetteer:
        """The gazetteer that ships with the package; opened once in a process."""
        return _shipped()

    def candidates(self, name: str) -> tuple[Entry, ...]:
        """Every place of that name, in no order of merit.

        Case, diacritics, hyphens and Arabic articles do not count: "Al-Hasakah" finds "Hasakah".
        """
        key = fold(name)
        if not key:
            return ()
        exact = self._answers(key)
        bare = without_articles(key)
        return exact if bare == key else tuple(dict.fromkeys(exact + self._answers(bare)))

    def sounding_like(self, name: str) -> tuple[Entry, ...]:
        """Places of Arabic-writing countries whose name may be romanised so. Needs other evidence."""
        key = fold(name)
        return self._answers(SOUND + sound(key)) if key else ()

    def countries(self) -> tuple[Country, ...]:
        return load_countries()

    def _look_up(self, key: str) -> tuple[Entry, ...]:
        offsets = _search(self._names, key.encode())
        return tuple(_entry(_line(self._places, offset)) for offset in offsets)


@cache
def _shipped() -> Gazetteer:
    return Gazetteer(Path(str(resources.files("marsad.gazetteer").joinpath("data"))))


def _mapped(path: Path) -> mmap.mmap:
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _search(names: mmap.mmap, key: bytes) -> tuple[int, ...]:
    """Binary search by byte position; each probe steps back to the beginning of its line."""
    low, high = 0, len(names)
    while low < high:
        begin = names.rfind(b"\n", 0, (low + high) // 2) + 1
        found, _, offsets = _line(names, begin).partition(b"\t")
        if found == key:
            return tuple(map(int, offsets.split(b",")))
        if found < key:
            low = names.find(b"\n", begin) + 1
        else:
            high = begin
    return ()


def _line(table: mmap.mmap, begin: int) -> bytes:
    return table[begin : table.find(b"\n", begin)]


def _entry(line: bytes) -> Entry:
    cells = line.decode().split("\t")
    return Entry(
        id=cells[0],
        gazetteer=cells[1],
        name=cells[2],
        kind=cast(PlaceKind, cells[3]),
        lat=float(cells[4]) if cells[4] else None,
        lon=float(cells[5]) if cells[5] else None,
        country=cells[6] or None,
        admin1=cells[7] or None,
        admin2=cells[8] or None,
        population=int(cells[9] or 0),
        fame=int(cells[10] or 0),
        covers=tuple(filter(None, cells[11].split(";"))),
    )


def line_of(entry: Entry) -> bytes:
    """The inverse of `_entry`, with its line end. Zeros and absences are empty cells."""
    lat = "" if entry.lat is None else f"{entry.lat:.4f}"
    lon = "" if entry.lon is None else f"{entry.lon:.4f}"
    cells = (
        entry.id, entry.gazetteer, entry.name, entry.kind, lat, lon, entry.country or "",
        entry.admin1 or "", entry.admin2 or "", str(entry.population or ""),
        str(entry.fame or ""), ";".join(entry.covers),
    )  # fmt: skip
    return ("\t".join(cells) + "\n").encode()
