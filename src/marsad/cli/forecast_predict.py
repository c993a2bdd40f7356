"""`marsad forecast predict`: the months after the end of a panel."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import numpy as np

from marsad.cli.check import bar
from marsad.cli.forecast_panel_option import with_panel
from marsad.cli.listing import place_of, with_workspace
from marsad.errors import BadInput
from marsad.forecast import weights
from marsad.forecast.files import Note, names_of, note
from marsad.forecast.issuing import forecast
from marsad.forecast.model import Model
from marsad.forecast.models import POOL, named
from marsad.forecast.months import label, parse
from marsad.forecast.panel import Panel
from marsad.forecast.past import Past
from marsad.forecast.predicting import base_rates, check, outside, thin
from marsad.forecast.scorecard import BENCHMARK
from marsad.forecast.tables import read_panel
from marsad.ledger import forecasts
from marsad.ledger.store import Store
from marsad.records.forecast import Forecast
from marsad.records.verdict import LEVELS

_QUANTILES = {"q05": 0.05, "q25": 0.25, "median": 0.5, "q75": 0.75, "q95": 0.95}


@click.command()
@with_panel
@click.option("--to", "last", metavar="YYYY-MM", required=True, help="The last month that is forecast.")
@click.option("--known", metavar="YYYY-MM", help="Use nothing after this month. [default: the panel's last]")
@click.option("--model", "name", metavar="NAME", default=POOL.name, show_default=True)
@click.option(
    "--weights",
    "learnt",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Of the pool, as `marsad forecast fit` wrote them, instead of learning them again.",
)
@click.option(
    "--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True, help="Of all that is drawn."
)
@click.option(
    "--issue",
    is_flag=True,
    help="Keep it in the ledger, beside that of the benchmark, for `marsad forecast score`: for good.",
)
@with_workspace
@click.option("--format", "form", type=click.Choice(["csv", "json"]), default="csv", show_default=True)
def command(
    panel: Path,
    last: str,
    known: str | None,
    name: str,
    learnt: Path | None,
    seed: int,
    issue: bool,
    workspace: str | None,
    form: str,
) -> None:
    """Forecast state-based deaths of every unit of a panel, by month: quantiles, and chances of 1, 25, 100.

    Beside each chance stands the unit's base rate: how often its last ten years reached the level. A unit
    with less than two years of history is marked `thin`. One that lies `outside` what the models learn from
    is marked `high` (more deaths than any unit had there) or `new` (none of its months is there): what is
    said of it is a guess beyond the data.
    """
    model, to = _model(name, learnt), parse(last)
    about, held = note(panel), read_panel(panel)
    if known is not None:
        held = _until(held, parse(known))
    if to <= held.last:
        raise BadInput(
            f"--to {last} is not after the last month that is known, {label(held.last)}; name a later month"
        )
    if isinstance(model, weights.Given):
        model.check(label(held.last))
    horizons = range(1, to - held.last + 1)
    check(held, horizons)
    if issue:
        Store.open(place_of(workspace), create=True).close()  # before minutes of work, not after
    past = Past(held, horizons, seed)
    with bar() as progress:
        found = forecast(past, about, model, progress=progress)
    if issue:
        beside = [] if name == BENCHMARK else [forecast(past, about, named(BENCHMARK))]
        _issue([found, *beside], workspace)
    rows = list(_rows(held, horizons, about, found.samples))
    if form == "json":
        click.echo(json.dumps(rows, allow_nan=False))
        return
    writer = csv.DictWriter(sys.stdout, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def _model(name: str, learnt: Path | None) -> Model:
    if learnt is None:
        return named(name)
    if name != POOL.name:
        raise BadInput(f"--weights are those of the {POOL.name}; {name} has none")
    return weights.read(learnt)


def _issue(made: list[Forecast], workspace: str | None) -> None:
    """Keep a forecast and, that it can be judged by it, the benchmark's of the same months."""
    with Store.open(place_of(workspace), create=True, command="forecast") as ledger:
        for each in made:
            kept, is_new = forecasts.issue(ledger, each)
            word = "issued" if is_new else "issued before"
            click.echo(f"{word} {kept.id[:8]} {each.about.model}, {kept.recorded_at[:19]}", err=True)


def _until(panel: Panel, month: int) -> Panel:
    if not panel.first <= month <= panel.last:
        raise BadInput(
            f"--known {label(month)} lies outside the panel, {label(panel.first)} to {label(panel.last)}"
        )
    return panel.until(month)


def _rows(panel: Panel, horizons: range, about: Note, samples: np.ndarray) -> Iterator[dict[str, object]]:
    marked, rates, names = set(thin(panel)), base_rates(panel, LEVELS), names_of(about, panel.units)
    beyond = outside(panel, horizons)
    ends = np.quantile(samples, list(_QUANTILES.values()), axis=2)
    for place, unit in enumerate(panel.units):
        for ahead in range(samples.shape[1]):
            drawn = samples[place, ahead]
            row: dict[str, object] = {"unit": unit, "name": names[unit]}
            row |= {"month": label(panel.last + ahead + 1), "mean": round(float(drawn.mean()), 3)}
            row |= {key: round(float(ends[which, place, ahead]), 1) for which, key in enumerate(_QUANTILES)}
            for which, level in enumerate(LEVELS):
                row[f"chance_{level}"] = round(float((drawn >= level).mean()), 3)
                row[f"base_rate_{level}"] = (
                    None if np.isnan(rates[place, which]) else round(float(rates[place, which]), 3)
                )
            yield row | {"thin": unit in marked, "outside": beyond.get(unit)}
