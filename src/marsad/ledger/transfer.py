"""Facts from one ledger to another: for a replay, a backup, a restore, a move to PostgreSQL."""

from __future__ import annotations

from sqlalchemy import Connection, Select, Table, or_, select

from marsad.ledger import bulk
from marsad.ledger.schema import FACTS, documents, journal, originals, readings, redactions, runs, texts
from marsad.ledger.view import NOW

BATCH = 20  # rows that are in memory at a time; one text may take megabytes


def copy_facts(source: Connection, target: Connection, *, through: int = NOW) -> int:
    """Copy all facts up to the entry `through`, originals aside, and give how many documents they hold.

    What is shown is to be made from them afterwards: see `Store.refresh`.
    """
    number = 0
    for table in FACTS:
        if table is not originals:
            copied = _copy(source, target, table, _upto(table, through))
            number = copied if table is documents else number
    return number


def _upto(table: Table, through: int) -> Select[tuple[object, ...]]:
    asked = select(table)
    # a redaction reaches back: what it removed is not there for an earlier moment either
    entries = or_(journal.c.number <= through, journal.c.number.in_(select(redactions.c.entry)))
    if table is runs:
        return asked.where(runs.c.id.in_(select(journal.c.run).where(entries)))
    if table is journal:
        return asked.where(entries)
    if table is redactions:
        there = select(documents.c.id).where(documents.c.entry <= through)
        return asked.where(redactions.c.document.in_(there))
    if table is texts:
        read = select(readings.c.text_sha256).where(readings.c.entry <= through)
        return asked.where(texts.c.sha256.in_(read))
    return asked.where(table.c.entry <= through)


def _copy(source: Connection, target: Connection, table: Table, asked: Select[tuple[object, ...]]) -> int:
    number = 0
    ordered = asked.order_by(*table.primary_key)
    with source.execute(ordered, execution_options={"yield_per": BATCH}).mappings() as rows:
        for part in rows.partitions(BATCH):
            bulk.insert(target, table, [dict(row) for row in part])
            number += len(part)
    return number
