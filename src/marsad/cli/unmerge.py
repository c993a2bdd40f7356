"""`marsad unmerge`: take back that an actor is the same as another, or no other."""

from __future__ import annotations

import click

from marsad.cli.deciding import decided, decider
from marsad.cli.listing import open_ledger
from marsad.ledger.reviewing import pointing


@click.command()
@click.argument("actor")
@decided
def command(actor: str, by: str | None, reason: str, workspace: str | None) -> None:
    """Take back that ACTOR was merged into another, or split from others.

    It is a name or a key of `marsad actors`. What the rules say of it counts again.
    """
    by = decider(by)
    with open_ledger(workspace, command="merge") as ledger:
        found = pointing.merged_actor(ledger, actor)
        ledger.merge(found.key, None, by=by, reason=reason)
    click.echo(f"unmerged {found}: it is an actor of its own again")
