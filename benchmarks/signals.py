"""What signals from text add to the risk that violence returns: Islamic State, Iraq and Syria.

    python benchmarks/signals.py DATA SIGNALS

DATA is a folder with `ged_iraq_syria.parquet`, events of UCDP GED; SIGNALS a file of `marsad forecast
signals`, such as that of the watch `isis` on a ledger of news. Prints, for governorates and cells and each
target, the Brier skill that each series adds to the mix of the backtest: docs/forecast.md.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import polars as pl

from marsad.forecast import ged, grid, resurgence
from marsad.forecast.gain import gains
from marsad.forecast.ged import Events
from marsad.forecast.months import month_id
from marsad.forecast.signals import read_signals
from marsad.forecast.units import of_actor, panel

COVERED = {"Iraq": (month_id(1989, 1), month_id(2018, 12)), "Syria": (month_id(2016, 1), month_id(2019, 11))}
FIRST = month_id(2010, 1)


def events(data: Path) -> Events:
    """Those of the Islamic State, with the months that the file covers of each country."""
    found = of_actor(ged.read([data / "ged_iraq_syria.parquet"]), ["IS"])
    by_country = {country: frozenset(range(first, last + 1)) for country, (first, last) in COVERED.items()}
    spans = [
        (pl.col("country") == name) & pl.col("month").is_between(*span) for name, span in COVERED.items()
    ]
    table = found.table.filter(pl.any_horizontal(spans))
    every = tuple(sorted(frozenset().union(*by_country.values())))
    return found._replace(table=table, covered=every, by_country=by_country)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("signals", type=Path)
    given = parser.parse_args()
    found, heard = events(given.data), read_signals(given.signals)
    for target in resurgence.targets():
        is_cell = target.name.startswith("cell")
        if target.name.startswith("country"):
            continue
        held = panel(found, "cell" if is_cell else "admin1").panel
        scored = resurgence.backtest(held, target, FIRST, around=grid.around if is_cell else None)
        for gain in gains(scored, held, heard):
            told = f"{gain.target} {gain.signal}: {gain.months} months, {gain.forecasts} forecasts"
            if gain.skill is None or gain.low is None or gain.high is None:
                print(f"{told}, too few months")
            else:
                interval = f"{gain.skill:+.1%} [{gain.low:.1%}, {gain.high:.1%}]"
                print(f"{told}, {interval}{', adds' if gain.is_kept else ''}")


if __name__ == "__main__":
    main()
