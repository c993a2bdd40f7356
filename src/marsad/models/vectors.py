"""The state of each word of a text, from which spans take their vectors."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from marsad.models.similarity import Head, Means
from marsad.models.words import Words
from marsad.records.spans import Span, Spans
from marsad.records.vectors import DIMENSIONS

Vector: TypeAlias = NDArray[np.float32]
Meaning: TypeAlias = NDArray[np.int8]


class WordVectors:
    """Final and middle states [words, width], kept in half precision: 1,536 bytes a word."""

    def __init__(
        self, words: Words, states: NDArray[np.float16], middle: NDArray[np.float16], head: Head
    ) -> None:
        self._words, self._head = words, head
        self._states, self._middle = states, middle

    @property
    def head(self) -> str:
        """What makes meanings here."""
        return self._head.name

    def mean(self, span: Span) -> Vector:
        """float32 [width], of unit length; zeros where the span touches no word."""
        first, last = self._words.range_of(span)
        if first >= last:
            return np.zeros(self._states.shape[1], np.float32)
        mean = self._states[first:last].mean(0, dtype=np.float64)
        return np.asarray(mean / max(float(np.sqrt((mean * mean).sum())), 1e-12), np.float32)

    def meaning(self, spans: Spans) -> Meaning:
        """int8 [DIMENSIONS]: see `Tagged.meaning`."""
        found = means(self._words, self._states, self._middle, spans)
        return np.zeros(DIMENSIONS, np.int8) if found is None else self._head.vector(found)


def means(
    words: Words, states: NDArray[np.float16], middle: NDArray[np.float16], spans: Spans
) -> Means | None:
    """Of the words that spans touch, the mean states and the wordpieces; `None` where they touch none."""
    own = sorted({at for span in spans for at in range(*words.range_of(span))})
    if not own:
        return None
    pieces = [words.pieces[words.starts[at] : words.starts[at + 1]] for at in own]
    return Means(
        states[own].mean(0, dtype=np.float64),
        middle[own].mean(0, dtype=np.float64),
        np.concatenate(pieces),
    )
