"""`marsad read`: one document in, its reading out; nothing is stored."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from marsad import documents, sources
from marsad.cli import notes, one_line
from marsad.errors import BadInput
from marsad.reading.pipeline import read
from marsad.records.original import Refused
from marsad.records.reading import Reading, encode


@click.command
@click.argument("where", metavar="PATH|URL|-")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    help="Tables (the default), or JSON with one reading a line.",
)
@click.option("--published", metavar="DATE", help="Date of publication: YYYY-MM-DD, YYYY-MM or YYYY.")
def command(where: str, form: str, published: str | None) -> None:
    """Read one document and print what it claims: who said what, figures, times, places.

    Plain text, Markdown, HTML, or JSON Lines with one document a line. Nothing is stored. A line
    that cannot be read does not stop the others; it is listed at the end, and the exit code is 2.
    """
    if published is not None:
        documents.published(published)
    notes.rules_alone()
    refused: list[Refused] = []
    for reading in _readings(where, published, refused):
        if form == "json":
            _json(reading)
        else:
            _table(reading)
    if refused:
        raise BadInput(_refusals(refused))


def _readings(where: str, published: str | None, refused: list[Refused]) -> Iterator[Reading]:
    for frozen in documents.freeze(sources.open(where, published=published)):
        if isinstance(frozen, Refused):
            refused.append(frozen)
            continue
        try:
            reading = read(frozen.document)
        except Exception as error:  # the reader is at fault, not the next line
            if not frozen.document.extractor.startswith("jsonl@"):
                raise
            reason = f"cannot be read: {type(error).__name__}: {error}"
            refused.append(Refused(frozen.document.source or where, reason))
        else:
            yield reading


def _json(reading: Reading) -> None:
    sys.stdout.buffer.write(encode(reading) + b"\n")


def _table(reading: Reading) -> None:
    from marsad.cli.tables import show  # noqa: PLC0415 - rich is loaded for tables only

    show(reading)


def _refusals(refused: list[Refused]) -> str:
    """All but the last refusal are printed here, a line each; the last is the error's own line."""
    lines = [f"{refusal.source}: {refusal.reason}" for refusal in refused]
    for line in lines[:-1]:
        click.echo(f"marsad: {one_line(line)}", err=True)
    return lines[-1]
