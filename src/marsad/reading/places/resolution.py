"""Which place a name means, of those that bear it; and which place holds which.

Each candidate is scored on its own standing (a country before a state before a city by its
people), the type word, the other places of the text, and stated containment ("Paris, Texas").
The text is gone through twice: what is certain in the first round supports the second.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from marsad.gazetteer import Entry, Gazetteer
from marsad.gazetteer.folding import fold, sound, without_articles
from marsad.reading.places import containment
from marsad.reading.places.containment import Link
from marsad.reading.places.evidence import Mention
from marsad.reading.places.senses import settle
from marsad.reading.places.vocabulary import demonyms, vocabulary
from marsad.reading.text import Text
from marsad.records.reading import PlaceKind

ENOUGH = 2.8  # points of evidence and standing from which a mention is a place
SENSE, SAME_NAME, OTHER_NAME, COUNTRY_SUPPORT, ADMIN1_SUPPORT = 2.0, 0.3, -0.3, 1.4, 1.8
RIGHT_TYPE, WRONG_TYPE, HELD = 3.0, -3.0, 4.0
LOOSE = -1.0
SEAT = 0.3  # a city before the unit that is named after it
TOLD = 4.0  # the one sense that the text shows the name to have
NEARBY, NEARBY_KM, ANCHORS = 1.0, 100.0, 24  # a place close to the others of the text; how far; how many
TOO_LARGE = -1.5  # a great city for "the village of"
SAID_ELSEWHERE = 0.8  # "Idlib" alone, in a text that says "Idlib province"
LITTLE_SUPPORT = 0.3
SLOPE, INTERCEPT, HIGHEST = 0.4, 0.5, 2.4  # standing of a populated place, by decades of people
FAME = 0.7  # and by decades of spellings
FOREIGN = -1.2
SURE = 0.8  # confidence of an anchor
A_CITY = 100_000
A_GREAT_CITY = 1_000_000  # people: enough in a dateline to tell the country
NAMED_AFTER_TOWNS: frozenset[PlaceKind] = frozenset({"camp", "facility", "region", "other"})
FROM_RESOLVED = 0.5  # weight of a place resolved in the first round, against 1 for a country named

_POPULATED: frozenset[PlaceKind] = frozenset({"city", "town", "village", "other"})
_ADMIN: frozenset[PlaceKind] = frozenset({"admin1", "admin2"})
_GROUPS: tuple[frozenset[PlaceKind], ...] = (
    _POPULATED,
    _ADMIN,
    frozenset({"camp"}),
    frozenset({"facility"}),
    frozenset({"water"}),
    frozenset({"region", "country"}),
)
_STANDING: dict[PlaceKind, float] = {
    "country": 3.6, "region": 3.0, "water": 2.6, "admin1": 2.3, "camp": 1.0, "facility": 1.0, "admin2": 0.2,
}  # fmt: skip


@dataclass(slots=True)
class Support:
    """How far the rest of a text speaks for a country or a first-level unit, each 0 to 1."""

    countries: Mapping[str, float] = field(default_factory=dict)
    admin1: Mapping[tuple[str, str], float] = field(default_factory=dict)
    typed: Mapping[str, frozenset[str]] = field(default_factory=dict)  # ids of a name said with its type
    anchors: tuple[Entry, ...] = ()  # places that are certain, to be near to
    near: dict[str, float] = field(default_factory=dict)  # answers of `_nearness`


@dataclass(slots=True)
class Resolved:
    """A mention with the place that it means; `entry` is `None` for a place that is not known."""

    mention: Mention
    entry: Entry | None
    confidence: float


def resolve(
    text: Text, mentions: list[Mention], gazetteer: Gazetteer, dateline: str | None
) -> list[Resolved]:
    """The mentions that are places, each with the place that it means, in order."""
    links = containment.links(text, mentions)
    told = _countries_told(text, mentions, gazetteer, dateline)
    first = _round(mentions, links, Support(_shares(told)))
    chosen = {id(result.mention): result.entry for result in first}
    settle(text, mentions, [chosen.get(id(mention)) for mention in mentions], gazetteer)
    repeated = _repeated(first)
    for mention in mentions:
        again = repeated.get(fold(mention.name), 0.0) - 0.5
        if mention.evidence > -2.5 and again > mention.evidence and mention.type is None:
            mention.weigh("named elsewhere", again - mention.evidence)
    return _round(mentions, links, _support(told, first))


def _typed(results: Iterable[Resolved]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for result in results:
        if result.entry and result.mention.type:
            key = fold(result.mention.bare)
            found[key] = found.get(key, frozenset()) | {result.entry.id}
    return found


def _round(mentions: list[Mention], links: list[Link], support: Support) -> list[Resolved]:
    found = []
    for index, mention in enumerate(mentions):
        outer = mentions[index + 1].candidates if links[index] is not Link.NONE else ()
        inner = mentions[index - 1].candidates if index and links[index - 1] is not Link.NONE else ()
        result = _decide(_Case(mention, inner, outer, support))
        if result:
            found.append(result)
    return found


def _repeated(results: Iterable[Resolved]) -> dict[str, float]:
    """The strongest evidence for each name, wherever in the text it stands."""
    best: dict[str, float] = {}
    for result in results:
        key = fold(result.mention.name)
        if result.entry:
            best[key] = max(best.get(key, 0.0), min(result.mention.evidence, 2.0))
    return best


class _Case(NamedTuple):
    """A mention to decide, with the candidates of the places that it is said to hold or lie in."""

    mention: Mention
    inner: tuple[Entry, ...]
    outer: tuple[Entry, ...]
    support: Support


def _decide(case: _Case) -> Resolved | None:
    mention = case.mention
    ranked = sorted(
        ((_score(entry, case), entry) for entry in mention.candidates),
        key=lambda pair: (-pair[0], pair[1].gazetteer, pair[1].id),
    )
    if mention.loose:
        ranked = [pair for pair in ranked if case.support.countries.get(pair[1].country or "", 0.0) >= 0.5]
    if not ranked or _mistyped(ranked[0][1], mention):
        known = mention.alone or (mention.type is not None and mention.evidence >= ENOUGH)
        return Resolved(mention, None, 0.5) if known else None
    score, entry = ranked[0]
    if score + mention.evidence < ENOUGH or _out_of_place(entry, case):
        return None
    if _only_namesake(entry, case):
        return Resolved(mention, None, 0.5)
    rival = next((other for other, place in ranked[1:] if not _alike(place, entry)), 0.0)
    return Resolved(mention, entry, _confidence(score, rival, mention))


def _only_namesake(entry: Entry, case: _Case) -> bool:
    """A place of a country that the text does not speak of: another is meant, and not known.

    So is a facility named as a town of such a country: "al-Nuri mosque".
    """
    wanted, share = case.mention.type, case.support.countries.get(entry.country or "", 0.0)
    if wanted in NAMED_AFTER_TOWNS and (wanted == "other" or not _compatible(entry.kind, wanted)):
        return share < LITTLE_SUPPORT
    return wanted in _POPULATED and _foreign(entry, case)


def _foreign(entry: Entry, case: _Case) -> bool:
    """A small place in a country that the text never touches, though it names others."""
    countries = case.support.countries
    small = entry.kind in _POPULATED and entry.population < A_CITY
    return small and bool(countries) and not countries.get(entry.country or "") and not _held(entry, case)


def _out_of_place(entry: Entry, case: _Case) -> bool:
    """A small place in a country far from all that the text speaks of, with no word that says so."""
    told = {"locative", "dateline", "compass point", "abbreviation", "type in name"}
    return case.mention.type is None and not told & set(case.mention.reasons) and _foreign(entry, case)


def _held(entry: Entry, case: _Case) -> bool:
    return any(
        containment.holds(outer, entry) for outer in case.outer if not _listed(outer, entry, case.mention)
    )


def _mistyped(entry: Entry, mention: Mention) -> bool:
    """The name is known, but of no place of the kind that the text says: Hajin River."""
    return (
        mention.type is not None
        and mention.type not in NAMED_AFTER_TOWNS
        and not _compatible(entry.kind, mention.type)
    )


def _compatible(kind: PlaceKind, wanted: PlaceKind) -> bool:
    return any(kind in group and wanted in group for group in _GROUPS)


def _alike(a: Entry, b: Entry) -> bool:
    """A city and the district or governorate named after it are hardly rivals."""
    return a.country == b.country and a.admin1 == b.admin1


def _confidence(score: float, rival: float, mention: Mention) -> float:
    """Grows with the lead over the next place of that name and with the evidence of a place."""
    lead = max(0.0, score - rival)
    certainty = 1 / (1 + math.exp(-(0.8 * lead + 0.4 * min(mention.evidence, 3.0) - 0.8)))
    return round(min(0.99, certainty * (0.7 if mention.loose else 1.0)), 2)


def _score(entry: Entry, case: _Case) -> float:
    mention, support = case.mention, case.support
    score = standing(entry) + _likeness(entry, mention)
    if entry.admin1 and entry.population and any(_is_unit_of(other, entry) for other in mention.candidates):
        score += SEAT
    if mention.sense:
        score += TOLD if entry.id == mention.sense else 0.0
    elif mention.type is None and not mention.near and entry.id in support.typed.get(fold(mention.name), ()):
        score += SAID_ELSEWHERE
    score += _nearness(entry, case)
    if mention.direction and mention.direction.endswith("ern") and entry.kind == "admin1":
        score += SAID_ELSEWHERE + SEAT
    score += COUNTRY_SUPPORT * support.countries.get(entry.country or "", 0.0)
    score += ADMIN1_SUPPORT * support.admin1.get((entry.country or "", entry.admin1 or ""), 0.0)
    score += FOREIGN if _foreign(entry, case) else 0.0
    score += HELD if _held(entry, case) else 0.0
    if any(containment.holds(entry, inner) for inner in case.inner):
        score += HELD
    return score


def _is_unit_of(unit: Entry, entry: Entry) -> bool:
    return unit.kind == "admin1" and unit.country == entry.country and unit.name == entry.admin1


def _listed(outer: Entry, entry: Entry, mention: Mention) -> bool:
    """ "China, Japan" are two countries, though Japan has a town called China."""
    broad = any(other.kind in ("country", "region") for other in mention.candidates)
    return broad and outer.kind in ("country", "region") and entry.kind not in ("country", "region")


def _likeness(entry: Entry, mention: Mention) -> float:
    """How well name and type word fit."""
    key = without_articles(fold(mention.name))
    score = SENSE if vocabulary().senses.get(key) == entry.id else 0.0
    score += SAME_NAME if sound(fold(entry.name)) == sound(key) or entry.kind == "country" else OTHER_NAME
    score += LOOSE if mention.loose else 0.0
    if mention.type and mention.type != "other":
        score += RIGHT_TYPE if _compatible(entry.kind, mention.type) else WRONG_TYPE
        score += SAME_NAME if entry.kind == mention.type else 0.0
        score += TOO_LARGE if mention.type == "village" and entry.kind == "city" else 0.0
    return score


def standing(entry: Entry) -> float:
    """What speaks for a place before anything is known of the text."""
    if entry.kind in _STANDING:
        return _STANDING[entry.kind]
    if entry.gazetteer != "geonames":
        return 0.8
    people = min(HIGHEST, SLOPE * math.log10(max(entry.population, 500)) - INTERCEPT)
    return people + FAME * math.log10(1 + entry.fame)


# --- the rest of the text ---


def _countries_told(
    text: Text, mentions: list[Mention], gazetteer: Gazetteer, dateline: str | None
) -> dict[str, float]:
    """Weight of each country: named, by its people's name, or in the dateline."""
    told: dict[str, float] = defaultdict(float)
    for mention in mentions:
        countries = [entry for entry in mention.candidates if entry.kind == "country"]
        if countries and mention.evidence > -2.0:
            told[countries[0].country or ""] += 1.0
    for token in text.tokens:
        codes = demonyms().get(token.lower, ()) if token.is_title else ()
        if len(codes) == 1:
            told[codes[0]] += 0.7
    for part in (dateline or "").split(","):
        for entry in gazetteer.candidates(part):
            if entry.kind == "country" or entry.population > A_GREAT_CITY:
                told[entry.country or ""] += 2.0
    return told


