"""`marsad log`: what was changed in the ledger, when, by whom and why."""

from __future__ import annotations

from typing import Any

import click
import msgspec

from marsad.cli.listing import Column, Row, open_ledger, show, with_format, with_workspace
from marsad.ledger.tracing.changes import Change, changes

_MINUTES = len("2019-03-23T12:00")
_ID = 12  # characters of a document's id


@click.command()
@click.option("--document", metavar="ID", help="Only of this document; the start of its id will do.")
@click.option("--since", metavar="TIME", help="Only from this day or moment on (ISO 8601, UTC).")
@with_workspace
@with_format
def command(document: str | None, since: str | None, workspace: str | None, form: str) -> None:
    """Print the change log, oldest first: readings, reviews, merges, ratings, redactions, polls of feeds.

    json has the hash that chains each entry to the one before. Private persons are masked.
    """
    with open_ledger(workspace) as ledger:
        wanted = ledger.document_id(document) if document else None
        show(
            changes(ledger, document=wanted, since=since),
            form,
            _COLUMNS,
            nothing="No changes: nothing was recorded that these options let through.",
            listed=Change.listed,
            flat=_flat,
        )


def _flat(row: Row) -> Row:
    """`row` for a spreadsheet, which needs no hashes."""
    return {name: value for name, value in row.items() if name != "chain_sha256"}


def _entry(change: Change) -> str:
    when = change.recorded_at[:_MINUTES].replace("T", " ")
    return f"{change.number}\n{when}"


def _subject(change: Change) -> str:
    subject = change.subject or "no longer shown"
    is_document = change.action in ("read", "review", "redact")
    return "\n".join(filter(None, (change.name, subject[:_ID] if is_document else subject)))


def _what(change: Change) -> str:
    """What was done, in words; of a review, the words that it is about and what it set."""
    said = change.detail
    if change.action == "read":
        return f"by {said['reader'] or 'no reader'}"
    if change.action == "review":
        return "\n".join(_reviewed(said))
    if change.action == "split":
        return "is no other"
    if change.action in ("merge", "unmerge"):
        return f"into {said['into_name']}" if "into_name" in said else ""
    if change.action == "poll":
        return "\n".join(filter(None, (f"{said['outcome']}, {said['new']} to read", said["reason"])))
    if change.action == "fetch":
        return "\n".join(
            filter(None, (said["outcome"], said["document"] and said["document"][:_ID], said["reason"]))
        )
    return f"reliability {said['reliability']}" if change.action == "rate" else ""


def _reviewed(said: dict[str, Any]) -> list[str]:
    if "kind" not in said:
        return [f"{said['review']}: its words were removed"]
    quote = f" “{' '.join(said['quote'].split())}”" if said["quote"] else ""
    taken = f" {said['withdraws']}:" if "withdraws" in said else ""
    first = f"{said['review']} {said['action']}{taken} {said['kind']}{quote}"
    return [first, *(f"{name}: {_value(**each)}" for name, each in said["fields"].items())]


def _value(before: object, after: object) -> str:
    was, now = (msgspec.json.encode(each).decode() for each in (before, after))
    return f"{was} → {now}"


def _why(change: Change) -> str:
    by = f"{change.by}: {change.reason or 'reason withheld'}\n" if change.by else ""
    return f"{by}{change.program} {change.command}"


_COLUMNS = (
    Column("entry", _entry, 0, 16),
    Column("action", lambda change: str(change.action), 0, 7),
    Column("about", _subject, 3, 12),
    Column("what", _what, 4, 14),
    Column("by", _why, 3, 14),
)
