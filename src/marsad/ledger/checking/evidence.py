"""The evidence: bytes, texts, readings and reviews, each against its hash and against the others."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, func, select

from marsad.errors import BadInput, MarsadError, NotFound
from marsad.ledger import identity, keys, packing, view
from marsad.ledger.checking.problem import RESTORE, Problem
from marsad.ledger.originals import Folder, Originals
from marsad.ledger.schema import (
    documents,
    forecasts,
    journal,
    readings,
    redactions,
    reviews,
    texts,
    vectors,
    verdicts,
)
from marsad.ledger.soundness import require_sound
from marsad.ledger.store import Store
from marsad.records.forecast import identifier
from marsad.records.reading import Document, Reading
from marsad.records.review import Review
from marsad.records.vectors import DIMENSIONS

_STOPPED = "a program that was stopped left it; it does no harm"
_EMPTIED = "redacted, but {} is still here"


def document(connection: Connection, store: Store, row: Row[Any], *, is_gone: bool) -> Iterator[Problem]:
    """What is wrong with the evidence of one document, given its row of `documents`."""
    where = f"document {row.id}"
    if not _is_found_by_probing(connection, row.id, row.slot):
        yield Problem(where, f"stands in slot {row.slot}, where it is not looked for", RESTORE)
    for entry in connection.execute(select(readings.c.entry).filter_by(document=row.id)).scalars().all():
        found = connection.execute(select(readings).filter_by(entry=entry)).one()
        held = connection.execute(select(vectors).filter_by(entry=entry)).first()
        yield from _emptied(found, held, where) if is_gone else _reading(connection, found, held, row)
    if not is_gone:
        yield from _reviews(connection, row.id)
        yield from _original(connection, store, row)


def _is_found_by_probing(connection: Connection, document_id: str, slot: int) -> bool:
    """Whether all slots from where a document's is looked for first, up to its own, are taken."""
    at = keys.first_slot(document_id)
    while at != slot:
        if connection.execute(select(documents.c.id).filter_by(slot=at)).first() is None:
            return False
        at = (at + 1) % keys.SLOTS
    return True


def forecasts_of(connection: Connection) -> Iterator[Problem]:
    """Forecasts and their verdicts whose figures are not what was kept, or whose id is another's."""
    for table, what in ((forecasts, "forecast"), (verdicts, "verdict")):
        for row in connection.execute(select(table), execution_options={"yield_per": 1}):
            where = f"{what} {row.id}"
            if hashlib.sha256(row.body).hexdigest() != row.body_sha256:
                yield Problem(where, "has figures that are not what was kept, by their hash", RESTORE)
            elif identifier(row.given, row.body_sha256) != row.id:
                yield Problem(where, "says otherwise than its id", RESTORE)


# Readings


def _reading(connection: Connection, row: Row[Any], held: Row[Any] | None, of: Row[Any]) -> Iterator[Problem]:
    where = f"document {of.id}, reading of entry {row.entry}"
    text = connection.execute(select(texts.c.body).filter_by(sha256=row.text_sha256)).scalar_one()
    if hashlib.sha256(packing.unpacked(row.body)).hexdigest() != row.body_sha256:
        yield Problem(where, "is not what was stored, by its hash", RESTORE)
        return
    reading = view.unpacked(row.body, text)
    try:
        require_sound(reading)
    except BadInput as error:
        yield Problem(where, str(error), RESTORE)
    if unlike := ", ".join(_unlike(reading, row, of)):
        yield Problem(where, f"says otherwise than its row: {unlike}", RESTORE)
    if held is not None and (unlike := ", ".join(_misfits(held, reading))):
        yield Problem(where, f"has vectors that {unlike}", RESTORE)


def _misfits(row: Row[Any], reading: Reading) -> Iterator[str]:
    if hashlib.sha256(row.body).hexdigest() != row.body_sha256:
        yield "are not what was stored, by their hash"
    if not row.claims == len(reading.claims) == len(row.body) / DIMENSIONS:
        yield "are not one a claim"


