"""`marsad restore`: a ledger from its backup, in a folder or in PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import click

from marsad.cli import one_line
from marsad.cli.check import bar
from marsad.ledger.backup import restore
from marsad.ledger.workspace import Place
from marsad.settings import load


@click.command()
@click.argument("backup", metavar="BACKUP", type=click.Path(path_type=Path))
@click.option(
    "--workspace",
    required=True,
    metavar="DIR|URL",
    help="A new folder, or an empty database postgresql://..., that becomes the ledger.",
)
def command(backup: Path, workspace: str) -> None:
    """Make the ledger of BACKUP again, in a new folder or in an empty PostgreSQL database.

    The evidence of BACKUP is checked first. BACKUP can be any workspace that is a folder: this is the
    way to move one to PostgreSQL, which takes the ledger alone: copy its watches and views.json by hand.
    """
    where = Place.at(workspace, load().database)
    with bar() as progress:
        made = restore(backup, where, progress=progress)
    click.echo(
        f"restored {made.documents} documents and {made.entries} journal entries to "
        f"{one_line(workspace)}, chain {made.chain or 'empty'}"
    )
