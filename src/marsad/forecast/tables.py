"""Panels from tables: Parquet or CSV with a row a unit and month, as VIEWS publishes them.

Columns: `month_id`; `country_id`, `admin1_id` (GeoNames) or `priogrid_gid`, of several the finest; `sb`, and
where there are `ns` and `os`: deaths by type. `sb_low`, `sb_high` and so on are kept where there are. Further
columns are passed over. A row that is not there, or an empty figure, is a missing month.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from marsad.errors import BadInput, NotFound
from marsad.forecast.extras import need
from marsad.forecast.panel import KINDS, Floats, Kind, Panel

if TYPE_CHECKING:
    from polars import DataFrame
_MONTH = "month_id"
_UNITS = ("priogrid_gid", "admin1_id", "country_id")  # the finest first: rows are of it
MOST = 10**9  # deaths of a unit and month; more are a broken column
_CELLS = 720 * 360  # of half a degree
_MANY = 12_000  # months: a thousand years; a greater span is a wrong column


def read_panel(path: Path) -> Panel:
    """The panel in a Parquet or CSV file.

    Raises:
        NotFound: there is no such file.
        BadInput: it is not a table of this form; says which column or row.
    """
    table = _table(path)
    unit = next((name for name in _UNITS if name in table.columns), None)
    missing = [_MONTH] * (_MONTH not in table.columns) + [" or ".join(_UNITS)] * (unit is None)
    missing += ["sb"] * ("sb" not in table.columns)
    if missing or unit is None:
        raise BadInput(f"{path}: no column {', '.join(missing)}; a panel has a row a unit and month")
    if table.is_empty():
        raise BadInput(f"{path}: an empty panel; nothing can be fitted to it")
    return _panel(path, table, unit)


def _table(path: Path) -> DataFrame:
    polars = need("polars")
    if not path.is_file():
        raise NotFound(f"{path}: no such file")
    try:
        if path.suffix.lower() == ".csv":
            table: DataFrame = polars.read_csv(path, infer_schema_length=None)  # a late half is no error
        else:
            table = polars.read_parquet(path)
    except (polars.exceptions.PolarsError, OSError, ValueError) as error:
        raise BadInput(f"{path}: no Parquet table, nor CSV by its name: {_first_line(error)}") from error
    return table


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def _panel(path: Path, table: DataFrame, unit: str) -> Panel:
    months, ids = (_whole_numbers(path, table, name) for name in (_MONTH, unit))
    units, rows = np.unique(ids, return_inverse=True)
    first, span = int(months.min()), int(months.max()) - int(months.min()) + 1
    if unit == "priogrid_gid" and not (1 <= units[0] <= units[-1] <= _CELLS):
        raise BadInput(f"{path}: column {unit} has numbers of no cell: PRIO-GRID has 1 to {_CELLS}")
    if span > _MANY:
        raise BadInput(
            f"{path}: {_MONTH} runs over {span:,} months; is it a month's number, (year − 1980)·12 + m?"
        )
    if len(np.unique(rows * span + (months - first))) < len(rows):
        raise BadInput(f"{path}: a {unit} has two rows in one month; add them up first")

    def grid(name: str) -> Floats:
        figures = np.full((len(units), span), np.nan)
        figures[rows, months - first] = _deaths(path, table, name)
        return figures

    def held(ending: str) -> dict[Kind, Floats]:
        return {kind: grid(kind + ending) for kind in KINDS if kind + ending in table.columns}

    return Panel(tuple(units.tolist()), first, held(""), held("_low"), held("_high"))


def _whole_numbers(path: Path, table: DataFrame, name: str) -> np.ndarray:
    figures = _numbers(path, table, name)
    if not (np.isfinite(figures) & (figures == np.floor(figures)) & (np.abs(figures) < 2**53)).all():
        raise BadInput(f"{path}: column {name} has rows that hold no whole number")
    return figures.astype(np.int64)


def _deaths(path: Path, table: DataFrame, name: str) -> Floats:
    figures = _numbers(path, table, name)
    if (figures < 0).any() or np.isinf(figures).any():
        raise BadInput(f"{path}: column {name} has negative or infinite deaths; leave unknown ones empty")
    if (figures > MOST).any():
        raise BadInput(f"{path}: column {name} has {np.nanmax(figures):.3g} deaths in a month, too many")
    return figures


def _numbers(path: Path, table: DataFrame, name: str) -> Floats:
    polars = need("polars")
    try:
        return table[name].cast(polars.Float64).to_numpy().astype(np.float64)
    except polars.exceptions.PolarsError as error:
        raise BadInput(f"{path}: column {name} holds no numbers, or not in every row") from error
