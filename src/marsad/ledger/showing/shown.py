"""What is shown of one document: the rows of the `shown` tables, its terms and its searched words.

A pure function of a view. Everything in a row has passed through disclosure, so whatever filters,
sorts, counts or searches these tables can give nothing away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

from marsad.disclosure import disclose
from marsad.errors import BadInput
from marsad.ledger import identity, keys, prose
from marsad.ledger.showing.shapes import Field, refers, shape
from marsad.ledger.showing.terms import terms
from marsad.ledger.view import Tombstone, View
from marsad.linkage import actors_keys
from marsad.linkage.actors_names import spelling
from marsad.linkage.origins import folded_name, origins, voice
from marsad.reading.actors.taught import taught
from marsad.records.reading import (
    Actor,
    Claim,
    Figure,
    Frozen,
    Incident,
    Party,
    Place,
    Reading,
    Relation,
    Time,
)
from marsad.records.review import CREDIBILITY

Row = dict[str, Any]


class Shown(NamedTuple):
    """The rows of one document, by the table that they go to."""

    document: Row
    records: dict[str, list[Row]]  # by kind of record: claim, figure, ...
    terms: list[tuple[int, str, int]]  # field, value, key
    words: dict[str, list[tuple[int, str]]]  # by search table: key, words


def address(url: str | None) -> str | None:
    """What tells a URL without saying it: a shown URL may be masked."""
    return url and hashlib.sha256(url.encode()).hexdigest()[:32]


def shown(view: View, *, lift_camps: bool) -> Shown:
    """The rows of a view.

    Raises:
        BadInput: the document holds more records of a kind than a key can number.
    """
    reading = view.reading
    largest = max(len(getattr(reading, field)) for field in identity.KINDS)
    if largest >= keys.ORDINALS:
        raise BadInput(f"holds {largest} records of one kind; split it, {keys.ORDINALS - 1} are the most")
    return _Document(view, disclose(reading, lift_camps=lift_camps), lift_camps=lift_camps).rows()


def tombstone(gone: Tombstone) -> Row:
    """The row of a document whose text was removed: its hashes, and who removed it, when and why."""
    body = {
        "id": gone.id,
        "raw_sha256": gone.raw_sha256,
        "text_sha256": gone.text_sha256,
        "extractor": gone.extractor,
        "redacted": gone.redacted,
    }
    return {
        "key": keys.document_key(gone.known, gone.slot),
        "id": gone.id,
        "known": gone.known,
        "text_sha256": gone.text_sha256,
        "origin": f"document:{gone.id}",
        "origin_name": gone.id,
        "origin_kind": "document",
        "genre": "unknown",
        "recorded_at": gone.recorded_at,
        "claims": 0,
        "figures": 0,
        "incidents": 0,
        "body": msgspec.json.encode(body).decode(),
    }


class _Document:
    """One disclosed reading, with what its rows need of it again and again."""

    def __init__(self, view: View, reading: Reading, *, lift_camps: bool) -> None:
        self.view, self.reading, self._lift_camps = view, reading, lift_camps
        self.key = keys.document_key(view.known, view.slot)
        self.ids: dict[str, str] = {}
        self.keys: dict[str, int] = {}
        for found in identity.numbered(view.reading):  # the ids are those of the whole records
            self.ids[found.record.id] = found.id
            self.keys[found.record.id] = self.key + found.ordinal
        self.actors = {actor.id: actor for actor in reading.actors}
        self.keyed = actors_keys.keys(reading)
        self.places = {place.id: place for place in reading.places}
        self.claims = {claim.id: claim for claim in reading.claims}
        self.origins = dict(zip(self.claims, origins(reading), strict=True))
        self.voice = voice(reading.document)
        self._seen: dict[int, tuple[Any, dict[str, str]]] = {}  # by identity: the reading holds them all
        self._placed = sorted(
            (begin, end, place.id) for place in reading.places for begin, end in place.spans
        )

    def rows(self) -> Shown:
        records: dict[str, list[Row]] = {}
        for field, kind in identity.KINDS.items():
            build, found = _ROWS[kind], getattr(self.reading, field)
            records[kind] = [self._common(record, record.id) | build(self, record) for record in found]
        words = {
            "search_documents": [(self.key, self._searched())],
            "search_claims": [(self.keys[claim.id], claim.text) for claim in self.reading.claims],
        }
        return Shown(self._document(), records, terms(self.reading, self.key, self.keys, self.keyed), words)

    def _searched(self) -> str:
        """The words by which the document is found: its title and text, of a coded row its names alone.

        What else stands in a row are names of columns, numbers, and prose that nobody has read: it may
        name anybody.
        """
        document = self.reading.document
        if document.genre != "coded":
            return f"{document.title or ''}\n{document.text}"
        actors = (actor.name for actor in self.reading.actors)
        return "\n".join((document.title or "", *actors, *(place.name for place in self.reading.places)))

    # Columns

    def _document(self) -> Row:
        document = self.reading.document
        body = msgspec.to_builtins(document)
        del body["text"]
        return {
            "key": self.key,
            "id": document.id,
            "known": self.view.known,
            "address": address(self.view.reading.document.url),
            "text_sha256": document.text_sha256,
            "origin": _clean(self.voice.key),
            "origin_name": _clean(self.voice.name),
            "origin_kind": self.voice.kind,
            "title": _clean(document.title),
            "publisher": _clean(document.publisher),
            "author": _clean(document.author),
            "genre": document.genre,
            "language": _clean(document.language),
            "published_from": document.published.earliest,
            "published_to": document.published.latest,
            "recorded_at": self.view.recorded_at,
            "claims": len(self.reading.claims),
            "figures": len(self.reading.figures),
            "incidents": len(self.reading.incidents),
            "body": msgspec.json.encode(body).decode(),
        }

    def _common(self, record: Frozen, local: str) -> Row:
        names: dict[str, str] = {}
        verdict = self.view.reviewed.verdicts.get(local)
        of, values = shape(type(record))
        said = {  # what comes back as a default when it is read is not told
            field.name: self._pointed(value, field, names) if field.points else value
            for field, value in zip(of, values(record), strict=True)
            if value != field.default
        }
        names.pop(self.ids[local], None)  # its own
        return {
            "key": self.keys[local],
            "id": self.ids[local],
            "document": self.key,
            "known": self.view.known,
            "publisher": _clean(self.reading.document.publisher),
            "review": verdict and verdict.state,
            "body": msgspec.json.encode(
                {"record": said, "names": names, **self._taught(record), **self._judged(local)}
            ).decode(),
        }

    def _judged(self, local: str) -> dict[str, dict[str, Any]]:
        """Of a claim, how credible a person has judged it, and why."""
        if (review := self.view.reviewed.judgements.get(local)) is None:
            return {}
        reason = prose.masked(review.reason, self.view.reading, lift_camps=self._lift_camps)
        said = {"value": review.credibility, "by": review.by, "reason": reason}
        return {CREDIBILITY: {**said, "recorded_at": review.recorded_at}}

    def _taught(self, record: object) -> dict[str, dict[str, str]]:
        """Of an actor, the words by which the document gives it its other names."""
        found = taught(self.reading.document.text, record) if isinstance(record, Actor) else {}
        return {"taught": {folded_name(name): words for name, words in found.items()}} if found else {}

    def _pointed(self, value: Any, field: Field, names: dict[str, str]) -> Any:  # noqa: ANN401
        """`value` with ids of the ledger in the place of local ones; what they are called goes to `names`."""
        if not value:
            return value
        if field.refers and isinstance(value, str):
            return self._global(value, names)
        if (known := self._seen.get(id(value))) is None:  # records share intervals, parties and places
            called: dict[str, str] = {}
            found = (
                [self._global(each, called) for each in value]
                if field.refers
                else self._pointed_inside(value, called)
            )
            known = self._seen[id(value)] = (found, called)
        names |= known[1]
        return known[0]

    def _pointed_inside(self, value: Any, names: dict[str, str]) -> Any:  # noqa: ANN401
        """The same of records that a record holds: they are told whole."""
        if isinstance(value, tuple):
            return [self._pointed_inside(each, names) for each in value]
        if not isinstance(value, Frozen) or not refers(type(value)):
            return value
        of, values = shape(type(value))
        return {
            field.name: self._pointed(inside, field, names) if field.points else inside
            for field, inside in zip(of, values(value), strict=True)
        }

    def _global(self, local: str, names: dict[str, str]) -> str:
        if local not in self.ids:  # a text, where the contract allows both
            return local
        if named := self.actors.get(local) or self.places.get(local):
            names[self.ids[local]] = named.name
        return self.ids[local]

    def _holder(self, claim: Claim) -> str:
        if claim.source:
            return _clean(self._name(claim.source)) or ""
        if claim.kind == "attributed" and not claim.chain:
            return "nobody named"
        found = self.origins[claim.id]
        if found.kind == "document":  # nobody is known to have published it
            return _clean(self.reading.document.title) or "the report"
        return _clean(found.name) or ""

    def _name(self, party: Party) -> str:
        actor = self.actors.get(party.actor or "")
        return actor.name if actor else party.text

    def _claim(self, claim: Claim) -> Row:
        found, judged = self.origins[claim.id], self.view.reviewed.judgements.get(claim.id)
        return {
            "kind": claim.kind,
            "holder": self._holder(claim),
            "holder_kind": claim.source and claim.source.kind,
            "origin": _clean(found.key),
            "origin_name": _clean(found.name),
            "origin_kind": found.kind,
            "own": int(found.own),
            "attitude": claim.attitude,
            "certainty": claim.certainty,
            "polarity": claim.polarity,
            "quotation": claim.quotation,
            "hidden_source": int(claim.hidden_source),
            "true_from": claim.true_of and claim.true_of.earliest,
            "true_to": claim.true_of and claim.true_of.latest,
            "credibility": judged and judged.credibility,
        }

    def _figure(self, figure: Figure) -> Row:
        subject = self.actors.get(figure.subject or "")
        when = figure.as_of or figure.period  # a flow is true of its period
        return {
            "claim": self.keys[figure.claim],
            "holder": self._holder(self.claims[figure.claim]),
            "measure": _clean(figure.measure),
            "unit": _clean(figure.unit),
            "low": figure.low,
            "high": figure.high,
            "best": figure.best,
            "bound": figure.bound,
            "aspect": figure.aspect,
            "status": figure.status,
            "subject": subject and _clean(subject.name),
            "population": _clean(figure.population),
            "as_of_from": when and when.earliest,
            "as_of_to": when and when.latest,
        }

    def _incident(self, incident: Incident) -> Row:
        deaths = incident.deaths
        return {
            "type": incident.type,
            "mode": incident.mode,
            "ucdp_type": incident.ucdp_type,
            "shape": incident.shape,
            "where_prec": incident.where_prec,
            "date_prec": incident.date_prec,
            "date_from": incident.date and incident.date.earliest,
            "date_to": incident.date and incident.date.latest,
            "deaths_low": deaths and deaths.low,
            "deaths_best": deaths and deaths.best,
            "deaths_high": deaths and deaths.high,
        }

    def _relation(self, relation: Relation) -> Row:
        return {
            "type": relation.type,
            "source_name": _clean(self._name(relation.source)),
            "target_name": _clean(self._name(relation.target)),
            "polarity": relation.polarity,
            "holder": self._holder(self.claims[relation.claim]),
        }

    def _place(self, place: Place) -> Row:
        return {
            "place": place_key(place),
            "name": _clean(place.name),
            "kind": place.kind,
            "country": place.country,
            "where_prec": place.where_prec,
        }

    def _time(self, time: Time) -> Row:
        return {"type": time.type, "date_from": time.earliest, "date_to": time.latest}

    def _actor(self, actor: Actor) -> Row:
        keyed = self.keyed[actor.id]
        return {
            "actor": _clean(keyed.key),
            "called": _clean(keyed.called),
            "spelt": spelling(keyed.called),
            "country": keyed.country,
            "role": keyed.role,
            "name": _clean(actor.name),
            "kind": actor.kind,
        }


def place_key(place: Place) -> str:
    """What is the same place in all documents: its gazetteer id, else its folded name and country.

    A province that is called after its capital is another place than that.
    """
    if place.gazetteer_id:
        return f"{place.gazetteer}:{place.gazetteer_id}"
    division = f":{place.kind}" if place.kind in ("admin1", "admin2") else ""
    return f"{folded_name(place.name)}:{place.country or ''}{division}"


def _clean(value: str | None) -> str | None:
    """`value` as a column holds it: PostgreSQL stores no NUL."""
    return value.replace("\0", "\ufffd") if value else value


_ROWS: dict[str, Callable[[_Document, Any], Row]] = {
    "claim": _Document._claim,
    "figure": _Document._figure,
    "incident": _Document._incident,
    "relation": _Document._relation,
    "place": _Document._place,
    "time": _Document._time,
    "actor": _Document._actor,
}
