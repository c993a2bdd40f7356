"""What a server sent, without the encodings of its transfer: chunked, gzip, deflate, br."""

from __future__ import annotations

import io
import zlib

from marsad.errors import BadInput, TooLarge

_GZIP = b"\x1f\x8b"


def decoded(raw: bytes, transfer: str, content: str, *, limit: int) -> bytes:
    """`raw` decoded as its headers say, or as it is where a crawler has decoded it and kept the headers.

    Args:
        transfer: the header `Transfer-Encoding`.
        content: the header `Content-Encoding`, of which there may be several.
        limit: most that it may come to, in bytes.

    Raises:
        TooLarge: over the limit.
        BadInput: an encoding that is not read, or a damaged one.
    """
    if "chunked" in transfer.lower():
        raw = _unchunked(raw)
    for encoding in reversed([each.strip().lower() for each in content.split(",")]):
        raw = _decoded(raw, encoding, limit)
    if len(raw) > limit:
        raise _too_large(limit)
    return raw


def _decoded(raw: bytes, encoding: str, limit: int) -> bytes:
    if encoding in ("", "identity", "none", "utf-8"):
        return raw
    if encoding in ("gzip", "x-gzip"):
        return _inflated(raw, limit, zlib.MAX_WBITS | 16) if raw.startswith(_GZIP) else raw
    if encoding == "deflate":
        return _deflate(raw, limit)
    if encoding == "br":
        return _brotli(raw, limit)
    raise BadInput(f"Content-Encoding {encoding[:20]!r} is not read")


def _inflated(raw: bytes, limit: int, window: int) -> bytes:
    inflater = zlib.decompressobj(window)
    try:
        found = inflater.decompress(raw, limit + 1)
    except zlib.error as error:
        raise BadInput(f"what the server packed is damaged: {error}") from error
    if len(found) > limit:
        raise _too_large(limit)
    if not inflater.eof:
        raise BadInput("what the server packed is cut short")
    return found


def _deflate(raw: bytes, limit: int) -> bytes:
    """As the standard has it (zlib), as some servers send it (bare), or unpacked already."""
    if _is_text(raw):
        return raw
    is_zlib = len(raw) > 1 and raw[0] & 0x0F == 8 and int.from_bytes(raw[:2], "big") % 31 == 0
    return _inflated(raw, limit, zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS)


def _brotli(raw: bytes, limit: int) -> bytes:
    from fastwarc.stream_io import BrotliReader  # noqa: PLC0415 - for WARC only

    if _is_text(raw):
        return raw
    reader = BrotliReader(io.BytesIO(raw))
    found = bytearray()
    try:
        while len(found) <= limit and (piece := reader.read(limit + 1 - len(found))):
            found += piece
    except OSError as error:
        raise BadInput(f"what the server packed is damaged: {error}") from error
    if len(found) > limit:
        raise _too_large(limit)
    if not found:
        raise BadInput("what the server packed is cut short")
    return bytes(found)


def _is_text(raw: bytes) -> bool:
    """Whether it begins as a page does, so that nothing is left to decode."""
    return raw.lstrip()[:1] == b"<"


def _unchunked(raw: bytes) -> bytes:
    """The chunks joined; `raw` itself where it does not begin with one."""
    found = bytearray()
    at = 0
    while True:
        end = raw.find(b"\n", at, at + 1024)
        size = _size(raw[at:end]) if end >= 0 else None
        if size is None:
            if at == 0:
                return raw
            raise BadInput("what the server sent in chunks is damaged or cut short")
        if size == 0:
            return bytes(found)
        begin = end + 1
        found += raw[begin : begin + size]
        if begin + size > len(raw):
            raise BadInput("what the server sent in chunks is damaged or cut short")
        at = begin + size
        at += 2 if raw.startswith(b"\r\n", at) else raw.startswith(b"\n", at)


def _size(line: bytes) -> int | None:
    digits = line.partition(b";")[0].strip()
    if not digits or len(digits) > 8 or not all(byte in b"0123456789abcdefABCDEF" for byte in digits):
        return None
    return int(digits, 16)


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"over the limit of {limit / 1e6:.1f} MB (MARSAD_DOCUMENT_BYTES) once unpacked")
