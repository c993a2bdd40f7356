"""JSON Lines: one document a line, its text in `text`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

import msgspec

from marsad.documents.decoding import refuse_binary
from marsad.documents.page import Page
from marsad.documents.published import published
from marsad.errors import BadInput
from marsad.records.reading import Genre, Published

_BOM = b"\xef\xbb\xbf"
_HALF_PAIR = re.compile(
    rb"\\u[dD][89abAB][\da-fA-F]{2}(?!\\u[dD][c-fC-F])"
    rb"|(?<!\\u[dD][89abAB][\da-fA-F]{2})\\u[dD][c-fC-F][\da-fA-F]{2}"
)


class Row(msgspec.Struct, frozen=True):
    """What is read of a line; other keys are let be."""

    text: str
    title: str | None = None
    author: str | list[str] | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | int | None = None
    genre: str | None = None
    language: str | None = None

    def date(self) -> Published | None:
        """The date that the line gives, if it does.

        Raises:
            BadInput: it is not a date.
        """
        return None if self.published in (None, "") else published(str(self.published))

    def page(self, line: bytes) -> Page:
        """The document of the line `line`; a genre that is none of the contract's is unknown."""
        genre: Genre = next((genre for genre in get_args(Genre) if genre == self.genre), "unknown")
        return Page(
            text=self.text,
            title=self.title,
            author=", ".join(self.author) if isinstance(self.author, list) else self.author,
            publisher=self.publisher,
            url=self.url,
            language=self.language,
            genre=genre,
            raw=line,
        )


def lines(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, numbered from 1, without their ends."""
    begin = len(_BOM) if raw.startswith(_BOM) else 0
    number = 0
    while begin < len(raw):
        end = raw.find(b"\n", begin)
        end = len(raw) if end < 0 else end
        number += 1
        line = raw[begin:end].removesuffix(b"\r")
        if line and not line.isspace():
            yield number, line
        begin = end + 1


def row(line: bytes) -> Row:
    """The document of one line.

    Raises:
        BadInput: not a JSON object with a string `text`.
    """
    refuse_binary(line)
    try:
        line.decode()
        return msgspec.json.decode(line, type=Row)
    except UnicodeDecodeError as error:
        raise BadInput(f"not valid UTF-8 at byte {error.start} of the line") from error
    except RecursionError:
        raise BadInput("not JSON that can be read: nested too deeply") from None
    except msgspec.ValidationError as error:
        raise BadInput(f"not a document: {error}") from error
    except msgspec.DecodeError as error:
        half = _HALF_PAIR.search(line)
        reason = f"{half[0].decode()} is half of a surrogate pair" if half else error
        raise BadInput(f"not JSON: {reason}") from error


def looks_like(raw: bytes) -> bool:
    """Whether the first line that is not blank is a JSON object with a `text`."""
    if raw.removeprefix(_BOM).lstrip()[:1] != b"{":
        return False
    _, first = next(lines(raw))
    try:
        return isinstance(msgspec.json.decode(first), dict) and b'"text"' in first
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
