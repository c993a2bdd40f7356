"""A unit's own history, weighted by age: tomorrow is drawn from what the last months were.

Each month of the unit votes for its bin, its vote halved every eight months. As many votes as six weeks have
go to what in all units followed such months eight months on: so bins that the unit has not been in are not
impossible, and a unit of short history leans on the others. The long run, its votes halved every five years,
has a say of its own: what happened once happens again.
"""

from __future__ import annotations

import numpy as np

from marsad.forecast.model import FLOOR, Shares
from marsad.forecast.panel import Floats
from marsad.forecast.past import Past
from marsad.forecast.scores import BINS, binned

_HALF_LIFE = 8.0  # months
_LONG_RUN = 60.0  # months
_OF_LONG_RUN = 0.15  # its part in what is added to the unit's votes
_AHEAD = 8  # months between a month and what followed: the middle of 3 to 14
_PRIOR = 1.5  # months' worth of votes for what followed elsewhere, and for the long run
_BASE = 0.05  # of a month's vote, for every step from bin to bin


def history(past: Past) -> Floats:
    """Shares of bins of each unit as of the last month, the same at every horizon."""
    now = shares_by_month(past)[:, past.last]
    return np.repeat(now[:, None, :], len(past.horizons), axis=1)


def shares_by_month(past: Past) -> Floats:
    """The same as of every month, (units, months, bins); made of that month and earlier ones.

    Only what follows what is learnt from the whole past: one table of 121 shares for all units.
    """
    votes, long_run = (_votes(past.deaths, life) for life in (_HALF_LIFE, _LONG_RUN))
    total = votes.sum(axis=2, keepdims=True)
    steps = _steps(past.deaths)
    added = (1 - _OF_LONG_RUN) * _parts(votes) @ steps + _OF_LONG_RUN * _parts(long_run)
    found: Floats = (votes + _PRIOR * added) / (total + _PRIOR)
    return np.maximum(found, FLOOR)


def _parts(votes: Floats) -> Floats:
    """Votes as shares; without any, all bins alike."""
    found: Floats = (votes + 1e-9) / (votes + 1e-9).sum(axis=2, keepdims=True)
    return found


def _votes(deaths: Floats, half_life: float) -> Floats:
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
    steps = np.full((BINS, BINS), _BASE)
    before, after = deaths[:, :-_AHEAD].ravel(), deaths[:, _AHEAD:].ravel()
    both = ~np.isnan(before) & ~np.isnan(after)
    np.add.at(steps, (binned(before[both]), binned(after[both])), 1)
    found: Floats = steps / steps.sum(axis=1, keepdims=True)
    return found


HISTORY = Shares("history", history)
