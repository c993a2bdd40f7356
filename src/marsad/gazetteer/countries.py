"""Countries and territories with their everyday names and demonyms."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import NamedTuple


class Country(NamedTuple):
    """One country or territory of ISO 3166-1.

    `aliases` are other names in use ("U.K.", "Britain"). `demonyms` are adjectives and nouns for
    its people ("Turkish", "Turks"): they show who is meant, never where.
    """

    code: str  # ISO 3166-1 alpha-2; XK for Kosovo
    geonames_id: str
    name: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    middle: tuple[float, float]  # (latitude, longitude) to write its name at, never a pin


@cache
def load_countries() -> tuple[Country, ...]:
    """The table `tables/countries.tsv`, ordered by code."""
    table = (
        resources.files("marsad.gazetteer").joinpath("tables", "countries.tsv").read_text(encoding="utf-8")
    )
    return tuple(_country(line) for line in table.splitlines()[1:])


def _country(line: str) -> Country:
    code, geonames_id, name, aliases, demonyms, lat, lon = line.split("\t")
    return Country(code, geonames_id, name, _words(aliases), _words(demonyms), (float(lat), float(lon)))


def _words(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split(";")))
