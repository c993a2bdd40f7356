"""What the rest of a text speaks for: countries, their units, and places to be near to.

Each name of the text votes for the places that bear it, by how likely each is, and once however
often it stands there. A name that only one place bears votes for that place's country and unit with
all its weight; a name of fifty places tells next to nothing. A name never supports itself.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from marsad.gazetteer import Entry, Gazetteer
from marsad.reading.places.scoring import Option
from marsad.reading.places.vocabulary import demonyms
from marsad.reading.text import Text

COUNTRY_SUPPORT, ADMIN1_SUPPORT, ADMIN2_SUPPORT = 1.6, 3.6, 1.4
NEARBY, NEARBY_KM = 1.4, 100.0  # a place close to the others of the text; how far
NAMED, PEOPLE, FILED = 1.0, 0.7, 8.0  # votes of a country's name, of its people's name, of the dateline
KM_OF_A_DEGREE = 111.0  # of latitude, at least
HALF_SURE = 1.0  # votes that speak for a country with half of its points
DOMINANT = 0.5  # of the text's places in one unit: it has its full share
LIKELY = 0.25  # votes of one name that make a country likely
FROM_PLACES = 0.5  # weight of a place's vote for its country, against 1 for a country named
ENOUGH_VOTES = 2.0  # votes from which the leader has its full share
A_GREAT_CITY = 1_000_000  # people: enough in a dateline to tell the country
WORLD_CITY = 0.3  # of a vote: a great city is named in texts about anywhere

Unit = tuple[str, str]  # country, name of its first-level unit
District = tuple[str, str, str]


class Ballot(NamedTuple):
    """The votes of one name: the share of its weight that goes to each country and unit."""

    countries: Mapping[str, float]
    admin1: Mapping[Unit, float]
    admin2: Mapping[District, float]


def ballot(ranked: Sequence[Option], weight: float, times: int) -> Ballot:
    """Share `weight` out over the candidates, in proportion to the exponential of their points.

    Args:
        times: how often the text has the name; counts for countries, slowly.
    """
    countries: dict[str, float] = defaultdict(float)
    admin1: dict[Unit, float] = defaultdict(float)
    admin2: dict[District, float] = defaultdict(float)
    best = max(option.points for option in ranked)
    shares = [math.exp(option.points - best) for option in ranked]
    total = sum(shares) / weight
    for option, points in zip(ranked, shares, strict=True):
        entry, share = option.entry, points / total
        if entry.country is None:
            continue
        if entry.kind == "country":
            countries[entry.country] += NAMED * share * (1 + math.log(times))
            continue
        countries[entry.country] += FROM_PLACES * share
        if option.unit:
            known_of_itself = entry.kind != "admin1" and entry.population > A_GREAT_CITY
            admin1[option.unit] += WORLD_CITY * share if known_of_itself else share
            if option.district:
                admin2[option.district] += share
    return Ballot(countries, admin1, admin2)


class Support:
    """The votes of a text, counted; asked for one name at a time, whose own votes are left out."""

    def __init__(
        self, told: Mapping[str, float], ballots: Mapping[str, Ballot], anchors: Sequence[Entry]
    ) -> None:
        self._countries = dict(told)
        self._admin1: dict[Unit, float] = defaultdict(float)
        self._admin2: dict[District, float] = defaultdict(float)
        self._ballots = ballots
        self._anchors = anchors
        self._near: dict[str, float] = {}
        for votes in ballots.values():
            for code, share in votes.countries.items():
                self._countries[code] = self._countries.get(code, 0.0) + share
            for unit, share in votes.admin1.items():
                self._admin1[unit] += share
            for district, share in votes.admin2.items():
                self._admin2[district] += share
        self._told = frozenset(told)
        self._places = sum(self._admin1.values())
        self._best = _best_votes(ballots)
        self.knows_countries = bool(self._countries)
        self._most1 = max(ENOUGH_VOTES, DOMINANT * self._places)
        self._most2 = max([ENOUGH_VOTES, *self._admin2.values()])

    def country(self, code: str | None, key: str = "") -> float:
        """How far the other names of the text speak for a country, 0 to 1."""
        votes = self._countries.get(code or "", 0.0)
        if votes and key in self._ballots:
            votes -= self._ballots[key].countries.get(code or "", 0.0)
        return votes / (votes + HALF_SURE) if votes > 0 else 0.0

    def touches(self, code: str | None, key: str) -> bool:
        """Whether the text names the country, or likely another place in it."""
        if not code or code in self._told:
            return bool(code)
        return any(share >= LIKELY and other != key for share, other in self._best.get(code, ()))

    def units(self, option: Option, key: str) -> float:
        """Points for lying in units of which the other names of the text speak."""
        unit, district = option.unit, option.district
        votes = self._admin1.get(unit, 0.0) if unit else 0.0
        if not votes:
            return 0.0
        own = self._ballots.get(key)
        others = votes - own.admin1.get(unit, 0.0) if own and unit else votes
        score = ADMIN1_SUPPORT * (others / self._most1 if others < self._most1 else 1.0)
        if district:
            votes = self._admin2.get(district, 0.0)
            score += ADMIN2_SUPPORT * (votes - own.admin2.get(district, 0.0) if own else votes) / self._most2
        return max(score, 0.0)

    def nearness(self, entry: Entry) -> float:
        """Points for lying close to another place of the text."""
        if not self._anchors:
            return 0.0
        near = self._near.get(entry.id)
        if near is None:
            near = self._near[entry.id] = NEARBY * math.exp(-self._apart(entry) / NEARBY_KM)
        return near

    def _apart(self, entry: Entry) -> float:
        """Kilometres to the nearest other place of the text."""
        least, reach = math.inf, math.inf  # kilometres, and degrees of latitude in which they lie
        for other in self._anchors:
            if other.id == entry.id or _north(entry, other) > reach:
                continue
            apart = kilometres(entry, other)
            if apart < least:
                least, reach = apart, apart / KM_OF_A_DEGREE
        return least


def _best_votes(ballots: Mapping[str, Ballot]) -> dict[str, list[tuple[float, str]]]:
    """For each country the two names that vote most for it."""
    best: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for key, votes in ballots.items():
        for code, share in votes.countries.items():
            best[code] = sorted([*best[code], (share, key)], reverse=True)[:2]
    return best


def countries_told(text: Text, gazetteer: Gazetteer, dateline: str | None) -> dict[str, float]:
    """Weight of each country: by its people's name, or in the dateline."""
    told: dict[str, float] = defaultdict(float)
    peoples = demonyms()
    for word in [token.lower for token in text.tokens if token.is_title]:
        codes = peoples.get(word)
        if codes and len(codes) == 1:
            told[codes[0]] += PEOPLE
    for part in (dateline or "").split(","):
        for entry in gazetteer.candidates(part):
            if entry.kind == "country" or entry.population > A_GREAT_CITY:
                told[entry.country or ""] += FILED
    return told


def _north(a: Entry, b: Entry) -> float:
    """Degrees of latitude between two places."""
    return 0.0 if a.lat is None or b.lat is None else abs(a.lat - b.lat)


def kilometres(a: Entry, b: Entry) -> float:
    """Equirectangular distance on a sphere of 6,371 km: enough at this scale."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    x = math.radians(b.lon - a.lon) * math.cos(math.radians((a.lat + b.lat) / 2))
    return 6371.0 * math.hypot(x, math.radians(b.lat - a.lat))
