"""`marsad page`: one document with its records in place, as a self-contained HTML page."""

from __future__ import annotations

from itertools import islice
from pathlib import Path, PurePath

import click

from marsad import documents, sources
from marsad.cli import notes
from marsad.cli.writing import write
from marsad.errors import BadInput
from marsad.reading import pipeline
from marsad.records.original import Refused
from marsad.records.reading import Document
from marsad.reports.page import page

_OURS = b'name="generator" content="marsad '


@click.command()
@click.argument("path", metavar="PATH|URL|-")
@click.option(
    "--output", metavar="FILE", help="Where the page goes; - is standard output. [default: NAME.html]"
)
@click.option("--published", metavar="DATE", help="Date of publication: YYYY-MM-DD, YYYY-MM or YYYY.")
def command(path: str, output: str | None, published: str | None) -> None:
    """Write a self-contained HTML page: the document with every record in place, claims beside it.

    The page loads nothing and can be handed on: private persons are masked in it.
    """
    target = _target(path, output)
    if published is not None:
        documents.published(published)  # a date that is none is refused before anything is read
    notes.rules_alone()
    html = page(pipeline.read(_document(path, published)))
    if target is None:
        click.echo(html)
        return
    write(target, [html.encode()], option="--output")
    click.echo(f"wrote {target}")


def _target(path: str, output: str | None) -> Path | None:
    """Where the page goes; `None` is standard output. A file that is not a page is not overwritten."""
    if output == "-":
        return None
    if output:
        target = Path(output)
    else:
        is_file = path != "-" and "://" not in path
        target = Path(f"{PurePath(path).stem if is_file else 'page'}.html")
        if target.exists() and _OURS not in target.read_bytes()[:4096]:
            raise BadInput(f"{target}: exists and is not a page of Marsad; choose a place with --output")
    if target.exists() and Path(path).exists() and target.samefile(path):
        raise BadInput(f"{target}: is the document itself; choose a place with --output")
    return target


def _document(path: str, published: str | None) -> Document:
    """The one document at `path`.

    Raises:
        BadInput: it cannot be read, or it holds several.
    """
    found = list(islice(documents.freeze(sources.open(path, published=published)), 2))
    if not found:
        raise BadInput(f"{path}: holds no document")
    if len(found) > 1:
        raise BadInput(f"{path}: holds several documents, and a page shows one")
    if isinstance(found[0], Refused):
        raise BadInput(f"{found[0].source}: {found[0].reason}")
    return found[0].document
