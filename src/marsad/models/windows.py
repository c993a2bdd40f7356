"""The overlapping windows in which a long text is read, each word where it is furthest from an edge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from marsad.models.words import Ints

Range = tuple[int, int]


class Extent(NamedTuple):
    """How many wordpieces a window has at most, and about how many of them the one before it had too."""

    wordpieces: int = 300
    shared: int = 100


def overlapping(starts: Ints, extent: Extent) -> list[Range]:
    """Windows as ranges of words; `starts` [words + 1] has the first wordpiece of each word and their number.

    The first begins with the text, the last ends with it, and each has at least one word of its own.
    """
    found: list[Range] = []
    at, size = 0, len(starts) - 1
    while at < size:
        end = int(np.searchsorted(starts, starts[at] + extent.wordpieces, side="right")) - 1
        end = min(max(end, at + 1), size)
        found.append((at, end))
        if end == size:
            break
        at = max(int(np.searchsorted(starts, starts[end] - extent.shared)), at + 1)
    return found


def owned(windows: Sequence[Range], at: int) -> Range:
    """The words that are further from the edges of window `at` than from those of any other.

    Every word is owned by exactly one window.
    """
    low, high = windows[at]
    if at:
        low = (windows[at - 1][1] + low + 1) // 2
    if at + 1 < len(windows):
        high = (high + windows[at + 1][0] + 1) // 2
    return low, high
