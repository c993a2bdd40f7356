"""Web archives: WARC and WET, whole or in parts, in memory that does not grow with the file.

Documents are responses with status 200 and a type that is read, resources, and conversions (the
texts of a WET). What else there is, requests, redirects, revisits, pictures, is passed over.

`records` and `parts` are for the program, `documents` for a child process.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import msgspec

from marsad import isolation
from marsad.errors import BadInput, TooLarge
from marsad.records.notices import notice
from marsad.records.original import Original, Refused
from marsad.records.reading import Notice
from marsad.settings import MIB, load
from marsad.sources import passing
from marsad.sources.files import printable
from marsad.sources.kinds import DOCX, content_type
from marsad.sources.passing import Found
from marsad.sources.payload import decoded

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_TYPES = {
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "text/markdown",
    "application/pdf",
    "message/rfc822",
    DOCX,
}
_BEATS = 500  # records after which to say that work goes on
_PIECE = 64 * 1024
_STEP = 16 * MIB  # bytes passed over at once
_RATIO, _SLACK = 200, 64 * MIB  # see unfolding


class Part(NamedTuple):
    """So many records from a position of the file: what can be read by itself."""

    offset: int
    records: int


class _Task(msgspec.Struct, frozen=True, array_like=True):
    path: bytes
    offset: int = 0
    count: int | None = None


def records(path: str, offset: int = 0, count: int | None = None) -> Iterator[Original | Refused]:
    """The documents of a WARC, or of the part of it that `parts` gave.

    Args:
        offset: where the first record begins, in bytes of the file as it is stored.
        count: how many records of any type; None for all that follow.
    """
    try:
        yield from map(passing.decode, _stream("unpack", _Task(os.fsencode(path), offset, count)))
    except BadInput as error:
        yield Refused(printable(path), str(error))


def parts(path: str, every: int) -> Iterator[Part]:
    """Parts of at least `every` records that hold all of the file, each record once.

    A file whose gzip does not begin anew with each record comes as one part. Where the file is
    damaged, the last part reaches into the damage, so that whoever reads it meets it.

    Raises:
        BadInput: the file cannot be opened.
        TooLarge: it took too much time or memory.
    """
    for item in _stream("scan", _Task(os.fsencode(path), count=every)):
        yield msgspec.msgpack.decode(item, type=Part)


def _stream(function: str, task: _Task) -> Iterator[bytes]:
    settings = load()
    return isolation.stream(
        f"marsad.sources.warc:{function}",
        msgspec.msgpack.encode(task),
        seconds=settings.parse_seconds,
        memory=settings.parse_bytes,
    )


# ── in the child ──────────────────────────────────────────────────────────────────────────────


def unpack(payload: bytes) -> Iterator[bytes]:
    """The documents of a `_Task`, encoded by `passing`."""
    task = msgspec.msgpack.decode(payload, type=_Task)
    path = os.fsdecode(task.path)
    with _opened(path) as stream:
        stream.seek(task.offset)
        for found in documents(stream, printable(path), task.count):
            yield passing.encode(found)


def scan(payload: bytes) -> Iterator[bytes]:
    """The parts of a `_Task`, encoded; `count` is the least of each."""
    task = msgspec.msgpack.decode(payload, type=_Task)
    path = os.fsdecode(task.path)
    with _opened(path) as stream, _opened(path) as beside:
        for part in _parts(stream, beside, task.count or 1):
            yield b"" if part is None else msgspec.msgpack.encode(part)


def documents(stream: BinaryIO, source: str, count: int | None = None) -> Iterator[Found]:
    """The documents of a WARC, each from the source `SOURCE!ADDRESS`; None says that work goes on.

    Raises:
        BadInput: it is no WARC, or damaged where the last record ended.
        TooLarge: it unfolds to far more than a file of its size should.
    """
    for record in _records(stream, count):
        if record is None:
            yield None
            continue
        try:
            found = _document(record, source)
        except MemoryError:
            raise
        except Exception as error:  # a header that is missing or damaged costs its record alone
            found = Refused(f"{source}!{_id(record)}", f"a record that is damaged ({type(error).__name__})")
        if found is not None:
            yield found


def _opened(path: str) -> BinaryIO:
    try:
        return Path(path).open("rb")
    except OSError as error:
        raise BadInput(f"cannot be read: {error.strerror}") from error


class _Counting:
    """A stream that knows its position though it may come out of an archive; it is never sought."""

    def __init__(self, stream: BinaryIO, position: int) -> None:
        self._stream = stream
        self._position = position

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.read(size)
        self._position += len(piece)
        return piece

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = 0) -> int:
        raise OSError(f"no seeking to {offset} ({whence})")

    def close(self) -> None:
        """Whoever opened the stream closes it."""


def _records(stream: BinaryIO, count: int | None) -> Iterator[WarcRecord | None]:
    """So many records, each to be read before the next; None now and then."""
    from fastwarc.warc import ArchiveIterator  # noqa: PLC0415 - for WARC only

    begin = stream.tell() if stream.seekable() else 0
    read = _Counting(stream, begin)
    archive = iter(ArchiveIterator(read, parse_http=False))
    unfolded = number = position = 0
    while count is None or number < count:
        try:
            record = next(archive)
        except StopIteration:
            _refuse_rest(stream, position)
            break
        except OSError as error:
            raise BadInput(f"damaged after {number} records: {error}") from error
        if "Content-Length" not in record.headers:
            raise BadInput(f"damaged or cut short after {number} records")
        position = record.stream_pos
        yield record
        number += 1
        unfolded += record.content_length
        if unfolded > max(_SLACK, _RATIO * (read.tell() - begin)):
            raise TooLarge(f"unfolds to over {_RATIO} times its size, as only a bomb does")
        if number % _BEATS == 0:
            yield None
        yield from _pass_over(record)
    if number == 0:
        raise BadInput("there is no WARC record in it")


def _refuse_rest(stream: BinaryIO, position: int) -> None:
    """Raise `BadInput` where something follows the last record's gzip: a record cut in its headers."""
    if not stream.seekable():
        return
    stream.seek(position)
    if stream.read(2) != b"\x1f\x8b":
        return
    stream.seek(position)
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    while not inflater.eof and (pending := inflater.unconsumed_tail or stream.read(_PIECE)):
        inflater.decompress(pending, _PIECE)
    if not inflater.eof or inflater.unused_data or stream.read(1):
        raise BadInput("cut short in the middle of its last record")


