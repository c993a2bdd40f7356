"""What the commands that list share: the workspace that they ask, and how a list is printed.

A list is printed as it comes, so that memory does not grow with it: a table part by part, JSON and CSV
record by record.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, NamedTuple, TypeVar

import click
import msgspec
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from marsad.documents.published import published
from marsad.exports.cells import cell
from marsad.ledger import workspace
from marsad.ledger.store import Store
from marsad.ledger.workspace import Place
from marsad.settings import load

Row = dict[str, Any]
T = TypeVar("T")
PART = 200  # rows of a table that are laid out at a time
_WIDE = 100  # characters of a terminal on which columns stand two spaces apart
_JOINERS = "\u00ad\u200c\u200d\u200e\u200f"  # no control codes: Persian and emoji need them

with_workspace = click.option(
    "--workspace",
    metavar="DIR|URL",
    help="Folder of the ledger, or postgresql://... [default: this folder, else MARSAD_WORKSPACE]",
)
with_format = click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True
)


class Column(NamedTuple):
    """A column of a table on a terminal: its heading, its words, and how wide it is."""

    heading: str
    words: Callable[[Any], str]  # of what is listed
    share: int  # of the width that is left when each column has its least
    width: int = 8  # the least, in characters


def place_of(given: str | None) -> Place:
    """Where the ledger is that the user means: what is given, what is here, what is configured."""
    settings = load()
    return workspace.find(given, settings.workspace, settings.database)


def open_ledger(given: str | None, *, command: str = "list") -> Store:
    """The ledger that the user means; `command` is what the journal says of a change.

    Raises:
        BadWorkspace: there is none.
    """
    return Store.open(place_of(given), command=command)


def day(value: str | None) -> str | None:
    """`value` where it is a date of publication: a day, a month or a year.

    Raises:
        BadInput: it is not.
    """
    if value is not None:
        published(value)
    return value


def show(
    found: Iterable[T],
    form: str,
    columns: Sequence[Column],
    *,
    nothing: str,
    listed: Callable[[Any], Row] = dict,
    flat: Callable[[Row], Row] = dict,
    is_dense: bool = False,
) -> None:
    """Print what was found as a table, as a JSON array or as CSV.

    Args:
        nothing: says why there is nothing.
        listed: makes a JSON object of one.
        flat: makes of that object what a spreadsheet has in its row.
        is_dense: no empty line between the rows of a table.
    """
    if form == "json":
        _show_json(map(listed, found))
    elif form == "csv":
        _show_csv((flat(listed(each)) for each in found), nothing)
    else:
        _show_table(found, columns, nothing, leading=0 if is_dense else 1)


def _show_json(rows: Iterable[Row]) -> None:
    """A JSON array in UTF-8, one record a line, fields in their fixed order."""
    before = "["
    for row in rows:
        click.echo(before + msgspec.json.encode(row).decode(), nl=False)
        before = ",\n"
    click.echo("]" if before != "[" else "[]")


def _show_csv(rows: Iterable[Row], nothing: str) -> None:
    """RFC 4180, its heading from the first record; lists and records inside a cell are JSON."""
    heading: list[str] = []
    for row in rows:
        if not heading:
            heading = list(row)
            click.echo(_csv_line(heading), nl=False)
        click.echo(_csv_line([cell(row.get(name)) for name in heading]), nl=False)
    if not heading:
        click.echo(nothing, err=True)


def _csv_line(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _show_table(found: Iterable[T], columns: Sequence[Column], nothing: str, *, leading: int) -> None:
    """A table; its columns keep their widths from part to part."""
    console = Console(file=sys.stdout, soft_wrap=False, highlight=False)
    is_first = True
    for part in _parts(found):
        table = _table(columns, console.width, show_header=is_first, leading=leading)
        for each in part:
            table.add_row(*(Text(_printable(column.words(each))) for column in columns))
        if leading and not is_first:
            console.print()
        console.print(table)
        is_first = False
    if is_first:
        click.echo(nothing)


def _table(columns: Sequence[Column], width: int, *, show_header: bool, leading: int) -> Table:
    gap = 1 if width < _WIDE else 2
    table = Table(
        box=SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, gap - 1, 0, 0),  # the box draws one space itself
        leading=leading,
        show_header=show_header,
    )
    widths = _widths(columns, width - gap * (len(columns) - 1))
    for column, characters in zip(columns, widths, strict=True):
        table.add_column(column.heading, width=characters, overflow="fold")
    return table


def _widths(columns: Sequence[Column], total: int) -> list[int]:
    """The least of each, and what is left of `total` by their shares."""
    left = max(0, total - sum(column.width for column in columns))
    shares = sum(column.share for column in columns) or 1
    return [column.width + left * column.share // shares for column in columns]


def _parts(found: Iterable[T]) -> Iterator[Iterable[T]]:
    rest = iter(found)
    for first in rest:
        yield chain([first], islice(rest, PART - 1))


def _printable(text: str) -> str:
    """`text` without what could move the cursor of a terminal."""
    return "".join(char if char.isprintable() or char in _JOINERS or char == "\n" else " " for char in text)
