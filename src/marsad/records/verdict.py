"""What came of a forecast, by one state of the data: the deaths of each unit and month, and their scores.

Data is revised, so a forecast can have several verdicts; each says which data it rests on.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from marsad.records import packing

Floats = NDArray[np.float64]
DEATHS = "deaths"  # the layer of what came
NO_MONTH, NO_UNIT = -1.0, -2.0  # deaths of a month that has come and that the data does not have, and why
LEVELS = (1, 25, 100)  # deaths that chances are told of


class Basis(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a verdict rests on."""

    forecast: str  # its id
    data: str  # UCDP GED 27.1
    data_sha256: str
    last: int  # the last month that the data has; January 1980 is 1 (VIEWS)
    version: str  # of the program that scored
    layers: tuple[str, ...]
    units: int
    months: int


class Verdict(NamedTuple):
    """Figures by unit and month, (units, months) each.

    `deaths` is what came: NaN where it has not come yet, below zero where the forecast is void. The others
    are scores by the metric's name, and `chance1` and so on: what the forecast gave to so many deaths.
    """

    basis: Basis
    layers: Mapping[str, Floats]

    @property
    def deaths(self) -> Floats:
        return self.layers[DEATHS]

    @property
    def is_scored(self) -> NDArray[np.bool_]:
        """Whether a unit and month has come and is known, (units, months)."""
        return self.deaths >= 0


def packed(verdict: Verdict) -> bytes:
    """The figures as they are stored, in single precision."""
    held = np.stack([verdict.layers[name] for name in verdict.basis.layers]).astype("<f4")
    return zlib.compress(held.tobytes(), level=6)


def unpacked(basis: Basis, body: bytes) -> Verdict:
    """What `packed` made.

    Raises:
        ValueError: the bytes are damaged, or not those of this verdict.
    """
    shape = (len(basis.layers), basis.units, basis.months)
    size = 4 * shape[0] * shape[1] * shape[2]
    raw, _ = packing.unpacked(body, size, "verdict")
    figures = np.frombuffer(raw, dtype="<f4").reshape(shape).astype(np.float64)
    return Verdict(basis, dict(zip(basis.layers, figures, strict=True)))
