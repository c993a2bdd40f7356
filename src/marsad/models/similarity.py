"""How alike two spans are in meaning: a linear head over the encoder's states and a span's own wordpieces.

The encoder was trained to tag, and its states lost much of what it knew of meaning; the head brings part of
it back, in a vector short enough to be stored (`training/similarity.py` makes it). The weights are plain
arrays in `weights/similarity.npz`. They hold for one encoder, whose SHA-256 they carry.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from marsad.models.words import Ints
from marsad.records.vectors import DIMENSIONS, SCALE

Vector = NDArray[np.int8]  # [DIMENSIONS]


class Means(NamedTuple):
    """What is seen of a span: the mean states of its words, float64 [width], and its wordpieces."""

    final: NDArray[np.float64]
    middle: NDArray[np.float64]
    pieces: Ints


class Head:
    """A linear map to a vector of unit length."""

    def __init__(self, name: str, arrays: Mapping[str, Any]) -> None:
        """Take the arrays of the file.

        Args:
            name: what stored vectors say that they were made by.
            arrays: states [2 * width, DIMENSIONS], of the mean final and the mean middle state;
                pieces int8 [vocabulary, DIMENSIONS], times scales [DIMENSIONS], of the mean wordpiece;
                bias [DIMENSIONS]; encoder: the SHA-256 of the encoder, in ASCII.

        Raises:
            KeyError, ValueError: an array is missing or of another shape.
        """
        self.name = name
        self.encoder = str(bytes(arrays["encoder"]), "ascii")
        self._states, self._scales, self._bias = (
            arrays[each].astype(np.float64) for each in ("states", "scales", "bias")
        )
        self._pieces = arrays["pieces"].astype(np.int8, casting="safe")
        for array in (self._states, self._scales, self._bias, self._pieces):
            if array.shape[-1] != DIMENSIONS:
                raise ValueError("its arrays do not fit one another")

    def vector(self, of: Means) -> Vector:
        """int8 [DIMENSIONS]: unit length, times SCALE, rounded.

        No library splits these sums over cores, so they come out the same on one core or on many.
        """
        states = np.concatenate([of.final, of.middle])
        own = self._pieces[of.pieces].sum(0, dtype=np.int64) * self._scales / max(len(of.pieces), 1)
        found = (states[:, None] * self._states).sum(0) + own + self._bias
        length = max(float(np.sqrt((found * found).sum())), 1e-12)
        vector: Vector = np.rint(found / length * SCALE).astype(np.int8)
        return vector


def unpacked(name: str, data: bytes) -> Head:
    """The head of a file's bytes.

    Raises:
        ValueError: the bytes are not those of a head.
    """
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            return Head(name, arrays)
    except (KeyError, TypeError, zipfile.BadZipFile) as error:
        raise ValueError(f"is no head of similarity: {error}") from error
