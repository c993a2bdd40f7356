"""`marsad serve`: the workbench in a browser on this machine."""

from __future__ import annotations

import click

from marsad.cli.listing import place_of, with_workspace
from marsad.errors import BadInput
from marsad.ledger.store import Store


@click.command()
@with_workspace
@click.option("--port", metavar="N", type=click.IntRange(0, 65535), default=8000, show_default=True)
def command(workspace: str | None, port: int) -> None:
    """Show the ledger in a browser: documents with their claims, tables, maps, watches and reports.

    It answers on this machine alone, at 127.0.0.1: there are no accounts yet. Stop it with Ctrl-C.
    Where DIR holds no workspace yet, one is made there.
    """
    try:
        from marsad.web import serving  # noqa: PLC0415 (an extra)
    except ModuleNotFoundError as error:
        raise BadInput(
            f"the workbench needs {error.name}; install it with: pip install 'marsad[web]'"
        ) from None
    place = place_of(workspace)
    is_new = workspace is not None and not place.is_there()
    with (
        serving.listen(port) as listening,
        Store.open(place, create=is_new, command="serve") as ledger,
    ):
        if is_new:
            click.echo(f"made a workspace in {place.folder}", err=True)
        where = f"http://{serving.HOST}:{listening.getsockname()[1]}/"
        click.echo(f"{ledger.database.name} at {where}  (on this machine alone; Ctrl-C stops it)")
        serving.serve(ledger, listening, place)
