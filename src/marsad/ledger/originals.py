"""The bytes of documents as they came, each in a file that is named by its SHA-256."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from marsad.errors import BadWorkspace, NotFound

FOLDER = "originals"
_UNFINISHED = ".unfinished-"


class Originals:
    """`originals/ab/abcd...`. A file is there whole or not at all, also after a crash."""

    def __init__(self, workspace: Path) -> None:
        self.folder = workspace / FOLDER

    def path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256

    def put(self, raw: bytes) -> str:
        """Keep `raw` and give its SHA-256. Call it under the workspace's lock."""
        sha256 = hashlib.sha256(raw).hexdigest()
        path = self.path(sha256)
        if not _holds(path, raw):
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path.with_name(_UNFINISHED + sha256), raw, to=path)
            _sync(path.parent)
            _sync(self.folder)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes under `sha256`.

        Raises:
            NotFound: no such bytes are kept here.
            BadWorkspace: the file does not hold the bytes that its name says.
        """
        try:
            raw = self.path(sha256).read_bytes()
        except FileNotFoundError:
            raise NotFound(f"{self.folder}: no original {sha256}") from None
        if hashlib.sha256(raw).hexdigest() != sha256:
            raise BadWorkspace(f"{self.path(sha256)}: damaged; add the document again to mend it")
        return raw

    def sweep(self) -> None:
        """Remove what a killed writer left unfinished. Call it under the workspace's lock."""
        for path in self.folder.glob(f"??/{_UNFINISHED}*"):
            path.unlink(missing_ok=True)


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
