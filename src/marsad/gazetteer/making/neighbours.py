"""The same place under two names in two sources is one place with more spellings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from marsad.gazetteer.entry import Entry
from marsad.gazetteer.folding import fold, sound
from marsad.gazetteer.making.named import SETTLEMENTS, Named, kilometres

SAME_PLACE_KM = 8.0
SAME_REGION_KM = 400.0


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
            self.places[index] = joined(self.places[index], place)
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
                if _alike(known, place.entry) and kilometres(known.point, place.entry.point) < SAME_PLACE_KM:
                    return index
        return None


def _alike(known: Entry, new: Entry) -> bool:
    return known.kind == new.kind or {known.kind, new.kind} <= SETTLEMENTS


def joined(known: Named, other: Named) -> Named:
    """`known` with the names, demonyms and abbreviations of the other."""
    return known._replace(
        names=known.names + other.names,
        demonyms=known.demonyms + other.demonyms,
        abbreviations=known.abbreviations + other.abbreviations,
    )


def without_doubles(regions: Iterable[Named], units: list[Named]) -> list[Named]:
    """The regions that no administrative unit is; what is one gives it its names (Sicily, Cumbria)."""
    named: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, unit in enumerate(units):
        for key in {fold(name) for name in unit.names}:
            named[unit.entry.country or "", key].append(index)
    kept = []
    for region in regions:
        same = [
            index
            for index in named.get((region.entry.country or "", fold(region.entry.name)), ())
            if kilometres(units[index].entry.point, region.entry.point) < SAME_REGION_KM
        ]
        if region.entry.kind == "region" and region.entry.gazetteer == "marsad" and same:
            units[same[0]] = joined(units[same[0]], region)
        else:
            kept.append(region)
    return kept
