from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import BadInput
from marsad.records import interval
from marsad.records.reading import Interval

DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(9980, 12, 31))


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("2014", "2014-01-01", "2014-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-10-07", "2023-10-07", "2023-10-07"),
        ("[2023-05-01..2023-08-31]", "2023-05-01", "2023-08-31"),
        ("2023-01/2023-06", "2023-01-01", "2023-06-30"),
        ("198X", "1980-01-01", "1989-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2023-06~", "2023-06-01", "2023-06-30"),
        ("2023-22", "2023-06-01", "2023-08-31"),
        ("2023-24", "2023-12-01", "2024-02-29"),
        ("2019-03/..", "2019-03-01", None),
        ("[..2019]", None, "2019-12-31"),
    ],
)
def test_days_follow_from_edtf(edtf: str, earliest: str | None, latest: str | None) -> None:
    assert interval.parse(edtf, time="t1") == Interval(earliest=earliest, latest=latest, edtf=edtf, time="t1")


def test_unknown_is_an_interval_open_at_both_ends() -> None:
    assert interval.parse(None) == interval.UNKNOWN


@pytest.mark.parametrize(
    "words",
    ["", "soon", "2023-13", "2023-02-30", "[..]", "../..", "23-01-01", "2023-01-02/2023-01-01", "9999X"],
)
def test_what_is_no_edtf_date_is_refused(words: str) -> None:
    with pytest.raises(BadInput):
        interval.parse(words)


@given(DAYS, st.integers(0, 4000))
def test_within_and_throughout_keep_both_ends(first: date, length: int) -> None:
    last = first + timedelta(length)
    assert interval.days(interval.within(first, last)) == (first, last)
    assert interval.days(interval.throughout(first, last)) == (first, last)


def test_a_whole_month_or_year_is_written_as_such() -> None:
    assert interval.within(date(2019, 2, 1), date(2019, 2, 28)) == "2019-02"
    assert interval.throughout(date(2019, 1, 1), date(2019, 12, 31)) == "2019"
    assert interval.throughout(date(2023, 1, 1), date(2023, 6, 30)) == "2023-01/2023-06"


@pytest.mark.parametrize(("length", "expected"), [(1, 1), (2, 2), (6, 2), (7, 3), (8, 4), (31, 4), (32, 5)])
def test_precision_codes_of_ucdp(length: int, expected: int) -> None:
    first = date(2020, 1, 1)
    assert interval.precision(first, first + timedelta(length - 1)) == expected


def test_an_open_interval_has_no_precision() -> None:
    assert interval.precision(date(2020, 1, 1), None) is None
