"""Which document is a revision of which: new bytes at the same address.

The order is that in which they became known, not that of adding, so an earlier revision is visible
whenever a later one is. Of one day, those whose date of publication is known come first; the others
follow by the moment at which they were retrieved or, where nobody says, recorded.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from marsad.ledger.journal import utc
from marsad.ledger.schema import shown_documents
from marsad.records.reading import Published


def of(connection: Connection, documents: Iterable[int]) -> dict[int, str]:
    """For the keys of documents, the id of the document that each one revises, where it does."""
    of = shown_documents.c
    wanted = set(documents)
    addresses = select(of.address).where(of.key.in_(wanted), of.address.is_not(None))
    same = select(of.address, of.key, of.id, of.known, of.recorded_at, of.body)
    rows = connection.execute(same.where(of.address.in_(addresses)))
    found: dict[int, str] = {}
    last: dict[str, str] = {}
    for row in sorted(rows, key=_moment):
        if row.key in wanted and row.address in last:
            found[row.key] = last[row.address]
        last[row.address] = row.id
    return found


class _Dated(msgspec.Struct):
    """What of a document says when it became known: see `identity.known_day`."""

    published: Published
    retrieved: str | None


def _moment(row: Any) -> tuple[str, str, int]:  # noqa: ANN401 - a row of `of`
    said = msgspec.json.decode(row.body, type=_Dated)
    is_dated = said.published.basis in ("given", "stated") and said.published.latest
    return row.known, "" if is_dated else utc(said.retrieved or row.recorded_at), row.key


def of_document(connection: Connection, document_id: str) -> str | None:
    """The document that one revises; `None` where it is the first or not here."""
    key = connection.execute(select(shown_documents.c.key).filter_by(id=document_id)).scalar()
    return of(connection, [key]).get(key) if key is not None else None


def all_of(connection: Connection, document_id: str) -> tuple[str, ...]:
    """All that came from the address of a document, itself included, as they became known."""
    of = shown_documents.c
    own = select(of.address).where(of.id == document_id, of.address.is_not(None)).scalar_subquery()
    asked = select(of.id, of.key, of.known, of.recorded_at, of.body).where(of.address == own)
    rows = connection.execute(asked)
    return tuple(row.id for row in sorted(rows, key=_moment)) or (document_id,)
