"""Scores of forecasts that are samples, as the VIEWS Prediction Challenge takes them.

All take `samples` (forecasts × draws) and `outcomes` (forecasts) and give one score a forecast; smaller is
better, coverage apart. Deaths are counts: CRPS is that of the samples as they stand (not the "fair" one),
IGN is taken over eleven bins in bits, MIS is the score of the central 90 % interval.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from marsad.forecast.panel import Floats

# upper edges of the bins of IGN; the first bin holds no deaths, the last more than a thousand
EDGES: Final = np.array([0.5, 2.5, 5.5, 10.5, 25.5, 50.5, 100.5, 250.5, 500.5, 1000.5])
BINS: Final = len(EDGES) + 1
DRAWS: Final = 1000  # draws that IGN is taken of
LEVEL: Final = 0.9  # of the interval of MIS and coverage
_TAIL: Final = (1 - LEVEL) / 2


def binned(deaths: Floats) -> NDArray[np.intp]:
    """The bin of each number of deaths, 0 to 10."""
    return np.searchsorted(EDGES, deaths, side="right")


def crps(samples: Floats, outcomes: Floats) -> Floats:
    """Continuous ranked probability score, in deaths: mean |x − y| − ½ mean |x − x′|.

    After Gneiting and Raftery (2007).
    """
    ordered = np.sort(samples, axis=1)
    count = ordered.shape[1]
    # the mean of |x − x′| over all pairs, from the ranks
    ranks = 2 * np.arange(1, count + 1) - count - 1
    spread = ordered @ ranks / count**2
    found: Floats = np.abs(ordered - outcomes[:, None]).mean(axis=1) - spread
    return found


def log1p_crps(samples: Floats, outcomes: Floats) -> Floats:
    """CRPS of log(1 + deaths): each unit counts by its order of magnitude, not two wars for all."""
    return crps(np.log1p(samples), np.log1p(outcomes))


def ignorance(samples: Floats, outcomes: Floats) -> Floats:
    """Ignorance in bits: −log₂ of the share of draws in the outcome's bin, one draw added to each bin.

    Other than a thousand draws are resampled to a thousand first, as the challenge does.
    """
    drawn = samples if samples.shape[1] == DRAWS else resampled(samples, DRAWS)
    hits = (binned(drawn) == binned(outcomes)[:, None]).sum(axis=1)
    found: Floats = -np.log2((hits + 1) / (drawn.shape[1] + BINS))
    return found


def resampled(samples: Floats, draws: int) -> Floats:
    """The draws as one period of a band-limited signal, taken at `draws` points; below zero is zero.

    This is `scipy.signal.resample`, which the challenge uses: odd for samples, since it depends on their
    order and invents numbers between them, but published scores of 12-sample forecasts rest on it.
    """
    count = samples.shape[1]
    kept = min(count, draws)
    waves = np.fft.rfft(samples, axis=1)[:, : kept // 2 + 1]
    if kept % 2 == 0 and draws != count:  # the highest frequency stands for two, one each side
        waves[:, kept // 2] *= 0.5 if draws > count else 2.0
    found: Floats = np.maximum(np.fft.irfft(waves, n=draws, axis=1) * (draws / count), 0.0)
    return found


def interval(samples: Floats) -> tuple[Floats, Floats]:
    """The ends of the central 90 % interval of each forecast."""
    low, high = np.quantile(samples, [_TAIL, 1 - _TAIL], axis=1)
    return low, high


def interval_score(samples: Floats, outcomes: Floats) -> Floats:
    """Score of the central 90 % interval: its width, and 20 times how far the outcome lies outside."""
    low, high = interval(samples)
    below, above = np.maximum(low - outcomes, 0), np.maximum(outcomes - high, 0)
    found: Floats = (high - low) + (below + above) / _TAIL
    return found


def brier(samples: Floats, outcomes: Floats, level: float) -> Floats:
    """Squared error of the probability that deaths reach `level`."""
    found: Floats = ((samples >= level).mean(axis=1) - (outcomes >= level)) ** 2
    return found


def covered(samples: Floats, outcomes: Floats) -> Floats:
    """1 where the outcome lies in the central 90 % interval, its ends included, else 0."""
    low, high = interval(samples)
    return ((low <= outcomes) & (outcomes <= high)).astype(np.float64)
