"""`marsad forecast backtest`: the models on years that are past, beside the benchmarks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from marsad.cli.check import bar
from marsad.cli.forecast_panel_option import with_panel
from marsad.forecast.backtest import Scored, backtest
from marsad.forecast.models import MODELS
from marsad.forecast.months import windows
from marsad.forecast.tables import read_panel

_WIDE = 120  # columns


@click.command()
@with_panel
@click.option(
    "--windows",
    "years",
    metavar="YEARS",
    default="2018-2022",
    show_default=True,
    help="As 2018,2019 or 2018-2022.",
)
@click.option(
    "--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True, help="Of all that is drawn."
)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def command(panel: Path, years: str, seed: int, form: str) -> None:
    """Score the models on years that are past, as the VIEWS Prediction Challenge does.

    For each year the models see the panel to October of the year before, and forecast January to December.
    Smaller is better; coverage is to be near 0.9. Models are fitted again as of earlier years to weigh the
    pool: a window takes about a minute.
    """
    asked = windows(years)
    held = read_panel(panel)
    with bar() as progress:
        scored = list(backtest(held, asked, MODELS, seed=seed, progress=progress))
    if form == "json":
        click.echo(json.dumps({"windows": _listed(scored)}, allow_nan=False, indent=1))
    else:
        _print(scored)


def _listed(scored: Iterable[Scored]) -> dict[str, dict[str, dict[str, float | None]]]:
    found: dict[str, dict[str, dict[str, float | None]]] = {}
    for each in scored:
        found.setdefault(str(each.window.year), {})[each.model] = each.means()
    return found


def _print(scored: Sequence[Scored]) -> None:
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=_WIDE)
    for year, models in _listed(scored).items():
        table = Table(title=f"Window {year}", title_justify="left", box=SIMPLE_HEAD)
        table.add_column("model")
        for metric in next(iter(models.values())):
            table.add_column(metric.replace("_", " "), justify="right")
        for model, found in models.items():
            table.add_row(model, *("–" if value is None else f"{value:.3f}" for value in found.values()))
        console.print(table)
