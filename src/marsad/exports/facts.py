"""What an export is made from: records of the ledger as they may be shown, each with all that it must keep.

A list gives a record with its claims. Whoever hands it on needs more: whose word each claim is in the
end, how reliable people judge that source and how credible the claim, where its places are and which
actors it names. That is looked up page by page, so memory does not grow with the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import replace as replace_query
from itertools import islice
from typing import Any, Generic, NamedTuple, TypeVar

from marsad.ledger.asking.fields import Kind
from marsad.ledger.asking.found import Found, FoundDocument
from marsad.ledger.asking.gathering import Gathered, Located
from marsad.ledger.asking.query import Query
from marsad.ledger.store import Store
from marsad.linkage.origins import NOBODY, Origin
from marsad.records.reading import Claim, Figure, Incident

R = TypeVar("R")
PAGE = 500  # records whose surroundings are looked up at a time
UNRATED = "F"  # Admiralty: a source whose reliability cannot be judged
UNJUDGED = 6  # Admiralty: information whose truth cannot be judged


class Said(NamedTuple):
    """A claim on which a record stands, with the two Admiralty ratings, which are never fused."""

    claim: Claim
    holder: str
    origin: Origin  # whose word it is in the end
    reliability: str  # of that origin: A to F
    credibility: int  # of the claim: 1 to 6

    @property
    def status(self) -> str:
        """`affirmed` or `denied`, and how certain its holder is."""
        sure = "" if self.claim.certainty == "unknown" else f", {self.claim.certainty}"
        return self.claim.polarity + sure


class Named(NamedTuple):
    """An actor that a record names."""

    id: str  # of its record in the document
    key: str | None  # the same in all documents of the ledger
    name: str
    kind: str = "other"  # armed_group, state, person_role, ...


@dataclass(frozen=True, slots=True)
class Fact(Generic[R]):
    """One record with its surroundings."""

    found: Found[R]
    said: tuple[Said, ...]  # the claims on which it stands, in its order; a claim stands on itself
    figures: tuple[Found[Figure], ...]  # of an incident: its tolls
    places: tuple[Located, ...]  # in its order
    actors: dict[str, Named]  # by id

    @property
    def record(self) -> R:
        return self.found.record

    @property
    def document(self) -> FoundDocument:
        return self.found.found_in

    @property
    def is_coded(self) -> bool:
        return self.document.document.genre == "coded"

    def called(self, party_actor: str | None, text: str) -> str:
        """The name of a party; its words where it has none."""
        named = self.actors.get(party_actor or "")
        return named.name if named else text


@dataclass(slots=True)
class Asked:
    """What is exported: some lists of a ledger, each with its query, all `as_known` at one day."""

    ledger: Store
    queries: tuple[Query, ...]
    told: Callable[[int], None] = lambda records: None  # how many have passed
    passed: int = 0

    @property
    def kinds(self) -> tuple[Kind, ...]:
        return tuple(query.kind for query in self.queries)

    @property
    def as_known(self) -> str | None:
        return self.queries[0].as_known

    def query(self, kind: Kind) -> Query:
        return next(query for query in self.queries if query.kind == kind)

    def records(self, kind: Kind) -> Iterator[Any]:
        """The answers of one list, without their surroundings."""
        for found in self.ledger.find(self.query(kind)):
            self._pass()
            yield found

    def facts(self, kind: Kind) -> Iterator[Fact[Any]]:
        """Claims, figures, incidents or relations, in the order in which they became known."""
        query, ratings = self.query(kind), _Ratings(self.ledger, self.as_known)
        rest = iter(self.ledger.find(query))
        while page := list(islice(rest, PAGE)):
            around = _gathered(self.ledger, query, page)
            ratings.learn(origin.key for origin in around.origins.values())
            surroundings = _Surroundings(around, ratings)
            for found in page:
                yield surroundings.of(found)
                self._pass()

    def by_document(self) -> Iterator[tuple[FoundDocument, dict[Kind, list[Fact[Any]]]]]:
        """Each document that has any of the records, with all that it has, as the documents became known."""
        streams = {kind: _Stream(self.facts(kind)) for kind in self.kinds}
        for document in self.ledger.find(Query.of("documents", as_known=self.as_known)):
            here = {kind: stream.of(document.id) for kind, stream in streams.items()}
            if any(here.values()):
                yield document, here

    def _pass(self) -> None:
        self.passed += 1
        self.told(self.passed)


class _Stream:
    """Facts in the order of their documents, taken document by document."""

    def __init__(self, facts: Iterator[Fact[Any]]) -> None:
        self._facts = facts
        self._next = next(facts, None)

    def of(self, document: str) -> list[Fact[Any]]:
        found = []
        while self._next is not None and self._next.document.id == document:
            found.append(self._next)
            self._next = next(self._facts, None)
        return found


class _Ratings:
    """How reliable people have judged sources, by key; each is asked for once."""

    def __init__(self, ledger: Store, as_known: str | None) -> None:
        self._ledger, self._query = ledger, Query.of("sources", as_known=as_known)
        self._known: dict[str, str] = {}

    def learn(self, keys: Iterable[str]) -> None:
        if new := sorted(set(keys) - self._known.keys()):
            self._known |= dict.fromkeys(new, UNRATED)
            asked = replace_query(self._query, ids=tuple(new))
            self._known |= {source.key: source.reliability for source in self._ledger.find(asked)}

    def of(self, key: str) -> str:
        return self._known.get(key, UNRATED)


def _gathered(ledger: Store, query: Query, page: Sequence[Found[Any]]) -> Gathered:
    """What joins the records of a page to others."""
    claims = {claim for found in page for claim in claims_of(found)}
    asked = Query(kind="claims", ids=tuple(sorted(claims)), as_known=query.as_known)
    happened = Query(kind="incidents", ids=tuple(found.id for found in page), as_known=query.as_known)
    named = {each for found in page for each in found.names}
    return ledger.gather([asked], [happened] if query.kind == "incidents" else [], named=named)


def claims_of(found: Found[Any]) -> tuple[str, ...]:
    """The ids of the claims on which a record stands."""
    if isinstance(found.record, Incident):
        return found.record.claims
    return (found.id,) if isinstance(found.record, Claim) else (found.record.claim,)


class _Surroundings:
    """The surroundings of the records of one page."""

    def __init__(self, around: Gathered, ratings: _Ratings) -> None:
        self._around, self._ratings = around, ratings
        self._claims = {claim.id: claim for claim in around.claims}
        self._figures: dict[str, list[Found[Figure]]] = {}
        for figure in around.figures:
            self._figures.setdefault(figure.record.incident or "", []).append(figure)

    def of(self, found: Found[Any]) -> Fact[Any]:
        named = {
            each: self._named(each, name)
            for each, name in found.names.items()
            if each not in self._around.places
        }
        return Fact(
            found=found,
            said=tuple(self._said(each) for each in claims_of(found)),
            figures=tuple(self._figures.get(found.id, ())) if isinstance(found.record, Incident) else (),
            places=tuple(dict.fromkeys(self._places(found))),
            actors=named,
        )

    def _places(self, found: Found[Any]) -> Iterator[Located]:
        """The places of a record in its order; of a claim, those that its words name."""
        if isinstance(found.record, Claim):
            yield from self._around.sites.get(found.id, ())
        for each in (*getattr(found.record, "places", ()), *found.names):
            if each in self._around.places:
                yield self._around.places[each]

    def _named(self, actor: str, name: str) -> Named:
        key = self._around.actors.get(actor)
        return Named(actor, key, name, self._around.kinds.get(key or "", "other"))

    def _said(self, claim_id: str) -> Said:
        claim = self._claims[claim_id]
        origin = self._around.origins.get(claim_id, NOBODY)
        return Said(
            claim=claim.record,
            holder=claim.holder or "",
            origin=origin,
            reliability=self._ratings.of(origin.key),
            credibility=claim.credibility.value if claim.credibility else UNJUDGED,
        )


def points_of(fact: Fact[Incident]) -> tuple[Located, ...]:
    """The places at which an incident may be drawn: none where it is known no finer than a district.

    Of a place within another the inner one alone. Several are several places of one incident.
    """
    finest = fact.record.where_prec
    if finest is None or finest > 2:
        return ()
    found = [place for place in fact.places if place.latitude is not None and place.longitude is not None]
    around = {key for place in found for key in place.within}
    return tuple(place for place in found if place.key not in around)


def values_of(incident: Incident, claim_id: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """How one account has an incident: its statuses, and whose responsibility it is in what way."""
    statuses = tuple(each.value for each in incident.statuses if each.claim == claim_id)
    responsibility = tuple(each.value for each in incident.responsibility if each.claim == claim_id)
    return statuses, responsibility
