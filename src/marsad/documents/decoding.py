"""Bytes to text. Decoded, never cleaned: a code point that came in is a code point that stays."""

from __future__ import annotations

import codecs

from marsad.errors import BadInput

_BYTE_ORDER_MARKS = (  # the longer first: UTF-32 begins with the mark of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a Word, Excel or Outlook file of before 2007"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"PAR1", "Parquet"),
    (b"WARC/1.", "WARC"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
)
_OFFICE = ((b"word/", "DOCX"), (b"xl/", "XLSX"), (b"ppt/", "PPTX"), (b"mimetypeapplication/epub", "EPUB"))
_BINARY = "binary, not text; marsad reads text, Markdown, HTML and JSON Lines"


def decode(raw: bytes) -> str:
    """`raw` as text: UTF-8, or what its byte order mark says. The mark itself is dropped.

    Raises:
        BadInput: binary, empty, or not what its encoding allows.
    """
    refuse_binary(raw)
    mark, encoding = next(
        ((mark, encoding) for mark, encoding in _BYTE_ORDER_MARKS if raw.startswith(mark)), (b"", "utf-8")
    )
    try:
        return raw[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        offset = len(mark) + error.start
        raise BadInput(f"not valid {encoding.upper()} at byte {offset}; save it as UTF-8") from error


def refuse_binary(raw: bytes) -> None:
    """Raise `BadInput` where `raw` is no text: by its signature, or by a NUL byte."""
    if not raw:
        raise BadInput("empty")
    name = _signature(raw)
    if name:
        raise BadInput(f"{name} is not read yet; save it as text or HTML")
    wide = any(raw.startswith(mark) for mark, encoding in _BYTE_ORDER_MARKS if encoding != "utf-8")
    if not wide and b"\0" in raw:
        raise BadInput(_BINARY)


def refuse_blank(text: str, limit: int) -> None:
    """Raise `BadInput` where `text` says nothing, holds a NUL, or is over `limit` characters."""
    if not text or text.isspace():
        raise BadInput("empty: there is no text in it")
    if "\0" in text:
        raise BadInput(_BINARY)
    if len(text) > limit:
        raise BadInput(f"{len(text):,} characters are over the limit of {limit:,} (MARSAD_TEXT_CHARACTERS)")


def _signature(raw: bytes) -> str | None:
    if raw.startswith(b"PK\x03\x04"):
        head = raw[:4096]
        return next((name for part, name in _OFFICE if part in head), "ZIP")
    return next((name for signature, name in _SIGNATURES if raw.startswith(signature)), None)
