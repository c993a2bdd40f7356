"""Numbers of deaths within a bin, and draws of them.

How many die in a month of more than a thousand deaths differs between units. So a bin is filled with what
came in it after months at a like level of violence: of all training rows that ended in the bin, those whose
level at the origin was nearest to the unit's level now. No draw is greater than what the panel has seen, but
in bins that it has never seen, which are held by their edges.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from marsad.forecast.panel import Floats
from marsad.forecast.scores import BINS, EDGES

_NEAREST = 60  # rows a bin and unit
_BLOCK = 500  # units whose draws are made at a time: what is needed on the way is six times as large


def donors(levels: Floats, bins: NDArray[np.intp], deaths: Floats, now: Floats) -> Floats:
    """What fills each bin for each unit, ascending.

    Args:
        levels, bins, deaths: of training rows: level at the origin, bin and deaths that came.
        now: the level of each unit, (units).

    Returns:
        (units, bins, 60) numbers of deaths. A bin that no row ended in holds its upper edge (the
        last bin its lower).
    """
    filled = np.zeros((len(now), BINS, _NEAREST))
    ends = np.floor(np.append(EDGES, EDGES[-1] + 1))
    for bin_ in range(BINS):
        rows = np.flatnonzero(bins == bin_)
        if not len(rows):
            filled[:, bin_] = ends[bin_]
            continue
        rows = rows[np.lexsort((deaths[rows], levels[rows]))]
        filled[:, bin_] = np.sort(deaths[rows][_nearest(levels[rows], now)], axis=1)
    return filled


def _nearest(ordered: Floats, now: Floats) -> NDArray[np.intp]:
    """For each level, the places of those around it in an ascending list; repeated where it is short."""
    count = min(_NEAREST, len(ordered))
    start = np.clip(np.searchsorted(ordered, now) - count // 2, 0, len(ordered) - count)
    offsets = np.arange(_NEAREST) * count // _NEAREST
    found: NDArray[np.intp] = start[:, None] + offsets[None, :]
    return found


def drawn(shares: Floats, filling: Floats, draws: int) -> Floats:
    """Draws in these shares, evenly spread over each bin: no chance is in them.

    Args:
        shares: (units, horizons, bins).
        filling: what `donors` gives, or the same by horizon: (units, bins, n) or (units, horizons, bins, n).

    Returns:
        (units, horizons, draws), each ascending.
    """
    found = np.empty((*shares.shape[:2], draws))
    for first in range(0, len(shares), _BLOCK):
        part = slice(first, first + _BLOCK)
        found[part] = _drawn(shares[part], filling[part], draws)
    return found


def _drawn(shares: Floats, filling: Floats, draws: int) -> Floats:
    shape = shares.shape[:2]
    if filling.ndim == 3:
        filling = np.broadcast_to(filling[:, None], (*shape, *filling.shape[1:]))
    counts = allotted(shares.reshape(-1, BINS), draws)
    cells, bins = np.divmod(np.arange(counts.size), BINS)
    flat = counts.ravel()
    which = np.repeat(np.arange(counts.size), flat)
    place = np.arange(len(which)) - np.repeat(np.cumsum(flat) - flat, flat)
    width = filling.shape[-1]
    spot = ((place + 0.5) / flat[which] * width).astype(np.intp)
    taken: Floats = filling.reshape(-1, BINS, width)[cells[which], bins[which], spot]
    return taken.reshape(*shape, draws)


def allotted(shares: Floats, draws: int) -> NDArray[np.intp]:
    """Whole numbers of draws in these shares, by largest remainder; each row adds up to `draws`."""
    exact = shares / shares.sum(axis=1, keepdims=True) * draws
    counts = np.floor(exact).astype(np.intp)
    left = draws - counts.sum(axis=1)
    order = np.argsort(-(exact - counts), axis=1, kind="stable")
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.broadcast_to(np.arange(shares.shape[1]), order.shape), axis=1)
    found: NDArray[np.intp] = counts + (ranks < left[:, None])
    return found
