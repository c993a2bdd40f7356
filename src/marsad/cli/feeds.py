"""`marsad feeds`: what is followed, how it answered, and how far it was covered."""

from __future__ import annotations

import click

from marsad.cli.listing import Column, Row, open_ledger, show, with_format, with_workspace
from marsad.ledger.coverage import Coverage
from marsad.reports import cells

_MINUTES = len("2019-03-23T12:00")


@click.command()
@with_workspace
@with_format
def command(workspace: str | None, form: str) -> None:
    """List the feeds that are or were followed: since when, how they answered, what they brought.

    json has the history of each: the stretches of time that are covered, the gaps in which entries may
    have gone by unread, the times in which it was not reached, and what came of which publisher.
    """
    with open_ledger(workspace) as ledger:
        show(
            (ledger.coverage(each.feed) for each in ledger.feeds()),
            form,
            _COLUMNS,
            nothing="No feeds: nothing was ever followed here; see marsad follow.",
            listed=Coverage.listed,
            flat=_flat,
        )


def _flat(row: Row) -> Row:
    """`row` for a spreadsheet: how many gaps there are, and no lists."""
    gaps = sum(each["state"] == "gap" for each in row["stretches"])
    return {name: value for name, value in row.items() if name not in ("stretches", "publishers")} | {
        "gaps": gaps
    }


def _minute(moment: str | None) -> str:
    return moment[:_MINUTES].replace("T", " ") if moment else cells.NOTHING


def _name(feed: Coverage) -> str:
    return cells.lines(feed.title, feed.feed)


def _followed(feed: Coverage) -> str:
    return cells.lines(_minute(feed.began), f"until {_minute(feed.ended)}" if feed.ended else None)


def _answered(feed: Coverage) -> str:
    due = f"not before {_minute(feed.due)}" if feed.due and not feed.ended else None
    return cells.lines(_minute(feed.last_polled), feed.last_outcome, feed.last_reason, due)


def _brought(feed: Coverage) -> str:
    gaps = sum(stretch.state == "gap" for stretch in feed.stretches)
    return cells.lines(
        f"{feed.seen:,} entries",
        f"{feed.added:,} added",
        f"{feed.refused:,} refused" if feed.refused else None,
        f"{feed.open:,} to be tried again" if feed.open else None,
        f"{gaps:,} {'gap' if gaps == 1 else 'gaps'}" if gaps else None,
    )


_COLUMNS = (
    Column("feed", _name, 5, width=16),
    Column("kind", lambda feed: str(feed.kind), 0, width=9),
    Column("followed", _followed, 1, width=16),
    Column("last answer", _answered, 3, width=16),
    Column("brought", _brought, 0, width=14),
)
