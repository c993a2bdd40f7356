"""`marsad report`: the cited situation report on a watch."""

from __future__ import annotations

from pathlib import Path

import click

from marsad.assessment.watch import Watch
from marsad.cli.listing import open_ledger, place_of, with_workspace
from marsad.cli.writing import write
from marsad.errors import BadInput
from marsad.reports import notes as analyst
from marsad.reports.rendering import FORMS, Form, render
from marsad.reports.situation_report import report_on


@click.command()
@click.argument("name", metavar="NAME|FILE.toml")
@click.option("--from", "first", metavar="DATE", required=True, help="The first day of the period.")
@click.option("--to", "last", metavar="DATE", required=True, help="The last day; nothing later is known.")
@click.option("--format", "form", type=click.Choice(FORMS), help="[default: that of --out, else html]")
@click.option(
    "--out", metavar="FILE", help="Where it goes; - is standard output. [default: NAME-DATE.FORMAT]"
)
@click.option("--notes", metavar="FILE.md", help="Paragraphs of your own; they are marked as yours.")
@with_workspace
def command(
    name: str,
    first: str,
    last: str,
    form: str | None,
    out: str | None,
    notes: str | None,
    workspace: str | None,
) -> None:
    """Write a situation report on a watch, in which every sentence leads to the words it stands on.

    It covers what became known from one day to another, and says what changed since the day before.
    Private persons are masked in it. Where the report would say more than its records do, nothing is
    written.
    """
    chosen = _chosen(form, out)
    with open_ledger(workspace, command="report") as ledger:
        watch = Watch.load(name, place_of(workspace).folder)
        paragraphs = analyst.read(Path(notes)) if notes else None
        report = report_on(ledger, watch, first, last, paragraphs)
    raw = render(report, chosen)
    if out == "-":
        click.echo(raw, nl=False)
        return
    target = Path(out) if out else Path(f"{watch.name}-{report.last}.{chosen}")
    write(target, [raw], option="--out")
    click.echo(f"wrote {target}")


def _chosen(form: str | None, out: str | None) -> Form:
    """The format that is named, else that of the file's name, else HTML.

    Raises:
        BadInput: the file's name is that of no format.
    """
    named = form or (Path(out).suffix.removeprefix(".").casefold() if out and out != "-" else "") or "html"
    for each in FORMS:
        if each == named:
            return each
    raise BadInput(f"{out}: no report is written as .{named}; give --format {', '.join(FORMS)}")
