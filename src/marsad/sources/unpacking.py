"""Opens containers, in a child process: what is in a file that is not itself a document.

`unpack` is called by `isolation.stream`. A member that cannot be read is refused alone; where the
container itself breaks, an error ends it after what came before.
"""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from marsad.errors import BadInput, MarsadError, TooLarge
from marsad.records.original import Original, Refused
from marsad.settings import load
from marsad.sources import archives, coded, lines, mbox, warc
from marsad.sources.archives import Entry
from marsad.sources.kinds import HEAD, kind_of, media_type_of
from marsad.sources.passing import Found, encode
from marsad.sources.unfolding import Budget, Exhausted, unfolding

_DEPTH = 2  # of archives: one in another
_DAMAGED = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error),
    *(EOFError, OSError, NotImplementedError, RuntimeError, ValueError),
)
_TABLE = "CSV and TSV are read where they are UCDP GED's or ACLED's; save other tables as JSON Lines"


class Container(msgspec.Struct, frozen=True, array_like=True):
    """What is to be opened: where it lies, and as what its members are to be known."""

    path: bytes
    source: str
    name: str  # the file's name, which may say what it is


def unpack(payload: bytes) -> Iterator[bytes]:
    """The documents of an encoded `Container`, each encoded by `passing`."""
    container = msgspec.msgpack.decode(payload, type=Container)
    try:
        with Path(os.fsdecode(container.path)).open("rb") as stream:
            yield from map(encode, _Opening().contents(stream, container.source, container.name))
    except _DAMAGED as error:
        raise BadInput(_damaged(error)) from error


class _Opening:
    """The opening of one file that a user named, and of all in it."""

    def __init__(self) -> None:
        self._budget = Budget()

    def contents(self, stream: io.BufferedReader, source: str, name: str, depth: int = 0) -> Iterator[Found]:
        """What `stream` holds; `name` and its first bytes say how it is to be opened.

        Args:
            depth: in how many archives it lies.
        """
        kind = kind_of(name, stream.peek(HEAD)[:HEAD])
        if kind == "zip":
            yield from self._zip(_seekable(stream), source, depth)
        elif kind == "tar":
            yield from self._members(archives.tarred(stream, self._budget), source, depth)
        elif kind == "gzip":
            yield from self._gzip(stream, source, name, depth)
        elif kind == "mbox":
            yield from mbox.messages(stream, source)
        elif kind == "warc":
            yield from warc.documents(stream, source)
        elif kind == "parquet":
            raise BadInput("Parquet is opened from a file of its own; unpack it and add that")
        elif kind == "lines":
            yield from lines.rows(stream, source)
        elif kind == "table":
            yield from coded.rows(stream, source) or [Refused(source, _TABLE)]
        else:
            yield _document(stream, source, media_type_of(name))

    def _zip(self, stream: BinaryIO, source: str, depth: int) -> Iterator[Found]:
        media_type = archives.office(stream)
        if media_type is None:
            yield from self._members(archives.zipped(stream, self._budget), source, depth)
        else:
            yield _document(stream, source, media_type)

    def _gzip(self, stream: io.BufferedReader, source: str, name: str, depth: int) -> Iterator[Found]:
        """A gzip is no archive: what it holds goes by the source of the file itself."""
        is_file = isinstance(stream.raw, io.FileIO)
        inner = unfolding(gzip.GzipFile(fileobj=stream), self._budget, stream.tell if is_file else None)
        kind = kind_of("", inner.peek(HEAD)[:HEAD])
        if kind == "gzip":
            raise BadInput("gzip in gzip; unpack it and add what is in it")
        if kind == "warc" and is_file:
            stream.seek(0)  # each record is a gzip of its own, and can be found again by its position
            yield from warc.documents(stream, source)
        else:
            yield from self.contents(inner, source, _without_gz(name), depth)

    def _members(self, entries: Iterator[Entry], source: str, depth: int) -> Iterator[Found]:
        if depth >= _DEPTH:
            raise BadInput(f"an archive in {_DEPTH} others; unpack it and add what is in it")
        for entry in entries:
            member = f"{source}!{entry.name}"
            if entry.refusal:
                yield Refused(member, entry.refusal)
            else:
                yield from self._member(entry, member, depth + 1)

    def _member(self, entry: Entry, source: str, depth: int) -> Iterator[Found]:
        try:
            with entry.open() as stream:
                yield from self.contents(stream, source, entry.name, depth)
        except Exhausted:
            raise
        except MarsadError as error:
            yield Refused(source, str(error))
        except _DAMAGED as error:
            yield Refused(source, _damaged(error))


def _document(stream: BinaryIO, source: str, media_type: str | None) -> Original | Refused:
    raw = _bounded(stream)
    return Refused(source, _over_limit()) if raw is None else Original(raw, source, media_type=media_type)


def _seekable(stream: io.BufferedReader) -> BinaryIO:
    """The file itself, or the whole of what was unfolded."""
    if isinstance(stream.raw, io.FileIO):
        return stream
    raw = _bounded(stream)
    if raw is None:
        raise TooLarge(f"{_over_limit()}; unpack it and add what is in it")
    return io.BytesIO(raw)


def _bounded(stream: BinaryIO) -> bytes | None:
    limit = load().document_bytes
    raw = stream.read(limit + 1)
    return None if len(raw) > limit else raw


def _over_limit() -> str:
    return f"over the limit of {load().document_bytes / 1e6:.1f} MB (MARSAD_DOCUMENT_BYTES)"


def _without_gz(name: str) -> str:
    return name[:-3] if name.lower().endswith(".gz") else name


def _damaged(error: Exception) -> str:
    return f"damaged or cut short: {error}" if str(error) else "damaged or cut short"
