"""The best assignment: pairs, none in two, of the greatest weight together.

The Hungarian algorithm (Kuhn 1955) in its form with potentials and shortest augmenting paths
(Jonker and Volgenant 1987): cubic in the larger side.
"""

from __future__ import annotations

import math
from collections.abc import Sequence


def assignment(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Pairs (row, column) of a table of weights that are worth most together, by row.

    Weights are at least 0; a pair that is worth nothing is left out.
    """
    size = max(len(weights), max(map(len, weights), default=0))
    cost = [
        [-row[at] if at < len(row) else 0.0 for at in range(size)]
        for row in (*weights, *[()] * (size - len(weights)))
    ]
    pairs = sorted((row, column) for column, row in enumerate(_cheapest(cost)))
    return [(row, column) for row, column in pairs if cost[row][column] < 0]


def _cheapest(cost: Sequence[Sequence[float]]) -> list[int]:
    """The row of each column in the cheapest assignment of a square table."""
    size = len(cost)
    rows, columns = [0.0] * size, [0.0] * (size + 1)  # potentials; the last column is where a search begins
    owner = [-1] * (size + 1)
    for row in range(size):
        owner[size] = row
        _augment(cost, rows, columns, owner)
    return owner[:size]


def _augment(
    cost: Sequence[Sequence[float]], rows: list[float], columns: list[float], owner: list[int]
) -> None:
    """Give the row at the last column a column of its own, by the shortest path of exchanges."""
    size = len(cost)
    least, before, seen = [math.inf] * size, [size] * size, [False] * (size + 1)
    at = size
    while owner[at] != -1:
        seen[at] = True
        row = owner[at]
        for column in range(size):
            reduced = cost[row][column] - rows[row] - columns[column]
            if not seen[column] and reduced < least[column]:
                least[column], before[column] = reduced, at
        nearest = min((column for column in range(size) if not seen[column]), key=least.__getitem__)
        step = least[nearest]
        for column in range(size + 1):
            if seen[column]:
                rows[owner[column]] += step
                columns[column] -= step
            elif column < size:
                least[column] -= step
        at = nearest
    while at != size:
        owner[at] = owner[before[at]]
        at = before[at]
    owner[size] = -1
