"""Windows cover a text, each word is owned once, and no window is too long."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from marsad.models.windows import Extent, overlapping, owned

LENGTHS = st.lists(st.integers(1, 12), min_size=1, max_size=200)


@given(LENGTHS, st.integers(12, 60), st.integers(0, 11))
def test_every_word_is_owned_by_one_window_that_holds_it(lengths: list[int], room: int, shared: int) -> None:
    starts = np.concatenate(([0], np.cumsum(lengths)))
    windows = overlapping(starts, Extent(room, shared))
    seen = [word for at in range(len(windows)) for word in range(*owned(windows, at))]
    assert seen == list(range(len(lengths)))
    for at, (low, high) in enumerate(windows):
        begin, end = owned(windows, at)
        assert low <= begin <= end <= high
        assert starts[high] - starts[low] <= room


@given(LENGTHS)
def test_the_number_of_windows_is_linear(lengths: list[int]) -> None:
    starts = np.concatenate(([0], np.cumsum(lengths)))
    assert len(overlapping(starts, Extent(60, 20))) <= 1 + starts[-1] // (60 - 20 - 2 * 12)


def test_a_text_without_words_has_no_window() -> None:
    assert overlapping(np.zeros(1, np.int64), Extent()) == []


def test_a_word_longer_than_a_window_has_one_of_its_own() -> None:
    assert overlapping(np.array([0, 1, 50, 51]), Extent(10, 5)) == [(0, 1), (1, 2), (2, 3)]
