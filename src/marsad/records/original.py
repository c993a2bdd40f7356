"""What travels between where documents come from and where they are frozen."""

from __future__ import annotations

from typing import Literal, NamedTuple

from marsad.records.reading import Document, Notice


class Listed(NamedTuple):
    """What a feed, an API or an archive says of a document that it names.

    The document's own word goes before it.
    """

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None  # ISO 8601 date or instant
    language: str | None = None  # BCP 47


class Original(NamedTuple):
    """Bytes as they were received, with all that their source says of them."""

    raw: bytes
    source: str  # the path or address as the user gave it; "-" for standard input
    url: str | None = None  # where it was fetched from, after redirects
    media_type: str | None = None  # as the server or the file's name says, without parameters
    charset: str | None = None  # as the server says; it counts where the bytes and the page do not tell
    retrieved: str | None = None  # ISO 8601 instant, for what was fetched
    published: str | None = None  # a day, given by the user
    listed: Listed | None = None
    row: Literal["document", "coded"] | None = None  # from our own reader of tables: no server says so
    notices: tuple[Notice, ...] = ()  # what its source has to say of the bytes


class Frozen(NamedTuple):
    """A frozen document with the bytes that it was made from."""

    document: Document
    raw: bytes
    warnings: tuple[Notice, ...] = ()  # what the extraction has to say of the text


class Refused(NamedTuple):
    """A refusal is a value with a reason: one line that says what, where and what to do."""

    source: str
    reason: str
