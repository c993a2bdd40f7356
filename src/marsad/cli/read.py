"""`marsad read`: documents in, their readings out; nothing is stored."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from marsad import documents, sources
from marsad.cli import notes, one_line
from marsad.errors import BadInput
from marsad.reading.pipeline import read
from marsad.records.original import Frozen, Original, Refused
from marsad.records.reading import Reading, encode


@click.command
@click.argument("where", nargs=-1, required=True, metavar="PATH|URL|-...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    help="Tables (the default), or JSON with one reading a line.",
)
@click.option("--published", metavar="DATE", help="Date of publication: YYYY-MM-DD, YYYY-MM or YYYY.")
@click.option("--bulk", is_flag=True, help="Read many files and folders into Parquet, on all cores.")
@click.option("--out", metavar="DIR", help="Where --bulk writes; after a stop the same command goes on.")
@click.option(
    "--workers", type=click.IntRange(min=1), help="Processes of --bulk; one for each core by default."
)
@click.option(
    "--ray-address",
    metavar="ADDRESS",
    help="Spread --bulk over a Ray cluster: its address, or local to start Ray on this machine.",
)
def command(
    where: tuple[str, ...],
    form: str,
    published: str | None,
    bulk: bool,
    out: str | None,
    workers: int | None,
    ray_address: str | None,
) -> int:
    """Read a file and print what it claims: who said what, figures, times, places.

    Text, Markdown, HTML, PDF, DOCX or e-mail, or a file of many: JSON Lines, a mailbox, ZIP, WARC.
    Nothing is stored. A document that cannot be read does not stop the others; it is listed at the
    end, and the exit code is 2.

    With --bulk, files and folders are read into tables in Parquet, whole as they are: evidence, not
    to be handed on. marsad add DIR takes them into a ledger.
    """
    if bulk:
        if out is None:
            raise click.UsageError("--bulk needs --out DIR.")
        from marsad.cli.bulk import run  # noqa: PLC0415 - with all that it needs

        return run(where, out, published=published, workers=workers, ray_address=ray_address)
    if len(where) > 1 or out or workers or ray_address:
        raise click.UsageError("One file at a time; many go with --bulk --out DIR.")
    _print(where[0], form, published)
    return 0


def _print(where: str, form: str, published: str | None) -> None:
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
    for original in sources.originals(where):
        for frozen in _frozen(original, published):
            reading = frozen if isinstance(frozen, Refused) else _read(frozen, where)
            if isinstance(reading, Refused):
                refused.append(reading)
            else:
                yield reading


def _frozen(original: Original | Refused, published: str | None) -> Iterator[Frozen | Refused]:
    if isinstance(original, Refused):
        yield original
    else:
        yield from documents.freeze(original._replace(published=published))


def _read(frozen: Frozen, where: str) -> Reading | Refused:
    try:
        return read(frozen.document, frozen.warnings)
    except Exception as error:  # the reader is at fault, not the next document
        if frozen.document.source == where:
            raise
        reason = f"cannot be read: {type(error).__name__}: {error}"
        return Refused(frozen.document.source or frozen.document.id, reason)


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
