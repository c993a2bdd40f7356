"""`marsad unfollow`: ask a feed no longer."""

from __future__ import annotations

import click

from marsad.cli.listing import open_ledger, with_workspace
from marsad.sources import lists


@click.command()
@click.argument("address")
@with_workspace
def command(address: str, workspace: str | None) -> None:
    """Follow ADDRESS no longer. The documents that it brought stay, and so does its history."""
    feed = lists.canonical(address)
    with open_ledger(workspace, command="unfollow") as ledger:
        ledger.unfollow(feed)
    click.echo(f"unfollowed {feed}")
