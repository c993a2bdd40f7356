"""PRIO-GRID: the world in cells of half a degree, numbered from the south-west (Tollefsen et al., 2012)."""

from __future__ import annotations

import polars as pl

ROWS, COLUMNS = 360, 720  # half degrees
CELLS = ROWS * COLUMNS


def cell_at(lat: pl.Expr, lon: pl.Expr) -> pl.Expr:
    """The number of the cell of a point in degrees WGS 84; the north pole and 180° lie in the last cells."""
    row = ((lat + 90) * 2).floor().clip(0, ROWS - 1)
    column = ((lon + 180) * 2).floor().clip(0, COLUMNS - 1)
    return (row * COLUMNS + column + 1).cast(pl.Int64)


def middle(cell: int) -> tuple[float, float]:
    """(latitude, longitude) of the middle of a cell."""
    row, column = divmod(cell - 1, COLUMNS)
    return row / 2 - 89.75, column / 2 - 179.75


def around(cell: int) -> tuple[int, ...]:
    """The cells that touch one, by a side or a corner: eight, fewer at the poles. The grid closes at 180°."""
    row, column = divmod(cell - 1, COLUMNS)
    rows = [each for each in (row - 1, row, row + 1) if 0 <= each < ROWS]
    found = (at * COLUMNS + (column + step) % COLUMNS + 1 for at in rows for step in (-1, 0, 1))
    return tuple(each for each in found if each != cell)
