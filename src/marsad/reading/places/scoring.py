"""How well each place of a name fits a mention, before the rest of the text is asked.

Points are added up: the standing of the place, how well its name and kind fit the words. They are
comparable between the candidates of one mention, and on one scale with `support`'s.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from marsad.gazetteer import Entry
from marsad.gazetteer.folding import fold, sound, without_articles
from marsad.reading.places.evidence import Mention
from marsad.reading.places.vocabulary import vocabulary
from marsad.records.reading import PlaceKind

SENSE, SAME_NAME, OTHER_NAME = 1.2, 0.3, -0.3
BY_ALIAS = -1.2  # known by the name too, where it is another place's own
RIGHT_TYPE, WRONG_TYPE = 3.0, -3.0
LOOSE = -1.0  # the name only sounds like it
ALONE = 0.4  # no other place is called so
SIZE, FEWEST = 0.6, 500  # of two places of a name the larger is meant, by decades of people
SEAT = 0.6  # a city before the unit that is named after it
TOLD = 4.0  # the one sense that the text shows the name to have
TOO_LARGE = -3.5  # a great city for "the village of"
SAID_ELSEWHERE = 0.8  # "Idlib" alone, in a text that says "Idlib province"
SLOPE, INTERCEPT, HIGHEST = 0.4, 0.5, 2.4  # standing of a populated place, by decades of people
FAME = 0.7  # and by decades of spellings
KEPT = 2_000  # scored names

POPULATED: frozenset[PlaceKind] = frozenset({"city", "town", "village", "other"})
_ADMIN: frozenset[PlaceKind] = frozenset({"admin1", "admin2"})
_GROUPS: tuple[frozenset[PlaceKind], ...] = (
    POPULATED,
    _ADMIN,
    frozenset({"camp"}),
    frozenset({"facility"}),
    frozenset({"water"}),
    frozenset({"region", "country"}),
)
_STANDING: dict[PlaceKind, float] = {
    "country": 3.6, "region": 3.0, "water": 2.6, "admin1": 2.3, "camp": 1.0, "facility": 1.0, "admin2": 0.2,
}  # fmt: skip
_DECADES: dict[PlaceKind, float] = {"country": 7.0, "region": 6.0, "water": 6.0}


class Option(NamedTuple):
    """One candidate of a mention with its points.

    `standing` is what makes the mention a place at all, `points` what makes it this place.
    """

    entry: Entry
    points: float
    standing: float
    unit: tuple[str, str] | None = None  # country and name of its first-level unit
    district: tuple[str, str, str] | None = None  # the same with that of its second-level unit


def options(mention: Mention) -> tuple[Option, ...]:
    """The candidates of a mention, each with what speaks for it in itself."""
    said = _Said(mention.name, mention.type, mention.direction, mention.sense, mention.loose)
    return _options(said, mention.candidates)


class _Said(NamedTuple):
    """What a text says in one mention."""

    name: str
    type: PlaceKind | None
    direction: str | None
    sense: str | None
    loose: bool


@lru_cache(maxsize=KEPT)
def _options(said: _Said, candidates: tuple[Entry, ...]) -> tuple[Option, ...]:
    key = without_articles(fold(said.name))
    spoken = sound(key)
    units = {(e.country, e.name) for e in candidates if e.kind == "admin1"}
    first = vocabulary().senses.get(key)
    own = [
        entry.kind == "country" or entry.id == first or sound(fold(entry.name)) == spoken
        for entry in candidates
    ]
    other = BY_ALIAS if any(own) else OTHER_NAME
    alone = ALONE if len(candidates) == 1 else 0.0
    found = []
    for entry, same in zip(candidates, own, strict=True):
        fit = standing(entry) + (SAME_NAME if same else other) + alone + _likeness(entry, said, first)
        choice = _fit_of_type(entry, said) + _seat(entry, said, units) + SIZE * _decades(entry)
        points = fit + choice + (LOOSE if said.loose else 0.0)
        found.append(Option(entry, points, fit, *_units(entry)))
    return tuple(found)


def _units(entry: Entry) -> tuple[tuple[str, str] | None, tuple[str, str, str] | None]:
    unit = entry.name if entry.kind == "admin1" else entry.admin1
    if not unit or entry.country is None:
        return None, None
    district = entry.name if entry.kind == "admin2" else entry.admin2
    return (entry.country, unit), (entry.country, unit, district) if district else None


def _decades(entry: Entry) -> float:
    """Of people; a country counts as ten millions, a region and a water as a million."""
    if entry.kind in _DECADES:
        return _DECADES[entry.kind]
    return math.log10(max(entry.population, FEWEST))


def _seat(entry: Entry, said: _Said, units: set[tuple[str | None, str]]) -> float:
    """Of a unit and its seat that share the name, the seat; but "eastern X" is the unit."""
    if entry.kind == "admin1":
        return SAID_ELSEWHERE + SEAT if said.direction and said.direction.endswith("ern") else 0.0
    return SEAT if units and entry.population and (entry.country, entry.admin1) in units else 0.0


def _likeness(entry: Entry, said: _Said, first: str | None) -> float:
    """Whether it is the one that is first thought of, or that the text shows to be meant."""
    score = SENSE if first == entry.id else 0.0
    return score + (TOLD if said.sense == entry.id else 0.0)


def _fit_of_type(entry: Entry, said: _Said) -> float:
    """How well the place's kind and the type word agree."""
    if not said.type or said.type == "other":
        return 0.0
    score = RIGHT_TYPE if compatible(entry.kind, said.type) else WRONG_TYPE
    score += SAME_NAME if entry.kind == said.type else 0.0
    return score + (TOO_LARGE if said.type == "village" and entry.kind == "city" else 0.0)


def standing(entry: Entry) -> float:
    """What speaks for a place before anything is known of the text."""
    if entry.kind in _STANDING:
        return _STANDING[entry.kind]
    if entry.gazetteer != "geonames":
        return 0.8
    people = min(HIGHEST, SLOPE * math.log10(max(entry.population, 500)) - INTERCEPT)
    return people + FAME * math.log10(1 + entry.fame)


def compatible(kind: PlaceKind, wanted: PlaceKind) -> bool:
    return any(kind in group and wanted in group for group in _GROUPS)


def is_broad(entry: Entry) -> bool:
    return entry.kind in ("country", "region")


def any_broad(entries: Sequence[Entry]) -> bool:
    return any(map(is_broad, entries))