def _shares(weights: Mapping[str, float]) -> dict[str, float]:
    """Of the heaviest country; a lone mention counts for less."""
    most = max(weights.values(), default=0.0)
    return {key: weight / max(most, 2.0) for key, weight in weights.items()}


def _support(told: Mapping[str, float], results: list[Resolved]) -> Support:
    countries = defaultdict(float, told)
    admin1: dict[tuple[str, str], float] = defaultdict(float)
    seen: set[str] = set()
    for result in results:
        entry = result.entry
        if entry is None or entry.country is None or entry.kind == "country" or entry.id in seen:
            continue
        seen.add(entry.id)
        countries[entry.country] += FROM_RESOLVED * result.confidence
        if entry.admin1:
            admin1[entry.country, entry.admin1] += result.confidence
    most = max(admin1.values(), default=0.0)
    shares = {key: weight / max(most, 1.5) for key, weight in admin1.items()}
    return Support(_shares(countries), shares, _typed(results), _anchors(results))


def _anchors(results: Iterable[Resolved]) -> tuple[Entry, ...]:
    """The places named first that are hardly in doubt, and have a point of their own."""
    sure = (r.entry for r in results if r.entry and r.confidence >= SURE)
    return tuple(dict.fromkeys(entry for entry in sure if _pinned(entry)))[:ANCHORS]


