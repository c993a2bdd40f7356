"""`marsad lift`: show camps, hospitals, schools and shelters in full in one workspace, or no longer."""

from __future__ import annotations

import click

from marsad.cli.deciding import decided, decider
from marsad.cli.listing import open_ledger

_WHAT = "camps, hospitals, schools and shelters"


@click.command()
@click.option("--undo", is_flag=True, help="Show them no finer than their district again.")
@decided
def command(undo: bool, by: str | None, reason: str, workspace: str | None) -> None:
    """Show camps, hospitals, schools and shelters in full, by name and place, in this workspace.

    People shelter there. By default no list, table or export shows them finer than their district;
    what is made while this is lifted stays as it is in the hands of whoever gets it.
    """
    by = decider(by)
    with open_ledger(workspace, command="lift") as ledger:
        ledger.lift(not undo, by=by, reason=reason)
    if undo:
        click.echo(f"{_WHAT} are shown no finer than their district again")
    else:
        click.echo(f"{_WHAT} are shown in full in this workspace; marsad lift --undo takes it back")
