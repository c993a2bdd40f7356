"""What the commands that list share: the workspace that they ask, and how a list is printed."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from marsad.documents.published import published
from marsad.errors import BadInput
from marsad.ledger import workspace
from marsad.ledger.store import Ledger
from marsad.records.interval import days
from marsad.settings import load

Row = dict[str, Any]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run a cell that begins so

with_workspace = click.option(
    "--workspace", metavar="DIR", help="Folder of the ledger. [default: this folder, else MARSAD_WORKSPACE]"
)
with_format = click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True
)
with_as_known = click.option(
    "--as-known", metavar="DATE", callback=lambda _context, _option, value: last_day(value),
    help="Leave out what was not yet known on this day.",
)  # fmt: skip
with_document = click.option(
    "--document", metavar="ID", help="Of this document; the start of its id will do."
)


class Column(NamedTuple):
    """A column of a table on a terminal: its heading, its words, and how wide it is."""

    heading: str
    words: Callable[[Row], str]
    share: int  # of the width that fixed columns leave
    width: int | None = None  # in characters, where it is fixed


def open_ledger(given: str | None) -> Ledger:
    """The ledger that the user means.

    Raises:
        BadWorkspace: there is none.
    """
    return Ledger.open(workspace.find(given, load().workspace))


def day(value: str | None) -> str | None:
    """`value` where it is a date of publication: a day, a month or a year.

    Raises:
        BadInput: it is not.
    """
    if value is not None:
        published(value)
    return value


def last_day(edtf: str | None) -> str | None:
    """The last day of a day, month or year that the user gave, as an ISO 8601 date.

    Raises:
        BadInput: it is none of these, or has no end.
    """
    if edtf is None:
        return None
    _, latest = days(edtf)
    if latest is None:
        raise BadInput(f"{edtf}: has no last day; give YYYY-MM-DD")
    return latest.isoformat()


def show(rows: Iterable[Row], form: str, columns: Sequence[Column], *, nothing: str) -> None:
    """Print `rows` as a table, as a JSON array or as CSV. `nothing` says why there are none."""
    if form == "json":
        _show_json(rows)
    elif form == "csv":
        _show_csv(rows, nothing)
    else:
        _show_table(rows, columns, nothing)


def _show_json(rows: Iterable[Row]) -> None:
    """A JSON array, one record a line, written as the records come."""
    before = "["
    for row in rows:
        click.echo(before + json.dumps(row, ensure_ascii=False), nl=False)
        before = ",\n "
    click.echo("]" if before != "[" else "[]")


def _show_csv(rows: Iterable[Row], nothing: str) -> None:
    """RFC 4180, its heading from the first record; lists and records inside a cell are JSON."""
    number = 0
    for number, row in enumerate(rows, 1):
        if number == 1:
            click.echo(_csv_line(list(row)), nl=False)
        click.echo(_csv_line([cell(value) for value in row.values()]), nl=False)
    if number == 0:
        click.echo(nothing, err=True)


def _csv_line(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def cell(value: object) -> str:
    """`value` as a CSV cell that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _show_table(rows: Iterable[Row], columns: Sequence[Column], nothing: str) -> None:
    table = Table(show_edge=False, pad_edge=False, expand=True)
    for column in columns:
        share = column.share if column.width is None else None
        table.add_column(column.heading, ratio=share, width=column.width, overflow="fold")
    for row in rows:
        table.add_row(*(Text(_printable(column.words(row))) for column in columns), end_section=True)
    if table.row_count:
        Console(file=sys.stdout, soft_wrap=False).print(table)
    else:
        click.echo(nothing)


def day_of(row: Row) -> str:
    """The day of publication of a claim's document or of a document; `?` where it was inferred."""
    published = row["published"]
    first, last = published["earliest"], published["latest"]
    words = last or (f"from {first}" if first else "undated")
    return words + ("?" if published["basis"] == "inferred" else "")


def _printable(text: str) -> str:
    """`text` without what could move the cursor of a terminal."""
    return "".join(char if char.isprintable() or char == "\n" else " " for char in text)
