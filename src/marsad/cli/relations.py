"""`marsad relations`: who is said to stand how to whom."""

from __future__ import annotations

import click

from marsad.cli.asking import Question, asks
from marsad.cli.listing import Column
from marsad.ledger.asking.found import Found
from marsad.records import wording
from marsad.records.reading import Relation
from marsad.reports import cells


@click.command()
@asks("relations")
def command(question: Question) -> None:
    """List the relations of the ledger: who fights, leads, supports or belongs to whom, as somebody says."""
    question.answer(_COLUMNS, nothing="No relations: the ledger holds none that these options let through.")


def _relation(found: Found[Relation]) -> str:
    relation = found.record
    words = wording.words(relation.type)
    return cells.lines(
        f"NOT {words}" if relation.polarity == "denied" else words,
        cells.days(relation.true_of) if cells.is_known(relation.true_of) else None,
    )


def _holder(found: Found[Relation]) -> str:
    return cells.lines(*map(cells.account, found.accounts))


_COLUMNS = (
    Column("id", cells.record_id, 0, width=cells.RECORD),
    Column("who", lambda found: cells.party_name(found, found.record.source), 5),
    Column("relation", _relation, 4),
    Column("to whom", lambda found: cells.party_name(found, found.record.target), 5),
    Column("who says so", _holder, 5),
    Column("document", cells.document, 2, width=cells.DOCUMENT),
)
