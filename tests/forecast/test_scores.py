"""Scores against cases worked by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from marsad.forecast import scores

COUNTS = arrays(np.float64, (3, 7), elements=st.integers(0, 5000).map(float))
OUTCOMES = arrays(np.float64, 3, elements=st.integers(0, 5000).map(float))


def test_crps_of_one_draw_is_the_absolute_error() -> None:
    assert scores.crps(np.array([[3.0]]), np.array([10.0])) == pytest.approx([7])


def test_crps_by_hand() -> None:
    # draws 0 and 4, outcome 1: mean |x - y| is 2, mean |x - x'| over all four pairs is 2
    assert scores.crps(np.array([[4.0, 0.0]]), np.array([1.0])) == pytest.approx([2 - 1])


@given(COUNTS, OUTCOMES)
def test_crps_is_its_definition(samples: np.ndarray, outcomes: np.ndarray) -> None:
    pairs = np.abs(samples[:, :, None] - samples[:, None, :]).mean(axis=(1, 2))
    expected = np.abs(samples - outcomes[:, None]).mean(axis=1) - pairs / 2
    assert scores.crps(samples, outcomes) == pytest.approx(expected, abs=1e-9)


def test_log1p_crps_counts_orders_of_magnitude() -> None:
    samples, outcomes = np.array([[0.0], [1000.0]]), np.array([9.0, 10009.0])
    assert scores.log1p_crps(samples, outcomes) == pytest.approx([np.log(10), np.log(10010 / 1001)])


def test_ignorance_adds_a_draw_to_each_bin() -> None:
    samples = np.zeros((1, 1000))
    samples[0, :300] = 30
    found = scores.ignorance(np.repeat(samples, 3, axis=0), np.array([0.0, 50.0, 51.0]))
    assert found == pytest.approx([-np.log2(701 / 1011), -np.log2(301 / 1011), -np.log2(1 / 1011)])


def test_bins_end_where_the_challenge_says() -> None:
    deaths = np.array([0, 1, 2, 3, 5, 6, 10, 11, 25, 26, 50, 51, 100, 101, 250, 251, 500, 501, 1000, 1001.0])
    assert scores.binned(deaths).tolist() == [0, *np.repeat(range(1, 10), 2), 10]


def test_few_draws_are_resampled_as_a_signal() -> None:
    # one wave over four draws keeps its values at the old points, and is smooth between them
    found = scores.resampled(np.array([[1.0, 2.0, 1.0, 0.0]]), 8)
    half = np.sqrt(0.5)
    assert found[0] == pytest.approx([1, 1 + half, 2, 1 + half, 1, 1 - half, 0, 1 - half], abs=1e-12)


def test_an_alternating_signal_keeps_its_height() -> None:
    assert scores.resampled(np.array([[2.0, 0.0]]), 4)[0] == pytest.approx([2, 1, 0, 1])


def test_interval_score_by_hand() -> None:
    samples = np.arange(101.0)[None, :].repeat(3, axis=0)  # the central 90 % run from 5 to 95
    found = scores.interval_score(samples, np.array([50.0, 97.0, 1.0]))
    assert found == pytest.approx([90, 90 + 2 * 20, 90 + 4 * 20])
    assert scores.covered(samples, np.array([5.0, 95.0, 96.0])).tolist() == [1, 1, 0]


def test_brier_by_hand() -> None:
    samples = np.array([[0.0, 25.0, 30.0, 24.0]])
    assert scores.brier(samples, np.array([25.0]), 25) == pytest.approx([0.25])
    assert scores.brier(samples, np.array([24.0]), 25) == pytest.approx([0.25])
    assert scores.brier(samples, np.array([0.0]), 1) == pytest.approx([0.5625])
