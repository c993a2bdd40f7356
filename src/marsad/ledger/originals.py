"""The bytes of documents as they came, under their SHA-256: files in a folder, or rows of a table.

A workspace that is a folder keeps files, which anybody can open. One that is a database keeps rows,
so that all who share it have them.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, delete, insert, select

from marsad.errors import BadWorkspace, NotFound
from marsad.ledger.schema import originals as table

FOLDER = "originals"
_UNFINISHED = ".unfinished-"


class Originals(Protocol):
    """Where bytes are kept. What changes is changed under the ledger's lock."""

    def put(self, connection: Connection, raw: bytes) -> str:
        """Keep `raw` and give its SHA-256."""

    def get(self, connection: Connection, sha256: str) -> bytes:
        """The bytes under `sha256`.

        Raises:
            NotFound: no such bytes are kept here.
            BadWorkspace: what is there are not the bytes that its name says.
        """

    def remove(self, connection: Connection, sha256: str) -> None:
        """Keep the bytes no longer."""

    def where(self, sha256: str) -> str:
        """In words, where the bytes are."""

    def hashes(self, connection: Connection) -> Iterator[str]:
        """Of all that is kept."""


class Folder:
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

    def get(self, connection: Connection, sha256: str) -> bytes:
        try:
            raw = self.path(sha256).read_bytes()
        except FileNotFoundError:
            raise NotFound(f"{self.folder}: no original {sha256}") from None
        return _checked(raw, sha256, str(self.path(sha256)))

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


class Rows:
    """Rows of the table `originals`, in the transaction of the document that they belong to."""

    def put(self, connection: Connection, raw: bytes) -> str:
        sha256 = hashlib.sha256(raw).hexdigest()
        kept = connection.execute(select(table.c.body).filter_by(sha256=sha256)).scalar()
        if kept != raw:
            self.remove(connection, sha256)  # damaged
            connection.execute(insert(table).values(sha256=sha256, body=raw))
        return sha256

    def get(self, connection: Connection, sha256: str) -> bytes:
        raw = connection.execute(select(table.c.body).filter_by(sha256=sha256)).scalar()
        if raw is None:
            raise NotFound(f"{self.where(sha256)}: no such original")
        return _checked(bytes(raw), sha256, self.where(sha256))

    def remove(self, connection: Connection, sha256: str) -> None:
        connection.execute(delete(table).filter_by(sha256=sha256))

    def where(self, sha256: str) -> str:
        return f"originals, row {sha256}"

    def hashes(self, connection: Connection) -> Iterator[str]:
        yield from connection.execute(select(table.c.sha256).order_by(table.c.sha256)).scalars()


def _checked(raw: bytes, sha256: str, where: str) -> bytes:
    if hashlib.sha256(raw).hexdigest() != sha256:
        raise BadWorkspace(f"{where}: damaged; take it from a backup")
    return raw


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
