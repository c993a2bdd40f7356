"""`marsad check`: whether the ledger is sound."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from marsad.cli import one_line
from marsad.cli.listing import place_of, with_workspace
from marsad.errors import BadWorkspace
from marsad.ledger.checking import Progress, Tally, check
from marsad.ledger.store import Store


@click.command()
@with_workspace
def command(workspace: str | None) -> int:
    """Check the whole ledger: every hash, span, key and index, and what is shown against the facts.

    One line a problem, and a last line that sums up. The exit code is 0 only where the ledger is
    sound, else 4. Nothing is changed, and others may go on writing.
    """
    place = place_of(workspace)
    if not place.is_there():
        raise BadWorkspace(f"{place.folder}: no workspace here; name one with --workspace")
    tally, number = Tally(), 0
    with Store.at(place) as store, bar() as progress:
        for problem in check(store, tally=tally, progress=progress):
            number += not problem.is_harmless
            stream, before = (sys.stderr, "warning: ") if problem.is_harmless else (sys.stdout, "")
            stream.write(f"{before}{one_line(str(problem))}\n")
    click.echo(f"{f'not sound, {number} problems' if number else 'sound'}: {tally}")
    return BadWorkspace.exit_code if number else 0


@contextmanager
def bar() -> Iterator[Progress]:
    """How far something is, as a bar on stderr where that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _what, _done, _of: None
        return
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    # standard output may be a file: what goes there must not be drawn on the terminal instead
    with Bar(
        *columns, console=Console(stderr=True), transient=True, redirect_stdout=sys.stdout.isatty()
    ) as drawn:
        task = drawn.add_task("", total=None)
        yield lambda what, done, of: drawn.update(task, description=what, completed=done, total=of)
