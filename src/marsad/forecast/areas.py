"""Areas of cells: squares of 2.5 degrees, five cells wide, in which forecasts of cells are shown.

A cell is half a degree. A forecast of one would look like a target, and is not known that well. The draws of
two cells are no draws of both together, so of an area only this is told: the deaths expected, which add up,
and the highest chance of any one cell in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

DEGREES: Final = 2.5
_CELLS = 5  # of an area, from side to side
_COLUMNS = 720  # cells around the earth (PRIO-GRID), numbered from the south-west
_AREAS = _COLUMNS // _CELLS


def area(cell: int) -> int:
    """The number of the area that holds a cell, counted as cells are."""
    row, column = divmod(cell - 1, _COLUMNS)
    return row // _CELLS * _AREAS + column // _CELLS + 1


def south_west(number: int) -> tuple[float, float]:
    """(latitude, longitude) of the south-western corner of an area."""
    row, column = divmod(number - 1, _AREAS)
    return row * DEGREES - 90, column * DEGREES - 180


def name(number: int) -> str:
    """`32.5–35° N, 42.5–45° E`."""
    south, west = south_west(number)
    return f"{_span(south, 'N', 'S')}, {_span(west, 'E', 'W')}"


def _span(begin: float, positive: str, negative: str) -> str:
    end = begin + DEGREES
    if begin < 0:  # no span crosses zero
        return f"{abs(end):g}–{-begin:g}° {negative}"
    return f"{begin:g}–{end:g}° {positive}"


def grouped(cells: Sequence[int]) -> dict[int, NDArray[np.intp]]:
    """The positions of the cells of each area, by its number."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for at, cell in enumerate(cells):
        found[area(cell)].append(at)
    return {number: np.array(found[number]) for number in sorted(found)}
