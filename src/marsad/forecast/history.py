"""A unit's own history, weighted by age: tomorrow is drawn from what the last months were.

Each month of the unit votes for its bin. There are two memories, whose mean is taken: in one a vote is
halved every three months, so that a war that ended is soon over, in the other every twelve. As many votes as
six weeks have go to what in all units followed such months eight months on: so bins that the unit has not
been in are not impossible, and a unit of short history leans on the others. The long run, its votes halved
every five years, has a say of its own: what happened once happens again.
"""

from __future__ import annotations

import numpy as np

from marsad.forecast.model import FLOOR, Shares
from marsad.forecast.panel import Floats
from marsad.forecast.past import Past, Whole
from marsad.forecast.scores import BINS, binned

_HALF_LIVES = (3.0, 12.0)  # months
_LONG_RUN = 60.0  # months
_OF_LONG_RUN = 0.15  # its part in what is added to the unit's votes
_AHEAD = 8  # months between a month and what followed: the middle of 3 to 14
_PRIOR = 1.5  # months' worth of votes for what followed elsewhere, and for the long run
_BASE = 0.05  # of a month's vote, for every step from bin to bin
_BLOCK = 1000  # units whose votes of all months are held at a time


def history(past: Past) -> Floats:
    """Shares of bins of each unit as of the last month, the same at every horizon."""
    now = shares_at(past, np.arange(len(past.deaths)), np.full(len(past.deaths), past.last))
    return np.repeat(now[:, None, :], len(past.horizons), axis=1)


def shares_at(past: Past, units: Whole, months: Whole) -> Floats:
    """The same as of these months of units, (asked, bins); each made of that month and earlier ones.

    Only what follows what is learnt from the whole past: one table of 121 shares for all units.
    """
    steps = _steps(past.deaths)
    found = np.empty((len(units), BINS))
    for first in range(0, len(past.deaths), _BLOCK):
        asked = np.flatnonzero((units >= first) & (units < first + _BLOCK))
        at = units[asked] - first, months[asked]
        deaths = past.deaths[first : first + _BLOCK]
        long_run = _OF_LONG_RUN * _parts(_votes(deaths, _LONG_RUN)[at])
        memories = (_votes(deaths, life)[at] for life in _HALF_LIVES)
        found[asked] = np.mean([_remembered(votes, long_run, steps) for votes in memories], axis=0)
    return np.maximum(found, FLOOR)


def _remembered(votes: Floats, long_run: Floats, steps: Floats) -> Floats:
    added = (1 - _OF_LONG_RUN) * _parts(votes) @ steps + long_run
    found: Floats = (votes + _PRIOR * added) / (votes.sum(axis=1, keepdims=True) + _PRIOR)
    return found


def _parts(votes: Floats) -> Floats:
    """Votes as shares; without any, all bins alike."""
    found: Floats = (votes + 1e-9) / (votes + 1e-9).sum(axis=1, keepdims=True)
    return found


def _votes(deaths: Floats, half_life: float) -> Floats:
    """By unit, month and bin."""
    seen = ~np.isnan(deaths)
    marks = np.eye(BINS)[binned(np.nan_to_num(deaths))] * seen[:, :, None]
    keep = 0.5 ** (1 / half_life)
    held = np.zeros((len(deaths), BINS))
    votes = np.empty_like(marks)
    for month in range(deaths.shape[1]):
        held = keep * held + marks[:, month]
        votes[:, month] = held
    return votes


def _steps(deaths: Floats) -> Floats:
    """From bin to bin: how often months in one were followed by months in the other."""
    before, after = deaths[:, :-_AHEAD].ravel(), deaths[:, _AHEAD:].ravel()
    both = ~np.isnan(before) & ~np.isnan(after)
    taken = binned(before[both]) * BINS + binned(after[both])
    steps = np.bincount(taken, minlength=BINS**2).reshape(BINS, BINS) + _BASE
    found: Floats = steps / steps.sum(axis=1, keepdims=True)
    return found


HISTORY = Shares("history", history)
