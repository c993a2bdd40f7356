"""In which form a document is: told by its media type, its name, and what it begins with."""

from __future__ import annotations

import re
from typing import Literal

from marsad.documents import jsonl
from marsad.errors import BadInput
from marsad.records.original import Original

Form = Literal["plain", "markdown", "html", "jsonl"]

_FORMS: dict[str, Form] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "text/x-markdown": "markdown",
    "application/jsonl": "jsonl",
    "application/jsonlines": "jsonl",
    "application/x-jsonlines": "jsonl",
    "application/x-ndjson": "jsonl",
    "application/ndjson": "jsonl",
}
_NOT_YET = {
    "application/pdf": "PDF",
    "application/json": "JSON",
    "application/xml": "XML",
    "text/xml": "XML",
    "application/rss+xml": "RSS",
    "application/atom+xml": "Atom",
    "text/csv": "CSV",
    "text/tab-separated-values": "TSV",
}
_SUFFIXES: dict[str, Form] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
_HTML = re.compile(
    rb"\s{0,200}(?:<!--[^>]{0,500}-->\s{0,200})?<(?:!doctype\s{1,20}html|html|head|body)\b", re.I
)


def form_of(original: Original) -> Form:
    """The form of `original`.

    Raises:
        BadInput: a form that is not read yet.
    """
    media_type = original.media_type
    if media_type in _FORMS:
        return _FORMS[media_type]
    suffix = _suffix(original.url or original.source)
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    if jsonl.looks_like(original.raw):
        return "jsonl"
    if media_type in _NOT_YET:
        raise BadInput(
            f"{_NOT_YET[media_type]} is not read yet; marsad reads text, Markdown, HTML and JSON Lines"
        )
    return "html" if media_type != "text/plain" and _HTML.match(_head(original.raw)) else "plain"


def _suffix(where: str) -> str:
    name = where.partition("?")[0].rpartition("/")[2].lower()
    return name[name.rfind(".") :] if "." in name else ""


def _head(raw: bytes) -> bytes:
    """The beginning of `raw` as a pattern over ASCII can read it: UTF-16 without its zeros."""
    return raw[:2048].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"")
