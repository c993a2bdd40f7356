"""What extraction gives: texts, and what their source states of them. It crosses a process boundary."""

from __future__ import annotations

import msgspec

from marsad.records import notices
from marsad.records.reading import Genre


class Remark(msgspec.Struct, frozen=True):
    """Something to say of a text that cannot be seen in it, such as what was dropped."""

    code: str
    message: str

    @classmethod
    def of(cls, sentence: str, **given: str | int) -> Remark:
        """One of `notices.SENTENCES`."""
        return cls(notices.code(sentence), notices.message(sentence, **given))


class Page(msgspec.Struct, frozen=True):
    """A text with metadata as stated in it; `published` is an ISO 8601 date or instant."""

    text: str
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None  # as stated, BCP 47
    genre: Genre = "unknown"
    corrections: tuple[str, ...] = ()  # amendment notices, which are no part of the text
    remarks: tuple[Remark, ...] = ()
    part: str | None = None  # which of several, where an original holds several
    raw: bytes | None = None  # its own bytes, where they are not the whole original's


class Enclosed(msgspec.Struct, frozen=True):
    """A file inside a document, such as an attachment: a document of its own."""

    name: str
    raw: bytes
    media_type: str | None = None


class Extract(msgspec.Struct, frozen=True):
    """All that an extractor found in one original."""

    pages: tuple[Page, ...]
    enclosed: tuple[Enclosed, ...] = ()


def encode(*pages: Page, enclosed: tuple[Enclosed, ...] = ()) -> bytes:
    return msgspec.msgpack.encode(Extract(pages, enclosed))


def decode(message: bytes) -> Extract:
    return msgspec.msgpack.decode(message, type=Extract)
