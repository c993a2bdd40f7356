"""`marsad forecast fit`: how the models of the pool are weighed on a panel."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from marsad.cli.check import bar
from marsad.cli.forecast_panel_option import with_panel
from marsad.cli.tables import cell, console_for_output
from marsad.cli.writing import write
from marsad.forecast import weights
from marsad.forecast.files import note
from marsad.forecast.models import POOL, VERSION
from marsad.forecast.months import label
from marsad.forecast.past import Past
from marsad.forecast.pool import prepare
from marsad.forecast.predicting import check
from marsad.forecast.tables import read_panel

_AHEAD = range(1, 15)  # months: what `predict` is mostly asked for


@click.command()
@with_panel
@click.option(
    "--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True, help="Of all that is drawn."
)
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    help="JSON, for `predict --weights`.",
)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def command(panel: Path, seed: int, output: Path | None, form: str) -> None:
    """Learn how the models of the pool are to be weighed on a panel, and print it.

    Each is fitted as of one, two and three years before the panel's end, and weighed by what came. With
    --output the weights are kept for `predict`, which then takes a quarter of the time. The models
    themselves are never stored: nothing is unpickled, and the same panel and seed give the same forecast.
    """
    about, held = note(panel), read_panel(panel)
    check(held, _AHEAD)
    past = Past(held, _AHEAD, seed)
    with bar() as progress:
        prepare(POOL.members, POOL.pasts(past), progress)
    found = weights.Weights(
        model=VERSION,
        weights=weights.named(POOL.weights(past)),
        data=about.data,
        panel_sha256=held.fingerprint(),
        last=label(held.last),
        seed=seed,
    )
    if output is not None:
        write(output, [weights.packed(found)], option="--output")
    if form == "json":
        click.echo(msgspec.json.encode(found))
        return
    told = f"{VERSION} on {len(held.units)} units to {found.last}, data {found.panel_sha256[:12]}"
    console = console_for_output()
    console.print(cell(told, "bold"))
    for name, weight in found.weights.items():
        console.print(cell(f"{name:12}{weight:.3f}"), soft_wrap=True)
