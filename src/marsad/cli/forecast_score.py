"""`marsad forecast score`: how right the forecasts of a ledger were, by what came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import click
import numpy as np

from marsad.cli.check import bar
from marsad.cli.forecast_panel_option import with_panel
from marsad.cli.listing import Column, open_ledger, show, with_workspace
from marsad.forecast.actors import same
from marsad.forecast.files import note
from marsad.forecast.intervals import number
from marsad.forecast.judging import judge
from marsad.forecast.model import Progress
from marsad.forecast.panel import Panel
from marsad.forecast.scorecard import BENCHMARK, Judged, Line, Scorecard, scorecard, told
from marsad.forecast.tables import read_panel
from marsad.ledger import verdicts
from marsad.ledger.forecasts import Issued, issued, load
from marsad.ledger.store import Store


@click.command()
@with_panel
@with_workspace
@click.option(
    "--by",
    type=click.Choice(["model", "year", "horizon"]),
    default="model",
    show_default=True,
    help="What scores are told apart by, beside the model.",
)
@click.option(
    "--keep",
    is_flag=True,
    help="Keep what came and its scores in the ledger, for the workbench's scorecard: for good.",
)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def command(panel: Path, workspace: str | None, by: str, keep: bool, form: str) -> None:
    """Score every issued forecast whose months have come, by the deaths that a panel has of them.

    Forecasts of another level than the panel's, or of another actor by whatever name, are left aside. A month
    that has come and of which the panel has nothing is void, and listed: it is never scored as zero. A
    forecast that was issued after its month had ended is scored apart.
    """
    about, held = note(panel), read_panel(panel)
    with open_ledger(workspace, command="score") as ledger:
        every = issued(ledger)
        of = about.level, same(about.actor)
        fit = [each for each in every if (each.about.level, same(each.about.actor)) == of]
        with bar() as progress:
            judged = list(_judged(ledger, fit, held, about.data, progress))
        if keep:
            click.echo(_kept(ledger, judged), err=True)
        card = scorecard(judged)
    names = tuple(dict.fromkeys(("model", "level", "violence", by, "in_time")))
    lines = card.lines(*names)
    rows = [line.listed(names) for line in lines]
    if form == "json":
        voids = [void._asdict() for void in card.voids]
        show([{"scores": rows, "voids": voids, "waiting": card.waiting}], form, (), nothing="")
        return
    show(rows, form, _columns(names), nothing="Nothing to score: no month of an issued forecast has come.")
    for words in chain(_differences(lines, names), _remarks(card, len(every) - len(fit))):
        click.echo(words, err=True)


def _judged(
    ledger: Store, fit: list[Issued], panel: Panel, data: str, progress: Progress
) -> Iterator[Judged]:
    for done, each in enumerate(fit):
        progress(f"{each.id[:8]} {each.about.model}", done, len(fit))
        yield each, judge(each.id, load(ledger, each.id), panel, data)
    progress("", len(fit), len(fit))


def _kept(ledger: Store, judged: list[Judged]) -> str:
    """Keep verdicts on what has come, and tell how many say what no earlier one said."""
    come = [verdict for _, verdict in judged if not np.isnan(verdict.deaths).all()]
    new = sum(verdicts.keep(ledger, verdict)[1] for verdict in come)
    return f"{new} of {len(come)} verdicts are new, and kept"


_HEADS = {"in_time": "In time", "crps": "CRPS", "ign": "IGN", "brier1": "Brier1", "brier25": "Br. 25"}
_HEADS |= {"coverage90": "Cover."}
_WIDE = {"model": 13, "forecasts": 9, "horizon": 7}  # characters; others have six


def _columns(names: tuple[str, ...]) -> tuple[Column, ...]:
    told = [name for name in names if name not in ("level", "violence")]  # which are those of the panel
    shown = (*told, "forecasts", "crps", "ign", "brier1", "brier25", "coverage90")
    return tuple(
        Column(_HEADS.get(name, name.capitalize()), _cell(name), 1, _WIDE.get(name, 6)) for name in shown
    )


def _cell(name: str) -> Any:  # noqa: ANN401 - as Column takes it
    def said(row: dict[str, Any]) -> str:
        value = row[name]
        if isinstance(value, bool):
            return "yes" if value else "no"
        return number(value) if isinstance(value, float) else "–" if value is None else str(value)

    return said


_VOIDS = 20  # that are listed
_COMPARED = {"ign": "IGN", "crps": "CRPS", "brier1": "Brier at 1", "brier25": "at 25"}


def _differences(lines: Iterable[Line], names: tuple[str, ...]) -> Iterator[str]:
    """By how much models differ from the benchmark on the same units and months."""
    for line in lines:
        key = dict(zip(names, line.key, strict=True))
        less = {metric: line.than_usual[metric] for metric in _COMPARED}
        told = [
            f"{_COMPARED[metric]} {number(mean)} [{number(low)}, {number(high)}]"
            for metric, (mean, low, high) in less.items()
            if mean is not None and low is not None and high is not None
        ]
        of = [str(key[name]) for name in ("year", "horizon") if name in key]
        late = [] if key["in_time"] else ["issued afterwards"]
        if told:
            yield f"{', '.join([key['model'], *of, *late])}, less {BENCHMARK}: {', '.join(told)}"


def _remarks(card: Scorecard, aside: int) -> Iterator[str]:
    if card.waiting:
        yield f"{card.waiting:,} units and months have not come yet"
    if aside:
        yield f"{aside} forecasts are of another level or actor than the panel"
    if card.voids:
        yield f"{sum(void.units for void in card.voids):,} void:"
    yield from (f"  {told(void)}" for void in card.voids[:_VOIDS])
    if len(card.voids) > _VOIDS:
        yield f"  and {len(card.voids) - _VOIDS:,} more; --format json has all"
