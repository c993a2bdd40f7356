"""STIX 2.1: incidents and relations as a bundle, with who says so.

An incident is what somebody says has happened: each account is a note, or where it denies the incident
an opinion, by its holder. A relation is a relationship whose description names its holder; one that is
denied is a note, for an edge would assert it. Figures stand with the incidents that they count.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from marsad.disclosure import MARK
from marsad.exports import told
from marsad.exports.facts import Asked, Fact, Named, Said, points_of
from marsad.exports.stix.objects import (
    CONFIDENCE,
    NAMESPACE,
    Object,
    heads,
    identifier,
    made,
    references,
)
from marsad.ledger.asking.fields import Kind
from marsad.ledger.asking.found import FoundDocument
from marsad.ledger.asking.gathering import Located
from marsad.linkage.origins import folded_name
from marsad.records.reading import Incident, Party, Relation

_CLASSES = {  # of identities, by the kind of an actor
    **dict.fromkeys(("state", "state_force", "coalition", "international_org"), "organization"),
    **dict.fromkeys(("organisation", "media"), "organization"),
    "person_role": "individual",
    "population": "class",
}


def parts(asked: Asked) -> Iterator[bytes]:
    """The bytes of a bundle, one object a line; its id hashes what is in it, so it comes last."""
    content = hashlib.sha256()
    before = b'{"type":"bundle","objects":[\n'
    for each in _objects(asked):
        line = msgspec.json.encode(each)
        content.update(line)
        yield before + line
        before = b",\n"
    yield f'\n],"id":"bundle--{uuid.uuid5(NAMESPACE, content.hexdigest())}"}}\n'.encode()


def _objects(asked: Asked) -> Iterator[Object]:
    yield from heads()
    seen: set[str] = set()  # actors and locations that have been told
    for document, facts in asked.by_document():
        bundled = list(_of_document(document, facts))
        yield from (each for each in _once(bundled, seen))
        yield _report(document, bundled)


def _once(objects: Iterable[Object], seen: set[str]) -> Iterator[Object]:
    for each in objects:
        if each["id"] not in seen:
            yield each
        if each["type"] in ("identity", "threat-actor", "location"):
            seen.add(each["id"])


def _of_document(document: FoundDocument, facts: dict[Kind, list[Fact[Any]]]) -> Iterator[Object]:
    found: dict[str, Object] = {}
    for kind, make in (("incidents", _incident), ("relations", _relation)):
        for fact in facts.get(kind, ()):  # type: ignore[call-overload]
            for each in make(fact):
                found.setdefault(each["id"], each)
    yield from found.values()


def _report(document: FoundDocument, objects: Iterable[Object]) -> Object:
    of = document.document
    published = of.published.latest or document.known
    return made(
        "report",
        identifier("report", of.id),
        document,
        told.document(document) | {"text_sha256": of.text_sha256},
        name=of.title or of.publisher or of.id,
        published=f"{published}T00:00:00.000Z",
        object_refs=[each["id"] for each in objects],
        external_references=references(document),
    )


# Actors and places


def _actor(named: Named, document: FoundDocument) -> Object:
    """An armed group is a threat actor; who else acts or speaks is an identity."""
    kind = "threat-actor" if named.kind == "armed_group" else "identity"
    key = named.key or f"name:{folded_name(named.name)}"
    own = {} if kind == "threat-actor" else {"identity_class": _CLASSES.get(named.kind, "unknown")}
    extra = {"key": key, "actor_kind": named.kind}
    return made(kind, identifier(kind, key), document, extra, name=named.name, **own)


def _party(party: Party, fact: Fact[Any]) -> Object | None:
    """The object of a party; of one without a name, by its words in this document; of a private one none."""
    if named := fact.actors.get(party.actor or ""):
        return _actor(named, fact.document)
    if party.kind == "private" or MARK in party.text or not party.text.strip():
        return None
    id_ = identifier("identity", fact.document.id, party.text)
    return made("identity", id_, fact.document, {"unnamed": True}, name=party.text, identity_class="unknown")


def _location(place: Located, document: FoundDocument) -> Object | None:
    """A location by its country or its point; one whose name is masked could be any, and is none."""
    point = (place.latitude, place.longitude)
    if MARK in place.name or (place.country is None and None in point):
        return None
    return made(
        "location",
        identifier("location", place.key),
        document,
        {"key": place.key, "place_kind": place.kind, "where_prec": place.where_prec},
        name=place.name,
        country=place.country,
        administrative_area=place.admin1,
        latitude=point[0],
        longitude=point[1],
    )


# Incidents


def _incident(fact: Fact[Incident]) -> Iterator[Object]:
    incident = fact.record
    first, second = told.sides(fact)
    where = points_of(fact) or tuple(place for place in fact.places if place.latitude is None)
    own = made(
        "incident",
        identifier("incident", fact.found.id),
        fact.document,
        {
            "record": fact.found.id,
            "incident_type": incident.type,
            "mode": incident.mode,
            "ucdp_type": incident.ucdp_type,
            "shape": incident.shape,
            **told.dates(incident.date),
            "date_prec": incident.date_prec,
            "where_prec": incident.where_prec,
            "places": [told.place(place) for place in fact.places],
            "two_sided": incident.two_sided,
            "side_a": first,
            "side_b": second,
            "weapons": incident.weapons,
            **told.toll(incident.deaths, "deaths"),
            **told.toll(incident.injured, "injured"),
            "accounts": [told.account(incident, each) for each in fact.said],
            "tolls": [told.figure(each, fact) for each in fact.figures],
            "review": fact.found.review,
            **told.document(fact.document),
        },
        name=told.headline(fact),
        description=_according(fact),
        external_references=references(fact.document),
    )
    yield own
    yield from (_account(fact, each, own["id"]) for each in fact.said)
    for place in where:
        if location := _location(place, fact.document):
            yield location
            yield _edge(own["id"], "located-at", location["id"], fact)
    for party in (*incident.sides[0], *incident.sides[1]):
        if named := fact.actors.get(party.actor or ""):
            actor = _actor(named, fact.document)
            yield actor
            yield _edge(own["id"], "related-to", actor["id"], fact)


def _according(fact: Fact[Incident]) -> str:
    accounts = (told.account(fact.record, each) for each in fact.said)
    lines = (
        told.attribution(each, account["status"], account["responsibility"])
        for each, account in zip(fact.said, accounts, strict=True)
    )
    return "\n".join(dict.fromkeys(lines))


def _account(fact: Fact[Incident], each: Said, incident: str) -> Object:
    """What one holder says of an incident: a note, or the opinion that it did not happen."""
    extra = told.account(fact.record, each) | {"coded": fact.is_coded}
    common = {
        "authors": [each.holder],
        "object_refs": [incident],
        "confidence": CONFIDENCE.get(each.credibility),
        "external_references": references(fact.document),
    }
    words = each.claim.text
    if each.claim.polarity == "denied":
        id_ = identifier("opinion", incident, each.claim.id)
        own = {"opinion": "disagree", "explanation": words}
        return made("opinion", id_, fact.document, extra, **own, **common)
    id_ = identifier("note", incident, each.claim.id)
    own = {"abstract": f"Said by {each.holder}", "content": words}
    return made("note", id_, fact.document, extra, **own, **common)


def _edge(source: str, kind: str, target: str, fact: Fact[Any]) -> Object:
    """A relationship that is said: its description names who says it."""
    said = "\n".join(told.attribution(each) for each in fact.said)
    return made(
        "relationship",
        identifier("relationship", source, kind, target, fact.found.id),
        fact.document,
        {"accounts": [told.said(each) for each in fact.said], "coded": fact.is_coded},
        relationship_type=kind,
        description=f"As told by {said}",
        source_ref=source,
        target_ref=target,
        external_references=references(fact.document),
    )


# Relations


def _relation(fact: Fact[Relation]) -> Iterator[Object]:
    """The relation between its two ends; where it is denied, or an end is private, no edge."""
    relation = fact.record
    ends = (_party(relation.source, fact), _party(relation.target, fact))
    source, target = ends
    if source is None or target is None or source["id"] == target["id"]:
        return
    yield source
    yield target
    (said,) = fact.said
    if relation.polarity == "denied" or said.claim.polarity == "denied":
        yield _denied(fact, said, [source["id"], target["id"]])
        return
    kind = relation.type.replace("_", "-")
    edge = _edge(source["id"], kind, target["id"], fact)
    confidence = CONFIDENCE.get(said.credibility)
    yield edge | ({"confidence": confidence} if confidence else {})


def _denied(fact: Fact[Relation], said: Said, ends: list[str]) -> Object:
    kind = fact.record.type.replace("_", " ")
    extra = told.said(said) | {"relation": fact.record.type, "record": fact.found.id}
    return made(
        "note",
        identifier("note", fact.found.id),
        fact.document,
        extra,
        abstract=f"{said.holder} denies: {kind}",
        content=said.claim.text,
        authors=[said.holder],
        object_refs=ends,
        confidence=CONFIDENCE.get(said.credibility),
        external_references=references(fact.document),
    )
