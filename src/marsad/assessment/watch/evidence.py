"""The evidence of a watch: what the ledger holds on its subject in its area, and which indicators it serves.

A claim is about the subject where its words name it, where a figure in it counts it, or where it tells of an
incident in which it has a part. Whoever says it is not thereby its subject.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from marsad.assessment.series.words import is_of_state
from marsad.assessment.watch.definition import Indicator, Watch, known_measures
from marsad.ledger.asking.found import Found
from marsad.ledger.asking.gathering import Gathered, Located
from marsad.ledger.asking.query import Query
from marsad.ledger.showing.words import tokens
from marsad.ledger.store import Store
from marsad.linkage.origins import folded_name
from marsad.records.reading import Claim, Figure, Incident, Party

R = TypeVar("R")
_OWN = ("strength.", "recruitment.")  # a number of fighters of nobody named is not the subject's
_ASSETS = ("finance.", "territory.", "attacks.")  # of nobody named they are those of whom the claim is about
_AT_ONCE = 5_000  # documents of one query
_ITSELF = frozenset({"it", "its", "itself", "we", "our", "us", "they", "their", "them"})
_NOT_DONE = frozenset({"planned", "threatened", "hypothetical", "denied"})  # of an incident


@dataclass(frozen=True, slots=True)
class Evidence:
    """What serves one indicator, in the order in which it became known."""

    claims: tuple[Found[Claim], ...]
    figures: frozenset[str]  # ids
    incidents: tuple[Found[Incident], ...]


@dataclass(frozen=True)
class Scene:
    """All that is gathered on a watch, with the keys of the actors that are its subject."""

    watch: Watch
    subjects: frozenset[str]
    gathered: Gathered  # claims about the subject in the area alone
    wide: Gathered  # with denials and figures of the same documents that do not name it

    @cached_property
    def folded(self) -> Mapping[str, str]:
        """The words of each claim as `Phrases` look for them, by its id."""
        return {found.id: folded(found.record.text) for found in self.gathered.claims}

    @cached_property
    def _alone(self) -> frozenset[str]:
        """The claims that name the subject and no other actor."""
        return frozenset(
            found.id for found in self.gathered.claims if found.record.about and self.is_alone(found.record)
        )

    def is_alone(self, claim: Claim) -> bool:
        """Whether a claim names no other actor than the subject."""
        return all(self.gathered.actors.get(each) in self.subjects for each in claim.about)

    def evidence(self, indicator: Indicator) -> Evidence:
        """What serves an indicator."""
        incidents = tuple(each for each in self.gathered.incidents if self._happened(each, indicator))
        deeds = frozenset(each.id for each in incidents)
        figures = frozenset(
            each.id for each in self.gathered.figures if self._counts(each.record, indicator, deeds)
        )
        standing = {each.record.claim for each in self.gathered.figures if each.id in figures}
        standing |= {claim for each in incidents for claim in each.record.claims}
        words = Phrases(indicator.words)
        claims = tuple(
            found
            for found in self.gathered.claims
            if found.id in standing
            or any(theme.theme in indicator.themes for theme in found.record.themes)
            or words.are_in(self.folded[found.id])
        )
        return Evidence(claims, figures, incidents)

    def _counts(self, figure: Figure, indicator: Indicator, deeds: Collection[str]) -> bool:
        if not any(_is_measure(figure.measure, each) for each in indicator.measures):
            return False
        whose = self.gathered.actors.get(figure.subject or "")
        if figure.measure.startswith(_OWN):
            return whose in self.subjects
        if figure.measure.startswith(_ASSETS):
            return whose in self.subjects or (whose is None and not is_of_state(figure.population or ""))
        if indicator.side != "doer":
            return True
        # of people harmed by the subject: none of its own; where another actor is named, by its deed
        return whose not in self.subjects and (figure.claim in self._alone or figure.incident in deeds)

    def _happened(self, found: Found[Incident], indicator: Indicator) -> bool:
        incident = found.record
        if incident.type not in indicator.incidents:
            return False
        doers, targets = (self._is_side(side) for side in incident.sides)
        if incident.two_sided or indicator.side == "any":
            return True
        return doers if indicator.side == "doer" else targets

    def _is_side(self, parties: Iterable[Party]) -> bool:
        return any(self.gathered.actors.get(party.actor or "") in self.subjects for party in parties)


class Phrases:
    """Words that are looked for: several one after another, each perhaps by its beginning (`word*`)."""

    def __init__(self, phrases: Iterable[str]) -> None:
        sought = [_sought(phrase) for phrase in phrases]
        self._whole = [words for words in sought if "*" not in words]
        self._starred = [words.split("*") for words in sought if "*" in words]

    def are_in(self, text: str) -> bool:
        """Whether one of them stands in a text that is `folded`."""
        return any(words in text for words in self._whole) or any(
            _stand(parts, text) for parts in self._starred
        )


def folded(text: str) -> str:
    """The words of a text as a search sees them, a space before and after each."""
    return f" {' '.join(tokens(text))} "


def _sought(phrase: str) -> str:
    """A phrase in the same way; a star stands in the place of the rest of a word."""
    words = [" ".join(tokens(word)) + "*" * word.endswith("*") for word in phrase.split() if tokens(word)]
    return f" {' '.join(words)} "


def _stand(parts: Sequence[str], text: str) -> bool:
    """Whether the parts of a phrase between its stars follow each other, each at the next word."""
    first, *others = parts
    at = text.find(first)
    while at >= 0:
        end = at + len(first)
        for part in others:
            end = text.find(" ", end)
            if not text.startswith(part, end):
                break
            end += len(part)
        else:
            return True
        at = text.find(first, at + 1)
    return False


def _is_measure(measure: str, sought: str) -> bool:
    return measure.startswith(sought) if sought.endswith(".") else measure == sought


def scene(ledger: Store, watch: Watch, as_known: str | None) -> Scene:
    """What the ledger holds on a watch at a date.

    Raises:
        BadInput: `as_known` is no day.
    """
    claims = Query.of("claims", actor=watch.subjects, as_known=as_known)
    incidents = Query.of("incidents", actor=watch.subjects, as_known=as_known)
    gathered = ledger.gather([claims], [incidents], vectors=True)
    subjects = ledger.bearing(watch.subjects, as_known=as_known)
    about = _restricted(gathered, watch, subjects)
    wide = _joined(about, _beside(ledger, about, watch))
    return Scene(watch, subjects, _with_tolls(about, wide, watch), wide)


def gather(ledger: Store, watch: Watch, as_known: str | None) -> Gathered:
    """The claims about a watch's subject in its area, with their figures, and the incidents of it."""
    return scene(ledger, watch, as_known).gathered


