"""`marsad forecast panel`: files of UCDP GED to deaths by unit and month."""

from __future__ import annotations

from pathlib import Path

import click
import polars as pl

from marsad.errors import BadInput
from marsad.forecast import files, ged, units
from marsad.forecast.months import label, parse


@click.command()
@click.argument("ged_files", metavar="GED...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--output", metavar="FILE", type=click.Path(path_type=Path), required=True, help="Parquet.")
@click.option(
    "--level", type=click.Choice(["country", "admin1", "cell"]), default="country", show_default=True
)
@click.option("--country", metavar="NAME", help="One country alone, as the data spells it.")
@click.option(
    "--covered",
    metavar="FROM/TO",
    help="The months that the files cover, 2016-01/2019-11. [default: from the first event to the last]",
)
@click.option("--actor", metavar="NAME", help="Events of one side alone, as the data spells it: IS.")
@click.option(
    "--units",
    "within",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Parquet or CSV whose first column names the units, with those where nothing happened.",
)
def command(
    ged_files: tuple[Path, ...],
    output: Path,
    level: units.Level,
    country: str | None,
    covered: str | None,
    actor: str | None,
    within: Path | None,
) -> None:
    """Make a panel of the deaths in files of UCDP GED: the yearly release, and candidates of later months.

    A month that two files cover is taken from the first that is named. Events without a date or a count are
    left out; deaths that no unit is known of are told.
    """
    events = ged.read(ged_files)
    unread = events.unread
    if country:
        events = units.of_country(events, country)
    if covered:
        events = units.covering(events, *_span(covered))
    if actor:
        events = units.of_actor(events, actor)
    if events.table.is_empty():
        raise BadInput(f"no event of {actor or country or covered}; names are those of the data: IS, Iraq")
    found = units.panel(events, level, within=None if within is None else _units(within))
    data = " + ".join(path.name for path in ged_files)
    files.write(output, found, files.Note(data=data, data_sha256=events.sha256, level=level, actor=actor))
    panel = found.panel
    click.echo(f"{output}: {len(panel.units)} units, {label(panel.first)} to {label(panel.last)}")
    lost = ", ".join(f"{deaths:,.0f} {kind}" for kind, deaths in found.unplaced.items() if deaths)
    if lost:
        click.echo(f"deaths in no unit of this level: {lost}", err=True)
    if unread:
        click.echo(f"{unread:,} rows without a date, a type of violence or a count", err=True)


def _span(told: str) -> tuple[int, int]:
    first, _, last = told.partition("/")
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
