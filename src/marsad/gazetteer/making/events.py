"""Settlements and facilities at which UCDP GED places events (CC BY 4.0): villages that others lack."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from marsad.gazetteer.entry import BROAD, Entry
from marsad.gazetteer.folding import fold
from marsad.gazetteer.making.named import SCOPE, Named

_COLUMNS = ["where_coordinates", "adm_1", "country", "latitude", "longitude"]
_NAMED_WITH_TYPE = ("camp", "facility", "region")
_LONGEST = 4  # words of a name: what is longer is a description
_IN_NO_NAME = (" of ", ",", "–", " and ", "between ", "near ")


def read(folder: Path) -> Iterator[tuple[Named, str]]:
    """Places of events, exact or nearby, each with UCDP's name of its first-level unit."""
    polars = import_module("polars")  # needed here only

    seen: dict[tuple[str, str], tuple[Named, str]] = {}
    for path in sorted(folder.glob("ged_*.parquet")):
        table = polars.read_parquet(path).filter(polars.col("where_prec") <= 2).select(_COLUMNS).unique()
        for words, unit, country, lat, lon in sorted(table.drop_nulls(["where_coordinates"]).rows(), key=str):
            place = _place(words, SCOPE["ucdp_countries"].get(country, ""), (lat, lon))
            if place:
                seen.setdefault((place.entry.id, place.entry.kind), (place, unit or ""))
    return iter(seen.values())


def _place(words: str, country: str, point: tuple[float, float]) -> Named | None:
    words = words.partition("(")[0].strip()
    name, _, last = words.rpartition(" ")
    kind = SCOPE["ucdp_kinds"].get(last.lower())
    if not kind or not country or not 1 <= len(name.split()) <= _LONGEST:
        return None
    if any(mark in name for mark in _IN_NO_NAME):
        return None
    if kind in _NAMED_WITH_TYPE:
        name = words
    spellings = tuple(part.strip() for part in name.split("/") if part.strip())
    if not spellings:
        return None
    key = f"{country.lower()}-{fold(spellings[0]).replace(' ', '-')}-{point[0]:.2f}-{point[1]:.2f}"
    if kind in BROAD:
        entry = Entry(key, "ucdp", spellings[0], kind, None, None, country, None, None, 0, 0, (), point)
    else:
        entry = Entry(key, "ucdp", spellings[0], kind, *point, country, None, None, 0, 0, ())
    return Named(entry, spellings)