def _beside(ledger: Store, about: Gathered, watch: Watch) -> Gathered:
    """What may contradict a claim without naming the subject: denials and figures of the same documents."""
    documents = sorted({found.found_in.id for found in about.claims})
    measures = sorted(known_measures(each for indicator in watch.indicators for each in indicator.measures))
    asked = []
    for at in range(0, len(documents), _AT_ONCE):
        some: dict[str, Any] = {"in_documents": documents[at : at + _AT_ONCE], "as_known": about.as_known}
        asked.append(Query.of("claims", polarity="denied", **some))
        if measures:
            asked.append(Query.of("claims", measure=measures, **some))
    return ledger.gather(asked, vectors=True) if asked else about


def _with_tolls(about: Gathered, wide: Gathered, watch: Watch) -> Gathered:
    """With the numbers that accounts of its incidents give in claims that do not name the subject."""
    telling = {claim for each in about.incidents for claim in each.record.claims}
    telling -= {found.id for found in about.claims}
    more = {
        found.id: found
        for found in wide.claims
        if found.id in telling and _is_inside(wide.sites.get(found.id, ()), watch)
    }
    figures = (each for each in wide.figures if each.record.claim in more)
    return replace(
        wide,
        claims=_as_known((*about.claims, *more.values())),
        figures=_as_known((*about.figures, *figures)),
    )


def _as_known(found: Iterable[Found[R]]) -> tuple[Found[R], ...]:
    """By the day on which they became known; those of one day as they are."""
    return tuple(sorted(found, key=lambda each: each.found_in.known))


