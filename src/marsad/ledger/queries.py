"""What is asked of the ledger. Every answer has passed through disclosure.

A filter looks at what may be shown, not at what is stored: asking for a private person's name finds
nothing, and so gives nothing away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Row, Select, func, select

from marsad.disclosure import disclose
from marsad.ledger.schema import documents, readings, records
from marsad.records.reading import Claim, Document, Figure, Party, Reading, decode

# Fields that hold ids local to a reading; in a list they are ids of the ledger.
_REFERENCES = frozenset(
    {"parent", "denies", "about", "claim", "incident", "share_of", "part_of", "subject", "places"}
    | {"actor", "time"}
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Filter:
    """What to let through. `None` lets everything through."""

    document: str | None = None  # an id, or how it begins
    as_known: str | None = None  # a day: leave out what was not known by then
    kind: str | None = None  # of claim: attributed or narrated
    actor: str | None = None  # its name or one of its aliases, in any case: as holder or as subject
    source: str | None = None  # words in the name of the source or of anybody in the chain


class FoundDocument(NamedTuple):
    document: Document
    known: str
    recorded_at: str
    claims: int
    figures: int

    def listed(self) -> dict[str, Any]:
        """As a JSON object; the text itself is left out."""
        found = msgspec.to_builtins(self.document)
        del found["text"]
        counts = {"claims": self.claims, "figures": self.figures}
        return {**found, "known": self.known, "recorded_at": self.recorded_at, **counts}


class FoundClaim(NamedTuple):
    id: str
    claim: Claim
    figures: tuple[Figure, ...]
    found_in: FoundDocument
    ids: dict[str, str]  # of the records of this reading: local id → id in the ledger
    names: dict[str, str]  # of its actors and places: local id → name

    def listed(self) -> dict[str, Any]:
        """As a JSON object: the claim with its figures and its document, all ids of the ledger.

        `names` says what the actors and places are called that it refers to.
        """
        document = self.found_in.document
        return {
            "id": self.id,
            "document": document.id,
            "title": document.title,
            "publisher": document.publisher,
            "published": msgspec.to_builtins(document.published),
            "known": self.found_in.known,
            "recorded_at": self.found_in.recorded_at,
            "url": document.url,
            **self._globally(self.claim),
            "figures": [self._globally(figure) for figure in self.figures],
            "names": {self.ids[local]: self.names[local] for local in self._referred()},
        }

    def _referred(self) -> list[str]:
        """The actors and places, by local id, that the claim and its figures refer to."""
        parties = [party.actor for party in (self.claim.source, *self.claim.chain) if party]
        of_figures = [each for figure in self.figures for each in (figure.subject, *figure.places)]
        referred = dict.fromkeys((*parties, *self.claim.about, *of_figures))
        return [local for local in referred if local in self.names]

    def _globally(self, record: Claim | Figure) -> dict[str, Any]:
        found = {key: _with_ids(value, self.ids, key) for key, value in msgspec.to_builtins(record).items()}
        return {**found, "id": self.ids[record.id]}


def claims(connection: Connection, wanted: Filter) -> Iterator[FoundClaim]:
    for row, reading in _readings(connection, wanted):
        found_in = _document(row, reading)
        ids = _ids(connection, row.reading_id)
        named = {actor.id: actor.name for actor in reading.actors}
        named |= {place.id: place.name for place in reading.places}
        names = {
            actor.id: {actor.name.casefold(), *map(str.casefold, actor.aliases)} for actor in reading.actors
        }
        for claim in reading.claims:
            if _passes(claim, wanted, names):
                figures = tuple(figure for figure in reading.figures if figure.claim == claim.id)
                yield FoundClaim(ids[claim.id], claim, figures, found_in, ids, named)


def documents_found(connection: Connection, wanted: Filter) -> Iterator[FoundDocument]:
    for row, reading in _readings(connection, wanted):
        yield _document(row, reading)


def _readings(connection: Connection, wanted: Filter) -> Iterator[tuple[Row[Any], Reading]]:
    """The newest reading of each document that `wanted` lets through, disclosed, one at a time."""
    for row in connection.execute(_newest(wanted), execution_options={"yield_per": 50}):
        yield row, disclose(decode(row.body.encode()))


def _newest(wanted: Filter) -> Select[Any]:
    newest = select(func.max(readings.c.id)).group_by(readings.c.document_id)
    found = (
        select(readings.c.id.label("reading_id"), readings.c.body, readings.c.known, documents.c.recorded_at)
        .join(documents, documents.c.id == readings.c.document_id)
        .where(readings.c.id.in_(newest))
        .order_by(documents.c.number)
    )
    if wanted.document:
        found = found.where(documents.c.id.startswith(wanted.document, autoescape=True))
    if wanted.as_known:
        found = found.where(readings.c.known <= wanted.as_known)
    return found


def _document(row: Row[Any], reading: Reading) -> FoundDocument:
    counts = len(reading.claims), len(reading.figures)
    return FoundDocument(reading.document, row.known, row.recorded_at, *counts)


def _ids(connection: Connection, reading_id: int) -> dict[str, str]:
    of_reading = select(records.c.local, records.c.id).where(records.c.reading_id == reading_id)
    return {row.local: row.id for row in connection.execute(of_reading)}


def _passes(claim: Claim, wanted: Filter, names: dict[str, set[str]]) -> bool:
    parties = [party for party in (claim.source, *claim.chain) if party]
    return (
        wanted.kind in (None, claim.kind)
        and (wanted.actor is None or wanted.actor.casefold() in _held_or_about(claim, parties, names))
        and (wanted.source is None or _worded(wanted.source.casefold(), parties, names))
    )


def _held_or_about(claim: Claim, parties: list[Party], names: dict[str, set[str]]) -> set[str]:
    """The names, folded, of everybody who holds the claim or whom it is about."""
    ids = {*claim.about, *(party.actor for party in parties if party.actor)}
    return {name for actor in ids for name in names.get(actor, ())} | {p.text.casefold() for p in parties}


def _worded(words: str, parties: list[Party], names: dict[str, set[str]]) -> bool:
    of_parties = {party.text.casefold() for party in parties}
    of_actors = {name for party in parties for name in names.get(party.actor or "", ())}
    return any(words in name for name in of_parties | of_actors)


def _with_ids(value: object, ids: dict[str, str], field: str) -> object:
    """`value` of `field` with the local ids in it replaced by the ledger's."""
    if isinstance(value, dict):
        return {key: _with_ids(each, ids, key) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_with_ids(each, ids, field) for each in value]
    return ids.get(value, value) if field in _REFERENCES and isinstance(value, str) else value
