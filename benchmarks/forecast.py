"""Forecasts scored on years that are past, beside the benchmarks (docs/forecast.md).

    python benchmarks/forecast.py DATA [--windows 2018-2022] [--only reproduction|countries|cells]

DATA is a folder of public data: `country_month.parquet`, a panel as `marsad forecast backtest` reads it;
`actuals/cm_actuals_YEAR.parquet` and `benchmarks/bm_NAME_YEAR.parquet`, the official files of the VIEWS
Prediction Challenge; `ged_iraq_syria.parquet`, events of UCDP GED; `priogrid_country.parquet`, the country
of each cell.

reproduction   scores of the official files of predictions, and of the benchmarks made here
countries      all models by window, then over the windows, with the difference of the pool from each
               benchmark and its 95 % interval from a bootstrap over units; wall and processor seconds
cells          cells of Iraq and of Syria, fitted together, for no deaths, neighbours' last months and all
               models; Syria's data end in November 2019
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from marsad.forecast import ged, grid, scores
from marsad.forecast.backtest import METRICS, Scored, backtest, score
from marsad.forecast.benchmarks import BENCHMARKS
from marsad.forecast.intervals import difference, mean
from marsad.forecast.models import MODELS
from marsad.forecast.months import Window, month_id, windows
from marsad.forecast.panel import Panel
from marsad.forecast.tables import read_panel
from marsad.forecast.units import Units, covering, of_country, panel, together

OFFICIAL = {"zero": "zero", "last": "last", "bootstrap": "boot", "conflictology": "Conflictology"}
IRAQ, SYRIA = ("Iraq", 60), ("Syria", 220)  # by name in GED, and as VIEWS numbers countries


def reproduction(data: Path, asked: Sequence[Window]) -> None:
    print("CRPS and IGN: official file, made here")
    held = read_panel(data / "country_month.parquet")
    for made in backtest(held, asked, BENCHMARKS):
        drawn, came = _official(data, OFFICIAL[made.model], made.window.year)
        official = scores.crps(drawn, came).mean(), scores.ignorance(drawn, came).mean()
        here = made.means()
        print(
            f"{made.window.year} {made.model:14} {official[0]:9.3f} {here['crps']:9.3f}"
            f" {official[1]:7.4f} {here['ign']:7.4f}"
        )


def _official(data: Path, name: str, year: int) -> tuple[np.ndarray, np.ndarray]:
    keys = ["country_id", "month_id"]
    drawn = pl.read_parquet(data / f"benchmarks/bm_{name}_{year}.parquet").sort([*keys, "draw"])
    came = pl.read_parquet(data / f"actuals/cm_actuals_{year}.parquet").sort(keys)["outcome"]
    return drawn["outcome"].to_numpy().reshape(len(came), -1).astype(float), came.to_numpy().astype(float)


def countries(data: Path, asked: Sequence[Window]) -> None:
    held = read_panel(data / "country_month.parquet")
    _told(backtest(held, asked, MODELS))


def _told(found: Iterable[Scored]) -> None:
    by_model: dict[str, list[Scored]] = {}
    wall, busy = time.perf_counter(), time.process_time()
    print(f"{'':20}", *(f"{metric:>11}" for metric in METRICS))
    for each in found:
        by_model.setdefault(each.model, []).append(each)
        _row(f"{each.window.year} {each.model}", each.means().values())
    for model, scored in by_model.items():
        _row(f"mean {model}", (mean(scored, metric).mean for metric in METRICS))
    for other in (model for model in by_model if model != "pool"):
        told = (
            f"{metric} {difference(by_model['pool'], by_model[other], metric)}"
            for metric in ("ign", "log1p_crps", "brier1", "brier25", "brier100", "crps")
        )
        print(f"pool − {other}: {'; '.join(told)}")
    print(
        f"{time.perf_counter() - wall:.0f} s, {time.process_time() - busy:.0f} processor seconds", flush=True
    )


def _row(name: str, values: Iterable[float | None]) -> None:
    told = ("          –" if value is None else f"{value:11.4f}" for value in values)
    print(f"{name:20}", *told, flush=True)


def cells(data: Path) -> None:
    events = ged.read([data / "ged_iraq_syria.parquet"])
    countries_of = pl.read_parquet(data / "priogrid_country.parquet")
    spans = {
        IRAQ: (month_id(1989, 1), month_id(2018, 12)),
        SYRIA: (month_id(2016, 1), month_id(2019, 11)),
    }
    parts = {}
    for (name, number), (first, last) in spans.items():
        within = countries_of.filter(pl.col("country_id") == number)["pg_id"]
        parts[name] = panel(covering(of_country(events, name), first, last), "cell", within=within)
    both = together(list(parts.values())).panel
    found = list(backtest(both, [Window(2018), Window(2019)], MODELS))
    for (name, _), year in ((IRAQ, 2018), (SYRIA, 2018), (SYRIA, 2019)):
        chosen = np.isin(both.units, parts[name].panel.units)
        print(f"\n{name} {year}, {chosen.sum()} cells")
        around = _around(parts[name], Window(year))
        _row("neighbours", around.means().values())
        _told(_within((each for each in found if each.window.year == year), chosen))


def _within(found: Iterable[Scored], chosen: np.ndarray) -> Iterable[Scored]:
    for each in found:
        kept = chosen[each.units]
        of = {name: values[kept] for name, values in each.of.items()}
        yield Scored(each.window, each.model, each.units[kept], each.months[kept], of)


def _around(units: Units, window: Window) -> Scored:
    """Conflictology of a cell and those that touch it: their last twelve months as draws."""
    held: Panel = units.panel
    year = np.nan_to_num(held.at("sb", range(window.cut - 11, window.cut + 1)))
    place = {unit: row for row, unit in enumerate(held.units)}
    near = [[place[each] for each in (unit, *grid.around(unit)) if each in place] for unit in held.units]
    # as many draws of each unit, whatever the number of its neighbours
    drawn = np.stack([np.resize(year[rows].ravel(), 1008)[:1000] for rows in near])
    return score(window, "neighbours", np.repeat(drawn[:, None], 12, axis=1), held)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("data", type=Path)
    arguments.add_argument("--windows", type=windows, default="2018-2022")
    arguments.add_argument("--only", choices=["reproduction", "countries", "cells"])
    asked = arguments.parse_args()
    if asked.only in (None, "reproduction"):
        reproduction(asked.data, asked.windows)
    if asked.only in (None, "countries"):
        countries(asked.data, asked.windows)
    if asked.only in (None, "cells"):
        cells(asked.data)


if __name__ == "__main__":
    main()
