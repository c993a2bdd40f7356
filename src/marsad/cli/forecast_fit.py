"""`marsad forecast fit`: how the models of the pool are weighed on a panel."""

from __future__ import annotations

import json
from pathlib import Path

import click

from marsad.cli.forecast_panel_option import with_panel
from marsad.cli.tables import cell, console_for_output
from marsad.forecast.models import POOL, VERSION
from marsad.forecast.months import label
from marsad.forecast.past import Past
from marsad.forecast.predicting import check
from marsad.forecast.tables import read_panel

_AHEAD = range(1, 15)  # months: what `predict` is mostly asked for


@click.command()
@with_panel
@click.option(
    "--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True, help="Of all that is drawn."
)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def command(panel: Path, seed: int, form: str) -> None:
    """Fit the models to a panel, and print the weights that the pool learns for them.

    Each is fitted as of one, two and three years before the panel's end, and weighed by what came. Nothing
    is stored: `predict` fits again, and the same panel and seed give the same forecast.
    """
    held = read_panel(panel)
    check(held, _AHEAD)
    weights = POOL.weights(Past(held, _AHEAD, seed)).tolist()
    found = {model.name: round(weight, 4) for model, weight in zip(POOL.members, weights, strict=True)}
    data = held.fingerprint()
    if form == "json":
        told = {"model": VERSION, "last": label(held.last), "panel_sha256": data, "seed": seed}
        click.echo(json.dumps({**told, "weights": found}))
        return
    console = console_for_output()
    console.print(
        cell(f"{VERSION} on {len(held.units)} units to {label(held.last)}, data {data[:12]}", "bold")
    )
    for name, weight in found.items():
        console.print(cell(f"{name:12}{weight:.3f}"), soft_wrap=True)
