"""What a file is to be opened as: told by its name and its first bytes, not yet by its content."""

from __future__ import annotations

from typing import Literal

Kind = Literal["document", "zip", "gzip", "tar", "mbox", "warc", "parquet", "lines", "table"]

_LONGEST_CHARSET = 40  # characters
HEAD = 1024  # bytes from which a kind is told
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
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
    ".rss": "application/rss+xml",
    ".atom": "application/atom+xml",
    ".pdf": "application/pdf",
    ".docx": DOCX,
    ".docm": DOCX,  # its macros are a part of the file that nobody opens
    ".dotx": DOCX,
    ".eml": "message/rfc822",
}
# A ZIP inside, and one document
_OFFICE = {".docx", ".docm", ".dotx", ".xlsx", ".xlsm", ".pptx", ".odt", ".ods", ".odp", ".epub"}
_SUFFIXES: dict[str, Kind] = {".jsonl": "lines", ".ndjson": "lines", ".csv": "table", ".tsv": "table"}
_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),  # an empty one
    (b"\x1f\x8b", "gzip"),
    (b"WARC/1.", "warc"),
    (b"PAR1", "parquet"),
)


def kind_of(name: str, head: bytes) -> Kind:
    """The kind of a file `name` that begins with `head`.

    A gzip may be a WARC: that is seen when it is unfolded.
    """
    suffix = suffix_of(name)
    if suffix in _OFFICE:
        return "document"
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[257:262] == b"ustar":
        return "tar"
    if begins_mbox(head) or (suffix in {".mbox", ".mbx"} and head.startswith(b"From ")):
        return "mbox"
    return _SUFFIXES.get(suffix, "document")


def media_type_of(name: str) -> str | None:
    """The media type that a file's name speaks of."""
    return MEDIA_TYPES.get(suffix_of(name))


def suffix_of(name: str) -> str:
    """The end of a name from its last dot, in small letters."""
    base = name.replace("\\", "/").rpartition("/")[2].lower()
    return base[base.rfind(".") :] if "." in base[1:] else ""


def begins_mbox(head: bytes) -> bool:
    """Whether `head` is the line between the messages of a mailbox, and a header after it."""
    first, _, rest = head.partition(b"\n")
    return parts_messages(first) and is_header(rest.partition(b"\n")[0])


def parts_messages(line: bytes) -> bool:
    """Whether a line is as `From someone@example.org Tue Mar  5 10:00:00 2024`."""
    if not line.startswith(b"From ") or len(line) > 500:
        return False
    words = line.split()
    has_time = any(word.count(b":") in (1, 2) and word[:1].isdigit() for word in words[2:])
    return has_time and any(len(word) == 4 and word.isdigit() for word in words[2:])


def is_header(line: bytes) -> bool:
    """Whether a line is as `Name: value`, the beginning of a message."""
    name, colon, _ = line.partition(b":")
    return bool(colon and name) and all(33 <= byte <= 126 for byte in name)


def content_type(stated: str) -> tuple[str, str | None]:
    """The media type and the charset of a header `Content-Type` (RFC 9110)."""
    media_type, *parameters = stated.split(";")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return media_type.strip().lower(), value.strip().strip("\"'")[:_LONGEST_CHARSET] or None
    return media_type.strip().lower(), None
