"""How commands of `marsad forecast` name the panel that they read."""

from __future__ import annotations

from pathlib import Path

import click

SAMPLE = Path(__file__).parents[1] / "forecast" / "sample" / "iraq_syria.csv"

with_panel = click.option(
    "--panel",
    metavar="FILE",
    type=click.Path(path_type=Path),
    default=SAMPLE,
    show_default="Iraq and Syria to December 2022, for trying",
    help="Deaths by unit and month, Parquet or CSV: month_id, country_id, sb, and ns and os where known.",
)
