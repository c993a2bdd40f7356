"""The ledger itself: open it, put a reading in, get it out whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, CursorResult, desc, func, insert, select

from marsad.errors import BadWorkspace, NotFound
from marsad.ledger import identity, queries, workspace
from marsad.ledger.database import Database
from marsad.ledger.originals import Originals
from marsad.ledger.queries import Filter, FoundClaim, FoundDocument
from marsad.ledger.schema import documents, readings, records, texts
from marsad.ledger.soundness import require_sound
from marsad.records.reading import Document, Reading, decode, encode


class Current(NamedTuple):
    """What the newest reading of a document was made from, and by which versions."""

    given: Document  # without its text
    reader: str | None
    gazetteer: str | None


class Ledger:
    """The ledger of one workspace. Rows are added, never changed; close it when done."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.originals = Originals(folder)
        self._database = Database(folder)

    @classmethod
    def open(cls, folder: Path | str, *, create: bool = False) -> Ledger:
        """The ledger in `folder`, brought to this program's schema.

        Raises:
            BadWorkspace: there is none and `create` is false, or a newer program has made it.
        """
        folder = Path(folder)
        if not create and not workspace.is_workspace(folder):
            raise BadWorkspace(
                f"{folder}: no workspace here; name one with --workspace, or make one with marsad add"
            )
        ledger = cls(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            ledger._database.migrate()
        except OSError as error:
            raise BadWorkspace(f"{folder}: {error.strerror}; a workspace is a folder") from error
        return ledger

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # In

    def put(self, raw: bytes, document: Document, reading: Reading) -> bool:
        """Store `reading`, made from `document` as it was frozen from `raw`, in one transaction.

        When this returns, all of it is on disk. New bytes at a known URL become a revision of the
        document that was there.

        Returns:
            Whether anything changed: a reading of the same input by the same versions does not.

        Raises:
            BadInput: a record does not stand on words of the document.
            BadWorkspace: the ledger cannot be written. In both cases nothing of it is stored.
        """
        require_sound(reading)
        with self._database.writing() as connection:
            given = identity.given(document)
            current = _current(connection, document.id)
            if current == Current(given, reading.document.reader, reading.document.gazetteer):
                return False
            self.originals.sweep()
            self.originals.put(raw)
            now = datetime.now(UTC).isoformat(timespec="microseconds")
            recorded_at, revision_of = _put_document(connection, document, now)
            _put_reading(
                connection,
                _as_revision(reading, revision_of),
                text_id=_put_text(connection, document, now),
                given=msgspec.json.encode(given).decode(),
                known=identity.known_day(reading.document, recorded_at),
                recorded_at=now,
            )
        return True

    # Out

    def current(self, document_id: str) -> Current | None:
        """What the newest reading of a document was made from; `None` where it is not here."""
        with self._database.reading() as connection:
            return _current(connection, document_id)

    def reading(self, document_id: str) -> Reading:
        """The newest reading of a document, whole: evidence for its holder, not to be handed on.

        Raises:
            NotFound: the ledger has no such document.
        """
        newest = (
            select(readings.c.body)
            .where(readings.c.document_id == document_id)
            .order_by(desc(readings.c.id))
            .limit(1)
        )
        with self._database.reading() as connection:
            body = connection.execute(newest).scalar()
        if body is None:
            raise NotFound(f"{self.folder}: no document {document_id}; see marsad documents")
        return decode(body.encode())

    def claims(self, wanted: Filter = Filter()) -> Iterator[FoundClaim]:  # noqa: B008 (immutable)
        """The claims that `wanted` lets through, as they may be shown, by document in order of adding."""
        with self._database.reading() as connection:
            yield from queries.claims(connection, wanted)

    def documents(self, wanted: Filter = Filter()) -> Iterator[FoundDocument]:  # noqa: B008 (immutable)
        """The documents that `wanted` lets through, as they may be shown, in order of adding."""
        with self._database.reading() as connection:
            yield from queries.documents_found(connection, wanted)


def _current(connection: Connection, document_id: str) -> Current | None:
    newest = (
        select(readings.c.given, readings.c.reader, readings.c.gazetteer)
        .where(readings.c.document_id == document_id)
        .order_by(desc(readings.c.id))
        .limit(1)
    )
    row = connection.execute(newest).first()
    return row and Current(msgspec.json.decode(row.given, type=Document), row.reader, row.gazetteer)


def _put_document(connection: Connection, document: Document, now: str) -> tuple[str, str | None]:
    """When it was first recorded, and what it is a revision of; added where it is new."""
    known = select(documents.c.recorded_at, documents.c.revision_of).where(documents.c.id == document.id)
    if row := connection.execute(known).first():
        return row.recorded_at, row.revision_of
    revision_of = document.revision_of or _at_same_address(connection, document.url)
    last = connection.execute(select(func.max(documents.c.number))).scalar()
    connection.execute(
        insert(documents).values(
            id=document.id,
            raw_sha256=document.raw_sha256,
            source=document.source,
            url=document.url,
            revision_of=revision_of,
            number=(last or 0) + 1,
            recorded_at=now,
        )
    )
    return now, revision_of


def _at_same_address(connection: Connection, url: str | None) -> str | None:
    """The newest document from `url`."""
    if url is None:
        return None
    there = select(documents.c.id).where(documents.c.url == url).order_by(desc(documents.c.number)).limit(1)
    return connection.execute(there).scalar()


def _as_revision(reading: Reading, revision_of: str | None) -> Reading:
    return replace(reading, document=replace(reading.document, revision_of=revision_of))


def _put_text(connection: Connection, document: Document, now: str) -> int:
    what = {
        "document_id": document.id,
        "extractor": document.extractor,
        "text_sha256": document.text_sha256,
    }
    there = connection.execute(select(texts.c.id).filter_by(**what)).scalar()
    if there is not None:
        return int(there)
    added = connection.execute(insert(texts).values(**what, text=document.text, recorded_at=now))
    return _key(added)


def _put_reading(connection: Connection, reading: Reading, **columns: str | int) -> None:
    body = encode(reading)
    added = connection.execute(
        insert(readings).values(
            document_id=reading.document.id,
            reader=reading.document.reader,
            gazetteer=reading.document.gazetteer,
            body=body.decode(),
            body_sha256=hashlib.sha256(body).hexdigest(),
            **columns,
        )
    )
    rows = list(_rows(reading, _key(added)))
    if rows:
        connection.execute(insert(records), rows)


def _rows(reading: Reading, reading_id: int) -> Iterator[dict[str, Any]]:
    for found in identity.numbered(reading):
        yield {
            "reading_id": reading_id,
            "id": found.id,
            "kind": found.kind,
            "local": found.record.id,
            "ordinal": found.ordinal,
            "reader": found.record.reader,
            "spans": msgspec.json.encode(found.spans).decode(),
            "begin": min((begin for begin, _ in found.spans), default=None),
            "end": max((end for _, end in found.spans), default=None),
            "body": msgspec.json.encode(found.record).decode(),
        }


def _key(added: CursorResult[Any]) -> int:
    """The integer key that the database gave to the row just added."""
    return int(added.lastrowid)
