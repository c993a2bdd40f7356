"""What a reading must be to enter the ledger, whichever reader made it."""

from __future__ import annotations

from collections.abc import Iterator

from marsad.errors import BadInput
from marsad.ledger.identity import numbered
from marsad.records.reading import Actor, Frozen, Reading
from marsad.records.spans import Spans, text_of


def require_sound(reading: Reading) -> None:
    """Refuse a reading with a record that does not stand on words of the document.

    Raises:
        BadInput: a record has no span, a span outside the text, other words than its spans, or an
            id that another record has.
    """
    text = reading.document.text
    ids: set[str] = set()
    for found in numbered(reading):
        local = found.record.id
        if local in ids:
            raise BadInput(f"two records are called {local}; this is a fault of the reader")
        ids.add(local)
        if not found.spans and not isinstance(found.record, Actor):
            raise BadInput(f"{local} has no span; this is a fault of the reader")
        for spans, words in _quoted(found.record, found.spans):
            if not all(0 <= begin < end <= len(text) for begin, end in spans):
                raise BadInput(f"{local} has a span outside the text; this is a fault of the reader")
            if words is not None and words != text_of(text, spans):
                raise BadInput(f"{local} does not quote its spans; this is a fault of the reader")


def _quoted(record: Frozen, spans: Spans) -> Iterator[tuple[Spans, str | None]]:
    """The spans of a record and of all that it holds, each with its words where it carries them."""
    yield spans, getattr(record, "text", None)
    pending = [getattr(record, name) for name in record.__struct_fields__]
    while pending:
        value = pending.pop()
        if isinstance(value, tuple):
            pending += [each for each in value if isinstance(each, tuple | Frozen)]
        elif isinstance(value, Frozen):
            if inner := getattr(value, "spans", ()):
                yield inner, getattr(value, "text", None)
            pending += [getattr(value, name) for name in value.__struct_fields__]
