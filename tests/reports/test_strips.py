"""Strips and axes: nothing lies outside its axis, and what is not known exactly is drawn otherwise."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.records.interval import parse
from marsad.reports.axes import Days, Values
from marsad.reports.charts import Bar
from marsad.reports.strips import axis_strip, day_strip, ends, sureness, value_strip

DAYS = st.dates() | st.sampled_from([date.min, date.max])
NUMBERS = st.none() | st.integers(0, 10**9) | st.floats(0, 1e6, allow_nan=False)


def shares(svg: str) -> list[float]:
    ElementTree.fromstring(svg)  # noqa: S314 - it is sound XML
    return [float(each) for each in re.findall(r'(?:x1?|cx|width)="([-\d.]+)%"', svg)]


@given(st.lists(DAYS, min_size=1, max_size=6))
def test_marks_of_days_rise_within_the_axis(days: list[date]) -> None:
    axis = Days(days)
    marks = list(axis.marks())
    assert [mark.share for mark in marks] == sorted({mark.share for mark in marks})
    assert all(0 <= mark.share <= 1 for mark in marks)
    assert len(marks) <= 14
    assert all(0 <= axis.share(day) <= axis.share(day, end=True) <= 1 for day in days)
    assert all(0 <= each <= 100 for each in shares(axis_strip(marks)))


@given(st.lists(st.builds(Bar, st.just(""), st.just(""), NUMBERS, NUMBERS, NUMBERS, st.just("")), max_size=4))
def test_a_range_lies_on_its_axis(bars: list[Bar]) -> None:
    axis = Values(bars)
    for bar in bars:
        assert all(0 <= each <= 100 for each in shares(value_strip(bar, axis, "<&>\0", band=(0, axis.most))))


@given(DAYS, DAYS, st.booleans(), st.booleans())
def test_an_interval_lies_on_its_axis_even_where_it_runs_out_of_it(
    one: date, other: date, is_open: bool, is_within: bool
) -> None:
    first, last = sorted((one, other))
    edtf = f"[{first}..{last}]" if is_within else f"{first}/{'' if is_open else last}"
    axis = Days([date(2019, 1, 1), date(2019, 6, 1)])
    assert all(0 <= each <= 100 for each in shares(day_strip(parse(edtf), axis, edtf, known=one)))


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("2019", []),
        ("2019-01/2019-03", []),
        ("[2019-01-01..2019-02-03]", ["within"]),
        ("1917~", ["approximate"]),
        ("2019-03?", ["uncertain"]),
        (None, []),
    ],
)
def test_how_an_interval_is_meant_follows_from_its_edtf(edtf: str | None, said: list[str]) -> None:
    assert list(sureness(parse(edtf))) == said
    assert f'class="strip {" ".join(["days", *said])}"' in day_strip(
        parse(edtf), Days([date(2019, 1, 1)]), ""
    )


def test_open_and_cut_ends_are_arrows() -> None:
    axis = Days([date(2019, 1, 1), date(2019, 6, 1)])
    assert day_strip(parse("2019-02"), axis, "").count("polygon") == 0
    assert day_strip(parse("2019-02-01/.."), axis, "").count("polygon") == 1
    assert day_strip(parse("1919/2119"), axis, "").count("polygon") == 2
    assert ends(None) == (None, None)


def test_the_grain_follows_the_span() -> None:
    start = date(2019, 1, 1)
    spans = {"day": date(2019, 2, 1), "month": date(2020, 2, 1), "year": date(2030, 1, 1)}
    assert {Days([start, end]).grain: None for end in spans.values()} == dict.fromkeys(spans)
    assert Days([date(1919, 1, 1), start]).grain == "decade"
