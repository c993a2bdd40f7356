"""Files, folders and standard input, within the limits of the settings."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from marsad.errors import BadInput, NotFound, TooLarge
from marsad.records.original import Original
from marsad.settings import load

MEDIA_TYPES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".jsonl": "application/jsonl",
    ".ndjson": "application/jsonl",
    ".json": "application/json",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".xml": "application/xml",
}
# Files and folders of a workspace (see ledger.workspace), which may lie beside what is read into it
WORKSPACE = frozenset(
    {"marsad.db", "marsad.db-wal", "marsad.db-shm", "marsad.lock", "marsad.toml", "originals"}
)
_CHUNK = 64 * 1024
_COLLECTIONS = {"application/jsonl"}  # one document a line, so that the whole may be larger


def read(where: str) -> Original:
    """The bytes of a file.

    Raises:
        BadInput: a folder, or a file that cannot be opened.
        NotFound: no such file.
        TooLarge: over the limit; a large file is refused unread.
    """
    media_type = MEDIA_TYPES.get(Path(where).suffix.lower())
    limit, setting = _limit(media_type)
    try:
        size = _size(where)
        if size > limit:
            raise too_large(where, size, limit, setting)
        with Path(where).open("rb") as stream:
            raw = _bounded(stream, where, limit, setting)
    except OSError as error:
        raise BadInput(f"{where}: cannot be read: {error.strerror or error}") from error
    return Original(raw, printable(where), media_type=media_type)


def read_standard_input() -> Original:
    """All of standard input, as source `-`.

    Raises:
        TooLarge: over the limit of a document, or of a collection where it looks like JSON Lines.
    """
    stream = sys.stdin.buffer
    head = stream.peek(1)[:1] if hasattr(stream, "peek") else b""
    media_type = "application/jsonl" if head == b"{" else None
    limit, setting = _limit(media_type)
    return Original(_bounded(stream, "-", limit, setting), "-")


def walk(path: str) -> Iterator[str]:
    """`path` itself or, of a folder, its files at any depth in sorted order.

    Hidden ones are left out, and so is what a workspace consists of.
    """
    if not Path(path).is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        own = WORKSPACE if not WORKSPACE.isdisjoint(names) else frozenset()
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in own)
        found = (name for name in sorted(names) if not name.startswith(".") and name not in own)
        yield from (str(Path(folder, name)) for name in found)


def printable(where: str) -> str:
    """`where` as text: a name that is not UTF-8 holds surrogates, which no record may."""
    return os.fsencode(where).decode("utf-8", "replace")


def too_large(where: str, size: int | None, limit: int, setting: str) -> TooLarge:
    """The refusal of `size` bytes (where known), naming the setting that allows more."""
    what = f"{size / 1e6:.1f} MB" if size is not None else "it"
    return TooLarge(f"{where}: {what} is over the limit of {limit / 1e6:.1f} MB ({setting})")


def _limit(media_type: str | None) -> tuple[int, str]:
    settings = load()
    if media_type in _COLLECTIONS:
        return settings.collection_bytes, "MARSAD_COLLECTION_BYTES"
    return settings.document_bytes, "MARSAD_DOCUMENT_BYTES"


def _size(where: str) -> int:
    path = Path(where)
    try:
        if not where or not path.exists():
            raise NotFound(f"{where}: no such file")
    except ValueError:  # a NUL in the name
        raise NotFound(f"{where}: no such file") from None
    if path.is_dir():
        raise BadInput(f"{where}: is a folder; `marsad add {where}` reads all that is in it")
    return path.stat().st_size


def _bounded(stream: BinaryIO, where: str, limit: int, setting: str) -> bytes:
    """All of `stream`, which may be a pipe without an end, up to `limit`."""
    raw = bytearray()
    while chunk := stream.read(_CHUNK):
        raw += chunk
        if len(raw) > limit:
            raise too_large(where, None, limit, setting)
    return bytes(raw)
