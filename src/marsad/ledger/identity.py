"""What makes a record the same record, an input the same input, and a document known."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import fields, replace

from marsad.records.reading import Actor, Document, Frozen, Reading
from marsad.records.spans import Spans

KINDS = {
    "claims": "claim",
    "figures": "figure",
    "incidents": "incident",
    "relations": "relation",
    "places": "place",
    "times": "time",
    "actors": "actor",
}
_FIRST_SEEN = frozenset({"source", "retrieved", "revision_of"})  # how a document first came; kept


class Numbered(NamedTuple):
    """A record of a reading with its id in the ledger."""

    id: str
    kind: str
    ordinal: int
    spans: Spans
    record: Any  # one of the record types of records.reading


def numbered(reading: Reading) -> Iterator[Numbered]:
    """Every record of `reading` with its ledger id, in the order of the contract.

    The id hashes document, extractor, reader, kind, spans, and the record's place among records that
    have all of these in common. It does not change when another record is found or lost.
    """
    seen: Counter[bytes] = Counter()
    document = reading.document
    for field, kind in KINDS.items():
        for ordinal, record in enumerate(getattr(reading, field), 1):
            spans = record.mentions if isinstance(record, Actor) else record.spans
            what = msgspec.json.encode((document.id, document.extractor, record.reader, kind, spans))
            seen[what] += 1
            digest = hashlib.sha256(what + str(seen[what]).encode()).hexdigest()
            yield Numbered(digest[:32], kind, ordinal, spans, record)


def given(document: Document) -> Document:
    """What a reading depends on besides the text, whose hash stands for it."""
    return replace(document, text="", revision_of=None)


def completed(new: Document, known: Document) -> Document:
    """`new` with what was known of it before and is not said this time.

    Adding a document again without its date does not take the date away. Where and when it first
    came from stays.
    """
    kept = {}
    for field in fields(Document):
        before, now = getattr(known, field.name), getattr(new, field.name)
        if field.name != "text" and (_says_nothing(now) or (field.name in _FIRST_SEEN and before)):
            kept[field.name] = before
    return replace(new, **kept)


def _says_nothing(value: object) -> bool:
    unset = value is None or value == () or value == "unknown"
    return unset or (isinstance(value, Frozen) and getattr(value, "basis", None) == "unknown")


def known_day(document: Document, recorded_at: str) -> str:
    """The day from which a view may show the document.

    Its latest day of publication where that was given or stated, else the day it was retrieved,
    else the day it was recorded. An inferred date never makes a document known earlier.
    """
    published = document.published
    if published.basis in ("given", "stated") and published.latest:
        return published.latest
    moment = datetime.fromisoformat(document.retrieved or recorded_at)
    return (moment if moment.tzinfo is None else moment.astimezone(UTC)).date().isoformat()
