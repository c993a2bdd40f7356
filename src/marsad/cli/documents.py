"""`marsad documents`: what the ledger has read."""

from __future__ import annotations

import click

from marsad.cli.listing import (
    Column,
    Row,
    day_of,
    open_ledger,
    show,
    with_as_known,
    with_document,
    with_format,
    with_workspace,
)
from marsad.ledger.queries import Filter


@click.command()
@with_document
@with_as_known
@with_workspace
@with_format
def command(document: str | None, as_known: str | None, workspace: str | None, form: str) -> None:
    """List the documents of the ledger."""
    wanted = Filter(document=document, as_known=as_known)
    with open_ledger(workspace) as ledger:
        rows = (found.listed() for found in ledger.documents(wanted))
        show(rows, form, _COLUMNS, nothing="No documents: marsad add PATH reads one into the ledger.")


def _title(row: Row) -> str:
    revised = f"\nrevision of {row['revision_of'][:12]}" if row["revision_of"] else ""
    return (row["title"] or row["source"] or "untitled") + revised


def _origin(row: Row) -> str:
    return "\n".join(dict.fromkeys(filter(None, (row["publisher"], row["author"])))) or "unknown"


_COLUMNS = (
    Column("id", lambda row: row["id"][:12], 0, width=12),
    Column("title", _title, 12),
    Column("from", _origin, 7),
    Column("published", day_of, 0, width=11),
    Column("claims", lambda row: str(row["claims"]), 0, width=6),
    Column("figures", lambda row: str(row["figures"]), 0, width=7),
)
