"""The state of each word of a text, from which spans take their vectors."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from marsad.models.words import Words
from marsad.records.spans import Span

Vector: TypeAlias = NDArray[np.float32]


class WordVectors:
    """States [words, width], kept in half precision: 768 bytes a word."""

    def __init__(self, words: Words, states: NDArray[np.float16]) -> None:
        self._words = words
        self._states = states

    def mean(self, span: Span) -> Vector:
        """float32 [width], of unit length; zeros where the span touches no word."""
        first, last = self._words.range_of(span)
        if first >= last:
            return np.zeros(self._states.shape[1], np.float32)
        mean = self._states[first:last].mean(0, dtype=np.float64)
        return np.asarray(mean / max(float(np.sqrt((mean * mean).sum())), 1e-12), np.float32)
