"""`marsad backup`: a copy of the ledger, while it is in use."""

from __future__ import annotations

from pathlib import Path

import click

from marsad.cli import one_line
from marsad.cli.check import bar
from marsad.cli.listing import place_of, with_workspace
from marsad.ledger.backup import backup
from marsad.ledger.store import Store


@click.command()
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@with_workspace
def command(directory: Path, workspace: str | None) -> None:
    """Copy the ledger as it stands at this moment to the new folder DIR.

    DIR is a workspace like any other: facts and originals, from a folder or from PostgreSQL, with the
    watches and saved views of the folder. Others may go on writing. DIR is there whole or not at all. What
    is shown is made anew when it is first opened.
    """
    place = place_of(workspace)
    with Store.open(place, command="backup") as store, bar() as progress:
        made = backup(store, directory, folder=place.folder, progress=progress)
    click.echo(
        f"backed up {made.documents} documents and {made.entries} journal entries to "
        f"{one_line(str(directory))}, chain {made.chain or 'empty'}"
    )
