"""The bytes of documents as they came, under their SHA-256: files in a folder, or rows of a table.

A workspace that is a folder keeps files, which anybody can open. One that is a database keeps rows,
so that all who share it have them. A row that people coded is its own text, byte for byte: it stands in
the table `texts` alone, since a million files of a kilobyte are no good to anybody.
"""

from __future__ import annotations

import hashlib
import os
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, Select, delete, insert, select

from marsad.errors import BadWorkspace, NotFound
from marsad.ledger.schema import originals as table
from marsad.ledger.schema import readings, texts
from marsad.records.reading import Document

FOLDER = "originals"
_UNFINISHED = ".unfinished-"


_CODED = "coded@"  # how the versions of the extractor of coded rows begin


def is_text(document: Document) -> bool:
    """Whether the bytes of a document are kept as its text."""
    return document.extractor.startswith(_CODED) and document.raw_sha256 == document.text_sha256


def kept_as_texts() -> Select[tuple[str]]:
    """The hashes of the texts that are originals too."""
    return select(readings.c.text_sha256).where(readings.c.extractor.startswith(_CODED))


class Originals(ABC):
    """Where bytes are kept. What changes is changed under the ledger's lock."""

    @abstractmethod
    def put(self, connection: Connection, raw: bytes) -> str:
        """Keep `raw` and give its SHA-256."""

    def get(self, connection: Connection, sha256: str) -> bytes:
        """The bytes under `sha256`.

        Raises:
            NotFound: no such bytes are kept here.
            BadWorkspace: what is there are not the bytes that its name says.
        """
        raw = self._kept(connection, sha256)
        if raw is None:
            raw = _text(connection, sha256)
        if raw is None:
            raise NotFound(f"{self.where(sha256)}: no original is here")
        if hashlib.sha256(raw).hexdigest() != sha256:
            raise BadWorkspace(f"{self.place(connection, sha256)}: damaged; take it from a backup")
        return raw

    @abstractmethod
    def _kept(self, connection: Connection, sha256: str) -> bytes | None:
        """What is kept here under `sha256`, texts aside."""

    @abstractmethod
    def remove(self, connection: Connection, sha256: str) -> None:
        """Keep the bytes no longer; those that are a text go with it."""

    @abstractmethod
    def where(self, sha256: str) -> str:
        """In words, where bytes of this hash are kept that are no text."""

    def place(self, connection: Connection, sha256: str) -> str:
        """In words, where the bytes are."""
        is_here = self._kept(connection, sha256) is not None or _text(connection, sha256) is None
        return self.where(sha256) if is_here else f"texts, row {sha256}"

    @abstractmethod
    def hashes(self, connection: Connection) -> Iterator[str]:
        """Of all that is kept, texts aside."""


class Folder(Originals):
    """`originals/ab/abcd...`. A file is there whole or not at all, also after a crash."""

    def __init__(self, workspace: Path) -> None:
        self.folder = workspace / FOLDER
        self._is_swept = False

    def path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256

    def put(self, connection: Connection, raw: bytes) -> str:
        self._sweep()
        sha256 = hashlib.sha256(raw).hexdigest()
        path = self.path(sha256)
        if not _holds(path, raw):
            is_new = not path.parent.exists()
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path.with_name(_UNFINISHED + sha256), raw, to=path)
            _sync(path.parent)
            if is_new:
                _sync(self.folder)
        return sha256

    def _kept(self, connection: Connection, sha256: str) -> bytes | None:
        try:
            return self.path(sha256).read_bytes()
        except FileNotFoundError:
            return None

    def remove(self, connection: Connection, sha256: str) -> None:
        self.path(sha256).unlink(missing_ok=True)

    def where(self, sha256: str) -> str:
        return str(self.path(sha256))

    def hashes(self, connection: Connection) -> Iterator[str]:
        for path in sorted(self.folder.glob("??/*")):
            if not path.name.startswith(_UNFINISHED):
                yield path.name

    def _sweep(self) -> None:
        """Once, remove what a killed writer left unfinished; the lock is held, so nobody is at it."""
        if not self._is_swept:
            for path in self.folder.glob(f"??/{_UNFINISHED}*"):
                path.unlink(missing_ok=True)
            self._is_swept = True


class Rows(Originals):
    """Rows of the table `originals`, in the transaction of the document that they belong to."""

    def put(self, connection: Connection, raw: bytes) -> str:
        sha256 = hashlib.sha256(raw).hexdigest()
        kept = connection.execute(select(table.c.body).filter_by(sha256=sha256)).scalar()
        if kept != raw:
            self.remove(connection, sha256)  # damaged
            connection.execute(insert(table).values(sha256=sha256, body=raw))
        return sha256

    def _kept(self, connection: Connection, sha256: str) -> bytes | None:
        raw = connection.execute(select(table.c.body).filter_by(sha256=sha256)).scalar()
        return None if raw is None else bytes(raw)

    def remove(self, connection: Connection, sha256: str) -> None:
        connection.execute(delete(table).filter_by(sha256=sha256))

    def where(self, sha256: str) -> str:
        return f"originals, row {sha256}"

    def hashes(self, connection: Connection) -> Iterator[str]:
        yield from connection.execute(select(table.c.sha256).order_by(table.c.sha256)).scalars()


def _text(connection: Connection, sha256: str) -> bytes | None:
    """The text of coded rows that is an original too; of one that was redacted nothing is left."""
    asked = kept_as_texts().where(readings.c.text_sha256 == sha256).limit(1)
    if connection.execute(asked).first() is None:
        return None
    body = connection.execute(select(texts.c.body).filter_by(sha256=sha256)).scalar()
    return bytes(body) if body else None


def _holds(path: Path, raw: bytes) -> bool:
    try:
        return path.read_bytes() == raw
    except FileNotFoundError:
        return False


def _write(unfinished: Path, raw: bytes, *, to: Path) -> None:
    with unfinished.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(to)


def _sync(folder: Path) -> None:
    """Make the names in `folder` durable, where the system lets a folder be opened (not on Windows)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