def _unlike(reading: Reading, row: Row[Any], of: Row[Any]) -> Iterator[str]:
    """The columns that say otherwise than the reading."""
    read = reading.document
    given = msgspec.json.decode(row.given, type=Document)
    pairs = {
        "document": ((read.id, given.id), (row.document, row.document)),
        "raw_sha256": ((read.raw_sha256, given.raw_sha256), (of.raw_sha256, of.raw_sha256)),
        "text_sha256": ((read.text_sha256, given.text_sha256), (row.text_sha256, row.text_sha256)),
        "extractor": ((read.extractor, given.extractor), (row.extractor, row.extractor)),
        "reader": (read.reader, row.reader),
        "gazetteer": (read.gazetteer, row.gazetteer),
        # where nothing of the document says a day, it is the one on which it was recorded
        "known": (identity.known_day(read, row.known), row.known),
    }
    yield from (name for name, (said, stored) in pairs.items() if said != stored)
    if given.text:
        yield "given"


def _emptied(row: Row[Any], held: Row[Any] | None, where: str) -> Iterator[Problem]:
    """What a redaction should have removed. Hashes and the journal stay."""
    if row.body or (held and held.body):
        yield Problem(where, _EMPTIED.format(f"its reading of entry {row.entry}"), RESTORE)


def _reviews(connection: Connection, document_id: str) -> Iterator[Problem]:
    asked = (
        select(reviews.c.entry, reviews.c.body, journal.c.recorded_at)
        .outerjoin(journal, journal.c.number == reviews.c.entry)
        .where(reviews.c.document == document_id)
        .order_by(reviews.c.entry)
    )
    for row in connection.execute(asked).all():
        made = msgspec.json.decode(row.body, type=Review)
        if (made.id, made.document, made.recorded_at) != (f"r{row.entry}", document_id, row.recorded_at):
            yield Problem(f"document {document_id}, review r{row.entry}", "names another entry", RESTORE)


# Texts


def text(connection: Connection, sha256: str) -> Iterator[Problem]:
    """What is wrong with one text: it is whole, or empty where all its documents were redacted."""
    body = connection.execute(select(texts.c.body).filter_by(sha256=sha256)).scalar_one()
    of_text = select(readings.c.document, redactions.c.entry).where(readings.c.text_sha256 == sha256)
    joined = of_text.outerjoin(redactions, redactions.c.document == readings.c.document)
    found = connection.execute(joined).all()
    is_gone = bool(found) and all(row.entry is not None for row in found)
    if not found:
        yield Problem(f"text {sha256}", "is of no document", RESTORE)
    if is_gone and body:
        yield Problem(f"text {sha256}", _EMPTIED.format("it"), RESTORE)
    if is_gone:
        return
    if hashlib.sha256(body).hexdigest() != sha256:
        yield Problem(f"text {sha256}", "is not what was stored, by its hash", RESTORE)
    try:
        body.decode()
    except UnicodeDecodeError as error:
        yield Problem(f"text {sha256}", f"is no UTF-8 from byte {error.start}", RESTORE)


# Originals


def _original(connection: Connection, store: Store, row: Row[Any]) -> Iterator[Problem]:
    """Whether the bytes of a document are kept. Files know no moments, so they may be gone by now."""
    try:
        store.originals.get(connection, row.raw_sha256)
    except (MarsadError, OSError) as error:
        if isinstance(error, NotFound) and _was_redacted_since(store, row.id):
            return
        what = "is missing" if isinstance(error, NotFound) else "is not what was stored, or cannot be read"
        yield Problem(
            store.originals.place(connection, row.raw_sha256),
            f"the original of document {row.id} {what}",
            "put it back from a backup",
        )


def _was_redacted_since(store: Store, document_id: str) -> bool:
    with store.database.reading() as later:
        return later.execute(select(redactions.c.entry).filter_by(document=document_id)).first() is not None


def other_originals(connection: Connection, originals: Originals) -> Iterator[Problem]:
    """Originals that no document needs: harmless, but for those of redacted documents."""
    asked = (
        select(func.count(documents.c.id), func.count(redactions.c.entry))
        .select_from(documents)
        .outerjoin(redactions, redactions.c.document == documents.c.id)
    )
    unneeded = 0
    for sha256 in originals.hashes(connection):
        number, gone = connection.execute(asked.where(documents.c.raw_sha256 == sha256)).one()
        unneeded += number == 0
        if 0 < number == gone:
            yield Problem(originals.where(sha256), "is of a document that was redacted", "remove it")
    if unneeded:
        yield Problem("originals", f"{unneeded} belong to no document", _STOPPED, is_harmless=True)
    if isinstance(originals, Folder) and (begun := len(list(originals.folder.glob("??/.*")))):
        yield Problem(str(originals.folder), f"{begun} unfinished files", _STOPPED, is_harmless=True)
