"""What pages tell of a forecast, made once when it is issued: ends of intervals, chances, what came before.

The draws of thirteen thousand cells are 700 MB once unpacked, and no page needs one of them. So these figures
stand at the head of an issued forecast's bytes, under the same hash.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from marsad.records import packing
from marsad.records.verdict import LEVELS

Floats = NDArray[np.float64]
ENDS: Final = {"q05": 0.05, "q25": 0.25, "q50": 0.5, "q75": 0.75, "q95": 0.95}
LAYERS: Final = ("mean", *ENDS, *(f"chance{level}" for level in LEVELS))
_BLOCK: Final = 500  # units at a time


class Summary(NamedTuple):
    """Figures by unit and month.

    Attributes:
        layers: (units, months) each: mean, quantiles and chances of the draws.
        before: deaths in the last months that were seen, as they were known at issue, (units, months to the
            cut); NaN where missing. It has no month where they were not kept.
    """

    layers: Mapping[str, Floats]
    before: Floats


def summarised(samples: NDArray[np.int64], before: Floats) -> Summary:
    """
    Args:
        samples: (units, months, draws), each row rising.
    """
    layers = {name: np.empty(samples.shape[:2]) for name in LAYERS}
    for first in range(0, len(samples), _BLOCK):
        part = slice(first, first + _BLOCK)
        for name, figures in _of(samples[part]):
            layers[name][part] = figures
    return Summary(layers, before)


def packed(summary: Summary) -> bytes:
    """The figures as they are stored, in single precision."""
    figures = [*(summary.layers[name] for name in LAYERS), summary.before]
    return zlib.compress(b"".join(each.astype("<f4").tobytes() for each in figures), level=6)


def parted(body: bytes, units: int, months: int, before: int) -> tuple[Summary, bytes]:
    """What `packed` made, from the head of `body`, and what stands behind it.

    Raises:
        ValueError: the bytes are damaged, or not of these numbers of units and months.
    """
    size = 4 * units * (len(LAYERS) * months + before)
    raw, rest = packing.unpacked(body, size, "forecast")
    figures = np.frombuffer(raw, dtype="<f4").astype(np.float64)
    layers, known = figures[: len(LAYERS) * units * months], figures[len(LAYERS) * units * months :]
    told = layers.reshape(len(LAYERS), units, months)
    return Summary(dict(zip(LAYERS, told, strict=True)), known.reshape(units, before)), rest


def _of(samples: NDArray[np.int64]) -> Iterator[tuple[str, Floats]]:
    """The layers of some units."""
    yield "mean", samples.mean(axis=2)
    last = samples.shape[2] - 1
    for name, share in ENDS.items():
        place = int(share * last)
        below, above = samples[..., place], samples[..., min(place + 1, last)]
        yield name, below + (above - below) * (share * last - place)
    yield from ((f"chance{level}", (samples >= level).mean(axis=2)) for level in LEVELS)
