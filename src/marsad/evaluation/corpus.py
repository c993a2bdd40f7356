"""Corpora in JSON Lines, and the documents that the reader makes of their texts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from marsad.errors import BadInput, NotFound
from marsad.records.reading import Document, Published
from marsad.records.spans import Span

Form = TypeVar("Form", bound=msgspec.Struct)

EXTRACTOR = "corpus@1"


class Mark(msgspec.Struct, frozen=True):
    """A stretch of text that a key or a reader marks: `[b, e)` in Unicode code points."""

    b: int
    e: int


def rows(path: Path, form: type[Form], benchmark: str) -> Iterator[Form]:
    """The documents of the corpus at `path`, in order; empty lines are passed over.

    Raises:
        NotFound: there is no such file.
        BadInput: a line is not of `form`, or marks what is not in its text.
    """
    decoder = msgspec.json.Decoder(form)
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        try:
            row = decoder.decode(line)
            _within(row)
        except (msgspec.MsgspecError, UnicodeDecodeError, ValueError) as error:
            raise BadInput(
                f"{path}:{number}: no document of a {benchmark} corpus: {error}; "
                f"`marsad evaluate --help` shows the form"
            ) from error
        yield row


def _lines(path: Path) -> Iterator[bytes]:
    if path.is_dir():
        raise BadInput(f"{path}: is a folder; name one corpus, a file of JSON Lines")
    try:
        with path.open("rb") as file:
            yield from file
    except FileNotFoundError as error:
        raise NotFound(f"{path}: no such file") from error
    except OSError as error:
        raise BadInput(f"{path}: cannot be read: {error.strerror}") from error


def _within(row: msgspec.Struct) -> None:
    length = len(getattr(row, "text", ""))
    for begin, end in _marked([getattr(row, name) for name in row.__struct_fields__]):
        if not 0 <= begin < end <= length:
            raise ValueError(f"[{begin}, {end}) is not within the {length} characters of the text")


def _marked(value: object) -> Iterator[Span]:
    """Every stretch of text that is marked in a value of a row, at whatever depth."""
    match value:
        case Mark():
            yield value.b, value.e
        case (int(begin), int(end)):
            yield begin, end
        case tuple() | list():
            for each in value:
                yield from _marked(each)
        case msgspec.Struct():
            yield from _marked([getattr(value, name) for name in value.__struct_fields__])


def document(text: str, day: str | None = None) -> Document:
    """A frozen document of a corpus, published on `day` where the corpus says so."""
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    known = Published(earliest=day, latest=day, basis="given") if day else Published()
    return Document(
        id=sha256[:32], text=text, raw_sha256=sha256, text_sha256=sha256, extractor=EXTRACTOR, published=known
    )
