"""Terms of a disclosed reading: which of its records have which actor, place, theme and the like.

A filter on a field that may hold several values looks here, and so does the count of one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from marsad.disclosure import MARK
from marsad.ledger.asking.fields import TERMS, Kind
from marsad.ledger.showing.words import tokens
from marsad.linkage.actors_keys import Keyed
from marsad.linkage.origins import folded_name
from marsad.records.reading import Claim, Figure, Incident, Reading, Relation
from marsad.records.spans import any_contains

Term = tuple[int, str, int]  # the number of the field, the value, the key of the row
_NUMBERS: defaultdict[Kind, dict[str, int]] = defaultdict(dict)  # of each kind's fields
for (_kind, _name), _number in TERMS.items():
    _NUMBERS[_kind][_name] = _number
_NAMED = frozenset({"person", "organisation", "document"})  # kinds of party that bear a name of their own


def terms(reading: Reading, key: int, keys: Mapping[str, int], actors: Mapping[str, Keyed]) -> list[Term]:
    """The terms of a document and its records, in order.

    Args:
        key: that of the document.
        keys: those of its records, by local id.
        actors: its actors as they are compared with those of other documents, by local id.
    """
    return sorted(set(_Terms(reading, key, keys, actors).all()))


class _Terms:
    """One disclosed reading, with what its terms need of it again and again."""

    def __init__(
        self, reading: Reading, key: int, keys: Mapping[str, int], actors: Mapping[str, Keyed]
    ) -> None:
        self.reading, self.key, self.keys, self.keyed = reading, key, keys, actors
        self.actors = {actor.id: actor for actor in reading.actors}
        self.places = {place.id: place for place in reading.places}
        self.claims = {claim.id: claim for claim in reading.claims}
        self.figures: dict[str, list[Figure]] = defaultdict(list)
        for figure in reading.figures:
            self.figures[figure.claim].append(figure)
        self._sited: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        self._saying: dict[str, list[tuple[str, str]]] = {}
        self._placed = sorted(
            (begin, end, place.id) for place in reading.places for begin, end in place.spans
        )

    def all(self) -> Iterator[Term]:
        yield from _numbered("documents", self.key, self._about_document())
        for claim in self.reading.claims:
            yield from _numbered("claims", self.keys[claim.id], self._about_claim(claim))
        for figure in self.reading.figures:
            yield from _numbered("figures", self.keys[figure.id], self._about_figure(figure))
        for incident in self.reading.incidents:
            yield from _numbered("incidents", self.keys[incident.id], self._about_incident(incident))
        for relation in self.reading.relations:
            yield from _numbered("relations", self.keys[relation.id], self._about_relation(relation))
        for actor in self.reading.actors:
            names = (("alias", folded_name(name)) for name in (actor.name, *actor.aliases))
            yield from _numbered("actors", self.keys[actor.id], names)
        for place in self.reading.places:
            name = ("alias", folded_name(place.name))
            yield from _numbered("places", self.keys[place.id], iter([name]))

    def _about_document(self) -> Iterator[tuple[str, str]]:
        yield from self._of_actors(*self.keyed)
        yield from self._of_places(self.places)

    def _about_claim(self, claim: Claim) -> Iterator[tuple[str, str]]:
        yield from self._said(claim)
        yield from self._of_actors(*claim.about)
        yield from (("theme", each.theme) for each in claim.themes)
        yield from (("measure", figure.measure) for figure in self.figures[claim.id])
        yield from self._of_places(self._inside(claim))

    def _about_figure(self, figure: Figure) -> Iterator[tuple[str, str]]:
        yield from self._said(self.claims[figure.claim])
        yield from self._of_actors(figure.subject)
        yield from self._of_places(figure.places)

    def _about_incident(self, incident: Incident) -> Iterator[tuple[str, str]]:
        for claim in incident.claims:
            yield from ((name, value) for name, value in self._said(self.claims[claim]) if name == "source")
        for party in (*incident.sides[0], *incident.sides[1]):
            yield from self._of_actors(party.actor)
        yield from self._of_places(incident.places)
        yield from (("status", each.value) for each in incident.statuses)
        yield from (("responsibility", each.value) for each in incident.responsibility)

    def _about_relation(self, relation: Relation) -> Iterator[tuple[str, str]]:
        yield from self._said(self.claims[relation.claim])
        yield from self._of_actors(relation.source.actor, relation.target.actor)

    def _said(self, claim: Claim) -> list[tuple[str, str]]:
        """Who said it and who passed it on: as actors, and by every word of their names."""
        if claim.id not in self._saying:  # each of its figures asks for it again
            self._saying[claim.id] = list(self._spoken(claim))
        return self._saying[claim.id]

    def _spoken(self, claim: Claim) -> Iterator[tuple[str, str]]:
        for word in tokens(self.reading.document.publisher or ""):
            yield "source", word
        for party in (claim.source, *claim.chain):
            if party is None:
                continue
            actor = self.actors.get(party.actor or "")
            yield from self._of_actors(party.actor)
            if actor is None and party.kind in _NAMED and MARK not in party.text:
                yield "actor", folded_name(party.text)
            for name in (party.text, *((actor.name, *actor.aliases) if actor else ())):
                yield from (("source", word) for word in tokens(name))

    def _of_actors(self, *local: str | None) -> Iterator[tuple[str, str]]:
        for each in local:
            if each is not None and each in self.keyed:
                yield "actor", self.keyed[each].key

    def _of_places(self, local: Iterable[str]) -> list[tuple[str, str]]:
        places = tuple(local)
        if places not in self._sited:  # figures and incidents share them
            self._sited[places] = list(self._about_places(places))
        return self._sited[places]

    def _about_places(self, local: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        for each in local:
            place = self.places.get(each)
            if place is None:
                continue
            yield "place", folded_name(place.name)
            if place.gazetteer_id:
                yield "place id", place.gazetteer_id
            if place.country:
                yield "country", place.country

    def _inside(self, claim: Claim) -> Iterator[str]:
        """The places whose words stand in the claim's."""
        for begin, end in claim.spans:
            at = bisect_left(self._placed, (begin, 0, ""))
            while at < len(self._placed) and self._placed[at][0] < end:
                if any_contains(claim.spans, self._placed[at][:2]):
                    yield self._placed[at][2]
                at += 1


def _numbered(kind: Kind, key: int, found: Iterator[tuple[str, str]]) -> Iterator[Term]:
    numbers = _NUMBERS[kind]
    for name, value in found:
        if name in numbers:
            yield numbers[name], value.replace("\0", "") if "\0" in value else value, key