def _pass_over(record: WarcRecord) -> Iterator[None]:
    while record.reader.consume(_STEP):
        yield None
    if record.reader.tell() < record.content_length:
        raise BadInput("cut short in the middle of its last record")


def _document(record: WarcRecord, source: str) -> Original | Refused | None:
    """The document of a record, None where it holds none."""
    address = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    name = f"{source}!{printable(address) or record.record_id}"
    media_type, charset = content_type(_content_type(record))
    if media_type not in _TYPES or address.endswith("/robots.txt") or address.startswith("metadata:"):
        return None
    limit = load().document_bytes
    if record.content_length > limit:
        return Refused(name, f"over the limit of {limit / 1e6:.1f} MB (MARSAD_DOCUMENT_BYTES)")
    raw = record.reader.read(record.content_length)
    if len(raw) < record.content_length:
        return None  # the file ends here, which `_pass_over` says
    try:
        raw = decoded(raw, *_encodings(record), limit=limit)
    except BadInput as error:
        return Refused(name, str(error))
    if not raw:
        return None
    return Original(
        raw,
        name,
        url=address if address.startswith(("http://", "https://")) else None,
        media_type=media_type,
        charset=charset,
        retrieved=record.record_date.isoformat() if record.headers.get("WARC-Date") else None,
        notices=_notices(record.headers.get("WARC-Truncated")),
    )


def _id(record: WarcRecord) -> str:
    try:
        return printable(record.record_id or "?")
    except Exception:  # it is no text
        return "?"


def _content_type(record: WarcRecord) -> str:
    """The type of what a record gives, as its server said it; empty where it gives nothing."""
    kind = (record.headers.get("WARC-Type") or "").lower()
    if kind in ("resource", "conversion"):
        stated = record.headers.get("Content-Type")
    elif kind == "response" and record.is_http:
        record.parse_http(strict_mode=False)
        if record.http_headers.status_code != 200:
            return ""
        stated = record.http_headers.get("Content-Type")
    else:
        return ""
    return stated or record.headers.get("WARC-Identified-Payload-Type") or ""


def _encodings(record: WarcRecord) -> tuple[str, str]:
    """Transfer and content encoding as the server named them."""
    if not record.is_http_parsed:
        return "", ""
    headers = record.http_headers
    return headers.get("Transfer-Encoding") or "", headers.get("Content-Encoding") or ""


def _notices(truncated: str | None) -> tuple[Notice, ...]:
    if not truncated:
        return ()
    return (notice("cut_short", why=" ".join(truncated.split())[:80]),)


def _parts(stream: BinaryIO, beside: BinaryIO, every: int) -> Iterator[Part | None]:
    """Parts that begin where a reader can begin: at a gzip of its own, or at a plain record."""
    offset = count = 0
    try:
        for record in _records(stream, None):
            if record is None:
                yield None
                continue
            position = record.stream_pos
            if count >= every and position > offset and _can_begin(beside, position):
                yield Part(offset, count)
                offset, count = position, 0
            count += 1
    except BadInput:
        count += 1
    yield Part(offset, count)


def _can_begin(file: BinaryIO, position: int) -> bool:
    file.seek(position)
    return file.read(5).startswith((b"WARC/", b"\x1f\x8b\x08"))
