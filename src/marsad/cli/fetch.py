"""`marsad fetch`: data sets from their publishers."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

from marsad.sources import ucdp
from marsad.sources.fetch import Watch


@click.group()
def command() -> None:
    """Download data sets from their publishers."""


@command.command("ucdp")
@click.option(
    "--version", metavar="YY.1", default=ucdp.NEWEST, show_default=True, help="The release of a year."
)
@click.option("--candidate", metavar="YY.0.M", help="Candidate events of a month, such as 26.0.3, instead.")
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="Where the file goes. [default: this folder]",
)
def ucdp_command(version: str, candidate: str | None, out: Path) -> None:
    """Download events of armed conflict coded by the Uppsala Conflict Data Program (CC BY 4.0).

    Beside the file stands where it came from, its version and its SHA-256. A file that is there already
    is not downloaded again.
    """
    release = ucdp.candidate(candidate) if candidate else ucdp.yearly(version)
    with _progress(release.name) as watch:
        path, origin = ucdp.fetch(release, out, watch)
    click.echo(f"{path}  {origin.bytes:,} bytes, SHA-256 {origin.sha256}")
    click.echo(f"to read it: marsad add {path}", err=True)


@contextmanager
def _progress(name: str) -> Iterator[Watch]:
    """Says how far it is: a bar on a terminal; nothing in a log."""
    if not sys.stderr.isatty():
        yield lambda done, of: None
        return
    columns = TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
