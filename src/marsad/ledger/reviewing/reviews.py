"""Every review of the ledger with what has become of it, and how far reviewers agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Row, select

from marsad.ledger import view
from marsad.ledger.reviewing import agreement, pointing
from marsad.ledger.reviewing.agreement import Agreement
from marsad.ledger.schema import journal, reviews, shown_documents
from marsad.ledger.store import Store
from marsad.ledger.tracing.past import Past
from marsad.records.review import Review

State = Literal["applied", "superseded", "withdrawn", "ambiguous", "orphaned", "dormant", "redacted"]
_RECENT = 8  # documents that are at hand: their reviews often follow one another


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """One review as it may be shown; of a redacted document, no more than that it was there."""

    review: str
    recorded_at: str
    document: str
    title: str | None
    by: str | None = None
    action: str | None = None
    kind: str | None = None
    quote: str | None = None
    fields: dict[str, dict[str, Any]]  # that the person set: what each was `before` and is `after`
    withdraws: str | None = None
    reason: str | None = None
    state: State  # see `ledger.reviewing.outcomes`; `redacted` with its document
    record: str | None = None  # the id of the record that it is about now
    why: str | None = None  # it is in this state

    def listed(self) -> dict[str, Any]:
        """As a JSON object."""
        return asdict(self)


def listed(store: Store, *, document: str | None = None, state: str | None = None) -> Iterator[Listed]:
    """The reviews in the order in which they were made, from one moment of the ledger.

    Args:
        document: only of this document, by its whole id.
        state: only those that are in this state now.
    """
    asked = (
        select(reviews, journal.c.recorded_at, shown_documents.c.title)
        .join(journal, journal.c.number == reviews.c.entry)
        .outerjoin(shown_documents, shown_documents.c.id == reviews.c.document)
        .order_by(reviews.c.entry)
    )
    if document is not None:
        asked = asked.where(reviews.c.document == document)
    with store.database.reading() as connection:
        roll = _Roll(connection)
        for row in connection.execute(asked, execution_options={"yield_per": 500}):
            found = roll.listed(row)
            if state in (None, found.state):
                yield found


def agreements(store: Store) -> list[Agreement]:
    """How far each two reviewers agree on what both have judged: see `ledger.agreement`."""
    asked = select(reviews.c.body).where(reviews.c.body != view.REMOVED).order_by(reviews.c.entry)
    with store.database.reading() as connection:
        bodies = connection.execute(asked).scalars().all()
    return agreement.agreement([msgspec.json.decode(body, type=Review) for body in bodies])


class _Roll:
    """Reviews read over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._past = lru_cache(_RECENT)(self._made_past)

    def _made_past(self, document: str) -> Past | None:
        found = view.view(self._connection, document)
        return found and Past(self._connection, found)

    def listed(self, row: Row[Any]) -> Listed:
        past, name = self._past(row.document), f"r{row.entry}"
        where = {"review": name, "recorded_at": row.recorded_at, "document": row.document, "title": row.title}
        if row.body == view.REMOVED or past is None:
            return Listed(**where, fields={}, state="redacted", why="its words went with the document")
        review = msgspec.json.decode(row.body, type=Review)
        told, outcome = past.told(review), past.became(review)
        ids = past.machine(past.now.entry).ids | past.current.ids
        return Listed(
            **where,
            by=review.by,
            action=review.action,
            kind=review.target.kind,
            quote=told.quote,
            fields=told.fields,
            withdraws=review.withdraws,
            reason=told.reason,
            state=outcome.state,
            record=past.current.ids.get(outcome.local or ""),
            why=outcome.reason and pointing.in_words(outcome.reason, ids),
        )
