"""What extraction gives: a text, and what its source states of it. It crosses a process boundary."""

from __future__ import annotations

import msgspec


class Page(msgspec.Struct, frozen=True):
    """A text with metadata as stated in it; `published` is an ISO 8601 date or instant."""

    text: str
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None


def encode(page: Page) -> bytes:
    return msgspec.msgpack.encode(page)


def decode(message: bytes) -> Page:
    return msgspec.msgpack.decode(message, type=Page)
