"""`marsad claims`: who said what."""

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
@click.option("--actor", metavar="NAME", help="Held by this actor or about it; a name or an alias of it.")
@click.option("--source", metavar="TEXT", help="With this text in the name of whoever said or passed it on.")
@click.option(
    "--kind", type=click.Choice(["attributed", "narrated"]), help="Somebody's words, or the report's."
)
@with_document
@with_as_known
@with_workspace
@with_format
def command(
    actor: str | None,
    source: str | None,
    kind: str | None,
    document: str | None,
    as_known: str | None,
    workspace: str | None,
    form: str,
) -> None:
    """List the claims of the ledger, each with its holder, its words and its document."""
    wanted = Filter(actor=actor, source=source, kind=kind, document=document, as_known=as_known)
    with open_ledger(workspace) as ledger:
        rows = (found.listed() for found in ledger.claims(wanted))
        show(
            map(_flat, rows) if form == "csv" else rows,
            form,
            _COLUMNS,
            nothing="No claims: the ledger holds none that these options let through.",
        )


def _flat(row: Row) -> Row:
    """`row` for a spreadsheet: parties and cue by their words, the chain from publisher to origin."""
    words = {name: row[name] and row[name]["text"] for name in ("source", "cue")}
    return {**row, **words, "chain": " › ".join(party["text"] for party in row["chain"])}


def _holder(row: Row) -> str:
    """Who holds the claim and, below, the hands that it came through."""
    origin = row["chain"][-1]["text"] if row["chain"] else ""
    holder = row["source"]["text"] if row["source"] else origin or row["publisher"] or "the report"
    if row["hidden_source"]:
        holder = f"nobody named ({holder})" if holder else "nobody named"
    hands = " › ".join(party["text"] for party in row["chain"][:-1])
    return f"{holder}\nvia {hands}" if hands and row["kind"] == "attributed" else holder


def _words(row: Row) -> str:
    cue = f" [{row['cue']['text']}]" if row["cue"] else ""
    denied = "DENIED: " if row["polarity"] == "denied" else ""
    return f"{denied}{' '.join(row['text'].split())}{cue}"


def _document(row: Row) -> str:
    return "\n".join(filter(None, (row["publisher"] or row["title"], day_of(row), row["document"][:12])))


_COLUMNS = (Column("holder", _holder, 5), Column("words", _words, 10), Column("document", _document, 4))
