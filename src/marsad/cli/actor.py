"""`marsad actor`: one actor with every name, where each was learnt, and why its names are one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import click
import msgspec

from marsad.cli import one_line
from marsad.cli.listing import open_ledger, with_workspace
from marsad.ledger.asking.found import FoundActor, Joined, Name
from marsad.ledger.reviewing import pointing
from marsad.linkage.actors_nodes import Rule
from marsad.records import wording
from marsad.reports import cells

_JOINS = set(get_args(Rule)) - {"apart"}
_LISTS = {"shipped": "on the list of known actors", "user": "on your list of known actors"}


@click.command()
@click.argument("given", metavar="ACTOR")
@click.option("--as-known", metavar="DATE", help="Leave out what was not yet published.")
@with_workspace
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(given: str, as_known: str | None, workspace: str | None, form: str) -> None:
    """Print one actor: its names with where each was learnt, and each join with its reason.

    ACTOR is a name or a key as `marsad actors` shows it. Private persons are masked.
    """
    with open_ledger(workspace) as ledger:
        found = ledger.actor(pointing.actor(ledger, given).key, as_known=as_known)
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(found.listed())).decode())
        return
    for line in lines(found):
        indent = "  " if line.startswith("  ") else ""
        click.echo(indent + one_line(line))


def lines(found: FoundActor) -> Iterator[str]:
    """An actor for a terminal."""
    about = (
        wording.words(found.kind),
        f"part of {found.parent}" if found.parent else None,
        ", ".join(found.countries) or None,
        f"{found.documents:,} documents, {found.first_known} to {found.last_known}",
        f"key: {found.key}",
    )
    yield f"{found.name} ({'; '.join(filter(None, about))})"
    yield "names:"
    yield from (f"  {name.name}: {_learnt(name)}" for name in found.aliases)
    for said, rules in (("one, because:", _JOINS), ("kept apart, because:", {"apart"})):
        if joins := [each for each in found.joins if each.rule in rules]:
            yield said
            yield from (f"  {each.name} ({each.key}): {_why(each)}" for each in joins)
    if found.open:
        yield "left open, it may be:"
        yield from (f"  {each.name} ({each.key or 'in no document yet'})" for each in found.open)


def _learnt(name: Name) -> str:
    first = f"first in {name.document[: cells.RECORD]}, {name.known}" if name.document else None
    taught = f"“{name.words}” in {name.taught_in[: cells.RECORD]}" if name.words and name.taught_in else None
    return "; ".join(filter(None, (taught, _LISTS.get(name.listed or ""), first)))


def _why(join: Joined) -> str:
    if join.by:
        return f"{join.by}, {join.recorded_at}: {join.reason}"
    told = f" ({join.document[: cells.RECORD]})" if join.document else ""
    return join.reason + (f": “{join.words}”{told}" if join.words else told)
