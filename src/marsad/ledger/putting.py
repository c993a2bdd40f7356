"""Readings into the ledger: what is there already, what is new, and its rows, many at a time."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Row, func, select, update

from marsad.errors import BadInput
from marsad.ledger import bulk, identity, journal, keys, view
from marsad.ledger.journal import Writer
from marsad.ledger.originals import Originals, is_text
from marsad.ledger.reviewing.applying import Reviewed
from marsad.ledger.schema import documents, readings, redactions, texts, vectors
from marsad.ledger.schema import journal as journal_table
from marsad.ledger.showing import index
from marsad.ledger.view import View
from marsad.records.reading import Document, Reading
from marsad.records.vectors import Vectors


class Entry(NamedTuple):
    """What goes in at once: a document, its bytes, a reading of it, and the vectors of its claims."""

    raw: bytes
    document: Document
    reading: Reading
    vectors: Vectors | None = None


class Current(NamedTuple):
    """What the newest reading of a document was made from, and by which versions."""

    given: Document  # without its text
    reader: str | None
    gazetteer: str | None


class Known(NamedTuple):
    """A document that is in the ledger."""

    first_recorded: str
    current: Current | None  # None where it is redacted

    def is_current(self, entry: Entry) -> bool:
        """Whether the newest reading is of the same input by the same versions."""
        read = entry.reading.document
        return self.current == Current(identity.given(entry.document), read.reader, read.gazetteer)


def known(connection: Connection, document_ids: Collection[str]) -> dict[str, Known]:
    """What the ledger has of these documents."""
    newest = (
        select(func.max(readings.c.entry))
        .where(readings.c.document.in_(document_ids))
        .group_by(readings.c.document)
    )
    asked = (
        select(documents.c.id, journal_table.c.recorded_at, redactions.c.entry.label("gone"))
        .add_columns(readings.c.given, readings.c.reader, readings.c.gazetteer)
        .join(readings, readings.c.document == documents.c.id)
        .join(journal_table, journal_table.c.number == documents.c.entry)
        .outerjoin(redactions, redactions.c.document == documents.c.id)
        .where(readings.c.entry.in_(newest))
    )
    return {
        row.id: Known(row.recorded_at, None if row.gone else _given(row)) for row in connection.execute(asked)
    }


def _given(row: Row[Any]) -> Current:
    return Current(msgspec.json.decode(row.given, type=Document), row.reader, row.gazetteer)


def put(connection: Connection, writer: Writer, originals: Originals, entries: Sequence[Entry]) -> list[bool]:
    """Add readings of different documents, and say of each whether it changed anything.

    Raises:
        BadInput: a document was redacted.
    """
    there = known(connection, {entry.document.id for entry in entries})
    now = journal.now()
    new, changes = [], []
    for entry in entries:
        before = there.get(entry.document.id)
        if before and before.current is None:
            raise BadInput("was redacted; a document that was removed is not read again")
        changes.append(before is None or not before.is_current(entry))
        if changes[-1]:
            if not is_text(entry.document):
                originals.put(connection, entry.raw)
            new.append(_New.of(entry, before, now))
    if new:
        with _uncollected():
            _add(connection, writer, new)
    return changes


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without Python's collector of cycles: all that is made of many rows is needed to the end of them.

    It would go over them again and again, find nothing, and take a quarter of the time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _New(NamedTuple):
    """A reading that is to be added."""

    entry: Entry
    before: Known | None
    row: dict[str, Any]  # of the table `readings`, but for its entry and body
    body: bytes
    vectors: dict[str, Any] | None  # of the table of this name, but for its entry and body

    @classmethod
    def of(cls, entry: Entry, before: Known | None, now: str) -> _New:
        document, read = entry.document, entry.reading.document
        body, body_sha256 = view.packed(entry.reading)
        row = {
            "document": document.id,
            "text_sha256": document.text_sha256,
            "extractor": document.extractor,
            "reader": read.reader,
            "gazetteer": read.gazetteer,
            "given": msgspec.json.encode(identity.given(document)).decode(),
            "known": identity.known_day(read, before.first_recorded if before else now),
            "body_sha256": body_sha256,
        }
        return cls(entry, before, row, body, _described(entry.vectors))

    def content(self) -> dict[str, Any]:
        """What the journal hashes of it."""
        vectors = {"vectors": self.vectors} if self.vectors else {}
        return {"raw_sha256": self.entry.document.raw_sha256, **self.row, **vectors}


def _described(vectors: Vectors | None) -> dict[str, Any] | None:
    if vectors is None:
        return None
    body_sha256 = hashlib.sha256(vectors.body).hexdigest()
    return {"claims": vectors.claims, "head": vectors.head, "body_sha256": body_sha256}


def _add(connection: Connection, writer: Writer, new: Sequence[_New]) -> None:
    made = writer.extend([("read", each.row["document"], each.content()) for each in new])
    slots = _put_documents(connection, [pair for pair in zip(new, made, strict=True) if not pair[0].before])
    _put_texts(connection, [each.entry.document for each in new])
    rows = [{**each.row, "entry": at.number, "body": each.body} for each, at in zip(new, made, strict=True)]
    bulk.insert(connection, readings, rows)
    bulk.insert(connection, vectors, list(_vectors(new, made)))
    views = [
        View(
            reviewed=Reviewed(each.entry.reading, {}, ()),
            known=each.row["known"],
            slot=slots[each.row["document"]],
            recorded_at=at.recorded_at,
            read_at=at.recorded_at,
            entry=at.number,
            through=at.number,
        )
        for each, at in zip(new, made, strict=True)
        if not each.before
    ]
    # what is new is as it was given; what was there before may have reviews, and is looked up
    index.put(connection, [each.row["document"] for each in new if each.before], views)


def _vectors(new: Sequence[_New], made: Sequence[journal.Entry]) -> Iterator[dict[str, Any]]:
    for each, at in zip(new, made, strict=True):
        if each.entry.vectors is not None and each.vectors is not None:
            yield {**each.vectors, "entry": at.number, "body": each.entry.vectors.body}


def _put_documents(connection: Connection, new: Iterable[tuple[_New, journal.Entry]]) -> dict[str, int]:
    """Add documents and give the slots that they took: the first free ones from where each begins."""
    rows: list[dict[str, Any]] = []
    new = list(new)
    taken = _taken(connection, [keys.first_slot(each.entry.document.id) for each, _ in new])
    for each, made in new:
        document = each.entry.document
        slot = keys.first_slot(document.id)
        while slot in taken:
            slot = (slot + 1) % keys.SLOTS
            taken |= _taken(connection, [slot])
        taken.add(slot)
        raw_sha256 = document.raw_sha256
        rows.append({"id": document.id, "slot": slot, "raw_sha256": raw_sha256, "entry": made.number})
    bulk.insert(connection, documents, rows)
    return {row["id"]: row["slot"] for row in rows}


def _taken(connection: Connection, slots: Sequence[int]) -> set[int]:
    """Those of `slots` that a document has."""
    found = bulk.select_in(connection, select(documents.c.slot), documents.c.slot, slots)
    return {row.slot for row in found}


def _put_texts(connection: Connection, new: Iterable[Document]) -> None:
    bodies = {document.text_sha256: document.text for document in new}
    asked = select(texts.c.sha256, func.length(texts.c.body).label("length"))
    there = {row.sha256: row.length for row in connection.execute(asked.where(texts.c.sha256.in_(bodies)))}
    missing = [sha256 for sha256 in bodies if sha256 not in there]
    bulk.insert(connection, texts, [{"sha256": each, "body": bodies[each].encode()} for each in missing])
    for sha256, length in there.items():
        if not length and bodies[sha256]:  # of a redacted document; another one has the same text
            body = bodies[sha256].encode()
            connection.execute(update(texts).where(texts.c.sha256 == sha256).values(body=body))
