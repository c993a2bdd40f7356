"""Files and standard input, within the limits of the settings."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from marsad.errors import BadInput, NotFound, TooLarge
from marsad.records.original import Original, Refused
from marsad.settings import load
from marsad.sources import lines
from marsad.sources.kinds import HEAD, media_type_of

_CHUNK = 64 * 1024
_COLLECTIONS = {"application/jsonl"}  # one document a line, so that the whole may be larger


def read(where: str) -> Original:
    """The bytes of a file.

    Raises:
        BadInput: a folder, a file that is none, or one that cannot be opened.
        NotFound: no such file.
        TooLarge: over the limit; a large file is refused unread.
    """
    media_type = media_type_of(where)
    limit, setting = _limit(media_type)
    with opened(where) as stream:
        refuse_large(stream, where, limit, setting)
        return Original(_bounded(stream, where, limit, setting), printable(where), media_type=media_type)


def read_lines(where: str) -> Iterator[Original | Refused]:
    """The documents of a file of JSON Lines, one a line.

    Raises:
        TooLarge: over the limit of a collection; it is refused unread.
    """
    settings = load()
    with opened(where) as stream:
        refuse_large(stream, where, settings.collection_bytes, "MARSAD_COLLECTION_BYTES")
        yield from lines.rows(stream, printable(where))


def head(where: str) -> bytes:
    """The first bytes of a file, from which its kind is told.

    Raises:
        BadInput, NotFound: as `read`.
    """
    with opened(where) as stream:
        return stream.read(HEAD)


@contextmanager
def opened(where: str) -> Iterator[BinaryIO]:
    """A file to be read: a regular one, since a pipe may never end, or never begin.

    Raises:
        BadInput: a folder, a pipe, a device, or what cannot be read.
        NotFound: no such file.
    """
    try:
        _refuse_special(where)
        with Path(where).open("rb") as stream:
            yield stream
    except OSError as error:
        raise BadInput(f"{where}: cannot be read: {error.strerror or error}") from error


def standard_input() -> tuple[bytes, BinaryIO]:
    """The first bytes of standard input, and all of it."""
    stream = sys.stdin.buffer
    first = stream.peek(HEAD)[:HEAD] if hasattr(stream, "peek") else b""
    return first, stream


def read_standard_input() -> Original:
    """All of standard input, as source `-`.

    Raises:
        TooLarge: over the limit of a document, or of a collection where it looks like JSON Lines.
    """
    first, stream = standard_input()
    media_type = "application/jsonl" if first.startswith(b"{") else None
    limit, setting = _limit(media_type)
    return Original(_bounded(stream, "-", limit, setting), "-")


def pieces(stream: BinaryIO) -> Iterator[bytes]:
    """All of `stream`, bit by bit."""
    while piece := stream.read(_CHUNK):
        yield piece


def printable(where: str) -> str:
    """`where` as text: a name that is not UTF-8 holds surrogates, which no record may."""
    return os.fsencode(where).decode("utf-8", "replace")


def too_large(where: str, size: int | None, limit: int, setting: str) -> TooLarge:
    """The refusal of `size` bytes (where known), naming the setting that allows more."""
    what = f"{size / 1e6:.1f} MB" if size is not None else "it"
    return TooLarge(f"{where}: {what} is over the limit of {limit / 1e6:.1f} MB ({setting})")


def refuse_large(stream: BinaryIO, where: str, limit: int, setting: str) -> None:
    """Raise `TooLarge` where the file says that it is over `limit`."""
    size = os.fstat(stream.fileno()).st_size
    if size > limit:
        raise too_large(where, size, limit, setting)


def _limit(media_type: str | None) -> tuple[int, str]:
    settings = load()
    if media_type in _COLLECTIONS:
        return settings.collection_bytes, "MARSAD_COLLECTION_BYTES"
    return settings.document_bytes, "MARSAD_DOCUMENT_BYTES"


def _refuse_special(where: str) -> None:
    path = Path(where)
    try:
        if not where or not path.exists():
            raise NotFound(f"{where}: no such file")
    except ValueError:  # a NUL in the name
        raise NotFound(f"{where}: no such file") from None
    if path.is_dir():
        raise BadInput(f"{where}: is a folder; `marsad add {where}` reads all that is in it")
    if not path.is_file():
        raise BadInput(f"{where}: is a pipe, a socket or a device; give what it holds on standard input (-)")


def _bounded(stream: BinaryIO, where: str, limit: int, setting: str) -> bytes:
    """All of `stream`, which may be a pipe without an end, up to `limit`."""
    raw = bytearray()
    for piece in pieces(stream):
        raw += piece
        if len(raw) > limit:
            raise too_large(where, None, limit, setting)
    return bytes(raw)
