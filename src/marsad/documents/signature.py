"""What bytes are by how they begin, whatever they are called."""

from __future__ import annotations

import struct
from string import ascii_letters, digits
from typing import NamedTuple

_SIGNATURES = (
    (b"%PDF-", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a Word, Excel or Outlook file of before 2007"),
    (b"PK\x05\x06", "an empty ZIP"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"PAR1", "Parquet"),
    (b"WARC/1.", "WARC"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x89PNG\r\n\x1a\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"AT&TFORM", "a picture (DjVu)"),
    (b"ID3", "sound (MP3)"),
    (b"OggS", "sound (Ogg)"),
    (b"%!PS", "PostScript"),
    (b"\x7fELF", "a program"),
)
_OFFICE = (  # a folder, or the first bytes, of a ZIP that is a document
    (b"word/", "DOCX"),
    (b"xl/", "XLSX"),
    (b"ppt/", "PPTX"),
    (b"application/vnd.oasis.opendocument", "OpenDocument"),
    (b"application/epub", "EPUB"),
)
_HEAD = 4096
_PDF_WITHIN = 1024  # bytes in which `%PDF-` may stand, by the habits of its readers
_WEBP, _HEIC = slice(8, 12), slice(4, 12)
_OF_NAMES = frozenset(f"{ascii_letters}{digits}:_-.".encode())
_END_OF_ZIP = b"PK\x05\x06"
_WHERE_DIRECTORY_IS = struct.Struct("<II")  # size and offset, 12 bytes into the end record


class Root(NamedTuple):
    """The first element of an XML or HTML text."""

    name: str  # local, in small letters; empty where there is none
    is_xml: bool  # it began with an XML declaration
    head: bytes  # what was looked at, without the zeros of UTF-16


def signature(raw: bytes) -> str | None:
    """What `raw` is by its first bytes, as its format is called: `PDF`, `DOCX`, `a picture (PNG)`."""
    if raw.startswith(b"PK\x03\x04"):
        return _of_zip(raw)
    if raw[:4] == b"RIFF":
        return "a picture (WebP)" if raw[_WEBP] == b"WEBP" else "sound or film (RIFF)"
    if raw[_HEIC][:4] == b"ftyp":
        return "a picture (HEIC)" if raw[_HEIC][4:].startswith((b"hei", b"mif", b"avif")) else "film (MP4)"
    return next((name for mark, name in _SIGNATURES if raw.startswith(mark)), None)


def holds_pdf(raw: bytes) -> bool:
    """Whether a PDF begins after some bytes that are none of it."""
    return b"%PDF-" in raw[:_PDF_WITHIN]


def _of_zip(raw: bytes) -> str:
    """DOCX and its like are told by the names in the directory at the end, where there is one."""
    end = raw.rfind(_END_OF_ZIP)
    names = raw[:_HEAD]
    if end >= 0 and len(raw) >= end + 20:
        size, _ = _WHERE_DIRECTORY_IS.unpack_from(raw, end + 12)
        directory = raw[max(end - size, 0) : end]
        names += directory if b"[Content_Types].xml" in directory else b""
    is_office = b"[Content_Types].xml" in names or b"mimetype" in raw[:64]
    return next((name for part, name in _OFFICE if is_office and part in names), "ZIP")


def root(raw: bytes) -> Root:
    """The first element of `raw`, past declarations, comments and a document type."""
    head = raw[:_HEAD].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"").lstrip()
    is_xml = head.startswith(b"<?xml")
    at = 0
    while head[at : at + 1] == b"<":
        if head.startswith(b"<!--", at):
            end = head.find(b"-->", at + 4) + 3
        elif head[at : at + 9].lower() == b"<!doctype":
            if _name(head[at + 9 : at + 40].lstrip()) == "html":
                return Root("html", is_xml, head)
            end = _end_of_type(head, at)
        elif head.startswith(b"<?", at):
            end = head.find(b"?>", at) + 2
        else:
            return Root(_name(head[at + 1 : at + 80]), is_xml, head)
        if end < at + 3:
            break
        at = len(head) - len(head[end:].lstrip())
    return Root("", is_xml, head)


def _end_of_type(head: bytes, at: int) -> int:
    """Behind a document type, whose own declarations stand in square brackets."""
    end, subset = head.find(b">", at), head.find(b"[", at)
    if 0 <= subset < end:
        close = head.find(b"]", subset)
        end = head.find(b">", close) if close >= 0 else -1
    return end + 1


def _name(begin: bytes) -> str:
    """The local name that a tag begins with, empty where it is no tag."""
    name = bytearray()
    for byte in begin:
        if byte not in _OF_NAMES:
            break
        name.append(byte)
    return name.decode("ascii").rpartition(":")[2].lower() if name[:1].isalpha() else ""
