"""The places of a coded row: where it was coded, and the divisions around that."""

from __future__ import annotations

from functools import lru_cache

from marsad.reading.coded.cells import Cell
from marsad.reading.coded.event import Site, Values
from marsad.reading.coded.vocabulary import vocabulary
from marsad.records.reading import PlaceKind

DISTRICT, PROVINCE, VAGUE, COUNTRY, WATER = 3, 4, 5, 6, 7  # where_prec of UCDP
_AREAS: dict[int, PlaceKind] = {VAGUE: "region", COUNTRY: "country", WATER: "water"}
_DIVISIONS: dict[int, PlaceKind] = {DISTRICT: "admin2", PROVINCE: "admin1"}
_SETTLED = frozenset({"city", "town", "village", "admin1", "admin2"})
_SHELTERING = frozenset({"camp", "facility"})
_COORDINATES = ("latitude", "longitude")


@lru_cache(50_000)
def named(words: str) -> tuple[str, PlaceKind]:
    """The name of a place and its kind: `Ad Dana town` is the town Ad Dana."""
    known = vocabulary()
    bare = words.casefold().replace("(", " ").replace(")", " ").split()
    for word in bare:
        if word in known.sheltering:
            return words, known.sheltering[word]
    name, _, last = words.rpartition(" ")
    kind = known.kinds.get(last.casefold(), "other")
    is_name = kind in _SETTLED and not known.directions.issuperset(bare[:-1])
    return (name, kind) if is_name else (words, kind)


def sites(
    values: Values, where: str, divisions: tuple[tuple[str, int], ...], where_prec: int | None
) -> tuple[Site, ...]:
    """The places of a row, the finest first; a cell that says the same as one before it adds its span.

    Args:
        where: the column of the coded place.
        divisions: columns of what it lies in, with the precision of each.
        where_prec: of the coded place, by UCDP's codes.
    """
    found: list[Site] = []
    if (cell := values.cells.get(where)) is not None:
        found.append(_coded(values, cell, where_prec))
    for column, precision in divisions:
        division = values.cells.get(column)
        if division is None:
            continue
        if found and _is_same(found[0], division, precision):
            found[0] = found[0]._replace(spans=(*found[0].spans, division.span))
        else:
            kind = _AREAS.get(precision) or _DIVISIONS[precision]
            found.append(Site(_bare(division.value), (division.span,), kind, precision))
    return tuple(found)


def _is_same(site: Site, division: Cell, precision: int) -> bool:
    return site.where_prec == precision and site.name == _bare(division.value)


def _bare(words: str) -> str:
    name, kind = named(words)
    return name if kind in _SETTLED else words


def _coded(values: Values, cell: Cell, where_prec: int | None) -> Site:
    """The place to which the event was coded. A country or a region has no point, whatever the row says."""
    name, kind = named(cell.value)
    if kind not in _SHELTERING and where_prec is not None:
        kind = _AREAS.get(where_prec) or _DIVISIONS.get(where_prec) or _within(kind)
    site = Site(name, (cell.span,), kind, where_prec)
    if where_prec is None or where_prec >= VAGUE or kind in _AREAS.values():
        return site
    at = values.number("latitude"), values.number("longitude")
    if at[0] is None or at[1] is None or abs(at[0]) > 90 or abs(at[1]) > 180:
        return site
    # the coordinates of a shelter are a part of its name: what masks the one has to mask the other
    told = tuple(values.cells[column].span for column in _COORDINATES) if kind in _SHELTERING else ()
    return site._replace(latitude=at[0], longitude=at[1], spans=(cell.span, *told))


def _within(kind: PlaceKind) -> PlaceKind:
    """A district to which an event was coded exactly or nearly stands for a place in it."""
    return kind if kind not in _DIVISIONS.values() else "other"
