"""`marsad forecast panel`: files of UCDP GED, or the reports of a ledger, to deaths by unit and month."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click
import polars as pl

from marsad.cli.listing import open_ledger, with_workspace
from marsad.cli.writing import write
from marsad.errors import BadInput
from marsad.forecast import actors, files, ged, units
from marsad.forecast.ged import Events
from marsad.forecast.months import label, parse
from marsad.forecast.reported import reported
from marsad.ledger.asking.query import last_day


@click.command()
@click.argument("ged_files", metavar="[GED]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    required=True,
    help="Parquet.",
)
@click.option(
    "--level", type=click.Choice(["country", "admin1", "cell"]), default="country", show_default=True
)
@click.option("--country", metavar="NAME", help="One country alone, as the data spells it.")
@click.option(
    "--covered",
    metavar="FROM/TO",
    help="The months that the data covers, 2016-01/2019-11. [default: from the first event of a file to the "
    "last; of a ledger, those in which its sources published]",
)
@click.option(
    "--actor",
    metavar="NAME",
    help="Events of one side alone, by any name that the project knows of it.",
)
@click.option(
    "--units",
    "within",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Parquet or CSV whose first column names the units, with those where nothing happened.",
)
@click.option("--as-known", metavar="DATE", help="Of a ledger: leave out what was published later.")
@with_workspace
def command(
    ged_files: tuple[Path, ...],
    output: Path,
    level: units.Level,
    country: str | None,
    covered: str | None,
    actor: str | None,
    within: Path | None,
    as_known: str | None,
    workspace: str | None,
) -> None:
    """Make a panel of the deaths in files of UCDP GED, or without a file in the reports of a ledger.

    Of files, the yearly release and candidates of later months: a month that two files cover is taken from
    the first that is named. Of a ledger, every incident counts once, however many tell of it, in the month
    in which it ended; rows that people coded are left to their own files. What is left out is told.
    """
    if ged_files and (as_known or workspace):
        raise BadInput("files of UCDP GED have no --as-known or --workspace; name files or a ledger")
    if output.suffix.lower() == ".csv":
        raise BadInput(f"{output}: a panel is written as Parquet; name it so")
    span = None if covered is None else _span(covered)
    if ged_files:
        events, data, left, actor = _of_files(ged_files, span, actor)
    else:
        events, data, left = _of_ledger(workspace, span, actor, last_day(as_known))
    if country:
        events = units.of_country(events, country)
    if events.table.is_empty():
        asked = " ".join(filter(None, (actor, country, covered)))
        raise BadInput(f"no deaths {f'of {asked} ' if asked else ''}in a covered month{_told(left)}")
    found = units.panel(events, level, within=None if within is None else _units(within))
    about = files.Note(data=data, data_sha256=events.sha256, level=level, actor=actor)
    write(output, [files.packed(found, about)], option="--output")
    panel = found.panel
    click.echo(f"{output}: {len(panel.units)} units, {label(panel.first)} to {label(panel.last)}")
    lost = ", ".join(f"{deaths:,.0f} {kind}" for kind, deaths in found.unplaced.items() if deaths)
    if lost:
        click.echo(f"deaths in no unit of this level: {lost}", err=True)
    if any(left.values()):
        click.echo(f"left out{_told(left)}", err=True)


def _of_files(
    paths: tuple[Path, ...], span: tuple[int, int] | None, actor: str | None
) -> tuple[Events, str, Mapping[str, float], str | None]:
    """The events, what the data is called, what is left out of it, and the actor as the data spells it."""
    events = ged.read(paths)
    left = {"rows without a date, a type of violence or a count": events.unread}
    if span:
        events = units.covering(events, *span)
    if actor:
        names = actors.spelt(actor, units.sides(events))
        if names != (actor,):
            click.echo(f"{actor}: {' and '.join(names)} in the data", err=True)
        events, actor = units.of_actor(events, names), names[0]
    return events, " + ".join(path.name for path in paths), left, actor


def _of_ledger(
    workspace: str | None, span: tuple[int, int] | None, actor: str | None, as_known: str | None
) -> tuple[Events, str, Mapping[str, float]]:
    months = None if span is None else range(span[0], span[1] + 1)
    with open_ledger(workspace) as ledger:
        found = reported(ledger, as_known=as_known, actor=actor, months=months)
    data = f"{found.documents} reports of a ledger" + (f", as known {as_known}" if as_known else "")
    return found.events, data, {f"deaths {why}": deaths for why, deaths in found.left.items()}


def _told(left: Mapping[str, float]) -> str:
    several = ", ".join(f"{number:,.0f} {what}" for what, number in left.items() if number)
    return f": {several}" if several else ""


def _span(told: str) -> tuple[int, int]:
    first, slash, last = told.partition("/")
    if not slash:
        raise BadInput(f"--covered {told}: has no end; write the first and the last month, 2016-01/2019-11")
    span = parse(first), parse(last)
    if span[1] < span[0]:
        raise BadInput(f"--covered {told}: ends before it begins; exchange them")
    return span


def _units(path: Path) -> list[int]:
    """The numbers in the first column of a table."""
    try:
        table = pl.read_csv(path) if path.suffix.lower() == ".csv" else pl.read_parquet(path)
        return table.to_series(0).cast(pl.Int64).to_list()
    except (OSError, pl.exceptions.PolarsError) as error:
        reason = str(error).partition("\n")[0]
        raise BadInput(f"{path}: {reason}; give a table whose first column numbers the units") from error
