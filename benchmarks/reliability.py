"""Whether chances were right on years that are past, as pictures for docs/forecast.md.

    python benchmarks/reliability.py DATA FOLDER [--windows 2018-2022] [--only countries|resurgence]

DATA is as `forecast.py` takes it. FOLDER gets an SVG a question: the pool's chances of 1, 25 and 100 deaths
in a country and month, and the risk that violence of the Islamic State returns to a quiet governorate or
cell. The figures of each are printed.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl

from marsad.forecast import ged, grid, resurgence
from marsad.forecast.calibration import calibration
from marsad.forecast.models import POOL
from marsad.forecast.months import Window, month_id, windows
from marsad.forecast.past import Past
from marsad.forecast.pool import fitted
from marsad.forecast.tables import read_panel
from marsad.forecast.units import Level, covering, of_actor, of_country, panel, together
from marsad.records.verdict import LEVELS
from marsad.reports.reliability import reliability

SINCE = month_id(2010, 1)
SPANS = {
    "Iraq": (60, month_id(1989, 1), month_id(2018, 12)),  # as VIEWS numbers it; what the data covers of it
    "Syria": (220, month_id(2016, 1), month_id(2019, 11)),
}
STYLE = """<style>
text { font: 11px system-ui, sans-serif; fill: #5d5a54; }
.grid { stroke: #d9d5ca; } .usual { stroke: #17683c; stroke-dasharray: 3 2; }
.span { stroke: #a14a00; stroke-width: 1.6; } .dot { fill: #a14a00; } .half { fill: #d99a5f; }
@media (prefers-color-scheme: dark) {
  text { fill: #aaa69c; } .grid { stroke: #3b3e43; } .usual { stroke: #82cf9f; }
  .span { stroke: #f3a561; } .dot { fill: #f3a561; } .half { fill: #a5662b; }
}
</style>"""


def countries(data: Path, folder: Path, asked: Sequence[Window]) -> None:
    held = read_panel(data / "country_month.parquet")
    whole = Past(held, asked[0].horizons)
    drawn = np.concatenate([fitted(POOL, whole.until(each.cut)).sample() for each in asked], axis=1)
    came = np.concatenate([held.at("sb", each.months) for each in asked], axis=1)
    known = ~np.isnan(came)
    units = np.broadcast_to(np.arange(len(came))[:, None], came.shape)[known]
    for level in LEVELS:
        chances = (drawn[known] >= level).mean(axis=1)
        told = f"Pool: chance of {level} or more deaths, and how often it came"
        _write(folder / f"reliability-{level}.svg", told, chances, came[known] >= level, units)


def returns(data: Path, folder: Path) -> None:
    events = ged.read([data / "ged_iraq_syria.parquet"])
    countries_of = pl.read_parquet(data / "priogrid_country.parquet")
    levels: tuple[tuple[Level, str, resurgence.Around | None], ...] = (
        ("admin1", "governorate", None),
        ("cell", "cell", grid.around),
    )
    for level, name, around in levels:
        parts = []
        for country, (number, first, last) in SPANS.items():
            within = countries_of.filter(pl.col("country_id") == number)["pg_id"] if level == "cell" else None
            own = of_actor(covering(of_country(events, country), first, last), ["IS"])
            parts.append(panel(own, level, within=within))
        held = together(parts).panel
        target = next(
            each
            for each in resurgence.targets()
            if each.name.startswith(name) and (each.reach, each.within) == (10, 6)
        )
        found = resurgence.backtest(held, target, SINCE, around=around)
        told = f"Quiet {name}s: risk of 10 or more deaths within six months, and how often they came"
        _write(folder / f"returns-{name}.svg", told, found.risk, found.returned > 0, found.unit)


def _write(path: Path, title: str, chances: np.ndarray, came: np.ndarray, units: np.ndarray) -> None:
    groups = calibration(chances, came, units)
    rows = [
        f"{each.chance:.1%} {each.share:.1%} [{each.low:.1%}, {each.high:.1%}] {each.number}"
        for each in groups
    ]
    print(title, *rows, sep="\n  ", flush=True)
    drawn = reliability(groups, title, "; ".join(rows))
    head, end, rest = drawn.partition(">")
    path.write_text(f'{head} xmlns="http://www.w3.org/2000/svg" width="366"{end}{STYLE}{rest}\n', "utf-8")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("data", type=Path)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--windows", type=windows, default="2018-2022")
    arguments.add_argument("--only", choices=["countries", "resurgence"])
    asked = arguments.parse_args()
    if asked.only in (None, "countries"):
        countries(asked.data, asked.folder, asked.windows)
    if asked.only in (None, "resurgence"):
        returns(asked.data, asked.folder)


if __name__ == "__main__":
    main()
