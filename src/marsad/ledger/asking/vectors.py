"""The vectors of claims, by the ids that they have in the ledger.

They are stored with the reading that found the claims, in its order. A claim that a person added has
none, and one that a person edited has that of the claim which the reader found on exactly its words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Column, ColumnElement, Connection, Row, Select, desc, func, select

from marsad.ledger import identity, keys, view
from marsad.ledger.asking.query import last_day
from marsad.ledger.bulk import select_in
from marsad.ledger.schema import readings, reviews, shown_claims, shown_documents, vectors
from marsad.records.spans import Spans
from marsad.records.vectors import DIMENSIONS

Rows = NDArray[np.int8]  # [claims, DIMENSIONS]

_BATCH = 200  # documents whose vectors are in memory beside those that are asked for


class ClaimVectors(NamedTuple):
    """Claims that have a vector, in the order in which they became known."""

    ids: list[str]
    rows: Rows  # one an id, all of one head: see marsad.records.vectors


def of_claims(
    connection: Connection, ids: Collection[str] | None = None, as_known: str | None = None
) -> ClaimVectors:
    """The vectors of the claims `ids`, or of all that are visible; claims without one are left out.

    Vectors of several heads do not compare: where documents were read by different ones, those count
    that most of the visible claims have.

    Args:
        as_known: only claims of documents that were known by the end of this day (ISO 8601, EDTF).

    Raises:
        BadInput: `as_known` is no day.
    """
    known = last_day(as_known)
    reviewed = set(connection.execute(select(reviews.c.document).distinct()).scalars())
    wanted = None if ids is None else _wanted(connection, ids)
    found: list[str] = []
    parts: list[Rows] = []
    for document in _documents(connection, wanted, known):
        own = None if wanted is None else wanted[document.key]
        told = _told(connection, document) if document.id in reviewed else _read(connection, document, own)
        pairs = [(name, at) for name, at in told if own is None or name in own]
        body = np.frombuffer(document.body, np.int8).reshape(-1, DIMENSIONS)
        found += [name for name, _ in pairs]
        parts.append(body[[at for _, at in pairs]])
    return ClaimVectors(found, np.concatenate(parts) if parts else np.zeros((0, DIMENSIONS), np.int8))


def _wanted(connection: Connection, ids: Collection[str]) -> dict[int, dict[str, int]]:
    """Some claims with their keys, in the order of these, by the key of their document."""
    of = shown_claims.c
    found = select_in(connection, select(of.id, of.key, of.document), of.id, sorted(ids))
    wanted: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for row in sorted(found, key=lambda row: int(row.key)):
        wanted[row.document][row.id] = row.key
    return dict(wanted)


def _documents(
    connection: Connection, wanted: Mapping[int, object] | None, known: str | None
) -> Iterator[Row[Any]]:
    """Visible documents with the vectors of their newest reading, in the order of their keys."""
    newest = select(func.max(readings.c.entry)).group_by(readings.c.document)
    of = shown_documents.c
    joined: Select[Any] = (
        select(of.id, of.key, readings.c.entry, vectors.c.body)
        .join(readings, readings.c.document == of.id)
        .join(vectors, vectors.c.entry == readings.c.entry)
        .where(vectors.c.entry.in_(newest), *_visible(known))
        .order_by(of.key)
    )
    asked = joined.where(vectors.c.head == _head(connection, joined))
    if wanted is None:
        with connection.execute(asked, execution_options={"yield_per": _BATCH}) as rows:
            yield from rows
    else:
        yield from select_in(connection, asked, of.key, sorted(wanted))


def _visible(known: str | None) -> list[ColumnElement[bool]]:
    of = shown_documents.c
    return [of.known <= known, of.key < keys.after(known)] if known else []


def _head(connection: Connection, joined: Select[Any]) -> str | None:
    """The head of most claims; of two with as many, the later name."""
    columns = vectors.c.head, func.sum(vectors.c.claims).label("number")
    counted = joined.with_only_columns(*columns).order_by(None).group_by(vectors.c.head)
    row = connection.execute(counted.order_by(desc("number"), desc(vectors.c.head))).first()
    return row and str(row.head)


def _read(
    connection: Connection, document: Row[Any], wanted: Mapping[str, int] | None
) -> Iterator[tuple[str, int]]:
    """The claims of a document that nobody reviewed, and which row of the vectors is theirs."""
    if wanted is None:
        asked = connection.execute(_claims(document, shown_claims.c.id, shown_claims.c.key))
        wanted = {row.id: row.key for row in asked}
    for name, key in wanted.items():
        yield name, key - document.key - 1


def _told(connection: Connection, document: Row[Any]) -> Iterator[tuple[str, int]]:
    """The same of one that was: a claim is told by its id, else by its words."""
    stored = connection.execute(select(readings.c.body).filter_by(entry=document.entry)).scalar_one()
    by_id: dict[str, int] = {}
    by_words: dict[Spans, int] = {}
    for each in identity.numbered(view.unpacked(stored, b"")):
        if each.kind == "claim":
            by_id[each.id] = each.ordinal - 1
            by_words.setdefault(each.spans, each.ordinal - 1)
    for row in connection.execute(_claims(document, shown_claims.c.id, shown_claims.c.body)):
        spans = msgspec.convert(msgspec.json.decode(row.body)["record"]["spans"], Spans)
        at = by_id.get(row.id, by_words.get(spans))
        if at is not None:
            yield row.id, at


def _claims(document: Row[Any], *columns: Column[Any]) -> Select[Any]:
    of = shown_claims.c
    return select(*columns).where(of.key.between(document.key, keys.last_of(document.key))).order_by(of.key)
