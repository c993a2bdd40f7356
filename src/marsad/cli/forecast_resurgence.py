"""`marsad forecast resurgence`: whether violence returns to where it is quiet."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan
from pathlib import Path
from typing import Any

import click

from marsad.cli.forecast_panel_option import with_panel
from marsad.cli.listing import Column, show
from marsad.errors import BadInput
from marsad.forecast import grid, resurgence
from marsad.forecast.files import Note, names_of, note
from marsad.forecast.gain import Gain, gains
from marsad.forecast.months import label, parse
from marsad.forecast.signals import read_signals
from marsad.forecast.tables import read_panel

_OF_LEVEL = {"admin1": "governorate", "cell": "cell", "country": "country"}


@click.command()
@with_panel
@click.option(
    "--targets", metavar="FILE", type=click.Path(path_type=Path), help="TOML. [default: those of Marsad]"
)
@click.option(
    "--backtest",
    "since",
    metavar="YYYY-MM",
    help="Score the risks of every month from this one on, instead of telling those of today.",
)
@click.option(
    "--signals",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="With --backtest: tell what each of these series adds to the risks, and how sure that is.",
)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def command(panel: Path, targets: Path | None, since: str | None, signals: Path | None, form: str) -> None:
    """Tell the risk that violence returns to each unit that is quiet, beside the base rate.

    The base rate is how often violence returned to quiet units of this panel. A risk near it says that
    history tells no more. A signal from text is worth using only where the interval of what it adds
    excludes none.
    """
    if signals is not None and since is None:
        raise BadInput("--signals are judged on months that are past; give --backtest too")
    about, held = note(panel), read_panel(panel)
    around = grid.around if about.level == "cell" else None
    asked = resurgence.targets(targets)
    if targets is None:
        asked = tuple(each for each in asked if each.name.startswith(_OF_LEVEL[about.level]))
    if since is not None:
        heard = None if signals is None else read_signals(signals)
        scored = [resurgence.backtest(held, each, parse(since), around=around) for each in asked]
        if heard is not None:
            added = [gain for each in scored for gain in gains(each, held, heard)]
            show(added, form, _GAINS, nothing="", listed=_listed)
            return
        show([_scored(each) for each in scored], form, _SCORES, nothing="")
        return
    rows = [
        row
        for each in asked
        for row in _risks(about, each, resurgence.now(held, each, around=around), label(held.last))
    ]
    show(rows, form, _RISKS, nothing="No unit is quiet.")


def _risks(
    about: Note, target: resurgence.Target, found: list[resurgence.Risk], known: str
) -> Iterator[dict[str, Any]]:
    names = names_of(about, [each.unit for each in found])
    for each in found:
        yield {
            "target": target.name,
            "unit": each.unit,
            "name": names[each.unit],
            "risk": round(each.risk, 4),
            "base_rate": round(each.base, 4),
            "deaths_before": each.quiet,
            "known_to": known,
        }


def _scored(each: resurgence.Scored) -> dict[str, Any]:
    low, high = each.interval()
    return {
        "target": each.target.name,
        "forecasts": len(each.risk),
        "returned": round(float(each.returned.mean()), 4),
        "skill": round(each.skill, 4),
        "low": round(low, 4),
        "high": round(high, 4),
        "reliability": [
            [round(risk, 4), round(share, 4), count] for risk, share, count in each.reliability()
        ],
    }


def _listed(gain: Gain) -> dict[str, Any]:
    return {**gain._asdict(), "kept": gain.is_kept}


def _added(gain: Gain) -> str:
    if gain.skill is None or gain.low is None or gain.high is None:
        return "too few months"
    return f"{100 * gain.skill:+.1f} % [{100 * gain.low:.1f}, {100 * gain.high:.1f}]"


def _per_cent(name: str) -> Any:  # noqa: ANN401 - as Column takes it
    return lambda row: "–" if isnan(row[name]) else f"{100 * row[name]:.1f} %"


def _interval(row: dict[str, Any]) -> str:
    return "–" if isnan(row["low"]) else f"{100 * row['low']:.1f} to {100 * row['high']:.1f} %"


_NAME = 19  # characters of governorate-10-in-3
_RISKS = (
    Column("Target", lambda row: row["target"], 1, _NAME),
    Column("Unit", lambda row: row["name"], 1),
    Column("Risk", _per_cent("risk"), 1),
    Column("Base rate", _per_cent("base_rate"), 1),
    Column("Deaths before", lambda row: f"{row['deaths_before']:,.0f}", 1),
    Column("Known to", lambda row: row["known_to"], 1),
)
_SCORES = (
    Column("Target", lambda row: row["target"], 1, _NAME),
    Column("Forecasts", lambda row: f"{row['forecasts']:,}", 1),
    Column("Returned", _per_cent("returned"), 1),
    Column("Brier skill over the base rate", _per_cent("skill"), 1),
    Column("90 % interval", _interval, 1),
)
_GAINS = (
    Column("Target", lambda gain: gain.target, 1, _NAME),
    Column("Signal", lambda gain: gain.signal, 1),
    Column("Months", lambda gain: str(gain.months), 1),
    Column("Forecasts", lambda gain: f"{gain.forecasts:,}", 1),
    Column("Brier skill over the mix, 90 % interval", _added, 1),
    Column("", lambda gain: "adds" if gain.is_kept else "no gain", 1),
)
