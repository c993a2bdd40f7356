"""`marsad gazetteer`: which places bear a name, and a gazetteer of one's own from GeoNames dumps."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from marsad.cli.listing import Column, show
from marsad.errors import BadInput
from marsad.gazetteer import Entry, Gazetteer
from marsad.gazetteer.making import dump
from marsad.gazetteer.making.dump import Watch

_TENTHS = 10  # parts of a stage that a log has a line for


@click.group()
def command() -> None:
    """Look places up; make a gazetteer of your own from GeoNames dumps."""


@command.command()
@click.argument("name")
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True
)
def find(name: str, form: str) -> None:
    """List the places that NAME may mean: by their names, as a demonym, else by a like sound.

    Countries, regions and waters have no point: they are shaded, never pinned.
    """
    rows = sorted(_found(Gazetteer.open(), name), key=_order)
    show(rows, form, _COLUMNS, nothing=f"No place is known by the name {name}.", listed=_facts, is_dense=True)


def _found(gazetteer: Gazetteer, name: str) -> list[tuple[str, Entry]]:
    """Each place with how it was found."""
    found = [("name", entry) for entry in gazetteer.candidates(name)]
    found += [("demonym", entry) for entry in gazetteer.by_demonym(name)]
    return found or [("sound", entry) for entry in gazetteer.sounding_like(name)]


def _order(row: tuple[str, Entry]) -> tuple[int, str, str]:
    return -row[1].population, row[1].gazetteer, row[1].id


def _facts(row: tuple[str, Entry]) -> dict[str, Any]:
    by, entry = row
    return {
        "gazetteer": entry.gazetteer,
        "gazetteer_id": entry.id,
        "name": entry.name,
        "kind": entry.kind,
        "latitude": entry.lat,
        "longitude": entry.lon,
        "country": entry.country,
        "admin1": entry.admin1,
        "admin2": entry.admin2,
        "people": entry.population or None,
        "covers": entry.covers,
        "found_by": by,
    }


def _within(row: tuple[str, Entry]) -> str:
    entry = row[1]
    units = (unit for unit in (entry.admin2, entry.admin1) if unit and unit != entry.name)
    return ", ".join([*units, *filter(None, [entry.country])])


def _point(row: tuple[str, Entry]) -> str:
    entry = row[1]
    return "no point" if entry.lat is None or entry.lon is None else f"{entry.lat:.3f}, {entry.lon:.3f}"


_COLUMNS = (
    Column("name", lambda row: row[1].name, 3, width=12),
    Column("kind", lambda row: row[1].kind, 0, width=8),
    Column("within", _within, 4, width=14),
    Column("people", lambda row: f"{row[1].population:,}" if row[1].population else "", 0, width=10),
    Column("point", _point, 0, width=17),
    Column("id", lambda row: row[1].id, 1, width=9),
    Column("by", lambda row: row[0], 0, width=7),
)


@command.command()
@click.argument("dumps", nargs=-1, required=True, metavar="DUMP...", type=click.Path(path_type=Path))
@click.option("--out", required=True, metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def build(dumps: tuple[Path, ...], out: Path) -> int:
    """Make a gazetteer in DIR from full GeoNames dumps: allCountries.txt, SY.txt or a zip of one.

    What is in DIR stays in use until all is done; a build that is stopped leaves it as it was. To
    read with it, set MARSAD_GAZETTEER to DIR.
    """
    with _progress() as watch:
        about, bad = dump.build(dumps, out, watch)
    click.echo(f"made {about.version} in {out}: {about.places:,} places, {about.keys:,} names")
    if bad.count:
        lines = "line was" if bad.count == 1 else "lines were"
        click.echo(f"{bad.count:,} {lines} left out; the first: {bad.first}", err=True)
    return BadInput.exit_code if bad.count else 0


@contextmanager
def _progress() -> Iterator[Watch]:
    """Says how far the build is: a bar on a terminal, a line for each tenth in a log."""
    if not sys.stderr.isatty():
        yield _Log()
        return
    with Progress(console=Console(stderr=True), transient=True) as bar:
        tasks = {stage: bar.add_task(f"reading {stage}", total=None) for stage in ("units", "places")}
        yield lambda stage, done, total: bar.update(tasks[stage], completed=done, total=total)


class _Log:
    def __init__(self) -> None:
        self._last = ("", 0)

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = (stage, _TENTHS * done // max(total, 1))
        if now != self._last:
            self._last = now
            click.echo(f"reading {stage}: {100 * now[1] // _TENTHS} %", err=True)
