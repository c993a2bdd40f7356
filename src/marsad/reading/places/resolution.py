"""Which place a name means, of those that bear it.

Each candidate has the points of `scoring` for itself, those of `support` for how well it goes with
the other places of the text, and of stated containment ("Paris, Texas"). The text is gone through
three times: twice the names vote, each round on what the one before made likely, then `senses`
settles what a name means throughout, and the last round decides.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from marsad.gazetteer import Entry, Gazetteer
from marsad.gazetteer.folding import fold
from marsad.reading.places import containment
from marsad.reading.places.containment import Link
from marsad.reading.places.evidence import Mention
from marsad.reading.places.scoring import (
    POPULATED,
    SAID_ELSEWHERE,
    Option,
    any_broad,
    compatible,
    is_broad,
    options,
)
from marsad.reading.places.senses import settle
from marsad.reading.places.support import COUNTRY_SUPPORT, Ballot, Support, ballot, countries_told
from marsad.reading.text import Text
from marsad.records.reading import PlaceKind

ENOUGH = 2.5  # points of evidence and standing from which a mention is a place
HELD = 4.0  # "Paris, Texas": for the one that lies in the other, and for the one that holds it
AT_MOST = 1.6  # what the other places of the text add to a name's being a place
HELD_ELSEWHERE = 3.0  # the text says so once, and gives the bare name another time
FOREIGN = -1.2  # a small place in a country that the text never touches
LITTLE_SUPPORT = 0.3
SOUND_ALONE = 0.5  # support for the country of a name that is only like in sound
SURE = 0.8  # confidence of an anchor
A_CITY = 100_000
ANCHORS = 24  # places to be near to, at most
DOUBTFUL = -2.0  # evidence under which a mention does not vote
NAMED_AFTER_TOWNS: frozenset[PlaceKind] = frozenset({"camp", "facility", "region", "other"})
_TOLD = frozenset(
    {
        "locative",
        "verb of place",
        "dateline",
        "compass point",
        "abbreviation",
        "type in name",
        "given",
        "whose body",
    }
)
_SMALL: frozenset[PlaceKind] = POPULATED | {"camp", "facility"}


@dataclass(slots=True)
class Resolved:
    """A mention with the place that it means; `entry` is `None` for a place that is not known."""

    mention: Mention
    entry: Entry | None
    confidence: float


class _Case(NamedTuple):
    """A mention to decide, with its ranked candidates and what the text says holds it."""

    mention: Mention
    key: str
    options: tuple[Option, ...]
    near: bool  # whether lying near to other places speaks for its populated candidates
    inner: tuple[Entry, ...]
    outer: tuple[Entry, ...]
    stated: frozenset[str]  # ids of those of the name that the text once puts in what holds them


def resolve(
    text: Text, mentions: list[Mention], gazetteer: Gazetteer, dateline: str | None
) -> list[Resolved]:
    """The mentions that are places, each with the place that it means, in order."""
    links = containment.links(text, mentions)
    told = countries_told(text, gazetteer, dateline)
    known: _Known = {}
    cases = _cases(mentions, links, known)
    ballots = _ballots(cases, _Round(Support(told, {}, ())))
    draft = _Round(Support(told, ballots, ()))
    first = draft.results(cases)
    chosen = {id(result.mention): result.entry for result in first}
    settle(text, mentions, [chosen.get(id(mention)) for mention in mentions], gazetteer)
    _weigh_repeated(mentions, first)
    cases = _cases(mentions, links, known)
    support = Support(told, _ballots(cases, draft), _anchors(first))
    return _Round(support, _typed(first)).results(cases)


# scored candidates of what the mentions that have them are alike in
_Known = dict[tuple[object, ...], tuple[tuple[Option, ...], bool]]


def _cases(mentions: Sequence[Mention], links: Sequence[Link], known: _Known) -> list[_Case]:
    """The mentions with their candidates scored; those that are alike share the scores."""
    _share(mentions)
    stated: dict[str, set[str]] = {}
    held: dict[tuple[int, int], set[str]] = {}
    cases = []
    for index, mention in enumerate(mentions):
        key = fold(mention.name)
        like = (key, mention.type, mention.direction, mention.sense, mention.loose, id(mention.candidates))
        if like not in known:
            near = mention.direction is None and not any_broad(mention.candidates)
            known[like] = options(mention), near
        outer = mentions[index + 1].candidates if links[index] is not Link.NONE else ()
        inner = mentions[index - 1].candidates if index and links[index - 1] is not Link.NONE else ()
        case = _Case(mention, key, *known[like], inner, outer, frozenset())
        if links[index] is Link.STATED and (mention.type is None or mention.type in POPULATED):
            pair = id(mention.candidates), id(outer)  # a list may say the same a thousand times
            if pair not in held:
                held[pair] = {e.id for e in mention.candidates if e.kind in _SMALL and _held(e, case)}
            stated.setdefault(key, set()).update(held[pair])
        cases.append(case)
    return [
        case._replace(stated=frozenset(stated[case.key])) if case.key in stated else case for case in cases
    ]


def _share(mentions: Sequence[Mention]) -> None:
    """Make one object of equal candidates, so that identity tells what is alike."""
    seen: dict[tuple[str, ...], tuple[Entry, ...]] = {}
    for mention in mentions:
        ids = (mention.name, *(entry.id for entry in mention.candidates))
        mention.candidates = seen.setdefault(ids, mention.candidates)


def _ballots(cases: Sequence[_Case], drafted: _Round) -> dict[str, Ballot]:
    """The votes of each name, where it is likely enough to be a place at all."""
    found: dict[str, Ballot] = {}
    times = Counter(case.key for case in cases)
    for case in cases:
        if case.key in found or case.mention.evidence <= DOUBTFUL or not _can_vote(case):
            continue
        ranked = drafted.ranking(case)
        if ranked:
            weight = 1 / (1 + math.exp(ENOUGH - ranked[0].standing - case.mention.evidence))
            found[case.key] = ballot(ranked, weight, times[case.key])
    return found


def _can_vote(case: _Case) -> bool:
    """Some place of the name lies in a country, or is one."""
    return any(option.entry.country for option in case.options)


def _score(option: Option, case: _Case, support: Support, share: float) -> float:
    """Points of an option; `share` is how far the text speaks for its country."""
    entry = option.entry
    score = option.points + COUNTRY_SUPPORT * share + support.units(option, case.key)
    held = bool(case.outer) and _held(entry, case)
    if held:
        score += HELD
    elif entry.id in case.stated and not case.mention.sense:
        score += HELD_ELSEWHERE
    if case.inner and any(containment.holds(entry, inner) for inner in case.inner):
        score += HELD
    if entry.kind in POPULATED:
        if case.near and entry.lat is not None:
            score += support.nearness(entry)
        if entry.population < A_CITY and not held and _touched_not(entry, case, support):
            score += FOREIGN
    return score


@dataclass(slots=True)
class _Ranking:
    """The candidates of a mention, best first; the rest is worked out where the best is looked at."""

    options: list[Option]
    context: float | None = None  # what the other places of the text add to its being a place
    rival: float = 0.0  # points of the best that is another place


class _Round:
    """One round of decisions. Mentions that are alike in all that counts share their ranking."""

    def __init__(self, support: Support, typed: Mapping[str, frozenset[str]] | None = None) -> None:
        self.support = support
        self.typed = typed or {}
        self._ranked: dict[tuple[object, ...], _Ranking] = {}

    def results(self, cases: Iterable[_Case]) -> list[Resolved]:
        return [result for case in cases if (result := self._decide(case) or _only_told(case.mention))]

    def _decide(self, case: _Case) -> Resolved | None:
        mention, support = case.mention, self.support
        ranking = self._ranking(case)
        if not ranking.options or _mistyped(ranking.options[0].entry, mention):
            known = mention.alone or (mention.type is not None and mention.evidence >= ENOUGH)
            return Resolved(mention, None, 0.5) if known else None
        entry, score, standing, *_ = ranking.options[0]
        if ranking.context is None:
            ranking.context = self._context(case, ranking.options[0])
            rivals = (option.points for option in ranking.options[1:] if not _alike(option.entry, entry))
            ranking.rival = next(rivals, 0.0)
        if standing + ranking.context + mention.evidence < ENOUGH:
            return Resolved(mention, None, 0.5) if mention.type and mention.evidence >= ENOUGH else None
        if _out_of_place(entry, case, support):
            return None
        if _only_namesake(entry, case, support):
            return Resolved(mention, None, 0.5)
        return Resolved(mention, entry, _confidence(score, ranking.rival, mention))

    def _context(self, case: _Case, best: Option) -> float:
        """What the other places of the text add to a name's being a place: "Paris, Texas" surely is."""
        entry = best.entry
        held = bool(case.outer) and _held(entry, case)
        if held or any(containment.holds(entry, inner) for inner in case.inner):
            return HELD
        if entry.id in case.stated:
            return HELD_ELSEWHERE
        units = self.support.units(best, case.key)
        return min(AT_MOST, self.support.country(entry.country, case.key) + units)

    def ranking(self, case: _Case) -> list[Option]:
        """The candidates of a mention, best first."""
        return self._ranking(case).options

    def _ranking(self, case: _Case) -> _Ranking:
        mention = case.mention
        bare = mention.type is None and not mention.near and not mention.sense
        like = (case.key, id(case.options), id(case.inner), id(case.outer), bare)
        if like not in self._ranked:
            typed = self.typed.get(case.key, frozenset()) if bare else frozenset()
            self._ranked[like] = _Ranking(self._rank(case, typed))
        return self._ranked[like]

    def _rank(self, case: _Case, typed: frozenset[str]) -> list[Option]:
        found = []
        shares: dict[str | None, float] = {}  # of each country
        for option in case.options:
            entry = option.entry
            code = entry.country
            if case.mention.loose and self.support.country(code) < SOUND_ALONE:
                continue
            if code not in shares:
                shares[code] = self.support.country(code, case.key)
            said = SAID_ELSEWHERE if entry.id in typed else 0.0
            points = _score(option, case, self.support, shares[code]) + said
            found.append(Option(entry, points, option.standing, option.unit, option.district))
        if len(found) == 1:
            return found
        return sorted(found, key=lambda option: (-option.points, option.entry.gazetteer, option.entry.id))


