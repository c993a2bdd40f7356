"""Distributions over the eleven bins as a chain of questions: given that deaths reach a bin, do they pass it?

The chance of passing is the hazard of a bin. A model that predicts hazards learns from all rows at the lowest
edge, where most months end, and from the few violent ones at the others; and no two of its answers can
contradict one another.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from marsad.forecast.panel import Floats
from marsad.forecast.scores import BINS

_LEAST = 1e-4  # hazards closer to 0 or 1 than this are not to be told from it


class Questions(NamedTuple):
    """One for each bin that a row reached, the last bin apart."""

    rows: NDArray[np.intp]  # of the training rows
    edges: NDArray[np.intp]  # 0 to 9
    passed: NDArray[np.bool_]


def questions(bins: NDArray[np.intp]) -> Questions:
    """What each row, by the bin that it ended in, was asked; those at the lowest edge first."""
    asked = [np.flatnonzero(bins >= edge) for edge in range(BINS - 1)]
    edges = np.repeat(np.arange(BINS - 1), [len(rows) for rows in asked])
    rows = np.concatenate(asked)
    return Questions(rows, edges, bins[rows] > edges)


def hazards(shares: Floats) -> Floats:
    """The chance of passing each bin but the last, (..., 10), from the shares of the bins, (..., 11)."""
    reach = np.cumsum(shares[..., ::-1], axis=-1)[..., ::-1]
    return np.clip(reach[..., 1:] / np.maximum(reach[..., :-1], 1e-12), _LEAST, 1 - _LEAST)


def shares(passing: Floats) -> Floats:
    """The inverse of `hazards`."""
    reach = np.cumprod(passing, axis=-1)
    reach = np.concatenate([np.ones_like(reach[..., :1]), reach], axis=-1)
    stop = np.concatenate([1 - passing, np.ones_like(passing[..., :1])], axis=-1)
    found: Floats = reach * stop
    return found


def log_odds(passing: Floats) -> Floats:
    found: Floats = np.log(passing) - np.log1p(-passing)
    return found
