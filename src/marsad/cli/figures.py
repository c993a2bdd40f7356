"""`marsad figures`: the numbers, each with its range, its scope, its day and its holder."""

from __future__ import annotations

import click

from marsad.cli.asking import Question, asks
from marsad.cli.listing import Column
from marsad.ledger.asking.found import Found
from marsad.records.reading import Figure
from marsad.reports import cells


@click.command()
@asks("figures")
def command(question: Question) -> None:
    """List the figures of the ledger, as stated: a part is not its whole, a plan no observation."""
    question.answer(_COLUMNS, nothing="No figures: the ledger holds none that these options let through.")


def _holder(found: Found[Figure]) -> str:
    return cells.lines(*map(cells.account, found.accounts))


_COLUMNS = (
    Column("id", cells.record_id, 0, width=cells.RECORD),
    Column("value", cells.value, 4, width=9),
    Column("of what", cells.counted, 5, width=20),
    Column("where, when", cells.scope, 5, width=10),
    Column("who says so", _holder, 5, width=10),
    Column("document", cells.document, 2, width=cells.DOCUMENT),
)
