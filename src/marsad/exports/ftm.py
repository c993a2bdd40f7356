"""FollowTheMoney entities as JSON lines, for Aleph, OpenAleph and what else reads them.

    Article or Document   each document with incidents or relations
    Event                 an incident; a `Documentation` links it to its document for each account
    Organization, Person  an actor; a `Mention` says which document names it
    UnknownLink           a relation; where it is denied, a Note, for a link would assert it

The model has no ranges, no coordinates of events and no ratings: these stand in words, in `notes`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from marsad.disclosure import MARK
from marsad.exports import told
from marsad.exports.cells import readable
from marsad.exports.facts import Asked, Fact, Named, Said, values_of
from marsad.ledger.asking.fields import Kind
from marsad.ledger.asking.found import FoundDocument
from marsad.linkage.origins import folded_name
from marsad.records.reading import Incident, Party, Relation

Entity = dict[str, Any]
_ARTICLES = frozenset({"report", "analysis", "opinion", "letter", "interview", "testimony"})  # genres
_SCHEMAS = {"person_role": "Person", "other": "LegalEntity"}
_NOBODY = frozenset({"population"})  # kinds of actors that are no legal entity: "ISIS families"
_LANGUAGES = {"en": "eng", "ar": "ara", "ku": "kur", "fa": "fas", "tr": "tur", "fr": "fra", "de": "deu"}


def parts(asked: Asked) -> Iterator[bytes]:
    """The bytes of the file: one entity a line, each after those that it refers to."""
    seen: set[str] = set()  # actors that have been told
    for document, facts in asked.by_document():
        for each in _of_document(document, facts):
            if each["id"] not in seen:
                yield msgspec.json.encode(each) + b"\n"
            if each["schema"] in ("Organization", "Person", "LegalEntity"):
                seen.add(each["id"])


def _of_document(document: FoundDocument, facts: dict[Kind, list[Fact[Any]]]) -> Iterator[Entity]:
    yield _article(document)
    several = (fact for each in facts.values() for fact in each)
    actors = {named.id: named for fact in several for named in _acting(fact)}
    told_of: set[str] = set()
    for named in actors.values():
        if actor := _actor(named):
            yield actor
            mention = _mention(actor, document)
            if mention["id"] not in told_of:
                told_of.add(mention["id"])
                yield mention
    for fact in facts.get("incidents", ()):
        yield _event(fact)
        yield from (_documentation(fact, each) for each in fact.said)
    for fact in facts.get("relations", ()):
        if relation := _relation(fact):
            yield relation


def _entity(schema: str, id: str, **properties: object) -> Entity:  # noqa: A002 - FollowTheMoney
    """An entity: every property is a list of strings, each once; what is unknown is left out."""
    kept = {name: _values(value) for name, value in properties.items()}
    return {"id": id, "schema": schema, "properties": {name: each for name, each in kept.items() if each}}


def _values(value: object) -> list[str]:
    several = value if isinstance(value, list | tuple) else [value]
    texts = (" ".join(readable(str(each)).split()) for each in several if each is not None)
    return [text for text in dict.fromkeys(texts) if text]


def _id(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def _article(found: FoundDocument) -> Entity:
    of = found.document
    published = of.published.latest or of.published.earliest
    return _entity(
        "Article" if of.genre in _ARTICLES else "Document",
        of.id,
        title=of.title or of.publisher or of.id,
        publisher=of.publisher,
        author=of.author,
        publishedAt=published,
        date=published,
        language=_LANGUAGES.get(of.language or ""),
        sourceUrl=told.address(found),
        retrievedAt=of.retrieved and of.retrieved[:10],
        notes=[
            f"SHA-256 of the text: {of.text_sha256}",
            f"date of publication: {of.published.basis}; known from {found.known}",
            "coded by people from other reports: no independent witness" if of.genre == "coded" else None,
        ],
    )


# Actors


def _acting(fact: Fact[Any]) -> Iterator[Named]:
    """The actors that have a part in an incident or a relation."""
    record = fact.record
    parties: Iterable[Party] = (
        (record.source, record.target)
        if isinstance(record, Relation)
        else (party for side in record.sides for party in side)
    )
    for party in parties:
        if named := fact.actors.get(party.actor or ""):
            yield named


def _actor(named: Named) -> Entity | None:
    if named.kind in _NOBODY or MARK in named.name:
        return None
    schema = _SCHEMAS.get(named.kind, "Organization")
    return _entity(schema, _id("actor", named.key or f"name:{folded_name(named.name)}"), name=named.name)


def _mention(actor: Entity, document: FoundDocument) -> Entity:
    return _entity(
        "Mention",
        _id("mention", actor["id"], document.id),
        document=document.id,
        resolved=actor["id"],
        name=actor["properties"]["name"],
        detectedSchema=actor["schema"],
    )


# Incidents


def _event(fact: Fact[Incident]) -> Entity:
    incident = fact.record
    actors = (_actor(named) for named in _acting(fact))
    date = incident.date
    is_day = date is not None and date.earliest is not None and date.earliest == date.latest
    return _entity(
        "Event",
        fact.found.id,
        name=told.headline(fact),
        recordId=fact.found.id,
        date=date.earliest if date and is_day else None,
        startDate=date and date.earliest,
        endDate=date and date.latest,
        location=[place.name for place in fact.places],
        country=[place.country.lower() for place in fact.places if place.country],
        involved=[actor["id"] for actor in actors if actor],
        summary=[_said(fact, each) for each in fact.said],
        notes=[*_notes(fact), *map(_toll, (told.figure(each, fact) for each in fact.figures))],
        keywords=[incident.type, incident.mode, "coded" if fact.is_coded else None],
        sourceUrl=told.address(fact.document),
        publisher=fact.document.document.publisher,
        proof=fact.document.id,
    )


def _said(fact: Fact[Incident], each: Said) -> str:
    return told.attribution(each, *values_of(fact.record, each.claim.id))


def _notes(fact: Fact[Incident]) -> Iterator[str]:
    """What the model has no property for."""
    incident = fact.record
    yield f"date (EDTF): {told.edtf(incident.date) or 'unknown'}"
    yield f"UCDP date_prec {incident.date_prec or 'unknown'}"
    yield f"UCDP where_prec {incident.where_prec or 'unknown'}; {incident.shape}"
    for first, side in zip(("side A", "side B"), told.sides(fact), strict=True):
        if side:
            yield f"{first}: {told.joined(side)}"
    for name in ("deaths", "injured"):
        if toll := getattr(incident, name):
            yield f"{name}, all accounts: low {toll.low}, best {toll.best}, high {toll.high}"
    for each in fact.said:
        yield f"{each.holder}: reliability {each.reliability}, credibility {each.credibility}"
    if fact.found.review:
        yield f"{fact.found.review} by a person"


def _toll(figure: dict[str, Any]) -> str:
    """A number in one line with all that it must keep."""
    kept = ("low", "best", "high", "bound", "unit", "per", "status", "aspect", "scope", "as_of", "period")
    facts = ", ".join(f"{name} {figure[name]}" for name in kept if figure[name] is not None)
    return f"{figure['measure']}: {facts} ({figure['holder']}: “{figure['text']}”)"


def _documentation(fact: Fact[Incident], each: Said) -> Entity:
    """One account: the document in which its holder says so, and how."""
    statuses, responsibility = values_of(fact.record, each.claim.id)
    return _entity(
        "Documentation",
        _id("documentation", fact.found.id, each.claim.id),
        document=fact.document.id,
        entity=fact.found.id,
        role=f"account of {each.holder}",
        status=[
            each.status,
            *(f"incident {value}" for value in statuses),
            *(f"responsibility {value}" for value in responsibility),
            f"reliability {each.reliability}",
            f"credibility {each.credibility}",
        ],
        summary=each.claim.text,
        recordId=each.claim.id,
        date=fact.document.known,
        sourceUrl=told.address(fact.document),
    )


# Relations


def _relation(fact: Fact[Relation]) -> Entity | None:
    """A link between two actors, with who says so; a denied one is a note on both."""
    relation = fact.record
    source, target = (
        _actor(fact.actors[party.actor]) if party.actor in fact.actors else None
        for party in (relation.source, relation.target)
    )
    if source is None or target is None or source["id"] == target["id"]:
        return None
    (said,) = fact.said
    status = [
        f"relation {relation.polarity}",
        said.status,
        f"reliability {said.reliability}",
        f"credibility {said.credibility}",
    ]
    about = told.attribution(said)
    if relation.polarity == "denied" or said.claim.polarity == "denied":
        words = f"denied: {relation.type.replace('_', ' ')}. {about}"
        ends = [source["id"], target["id"]]
        return _entity("Note", fact.found.id, entity=ends, description=words, proof=fact.document.id)
    return _entity(
        "UnknownLink",
        fact.found.id,
        subject=source["id"],
        object=target["id"],
        role=relation.type.replace("_", " "),
        status=status,
        summary=about,
        description=f"said by {said.holder}",
        recordId=fact.found.id,
        startDate=relation.true_of and relation.true_of.earliest,
        endDate=relation.true_of and relation.true_of.latest,
        sourceUrl=told.address(fact.document),
        publisher=fact.document.document.publisher,
        proof=fact.document.id,
    )
