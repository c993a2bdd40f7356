"""`marsad documents`: what the ledger has read."""

from __future__ import annotations

import click

from marsad.cli.asking import Question, asks
from marsad.cli.listing import Column, Row
from marsad.ledger.asking.found import FoundDocument
from marsad.records.language import called
from marsad.reports import cells


@click.command()
@asks("documents")
def command(question: Question) -> None:
    """List the documents of the ledger; of one that was redacted, who did it and why."""
    question.answer(_COLUMNS, nothing="No documents: marsad add PATH reads one into the ledger.", flat=_flat)


def _flat(row: Row) -> Row:
    return {**row, "redacted": row.get("redacted")}


def _title(found: FoundDocument) -> str:
    if gone := found.redacted:
        return f"redacted by {gone['by']} on {gone['at'][:10]}: {gone['reason']}"
    document = found.document
    revised = f"revision of {document.revision_of[: cells.DOCUMENT]}" if document.revision_of else None
    unread = f"not read: in {called(document.language or '')}" if found.is_unread else None
    return cells.lines(document.title or document.source or "untitled", revised, unread)


def _origin(found: FoundDocument) -> str:
    if found.redacted:
        return cells.NOTHING
    document = found.document
    return cells.lines(*dict.fromkeys((document.publisher, document.author))) or "unknown"


_COLUMNS = (
    Column("id", lambda found: found.id[: cells.DOCUMENT], 0, width=cells.DOCUMENT),
    Column("title", _title, 12),
    Column("from", _origin, 7),
    Column("published", lambda found: cells.day_of(found.document.published), 0, width=11),
    Column("claims", lambda found: f"{found.claims:,}", 0, width=6),
    Column("figures", lambda found: f"{found.figures:,}", 0, width=7),
)
