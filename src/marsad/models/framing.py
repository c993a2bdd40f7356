"""From the states of a text's words to frames: what sorts of attacks it tells of, who and what is in them.

The head looks at the states of up to a page of words at once, further than the encoder's windows reach.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from marsad.models.chains import Floats
from marsad.models.decoding import runs
from marsad.models.labels import FILLERS, FRAME_TYPES
from marsad.models.tagged import Filler, Frame
from marsad.models.windows import Extent, Range, overlapping, owned
from marsad.models.words import Words

PAGE = Extent(512, 128)  # of words
REST = 0.6  # of what the likeliest word of a filler needs, what its other words need


class Leasts(NamedTuple):
    """The least probabilities: told, of each of FRAME_TYPES; filler, of a likeliest word, each of FILLERS."""

    told: tuple[float, ...] = (0.5,) * len(FRAME_TYPES)
    filler: tuple[float, ...] = (0.5,) * len(FILLERS)


class FrameScorer(Protocol):
    """The network."""

    def frames(self, states: Floats) -> tuple[Floats, Floats]:
        """Of words [w, width]: scores of FILLER_TAGS [w, types, tags], and of being told [types]."""
        ...


def frames(
    words: Words, states: NDArray[np.float16], scorer: FrameScorer, leasts: Leasts
) -> tuple[Frame, ...]:
    """The frames of a text whose words have `states` [words, width]. Time is linear in its length."""
    pages = overlapping(np.arange(len(words) + 1), PAGE)
    told = np.full(len(FRAME_TYPES), -np.inf)
    fillers: list[list[Filler]] = [[] for _ in FRAME_TYPES]
    for at, (low, high) in enumerate(pages):
        scores, likely = scorer.frames(states[low:high].astype(np.float32))
        told = np.maximum(told, likely)
        for number, each in enumerate(fillers):
            each.extend(_fillers(words, scores[:, number], low, owned(pages, at), leasts))
    chance = 1 / (1 + np.exp(-told.astype(np.float64)))
    return tuple(
        Frame(name, round(float(chance[number]), 4), tuple(fillers[number]))
        for number, name in enumerate(FRAME_TYPES)
        if chance[number] >= leasts.told[number]
    )


def _fillers(words: Words, scores: Floats, first: int, own: Range, leasts: Leasts) -> Iterator[Filler]:
    """Runs of words that are likely enough in one role, of words from `first` on, that begin in `own`."""
    scores = scores.astype(np.float64)
    each = np.exp(scores - scores.max(1, keepdims=True))
    each /= each.sum(1, keepdims=True)
    for role, name in enumerate(FILLERS):
        begins, inside = each[:, 1 + 2 * role], each[:, 2 + 2 * role]
        likely = begins + inside
        tags = np.where(likely >= leasts.filler[role] * REST, np.where(begins > inside, 1, 2), 0)
        for _, begin, end in runs(tags):
            probability = float(likely[begin:end].max())
            if probability >= leasts.filler[role] and own[0] <= first + begin < own[1]:
                yield Filler(name, words.span_of(first + begin, first + end), round(probability, 4))
