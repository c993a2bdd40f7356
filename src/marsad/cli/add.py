"""`marsad add`: read documents into the workspace's ledger."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import closing

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from marsad import bulk
from marsad.cli import notes, one_line
from marsad.cli.listing import day, place_of, with_workspace
from marsad.errors import BadInput
from marsad.ingest import Added, Outcome, Unchanged
from marsad.ledger.database import PostgreSQL
from marsad.ledger.store import Store
from marsad.ledger.workspace import Place
from marsad.records.original import Refused


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH|URL|-...")
@click.option("--published", metavar="DATE", help="The day on which all of them were published.")
@with_workspace
def command(paths: tuple[str, ...], published: str | None, workspace: str | None) -> int:
    """Read documents into the ledger: files, folders, addresses, or - for standard input.

    A folder that `marsad read --bulk` has made is taken as it was read.

    Each document is on disk when its line `added ID PATH` is printed. Adding it again changes
    nothing, so after a stop the same command goes on where it ended. Where there is no workspace
    yet, one is made in DIR or in this folder.
    """
    day(published)  # one error now rather than one for each document
    place = place_of(workspace)
    is_new = _is_new(place)
    notes.rules_alone()
    with Store.open(place, create=True, command="add") as ledger:
        if is_new:
            where = ledger.database.name if place.address else place.folder.resolve()
            click.echo(f"made a workspace in {where}", err=True)
        refused = _announce(_with_progress(bulk.add(ledger, paths, published=published)))
    for refusal in refused:
        click.echo(f"refused {one_line(refusal.source)}: {one_line(refusal.reason)}", err=True)
    return BadInput.exit_code if refused else 0


def _is_new(place: Place) -> bool:
    if not place.address:
        return not place.is_there()
    with closing(PostgreSQL(place.address)) as database:
        return database.is_empty()


def _announce(outcomes: Iterable[Outcome]) -> list[Refused]:
    """Print a line for each document that is in the ledger, at once; give those that are not."""
    refused = []
    for outcome in outcomes:
        if isinstance(outcome, Refused):
            refused.append(outcome)
            continue
        word = "added" if isinstance(outcome, Added) else "unchanged"
        # through sys.stdout, so that it stands above the bar; at once, for it acknowledges
        sys.stdout.write(f"{word} {outcome.document_id} {one_line(outcome.source)}\n")
        sys.stdout.flush()
    return refused


def _with_progress(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """The same, with a bar on stderr where that is a terminal; how many will come is not known."""
    if not sys.stderr.isatty():
        yield from outcomes
        return
    counts = dict.fromkeys((Added, Unchanged, Refused), 0)
    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    # standard output may be a file: what goes there must not be drawn on the terminal instead
    with Progress(
        *columns, console=Console(stderr=True), transient=True, redirect_stdout=sys.stdout.isatty()
    ) as bar:
        task = bar.add_task("reading", total=None)
        for outcome in outcomes:
            counts[type(outcome)] += 1
            added, unchanged, refused = counts.values()
            bar.update(task, description=f"{added} added, {unchanged} unchanged, {refused} refused")
            yield outcome
