"""Forecasts made for the tests of their pages, with what came of some of them."""

from __future__ import annotations

from typing import Any

import numpy as np

from marsad.forecast.judging import judge
from marsad.forecast.panel import Panel
from marsad.ledger.forecasts import issue
from marsad.ledger.store import Store
from marsad.ledger.verdicts import keep
from marsad.records.forecast import About, Forecast, of

NAMES = ("Arcadia", "<b>Bohemia</b>")
CELLS = (176_341, 176_342, 190_741)  # two side by side, one elsewhere
MONTHS = (481, 482)  # January and February 2020
FAR = (1981, 1982)  # 2145: issued before they had ended
Ids = dict[str, str]


def forecast(model: str, most: float, **known: Any) -> Forecast:
    """Zero for all units but the first, whose draws go up to `most`."""
    usual: dict[str, Any] = {
        "model": model, "version": "v1", "data": "GED 99.1", "data_sha256": "ab" * 32, "violence": "sb",
        "level": "country", "cut": 480, "months": MONTHS, "units": (7, 9), "names": NAMES, "draws": 1000, "seed": 0,
        "rates": ((0.5, 0.25, 0.125), (0.0, 0.0, 0.0)), "thin": (9,), "outside": ((7, "high"),), "before": 3,
    }  # fmt: skip
    about = About(**(usual | known))
    samples = np.zeros((len(about.units), len(about.months), 1000))
    samples[0] = np.linspace(0, most, 1000)
    return of(about, samples, np.array([[3.0, np.nan, 9.0]] * len(about.units))[:, : about.before])


def come(store: Store, key: str, found: Forecast, deaths: list[list[float]], data: str = "GED 99.2") -> None:
    """Record what came in the first months after the cut."""
    panel = Panel(found.about.units[: len(deaths)], found.about.months[0], {"sb": np.array(deaths)}, {}, {})
    keep(store, judge(key, found, panel, data))


def fill(store: Store) -> Ids:
    """Issue a pool with its benchmark, one of cells, and two that were issued in time; the ids of all but the last."""
    made = {}
    for model, most in (("pool", 60), ("conflictology", 2)):
        found = forecast(model, most)
        made[model] = issue(store, found)[0].id
        come(store, made[model], found, [[40.0]])  # of the second unit nothing; of February not yet
    cells = forecast(
        "pool", 60, level="cell", units=CELLS, names=("1", "2", "3"), rates=((0.5,) * 3,) * 3, outside=()
    )
    made["cells"] = issue(store, cells)[0].id
    gone = forecast(
        "pool", 50, level="cell", units=CELLS, names=("1", "2", "3"), rates=(), outside=(), before=0
    )
    made["gone"] = issue(store, gone)[0].id
    keep(store, judge(made["gone"], gone, Panel(CELLS[2:], MONTHS[0], {"sb": np.ones((1, 1))}, {}, {}), "x"))
    come(store, made["cells"], cells, [[40.0], [2.0], [0.0]])
    early = forecast("pool", 60, level="admin1", actor="IS", cut=1980, months=FAR)
    made["early"] = issue(store, early)[0].id
    come(store, made["early"], early, [[40.0], [0.0]])
    issue(store, forecast("pool", 70, level="admin1", actor="IS", cut=1979, months=FAR))
    return made
