"""`marsad split`: say that an actor is none of those with which it is listed as one."""

from __future__ import annotations

import click

from marsad.cli.deciding import decided, decider
from marsad.cli.listing import open_ledger
from marsad.ledger.reviewing import pointing


@click.command()
@click.argument("actor")
@decided
def command(actor: str, by: str | None, reason: str, workspace: str | None) -> None:
    """Say that ACTOR is no other than itself, whatever the rules join it with.

    ACTOR is a name or a key as `marsad actor` shows it. No rule joins it again: `marsad merge` puts it
    elsewhere, and `marsad unmerge` leaves it to the rules again.
    """
    by = decider(by)
    with open_ledger(workspace, command="split") as ledger:
        found = pointing.own_actor(ledger, actor)
        ledger.split(found.key, by=by, reason=reason)
    click.echo(f"split {found}: it is an actor of its own")