def _only_told(mention: Mention) -> Resolved | None:
    """A place that a trained reader tells, and that is none of the gazetteer's."""
    return Resolved(mention, None, 0.5) if mention.unplaced else None


def _only_namesake(entry: Entry, case: _Case, support: Support) -> bool:
    """A place of a country that the text does not speak of: another is meant, and not known.

    So is a facility named as a town of such a country: "al-Nuri mosque".
    """
    wanted, share = case.mention.type, support.country(entry.country, case.key)
    if wanted in NAMED_AFTER_TOWNS and (wanted == "other" or not compatible(entry.kind, wanted)):
        return share < LITTLE_SUPPORT
    return wanted in POPULATED and _foreign(entry, case, support)


def _foreign(entry: Entry, case: _Case, support: Support) -> bool:
    """A small place in a country that the text never touches, though it names others."""
    return entry.kind in POPULATED and _touched_not(entry, case, support) and not _held(entry, case)


def _touched_not(entry: Entry, case: _Case, support: Support) -> bool:
    small = entry.population < A_CITY and support.knows_countries
    return small and not support.touches(entry.country, case.key)


def _out_of_place(entry: Entry, case: _Case, support: Support) -> bool:
    """A small place in a country far from all that the text speaks of, with no word that says so."""
    plain = case.mention.type is None and _TOLD.isdisjoint(case.mention.reasons)
    return plain and _foreign(entry, case, support)


