"""Months as numbers, and windows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import BadInput
from marsad.forecast.months import Window, label, month_id, parse, windows


def test_january_1980_is_month_one() -> None:
    assert month_id(1980, 1) == 1
    assert month_id(1990, 1) == 121


@given(st.integers(1980, 2200), st.integers(1, 12))
def test_a_month_and_its_label_say_the_same(year: int, month: int) -> None:
    assert parse(label(month_id(year, month))) == month_id(year, month)


def test_a_window_sees_to_october_and_forecasts_january_to_december() -> None:
    window = Window(2018)
    assert label(window.cut) == "2017-10"
    assert (label(window.months[0]), label(window.months[-1])) == ("2018-01", "2018-12")
    assert list(window.horizons) == list(range(3, 15))


def test_windows_are_listed_or_spanned_and_each_comes_once() -> None:
    assert [window.year for window in windows("2020, 2018-2019,2018")] == [2018, 2019, 2020]


@pytest.mark.parametrize("text", ["", "18", "2018,", "2018-", "2020-2018", "two", "２０１８", "-2018"])
def test_what_is_no_window_is_told(text: str) -> None:
    with pytest.raises(BadInput):
        windows(text)


@pytest.mark.parametrize("text", ["2018", "2018-13", "2018-0", "2018-", "18-01", "2018-x", "2018-01-01"])
def test_what_is_no_month_is_told(text: str) -> None:
    with pytest.raises(BadInput):
        parse(text)
