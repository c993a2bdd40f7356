"""`marsad demo`: the main job on the bundled sample reports."""

from __future__ import annotations

from pathlib import Path

import click

from marsad import ingest, samples
from marsad.cli.listing import Column, show
from marsad.cli.writing import write
from marsad.disclosure import disclose
from marsad.errors import MarsadError
from marsad.ledger.asking.found import Found
from marsad.ledger.store import Store
from marsad.ledger.workspace import Place
from marsad.records import wording
from marsad.records.original import Refused
from marsad.records.reading import Claim, Reading
from marsad.reports import cells
from marsad.reports.page import page

FOLDER = Path("demo")


@click.command()
@click.option(
    "--workspace",
    metavar="DIR",
    default=str(FOLDER / "workspace"),
    show_default=True,
    help="Folder of the ledger.",
)
@click.option(
    "--output", metavar="FILE", default=str(FOLDER / "page.html"), show_default=True, help="The page."
)
def command(workspace: str, output: str) -> None:
    """Read the bundled sample reports into a workspace, say who said what, and write a page.

    The group and the events in the samples are invented. Doing it again changes nothing.
    """
    folder = Path(output).parent / "samples"
    click.echo("Three sample reports, written for Marsad: the group and the events are invented.\n")
    with Store.open(Place.at(workspace), create=True, command="demo") as ledger:
        identifiers = [_add(ledger, path) for path in samples.write(folder)]
        reading = ledger.reading(identifiers[0])
        write(Path(output), [page(reading).encode()], option="--output")
        _tell(ledger, disclose(reading))
    _next(Path(output), workspace, folder)


def _add(ledger: Store, path: Path) -> str:
    """Read one sample into the ledger and give its id."""
    for outcome in ingest.add(ledger, [str(path)], published=samples.PUBLISHED.get(path.name)):
        if isinstance(outcome, Refused):
            raise MarsadError(f"{path}: {outcome.reason}")
        word = "added" if isinstance(outcome, ingest.Added) else "unchanged"
        click.echo(f"{word} {outcome.document_id[:12]} {path}")
        return outcome.document_id
    raise MarsadError(f"{path}: holds no document")


def _tell(ledger: Store, shown: Reading) -> None:
    """Who said what in the first report, and what to check."""
    click.echo(f"\nWho said what in “{shown.document.title or samples.AGENCY}”:\n")
    claims = ledger.claims(document=shown.document.id, kind="attributed")
    show(claims, "table", _COLUMNS, nothing="No attributed claims: the reader found nobody who speaks.")
    for warning in shown.warnings:
        click.echo(f"\nCheck: {warning.message}")


def _who(found: Found[Claim]) -> str:
    """Who is quoted, as worded, and the hands that it came through."""
    claim = found.record
    return cells.held(claim, claim.source.text if claim.source else cells.NOBODY)


def _figures(found: Found[Claim]) -> str:
    return "\n".join(
        f"{wording.amount(figure)} {wording.counted(figure) or ''}".strip() for figure in found.figures
    )


_COLUMNS = (
    Column("who", _who, 6),
    Column("said", lambda found: " ".join(found.record.text.split()), 12),
    Column("figures", _figures, 4),
)


def _next(output: Path, workspace: str, folder: Path) -> None:
    click.echo(f"\nThe page: {output}  (open it in a browser; it needs no network)")
    click.echo(f"The workbench, in a browser: marsad serve --workspace {workspace}")
    click.echo("\nTry next:")
    for line in (
        f"marsad claims --workspace {workspace} --actor GBF",
        f"marsad watch new gbf --subject GBF --workspace {workspace}",
        f"marsad watch gbf --workspace {workspace}",
        f"marsad report gbf --from 2023-07-01 --to 2024-03-31 --workspace {workspace}",
        f"marsad read {folder / samples.PANEL}",
        f"marsad page {folder / samples.FLASH}",
    ):
        click.echo(f"  {line}")
