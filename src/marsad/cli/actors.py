"""`marsad actors`: who speaks and acts, under which names."""

from __future__ import annotations

import click

from marsad.cli.asking import Question, asks
from marsad.cli.listing import Column
from marsad.cli.places import first_and_last
from marsad.ledger.asking.found import FoundActor
from marsad.records import wording
from marsad.reports import cells


@click.command()
@asks("actors")
def command(question: Question) -> None:
    """List the actors of the ledger, each with its other names and where each name was learnt.

    `marsad actor` tells more of one: the words by which a name was learnt, and why names are one.
    """
    question.answer(_COLUMNS, nothing="No actors: the ledger holds none that these options let through.")


def _name(actor: FoundActor) -> str:
    """Its name and, where that does not tell it, the key by which it is merged."""
    return cells.lines(actor.name, actor.key if actor.key != actor.name.casefold() else None)


def _aliases(actor: FoundActor) -> str:
    others = [
        f"{each.name} ({each.document[: cells.RECORD]})"
        for each in actor.aliases
        if each.document and each.name != actor.name
    ]
    merged = f"merged with {', '.join(actor.merged)}" if actor.merged else None
    may_be = f"may be {', '.join(each.name for each in actor.open)}" if actor.open else None
    return cells.lines(*others, merged, may_be) or cells.NOTHING


_COLUMNS = (
    Column("actor", _name, 6),
    Column("kind", lambda actor: wording.words(actor.kind), 0, width=13),
    Column("other names (learnt in)", _aliases, 7),
    Column("documents", lambda actor: f"{actor.documents:,}", 0, width=9),
    Column("known", lambda actor: first_and_last(actor.first_known, actor.last_known), 0, width=10),
)
