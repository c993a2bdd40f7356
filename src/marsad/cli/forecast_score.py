"""`marsad forecast score`: how right the forecasts of a ledger were, by what came."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from marsad.cli.forecast_panel_option import with_panel
from marsad.cli.listing import Column, open_ledger, show, with_workspace
from marsad.forecast.files import note
from marsad.forecast.scorecard import Scorecard, scorecard, told
from marsad.forecast.tables import read_panel
from marsad.ledger.forecasts import issued, load

_BY = ("model", "level", "violence", "year", "horizon")


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
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def command(panel: Path, workspace: str | None, by: str, form: str) -> None:
    """Score every issued forecast whose months have come, by the deaths that a panel has of them.

    Forecasts of another level or of another actor than the panel's are left aside. A month that has come and
    of which the panel has nothing is void, and listed: it is never scored as zero.
    """
    about, held = note(panel), read_panel(panel)
    with open_ledger(workspace) as ledger:
        every = issued(ledger)
        fit = [each for each in every if (each.about.level, each.about.actor) == (about.level, about.actor)]
        card = scorecard(((each, load(ledger, each.id)) for each in fit), held)
    names = tuple(dict.fromkeys(("model", "level", "violence", by)))
    rows = list(_rows(card, names))
    if form == "json":
        voids = [void._asdict() for void in card.voids]
        show([{"scores": rows, "voids": voids, "waiting": card.waiting}], form, (), nothing="")
        return
    show(rows, form, _columns(names), nothing="Nothing to score: no month of an issued forecast has come.")
    for line in _remarks(card, len(every) - len(fit)):
        click.echo(line, err=True)


def _rows(card: Scorecard, names: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for key, means in card.means(*names).items():
        yield dict(zip(names, key, strict=True)) | means


def _columns(names: tuple[str, ...]) -> tuple[Column, ...]:
    shown = (*names, "forecasts", "crps", "ign", "log1p_crps", "brier1", "brier25", "coverage90")
    return tuple(Column(name.replace("_", " ").capitalize(), _cell(name), 1) for name in shown)


def _cell(name: str) -> Any:  # noqa: ANN401 - as Column takes it
    def said(row: dict[str, Any]) -> str:
        value = row[name]
        return "–" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)

    return said


def _remarks(card: Scorecard, aside: int) -> Iterator[str]:
    if card.waiting:
        yield f"{card.waiting:,} units and months have not come yet"
    if aside:
        yield f"{aside} forecasts are of another level or actor than the panel"
    if card.voids:
        yield f"{len(card.voids):,} void:"
    yield from (f"  {told(void)}" for void in card.voids)
