"""Panels from a file as large as UCDP GED: seconds and memory (limits: 30 s and 2 GB).

    python benchmarks/panels.py [--events 417968]

Writes a CSV of generated events with all 49 columns and sources as long as real ones, and makes the panel of
countries, of governorates and of cells from it, each in a process of its own.
"""

from __future__ import annotations

import argparse
import csv
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from marsad.sources.coded import _GED_COLUMNS as COLUMNS

PLACES = (
    ("Iraq", 645, "Nīnawá province", 36.3, 43.1), ("Syria", 652, "Ar Raqqah Governorate", 35.9, 39.0),
    ("DR Congo (Zaire)", 490, "North Kivu", -1.6, 29.2), ("Ethiopia", 530, "Tigray state", 13.5, 39.5),
    ("Venezuela", 101, "Zulia state", 10.6, -71.6), ("Sierra Leone", 451, "Eastern province", 8.2, -11.0),
)  # fmt: skip
SOURCE = "Agency of Nowhere, 2018-03-02, Fighting goes on near a town that has no name; " * 6
LEVELS = ("country", "admin1", "cell")


def written(path: Path, events: int) -> None:
    draw = random.Random(0)  # noqa: S311 - no secret
    with path.open("w", newline="", encoding="utf-8") as file:
        write = csv.writer(file)
        write.writerow(COLUMNS)
        for number in range(events):
            country, code, unit, lat, lon = draw.choice(PLACES)
            year = 1989 + number * 37 // events
            day = f"{year}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02} 00:00:00.000"
            best = int(draw.paretovariate(1.0))
            row = {
                "id": number, "year": year, "type_of_violence": draw.choice("11123"),
                "side_a": f"Government of {country}", "side_b": draw.choice(("IS", "Front")),
                "source_article": SOURCE, "source_original": SOURCE, "where_prec": draw.choice("1112345"),
                "adm_1": unit, "latitude": lat + draw.uniform(-3, 3), "longitude": lon + draw.uniform(-3, 3),
                "country": country, "country_id": code, "date_prec": 1, "date_start": day, "date_end": day,
                "low": best, "best": best, "high": best * 2,
            }  # fmt: skip
            write.writerow([row.get(column, "") for column in COLUMNS])


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--events", type=int, default=417_968)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "GEDEvent_v26_1.csv"
        written(path, given.events)
        print(f"{given.events:,} events, {path.stat().st_size / 1e6:,.0f} MB")
        for level in LEVELS:
            began = time.perf_counter()
            panel = str(Path(folder) / f"{level}.parquet")
            command = [sys.executable, "-m", "marsad", "forecast", "panel", str(path)]
            done = subprocess.run(
                [*command, "--level", level, "--output", panel], check=True, capture_output=True, text=True
            )
            used = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent = f"{time.perf_counter() - began:6.1f} s {used.ru_maxrss / 1024:7,.0f} MB so far"
            print(f"{level:8} {spent} {done.stdout.strip().rpartition(': ')[2]}")


if __name__ == "__main__":
    main()
