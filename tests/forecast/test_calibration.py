"""Whether chances were right: groups of them, and how often what they were of came."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from marsad.forecast.areas import area, grouped, name, south_west
from marsad.forecast.calibration import calibration
from marsad.forecast.grid import middle


def test_chances_are_grouped_with_how_often_they_came() -> None:
    chances = np.array([0.0, 0.005, 0.5, 0.5, 0.5, 0.5])
    came = np.array([False, False, True, True, True, False])
    low, high = calibration(chances, came, np.array([1, 2, 1, 2, 3, 4]))
    assert (low.number, low.share, low.chance) == (2, 0.0, 0.0025)
    assert (high.number, high.share, high.chance) == (4, 0.75, 0.5)
    assert high.low < 0.75 < high.high


def test_months_of_one_unit_say_nothing_sure() -> None:
    (group,) = calibration(np.full(9, 0.5), np.ones(9, dtype=bool), np.full(9, 7))
    assert (group.share, group.low, group.high) == (1.0, 0.0, 1.0)


@given(arrays(np.float64, 40, elements=st.floats(0, 1)), arrays(np.bool_, 40))
def test_every_forecast_is_in_one_group(chances: np.ndarray, came: np.ndarray) -> None:
    groups = calibration(chances, came, np.arange(40) % 7)
    assert sum(group.number for group in groups) == 40
    assert sum(group.number * group.share for group in groups) == pytest.approx(came.sum())
    assert [group.chance for group in groups] == sorted(group.chance for group in groups)


# Areas of cells


@given(st.integers(1, 360 * 720))
def test_a_cell_lies_in_its_area(cell: int) -> None:
    south, west = south_west(area(cell))
    latitude, longitude = middle(cell)
    assert south < latitude < south + 2.5
    assert west < longitude < west + 2.5
    assert [*grouped([cell])] == [area(cell)]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (1, "87.5–90° S, 177.5–180° W"),
        (360 * 720, "87.5–90° N, 177.5–180° E"),
        (180 * 720 + 361, "0–2.5° N, 0–2.5° E"),
        (180 * 720, "0–2.5° S, 177.5–180° E"),
    ],
)
def test_an_area_is_called_by_its_sides(cell: int, words: str) -> None:
    assert name(area(cell)) == words