def _pinned(entry: Entry) -> bool:
    return entry.kind in _POPULATED and entry.lat is not None


def _nearness(entry: Entry, case: _Case) -> float:
    """Points for lying close to another place of the text; a unit has those of its seat."""
    mention, support = case.mention, case.support
    if mention.direction or any(other.kind in ("country", "region") for other in mention.candidates):
        return 0.0
    if entry.kind == "admin1":
        seats = (other for other in mention.candidates if _pinned(other) and _is_unit_of(entry, other))
        return max((_nearby(seat, support) for seat in seats), default=0.0)
    return _nearby(entry, support) if _pinned(entry) else 0.0


def _nearby(entry: Entry, support: Support) -> float:
    if entry.id not in support.near:
        apart = (_kilometres(entry, other) for other in support.anchors if other.id != entry.id)
        support.near[entry.id] = NEARBY * math.exp(-min(apart, default=math.inf) / NEARBY_KM)
    return support.near[entry.id]


def _kilometres(a: Entry, b: Entry) -> float:
    """Equirectangular distance on a sphere of 6,371 km: enough at this scale."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    x = math.radians(b.lon - a.lon) * math.cos(math.radians((a.lat + b.lat) / 2))
    return 6371.0 * math.hypot(x, math.radians(b.lat - a.lat))
