"""`marsad incidents`: what is said to have happened, and who says so."""

from __future__ import annotations

import click

from marsad.cli.asking import Question, asks
from marsad.cli.listing import Column
from marsad.ledger.asking.found import Found
from marsad.records.reading import Incident
from marsad.reports import cells


@click.command()
@asks("incidents")
def command(question: Question) -> None:
    """List the incidents of the ledger, each with its accounts: stated by somebody, not a fact."""
    question.answer(_COLUMNS, nothing="No incidents: the ledger holds none that these options let through.")


def _harm(found: Found[Incident]) -> str:
    """The tolls, and what was hit or taken: masked where it shelters people."""
    things = ", ".join(dict.fromkeys(thing.text for thing in found.record.targets))
    tolls = cells.harm(found)
    if not things:
        return tolls
    return cells.lines(None if tolls == cells.NOTHING else tolls, f"hit: {things}")


_COLUMNS = (
    Column("id", cells.record_id, 0, width=cells.RECORD),
    Column("what", cells.typed, 3, width=9),
    Column("who", cells.sides, 5, width=9),
    Column("where, when", cells.where_and_when, 5, width=10),
    Column("harm", _harm, 3, width=8),
    Column("who says so", cells.accounts, 6, width=14),
    Column("document", cells.document, 2, width=cells.DOCUMENT),
)
