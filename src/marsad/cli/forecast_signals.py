"""`marsad forecast signals`: the indicators of a watch by month, as numbers that a backtest may use."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import click

from marsad.assessment.watch import Watch
from marsad.cli.check import bar
from marsad.cli.deciding import words
from marsad.cli.listing import open_ledger, place_of, with_workspace
from marsad.cli.writing import write
from marsad.forecast.months import label
from marsad.forecast.signals import MONTH, heard


@click.command()
@click.argument("watch", metavar="WATCH")
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    required=True,
    help="CSV or Parquet, by its name.",
)
@click.option(
    "--by-unit", is_flag=True, help="For each governorate that claims name, not for the whole ledger."
)
@with_workspace
def command(watch: str, output: Path, by_unit: bool, workspace: str | None) -> None:
    """Write the monthly series of a watch's indicators, each month as it was known at its end.

    Of each indicator: how many independent origins gave it evidence in the month, and for how many it rose
    less for how many it fell. `marsad forecast resurgence --backtest ... --signals FILE` tells what they add.
    """
    folder = place_of(workspace).folder
    asked = Watch.load(words(watch), folder)
    with open_ledger(workspace) as opened, opened.at_one_moment() as ledger, bar() as progress:
        table = heard(ledger, asked, by_unit=by_unit, progress=progress)
    file = BytesIO()
    (table.write_csv if output.suffix.lower() == ".csv" else table.write_parquet)(file)
    write(output, [file.getvalue()], option="--output")
    months = table[MONTH].unique().sort().to_list()
    click.echo(f"{output}: {len(months)} months, {label(months[0])} to {label(months[-1])}")