def _held(entry: Entry, case: _Case) -> bool:
    return any(
        containment.holds(outer, entry) for outer in case.outer if not _listed(outer, entry, case.mention)
    )


def _listed(outer: Entry, entry: Entry, mention: Mention) -> bool:
    """ "China, Japan" are two countries, though Japan has a town called China; so are two states."""
    if is_broad(outer):
        return not is_broad(entry) and any_broad(mention.candidates)
    return (
        outer.kind == "admin1"
        and entry.kind in POPULATED
        and any(e.kind == "admin1" and e.country == outer.country for e in mention.candidates)
    )


def _mistyped(entry: Entry, mention: Mention) -> bool:
    """The name is known, but of no place of the kind that the text says: Hajin River."""
    return (
        mention.type is not None
        and mention.type not in NAMED_AFTER_TOWNS
        and not compatible(entry.kind, mention.type)
    )


def _alike(a: Entry, b: Entry) -> bool:
    """A city and the district or governorate named after it are hardly rivals."""
    return a.country == b.country and a.admin1 == b.admin1


def _confidence(score: float, rival: float, mention: Mention) -> float:
    """Grows with the lead over the next place of that name and with the evidence of a place."""
    lead = max(0.0, score - rival)
    certainty = 1 / (1 + math.exp(-(0.8 * lead + 0.4 * min(mention.evidence, 3.0) - 0.8)))
    return round(min(0.99, certainty * (0.7 if mention.loose else 1.0)), 2)


# --- from one round to the next ---


def _weigh_repeated(mentions: Iterable[Mention], first: Iterable[Resolved]) -> None:
    """A name that is surely a place in one sentence is likely one in another."""
    best: dict[str, float] = {}
    for result in first:
        if result.entry:
            key = fold(result.mention.name)
            best[key] = max(best.get(key, 0.0), min(result.mention.evidence, 2.0))
    for mention in mentions:
        again = best.get(fold(mention.name), -9.0) - 0.5
        if mention.evidence > -2.5 and again > mention.evidence and mention.type is None:
            mention.weigh("named elsewhere", again - mention.evidence)


def _typed(results: Iterable[Resolved]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for result in results:
        if result.entry and result.mention.type:
            key = fold(result.mention.bare)
            found[key] = found.get(key, frozenset()) | {result.entry.id}
    return found


def _anchors(results: Iterable[Resolved]) -> tuple[Entry, ...]:
    """The places named first that are hardly in doubt, and have a point of their own."""
    sure = (r.entry for r in results if r.entry and r.confidence >= SURE)
    pinned = (entry for entry in sure if entry.kind in POPULATED and entry.lat is not None)
    return tuple(dict.fromkeys(pinned))[:ANCHORS]
