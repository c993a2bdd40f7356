"""The places that the project's own tables name: countries, regions, waters, camps and the like."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from importlib import resources
from typing import cast

from marsad.gazetteer.countries import load_countries
from marsad.gazetteer.entry import Entry
from marsad.gazetteer.making.named import Named
from marsad.records.reading import PlaceKind

Of = tuple[str, str, str]  # country, level, name or id


class Additions:
    """What the tables add to places of other sources: spellings, demonyms, abbreviations."""

    def __init__(self) -> None:
        self.names = _by_place("aliases.tsv", "arabic.tsv")
        self.demonyms = _by_place("demonyms.tsv")
        self.abbreviations = _by_place("abbreviations.tsv")

    def to(self, place: Named, level: str) -> Named:
        """`place` with what the tables say of its country, level and name."""
        of = (place.entry.country or "", level, place.entry.name)
        if level in ("country", "region"):
            of = ("", level, place.entry.country or "" if level == "country" else place.entry.name)
        return place._replace(
            names=place.names + self.names.get(of, ()),
            demonyms=place.demonyms + self.demonyms.get(of, ()),
            abbreviations=place.abbreviations + self.abbreviations.get(of, ()),
        )


def _by_place(*tables: str) -> dict[Of, tuple[str, ...]]:
    found: dict[Of, tuple[str, ...]] = defaultdict(tuple)
    for table in tables:
        for country, level, name, words in rows(table):
            found[country, level, name] += split(words)
    return dict(found)


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a table below its heading."""
    raw = resources.files("marsad.gazetteer").joinpath("tables", name).read_text(encoding="utf-8")
    return (line.split("\t") for line in raw.splitlines()[1:])


def split(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split(";")))


def countries(additions: Additions) -> Iterator[Named]:
    for country in load_countries():
        entry = Entry(
            country.geonames_id, "geonames", country.name, "country", None, None, country.code, None, None,
            0, 0, (), country.middle,
        )  # fmt: skip
        names = (country.name, *country.aliases)
        yield additions.to(Named(entry, names, country.demonyms), "country")


def regions(additions: Additions) -> Iterator[Named]:
    for key, gazetteer, name, names, kind, codes, lat, lon in rows("regions.tsv"):
        covers = split(codes)
        only = covers[0] if len(covers) == 1 else None
        point = (float(lat), float(lon))
        is_point = kind == "other"
        entry = Entry(
            key,
            gazetteer,
            name,
            cast(PlaceKind, kind),
            point[0] if is_point else None,
            point[1] if is_point else None,
            only, None, None, 0, 0, covers,
            None if is_point else point,
        )  # fmt: skip
        yield additions.to(Named(entry, (name, *split(names))), "region")


def settlements() -> Iterator[tuple[Named, str]]:
    """Camps, crossings, prisons, dams, bases and villages, each with the name of its first-level unit."""
    for key, name, names, kind, lat, lon, country, admin1 in rows("settlements.tsv"):
        is_broad = kind == "region"
        point = (float(lat), float(lon)) if lat else None
        entry = Entry(
            key, "marsad", name, cast(PlaceKind, kind),
            None if is_broad or point is None else point[0],
            None if is_broad or point is None else point[1],
            country, None, None, 0, 0, (), point if is_broad else None,
        )  # fmt: skip
        yield Named(entry, (name, *split(names))), admin1
