"""`marsad forecast backtest`: the models on years that are past, beside the benchmarks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import click
import numpy as np
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from marsad.cli.check import bar
from marsad.cli.forecast_panel_option import with_panel
from marsad.forecast.backtest import BASE_RATE, METRICS, Scored, backtest, score_of_base_rates
from marsad.forecast.benchmarks import BENCHMARKS
from marsad.forecast.intervals import difference, number
from marsad.forecast.models import MODELS, POOL
from marsad.forecast.months import Window, windows
from marsad.forecast.panel import Panel
from marsad.forecast.tables import read_panel

_WIDE = 120  # columns
_COMPARED = ("ign", "log1p_crps", "brier25", "crps")
_BESIDE = (*(model.name for model in BENCHMARKS), BASE_RATE)


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
    pool: a window takes about a minute. JSON has the means alone.
    """
    asked = windows(years)
    held = read_panel(panel)
    with bar() as progress:
        scored = list(backtest(held, asked, MODELS, seed=seed, progress=progress))
    for window in asked:
        _tell_of_missing(held, window)
    if form == "json":
        click.echo(json.dumps({"windows": _listed(scored)}, allow_nan=False, indent=1))
    else:
        _print([*scored, *(score_of_base_rates(held, window) for window in asked)])


def _tell_of_missing(panel: Panel, window: Window) -> None:
    known = int(np.any(~np.isnan(panel.at("sb", window.months)), axis=0).sum())
    if known < len(window.months):
        told = f"window {window.year}: {known} of its {len(window.months)} months are known, and scored"
        click.echo(told, err=True)


def _listed(scored: Iterable[Scored]) -> dict[str, dict[str, dict[str, float | None]]]:
    found: dict[str, dict[str, dict[str, float | None]]] = {}
    for each in scored:
        found.setdefault(str(each.window.year), {})[each.model] = each.means()
    return found


def _print(scored: Sequence[Scored]) -> None:
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=_WIDE)
    by_model: dict[str, list[Scored]] = {}
    for each in scored:
        by_model.setdefault(each.model, []).append(each)
    for year, models in _listed(scored).items():
        console.print(_means(f"Window {year}", models))
    if len(by_model[POOL.name]) > 1:
        console.print(_means("All windows", {name: _over(several) for name, several in by_model.items()}))
    if len(np.unique(by_model[POOL.name][0].units)) > 1:  # of one unit alone no interval is told
        console.print(_differences(by_model))


def _over(scored: Sequence[Scored]) -> dict[str, float | None]:
    """The mean of each metric over all forecasts of several windows."""
    found = {name: np.concatenate([each.of[name] for each in scored]) for name in METRICS}
    return {
        name: None if np.isnan(values).all() else float(np.nanmean(values)) for name, values in found.items()
    }


def _means(title: str, models: dict[str, dict[str, float | None]]) -> Table:
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD)
    table.add_column("model")
    for metric in METRICS:
        table.add_column(metric.replace("_", " "), justify="right")
    for model, found in models.items():
        table.add_row(model, *("–" if value is None else number(value) for value in found.values()))
    return table


def _differences(by_model: dict[str, list[Scored]]) -> Table:
    title = f"The {POOL.name} less each, 95 % interval from a bootstrap over units; below zero it is better"
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for name in ("less", *_COMPARED):
        table.add_column(name.replace("_", " "), justify="left" if name == "less" else "right")
    for other in _BESIDE:
        pairs = by_model[POOL.name], by_model[other]
        is_scored = (not np.isnan(pairs[1][0].of[metric]).all() for metric in _COMPARED)
        told = (
            str(difference(*pairs, metric)) if is_there else "–"
            for metric, is_there in zip(_COMPARED, is_scored, strict=True)
        )
        table.add_row(other, *told)
    return table
