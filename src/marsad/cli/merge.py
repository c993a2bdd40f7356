"""`marsad merge`: say that two actors of the lists are one."""

from __future__ import annotations

import click

from marsad.cli.deciding import decided, decider
from marsad.cli.listing import open_ledger
from marsad.ledger.reviewing import pointing


@click.command()
@click.argument("actor")
@click.argument("into")
@decided
def command(actor: str, into: str, by: str | None, reason: str, workspace: str | None) -> None:
    """Say that ACTOR is the same as INTO, under whose name both are then listed.

    Each is a name or a key as `marsad actors` shows it. Nothing is rewritten: `marsad unmerge` takes
    it back.
    """
    by = decider(by)
    with open_ledger(workspace, command="merge") as ledger:
        one, other = pointing.actor(ledger, actor), pointing.actor(ledger, into)
        ledger.merge(one.key, other.key, by=by, reason=reason)
    click.echo(f"merged {one} into {other}")
