"""A window of the pool on as many cells as Africa and the Middle East have, and as many events as UCDP GED.

    python benchmarks/cells.py [--cells 13110] [--events 417968]

Deaths are generated: wars of some months that begin here and there, most of them in few cells. The models of
the pool are fitted as of October 2024 and of three years before it, and 1,000 draws made and scored of each
cell and month of 2025. Prints seconds, processor seconds and the largest memory (limits: 30 minutes, 4 GB).
"""

from __future__ import annotations

import argparse
import resource
import time

import numpy as np

from marsad.forecast.backtest import backtest
from marsad.forecast.models import POOL
from marsad.forecast.months import Window, month_id
from marsad.forecast.panel import Panel

FIRST, LAST = month_id(1989, 1), month_id(2025, 12)
KINDS = ("sb", "sb", "sb", "ns", "os")  # by number: as often as they are in GED, roughly
CROWDED = 4  # the higher, the fewer cells have most of the wars
MEAN = 20  # months of a war


def generated(cells: int, events: int) -> Panel:
    draw = np.random.default_rng(0)
    length = LAST - FIRST + 1
    best = {kind: np.zeros((cells, length)) for kind in ("sb", "ns", "os")}
    order = draw.permutation(cells)
    made = 0
    while made < events:
        cell = order[int(cells * draw.random() ** CROWDED)]
        began = draw.integers(length)
        months = slice(began, min(length, began + draw.geometric(1 / MEAN)))
        counts = draw.poisson(draw.lognormal(0, 1), months.stop - began)
        deaths = np.floor(draw.pareto(1.0, counts.sum()) + 1)
        of = np.repeat(np.arange(len(counts)), counts)
        best[draw.choice(KINDS)][cell, months] += np.bincount(of, deaths, len(counts))
        made += counts.sum()
    return Panel(tuple(range(1, cells + 1)), FIRST, best, {}, {})


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--cells", type=int, default=13_110)
    asked.add_argument("--events", type=int, default=417_968)
    given = asked.parse_args()
    panel = generated(given.cells, given.events)
    violent = panel.deaths("sb") > 0
    print(
        f"{given.cells:,} cells, {violent.any(axis=1).sum():,} with deaths, in {violent.sum():,} cell-months"
    )
    wall, busy = time.perf_counter(), time.process_time()
    (scored,) = backtest(panel, [Window(2025)], [POOL])
    means = scored.means()
    print(f"IGN {means['ign']:.4f}, CRPS {means['crps']:.4f} of {len(scored.units):,} forecasts")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    spent = time.perf_counter() - wall, time.process_time() - busy
    print(f"{spent[0]:,.0f} s, {spent[1]:,.0f} processor seconds, {memory:,.0f} MB at most")


if __name__ == "__main__":
    main()
