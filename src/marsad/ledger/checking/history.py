"""The journal: numbers without a gap, moments that rise, and every hash made again from the facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace
from sqlalchemy import (
    LABEL_STYLE_TABLENAME_PLUS_COL,
    Connection,
    RowMapping,
    Select,
    Table,
    func,
    or_,
    select,
)

from marsad.ledger.checking.problem import RESTORE, Problem, Progress, Tally
from marsad.ledger.journal import Run, chain_hash, content_hash
from marsad.ledger.schema import (
    documents,
    fetches,
    follows,
    forecasts,
    journal,
    lifts,
    merges,
    polls,
    ratings,
    readings,
    redactions,
    reviews,
    runs,
    vectors,
    verdicts,
)
from marsad.ledger.view import REMOVED
from marsad.records.review import Review

FACTS: dict[Table, tuple[str, ...]] = {  # and the actions of the entries that record them
    readings: ("read",),
    reviews: ("review",),
    merges: ("merge", "split", "unmerge"),
    ratings: ("rate",),
    lifts: ("lift", "unlift"),
    redactions: ("redact",),
    follows: ("follow", "unfollow"),
    polls: ("poll",),
    fetches: ("fetch",),
    forecasts: ("forecast",),
    verdicts: ("score",),
}
_TABLES = {action: table for table, actions in FACTS.items() for action in actions}
_BATCH = 200  # entries that are in memory at a time


class _Link(NamedTuple):
    """What of an entry the next one follows."""

    number: int
    recorded_at: str
    chain: str


def redacted(connection: Connection) -> frozenset[str]:
    """The documents whose text was removed."""
    return frozenset(connection.execute(select(redactions.c.document)).scalars())


def chain(connection: Connection, tally: Tally, progress: Progress) -> Iterator[Problem]:
    """Entries that do not follow the one before, or do not record the fact that is there."""
    gone = redacted(connection)
    number = int(connection.execute(select(func.count()).select_from(journal)).scalar_one())
    before = _Link(0, "", "")
    with connection.execute(_entries(), execution_options={"yield_per": _BATCH}).mappings() as rows:
        for row in rows:
            for fault in (*_breaks(before, row), *_faults(row, gone)):
                yield Problem(f"journal entry {row[journal.c.number]}", fault, RESTORE)
            before = _Link(row[journal.c.number], row[journal.c.recorded_at], row[journal.c.chain_sha256])
            tally.entries += 1
            progress("journal", tally.entries, number)


def strays(connection: Connection) -> Iterator[Problem]:
    """Facts that no entry of their kind records, and documents that no reading brought."""
    for table, actions in FACTS.items():
        asked = (
            select(table.c.entry)
            .outerjoin(journal, journal.c.number == table.c.entry)
            .where(or_(journal.c.number.is_(None), journal.c.action.not_in(actions)))
        )
        for entry in connection.execute(asked).scalars():
            yield Problem(f"{table.name}, entry {entry}", "is not recorded in the journal", RESTORE)
    unread = vectors.c.entry.not_in(select(readings.c.entry))
    for entry in connection.execute(select(vectors.c.entry).where(unread)).scalars():
        yield Problem(f"vectors, entry {entry}", "are of no reading", RESTORE)
    first = select(func.min(readings.c.entry)).where(readings.c.document == documents.c.id)
    came = documents.c.entry == first.scalar_subquery()
    for document_id in connection.execute(select(documents.c.id).where(came.is_not(True))).scalars():
        yield Problem(f"document {document_id}", "did not come with its first reading", RESTORE)


def _entries() -> Select[Any]:
    """The journal, each entry with its run and the fact that it records, bodies hashed aside."""
    tables = (*FACTS, vectors)
    hashed = {readings.c.body, vectors.c.body, forecasts.c.body, verdicts.c.body}
    facts = [column for table in tables for column in table.c if column not in hashed]
    joined = journal.outerjoin(runs, runs.c.id == journal.c.run)
    for table in tables:
        joined = joined.outerjoin(table, table.c.entry == journal.c.number)
    joined = joined.outerjoin(documents, documents.c.id == readings.c.document)
    asked = select(*journal.c, *runs.c, *facts, documents.c.raw_sha256).select_from(joined)
    return asked.order_by(journal.c.number).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)


def _breaks(before: _Link, row: RowMapping) -> Iterator[str]:
    """How an entry does not follow the one before."""
    entry = {column.name: row[column] for column in journal.c}
    run = Run(row[runs.c.began_at], row[runs.c.program], row[runs.c.command])
    if entry["number"] != before.number + 1:
        yield f"comes where {before.number + 1} should"
    if entry["recorded_at"] <= before.recorded_at:
        yield f"was recorded at {entry['recorded_at']}, not after the one before it"
    if entry["chain_sha256"] != chain_hash(before.chain, entry, run):
        yield "does not follow from the one before it by its hash"


def _faults(row: RowMapping, gone: frozenset[str]) -> Iterator[str]:
    """What is wrong with the fact of an entry."""
    action = row[journal.c.action]
    table = _TABLES.get(action)
    if table is None:
        yield f"records {action!r}, which is none of {', '.join(_TABLES)}"
    elif row[table.c.entry] is None:
        yield f"records a {action} of {row[journal.c.subject]} that is not there"
    elif table in (readings, reviews) and row[table.c.document] in gone:
        if row[readings.c.given if table is readings else reviews.c.body] != REMOVED:
            yield "keeps words of a document that was redacted"
    elif content_hash(_content(table, row)) != row[journal.c.content_sha256]:
        yield f"records another {action} of {row[journal.c.subject]} than is there"


def _content(table: Table, row: RowMapping) -> Mapping[str, Any]:
    """What the entry of a fact hashes: its row without the entry, bodies by their hash."""
    fact = _fact(table, row)
    if table is readings:
        of_claims = {"vectors": _fact(vectors, row)} if row[vectors.c.entry] is not None else {}
        return {"raw_sha256": row[documents.c.raw_sha256], **fact, **of_claims}
    if table is reviews:
        return {**fact, "body": _undated(fact["body"])}
    return fact


def _fact(table: Table, row: RowMapping) -> dict[str, Any]:
    return {column.name: row[column] for column in table.c if column.name != "entry" and column in row}


def _undated(body: str) -> str:
    """A review as it was hashed: before it had its id and moment, which are those of the entry."""
    made = msgspec.json.decode(body, type=Review)
    return msgspec.json.encode(replace(made, id="", recorded_at=None)).decode()
