"""One place of the gazetteer, and the line of `places.tsv` that it is written as.

A line has these cells, separated by tabs; empty ones at its end are left out:
id, gazetteer (empty for GeoNames), name, kind (one character), latitude, longitude, country, unit
(where in the file the line of the administrative unit that it lies in begins), people, fame, covers.
"""

from __future__ import annotations

from typing import NamedTuple

from marsad.records.reading import PlaceKind

# UCDP's where_prec of a place that is named itself: 1 the place (2 is near it), 3 second and 4 first unit,
# 5 a vague or linear region, 6 country, 7 water
PRECISION: dict[PlaceKind, int] = {
    "city": 1, "town": 1, "village": 1, "camp": 1, "facility": 1, "other": 1, "admin2": 3, "admin1": 4,
    "region": 5, "country": 6, "water": 7,
}  # fmt: skip
BROAD: frozenset[PlaceKind] = frozenset({"country", "region", "water"})  # shaded, never pinned

_LETTER: dict[PlaceKind, str] = {
    "country": "n", "admin1": "1", "admin2": "2", "city": "c", "town": "t", "village": "v", "camp": "k",
    "facility": "f", "region": "r", "water": "w", "other": "o",
}  # fmt: skip
_KIND = {letter: kind for kind, letter in _LETTER.items()}
_BLANK = [""] * 11  # cells of a line
_UNIT = 7  # the cell of the unit
_MOST_PLACES = "geonames"  # the gazetteer that is written as an empty cell


class Entry(NamedTuple):
    """One place. Degrees are WGS 84; a country, a region and a water have a `middle` only."""

    id: str  # within `gazetteer`
    gazetteer: str  # geonames, ucdp or marsad
    name: str
    kind: PlaceKind
    lat: float | None
    lon: float | None  # of a unit: near its geographic middle
    country: str | None  # ISO 3166-1 alpha-2
    admin1: str | None  # name
    admin2: str | None  # name
    population: int
    fame: int  # in how many spellings and scripts the source has the name; 0 where it does not say
    covers: tuple[str, ...]  # of a region: codes of the countries that it takes in or lies in
    middle: tuple[float, float] | None = None
    """(latitude, longitude) where the name of a country, region or water would be written on a map.

    It serves distances and labels, and is never a pin.
    """

    @property
    def point(self) -> tuple[float, float] | None:
        """Where it is, or else where its name would be written: for distances, never for a pin."""
        if self.lat is None or self.lon is None:
            return self.middle
        return self.lat, self.lon


def line_of(entry: Entry, unit: int | None) -> bytes:
    """`entry` as a line, with its line end. `unit`: where the line of the unit around it begins."""
    lat, lon = entry.point or (None, None)
    cells = (
        entry.id,
        "" if entry.gazetteer == _MOST_PLACES else entry.gazetteer,
        entry.name,
        _LETTER[entry.kind],
        _degrees(lat),
        _degrees(lon),
        entry.country or "",
        "" if unit is None else str(unit),
        str(entry.population or ""),
        str(entry.fame or ""),
        ";".join(entry.covers),
    )
    return ("\t".join(cells).rstrip("\t") + "\n").encode()


def _degrees(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")


def unit_of(line: bytes) -> int | None:
    """Where the line of the unit begins that the place of this line lies in."""
    cells = line.split(b"\t", _UNIT + 1)
    return int(cells[_UNIT]) if len(cells) > _UNIT and cells[_UNIT] else None


def entry_of(line: bytes, around: Entry | None) -> Entry:
    """The entry of a line, as `line_of` writes it; `around` is the unit that it lies in."""
    cells = line.decode().split("\t")
    cells += _BLANK[len(cells) :]
    key, gazetteer, name, letter, lat, lon, country, _, people, fame, covers = cells
    kind = _KIND[letter]
    is_broad = kind in BROAD
    x, y = (float(lat), float(lon)) if lat else (None, None)
    return Entry(
        key,
        gazetteer or _MOST_PLACES,
        name,
        kind,
        None if is_broad else x,
        None if is_broad else y,
        country or None,
        name if kind == "admin1" else around.admin1 if around else None,
        name if kind == "admin2" else around.admin2 if around else None,
        int(people) if people else 0,
        int(fame) if fame else 0,
        tuple(covers.split(";")) if covers else (),
        (x, y) if is_broad and x is not None and y is not None else None,
    )
