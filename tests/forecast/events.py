"""Invented events in the columns of UCDP GED, for the tests of panels."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from marsad.sources.coded import _GED_COLUMNS as COLUMNS

_USUAL: dict[str, Any] = {
    "type_of_violence": 1, "side_a": "Government of Iraq", "side_b": "IS", "where_prec": 1, "adm_1": "Nīnawá province",
    "latitude": 36.3, "longitude": 43.1, "priogrid_gid": 181887, "country": "Iraq", "country_id": 645,
    "date_prec": 1, "date_start": "2018-01-05 00:00:00.000", "date_end": "2018-01-05 00:00:00.000",
    "low": 1, "best": 2, "high": 3,
}  # fmt: skip


def table(events: Iterable[dict[str, Any]], *, header: bool = True) -> bytes:
    """A file of them as UCDP writes it; every event has what the dictionary says, else what is usual."""
    out = io.StringIO()
    write = csv.writer(out)
    if header:
        write.writerow(COLUMNS)
    for number, event in enumerate(events, 1):
        row = {"id": number, "year": 2018, **_USUAL, **event}
        if "on" in row:
            row["date_start"] = row["date_end"] = f"{row['on']} 00:00:00.000"
        write.writerow([row.get(column, "") for column in COLUMNS])
    return out.getvalue().encode()


def written(
    folder: Path, events: Iterable[dict[str, Any]], name: str = "GEDEvent_v18_1.csv", **known: Any
) -> Path:
    path = folder / name
    path.write_bytes(table(events, **known))
    return path