def _joined(one: Gathered, other: Gathered) -> Gathered:
    """All claims and figures of two that were gathered at one moment, as they became known."""
    return replace(
        one,
        claims=_in_order([*one.claims, *other.claims]),
        figures=_in_order([*one.figures, *other.figures]),
        origins={**one.origins, **other.origins},
        actors={**one.actors, **other.actors},
        names={**one.names, **other.names},
        places={**one.places, **other.places},
        first={**one.first, **other.first},
        kinds={**one.kinds, **other.kinds},
        sites={**one.sites, **other.sites},
        vectors={**one.vectors, **other.vectors},
    )


def _in_order(found: Iterable[Found[R]]) -> tuple[Found[R], ...]:
    once = {each.id: each for each in found}
    return tuple(sorted(once.values(), key=lambda each: (each.found_in.known, each.id)))


def _restricted(gathered: Gathered, watch: Watch, subjects: frozenset[str]) -> Gathered:
    """The same with what is about the subject in the area alone."""
    incidents = tuple(each for each in gathered.incidents if _is_told(each, watch, subjects, gathered))
    having = {claim for each in incidents for claim in each.record.claims}
    having |= {
        each.record.claim
        for each in gathered.figures
        if gathered.actors.get(each.record.subject or "") in subjects
    }
    claims = tuple(
        found
        for found in gathered.claims
        if (found.id in having or _is_about(found.record, gathered.actors, subjects))
        and _is_inside(gathered.sites.get(found.id, ()), watch)
    )
    kept = {found.id for found in claims}
    figures = tuple(each for each in gathered.figures if each.record.claim in kept)
    return replace(gathered, claims=claims, figures=figures, incidents=incidents)


def _is_about(claim: Claim, actors: Mapping[str, str], subjects: Collection[str]) -> bool:
    """Whether a claim names the subject, or is its own word of itself: "it has taken the town"."""
    if _is_any(claim.about, actors, subjects):
        return True
    speaks = claim.source is not None and actors.get(claim.source.actor or "") in subjects
    return speaks and not _ITSELF.isdisjoint(tokens(claim.text))


def _is_told(found: Found[Incident], watch: Watch, subjects: frozenset[str], gathered: Gathered) -> bool:
    """Whether the subject has a part in it, it lies in the area, and somebody says that it happened."""
    incident = found.record
    parties = [party.actor or "" for side in incident.sides for party in side]
    said = {status.value for status in incident.statuses}
    where = [gathered.places[each] for each in incident.places if each in gathered.places]
    return (
        _is_any(parties, gathered.actors, subjects)
        and not (said and said <= _NOT_DONE)
        and _is_inside(where, watch)
    )


def _is_any(local: Iterable[str], actors: Mapping[str, str], subjects: Collection[str]) -> bool:
    return any(actors.get(each) in subjects for each in local)


def _is_inside(places: Sequence[Located], watch: Watch) -> bool:
    """Whether one of the places lies in the area, or none is known to lie outside of it."""
    if not places or not (watch.countries or watch.places):
        return True
    return any(_lies(place, watch) is not False for place in places)


def _lies(place: Located, watch: Watch) -> bool | None:
    """Whether a place lies in the area; `None` where that is not known."""
    if place.country in watch.countries:
        return True
    if watch.places and _is_in(place, watch.places):
        return True
    return False if place.country else None


def _is_in(place: Located, names: Sequence[str]) -> bool:
    """Whether one of some names or gazetteer ids is that of a place, or of one around it."""
    sought = {folded_name(each) for each in names}
    around = {folded_name(name) for name in (place.name, place.admin1) if name}
    return not sought.isdisjoint(around) or not set(names).isdisjoint({place.key, *place.within})


def unheard_of(gathered: Gathered, watch: Watch) -> tuple[str, ...]:
    """The places of a watch that nothing about its subject names, nor any place in them: misspelt perhaps."""
    named = gathered.places.values()
    return tuple(each for each in watch.places if not any(_is_in(place, (each,)) for place in named))
