"""What the ledger says of one document at one moment: its newest reading, as people left it.

A view is a function of facts alone, and of the entries up to one number: the same for what is shown
now, for a replay of an earlier moment, and for a check.
"""

from __future__ import annotations

import hashlib
import zlib
from typing import NamedTuple

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, desc, select

from marsad.errors import BadWorkspace
from marsad.ledger import packing
from marsad.ledger.reviewing import applying as reviewing
from marsad.ledger.reviewing.applying import Reviewed
from marsad.ledger.schema import documents, journal, lifts, readings, redactions, reviews, texts
from marsad.records.reading import Reading, decode, encode
from marsad.records.review import Review

REMOVED = "{}"  # JSON that a redaction leaves
NOW = 1 << 62  # an entry number after every other


class View(NamedTuple):
    """A document as it stood: whole, not yet disclosed."""

    reviewed: Reviewed
    known: str
    slot: int
    recorded_at: str  # when the document was first recorded
    read_at: str  # when this reading was
    entry: int  # of this reading
    through: int  # the newest entry that the view holds

    @property
    def reading(self) -> Reading:
        return self.reviewed.reading


def view(connection: Connection, document_id: str, through: int = NOW) -> View | None:
    """The document as it stood after entry `through`; `None` where it was not there, or is redacted."""
    if connection.execute(select(redactions.c.entry).filter_by(document=document_id)).first():
        return None
    newest = (
        select(readings, texts.c.body.label("text"), journal.c.recorded_at)
        .join(texts, texts.c.sha256 == readings.c.text_sha256)
        .join(journal, journal.c.number == readings.c.entry)
        .where(readings.c.document == document_id, readings.c.entry <= through)
        .order_by(desc(readings.c.entry))
        .limit(1)
    )
    row = connection.execute(newest).first()
    if row is None:
        return None
    added = connection.execute(
        select(documents.c.slot, journal.c.recorded_at)
        .join(journal, journal.c.number == documents.c.entry)
        .where(documents.c.id == document_id)
    ).one()
    made = reviews_of(connection, document_id, through)
    reviewed = reviewing.apply(unpacked(row.body, row.text), made)
    last = max([row.entry, *(int(review.id[1:]) for review in made)])
    return View(reviewed, row.known, added.slot, added.recorded_at, row.recorded_at, row.entry, last)


class Tombstone(NamedTuple):
    """What is left of a document whose text was removed."""

    id: str
    slot: int
    raw_sha256: str
    text_sha256: str
    extractor: str
    known: str
    recorded_at: str
    redacted: dict[str, str]  # at, by, reason


def tombstone(connection: Connection, document_id: str) -> Tombstone | None:
    """What is left of a redacted document; `None` where it is not redacted."""
    added, removed = journal.alias(), journal.alias()
    asked = (
        select(documents, readings, added.c.recorded_at, removed.c.recorded_at.label("at"))
        .add_columns(redactions.c.by, redactions.c.reason)
        .join(readings, readings.c.document == documents.c.id)
        .join(redactions, redactions.c.document == documents.c.id)
        .join(added, added.c.number == documents.c.entry)
        .join(removed, removed.c.number == redactions.c.entry)
        .where(documents.c.id == document_id)
        .order_by(desc(readings.c.entry))
        .limit(1)
    )
    row = connection.execute(asked).first()
    if row is None:
        return None
    return Tombstone(
        id=document_id,
        slot=row.slot,
        raw_sha256=row.raw_sha256,
        text_sha256=row.text_sha256,
        extractor=row.extractor,
        known=row.known,
        recorded_at=row.recorded_at,
        redacted={"at": row.at, "by": row.by, "reason": row.reason},
    )


def reviews_of(connection: Connection, document_id: str, through: int = NOW) -> list[Review]:
    """The reviews of a document up to entry `through`, in the order in which they were made."""
    asked = (
        select(reviews.c.body)
        .where(reviews.c.document == document_id, reviews.c.entry <= through, reviews.c.body != REMOVED)
        .order_by(reviews.c.entry)
    )
    return [msgspec.json.decode(body, type=Review) for body in connection.execute(asked).scalars()]


def are_camps_lifted(connection: Connection, through: int = NOW) -> bool:
    """Whether an analyst has lifted the coarsening of camps and the like for this workspace."""
    last = select(lifts.c.lifted).where(lifts.c.entry <= through).order_by(desc(lifts.c.entry)).limit(1)
    return bool(connection.execute(last).scalar())


def packed(reading: Reading) -> tuple[bytes, str]:
    """A reading as it is stored, without its text, and the SHA-256 of its canonical JSON."""
    body = encode(replace(reading, document=replace(reading.document, text="")))
    return packing.packed(body), hashlib.sha256(body).hexdigest()


def unpacked(body: bytes, text: bytes) -> Reading:
    """The reading that `packed` stored, with its text.

    Raises:
        BadWorkspace: the bytes are not what was stored.
    """
    try:
        reading = decode(packing.unpacked(body))
        return replace(reading, document=replace(reading.document, text=text.decode()))
    except (zlib.error, UnicodeDecodeError, msgspec.MsgspecError) as error:
        raise BadWorkspace(f"a stored reading is damaged ({error}); run marsad check") from error
