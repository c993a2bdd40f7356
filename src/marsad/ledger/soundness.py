"""What a reading must be to enter the ledger, whichever reader made it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from msgspec.structs import fields

from marsad.errors import BadInput
from marsad.ledger.identity import KINDS
from marsad.records.reading import Actor, Frozen, Reading
from marsad.records.spans import Spans, text_of
from marsad.records.vectors import DIMENSIONS, Vectors


def require_sound(reading: Reading) -> None:
    """Refuse a reading with a record that does not stand on words of the document.

    Raises:
        BadInput: a record has no span, a span outside the text, other words than its spans, or an
            id that another record has.
    """
    text = reading.document.text
    ids: set[str] = set()
    for record in (each for field in KINDS for each in getattr(reading, field)):
        local = record.id
        of_record = record.mentions if isinstance(record, Actor) else record.spans
        if local in ids:
            raise BadInput(f"two records are called {local}; this is a fault of the reader")
        ids.add(local)
        if not of_record and not isinstance(record, Actor):
            raise BadInput(f"{local} has no span; this is a fault of the reader")
        for spans, words in _quoted(record, of_record):
            if not all(0 <= begin < end <= len(text) for begin, end in spans):
                raise BadInput(f"{local} has a span outside the text; this is a fault of the reader")
            if words is not None and words != text_of(text, spans):
                raise BadInput(f"{local} does not quote its spans; this is a fault of the reader")


def require_fitting(vectors: Vectors | None, reading: Reading) -> None:
    """Refuse vectors that are not one a claim.

    Raises:
        BadInput: there are more or fewer, or the last one is not whole.
    """
    if vectors is not None and len(vectors.body) != len(reading.claims) * DIMENSIONS:
        raise BadInput("its vectors are not one a claim; this is a fault of the reader")


def _quoted(record: Frozen, spans: Spans) -> Iterator[tuple[Spans, str | None]]:
    """The spans of a record and of all that it holds, each with its words where it carries them."""
    if spans:
        yield spans, getattr(record, "text", None)
    for name in _holding(type(record)):
        for held in _records(getattr(record, name)):
            yield from _quoted(held, getattr(held, "spans", ()))


def _records(value: object) -> Iterator[Frozen]:
    if isinstance(value, tuple):
        for each in value:
            yield from _records(each)
    elif isinstance(value, Frozen):
        yield value


@cache
def _holding(record: type[Frozen]) -> tuple[str, ...]:
    """The fields of a record type that may hold other records."""
    return tuple(field.name for field in fields(record) if "marsad." in str(field.type))
