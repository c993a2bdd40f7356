"""Drawings of forecasts: well-formed, with what they show in words, every part inside."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

from marsad.reports import coarse, fans
from marsad.reports.reliability import reliability


class Told(NamedTuple):
    month: str
    low: float
    lower: float
    best: float
    upper: float
    high: float
    usual_high: float | None = None
    came: float | None = None
    is_void: bool = False


class Known(NamedTuple):
    month: str
    deaths: float | None


class Group(NamedTuple):
    chance: float
    share: float
    low: float
    high: float
    number: int


MONTHS = [
    Told("2020-01", 0, 0, 0, 0, 0),
    Told("2020-02", 1, 10, 100, 1000, 10_000, 5.0, 80_000),
    Told("2020-03", 0, 0, 1, 2, 3, is_void=True),
]


def figures(svg: str) -> list[float]:
    """Places from top to bottom, in a drawing that is sound XML."""
    ElementTree.fromstring(svg)  # noqa: S314 - our own
    return [float(value) for value in re.findall(r'\b(?:y|y1|y2|cy)="(-?[\d.]+)"', svg)]


def test_a_fan_holds_every_month_and_what_came() -> None:
    svg = fans.fan(MONTHS, "A & B", "<told>")
    assert all(0 <= place <= fans.HEIGHT for place in figures(svg))
    assert (svg.count('class="wide"'), svg.count('class="came"'), svg.count('class="void"')) == (3, 1, 1)
    assert "A &amp; B" in svg
    assert "&lt;told&gt;" in svg


def test_months_that_were_known_stand_before_a_fan() -> None:
    before = [Known(f"2019-{month:02d}", None if month == 3 else 10.0**6) for month in range(1, 13)]
    svg = fans.fan(MONTHS, "", "", before)
    assert all(0 <= place <= fans.HEIGHT for place in figures(svg))
    was = [float(x) for x in re.findall(r'class="was" cx="([\d.]+)"', svg)]
    (cut,) = re.findall(r'class="cut" d="M([\d.]+)', svg)
    (first, *_) = re.findall(r'class="wide" x="([\d.]+)"', svg)
    assert len(was) == 11  # a missing month has no dot
    assert sorted(was)[-1] < float(cut) < float(first)
    assert 'class="cut"' not in fans.fan(MONTHS, "", "")


def test_the_axis_of_deaths_marks_powers_of_ten() -> None:
    assert [mark.words for mark in fans.Deaths(0).marks()] == ["0", "1"]
    assert [mark.words for mark in fans.Deaths(120).marks()] == ["0", "1", "10", "100"]
    assert [mark.words for mark in fans.Deaths(20_000).marks()] == ["0", "10", "100", "1,000", "10,000"]


def test_more_deaths_stand_higher() -> None:
    svg = fans.fan(MONTHS, "", "")
    (came,) = re.findall(r'class="came" cx="[\d.]+" cy="([\d.]+)"', svg)
    medians = [float(y) for y in re.findall(r'class="median" [^>]*y1="([\d.]+)"', svg)]
    assert float(came) < medians[1] < medians[2] < medians[0]


@pytest.mark.parametrize("chance", [0.0, 0.004, 0.3, 1.0])
def test_a_chance_has_its_base_rate_beside_it(chance: float) -> None:
    svg = fans.chances([fans.Chance("2020-01", chance, 0.02, reached=True)], "", "")
    assert all(0 <= place <= fans.HEIGHT for place in figures(svg))
    assert (svg.count('class="usual"'), svg.count('class="came"')) == (1, 1)
    assert 'class="usual"' not in fans.chances([fans.Chance("2020-01", chance, None, None)], "", "")


def test_groups_of_chances_stand_where_they_came() -> None:
    svg = reliability([Group(0.1, 0.1, 0.0, 0.2, 900), Group(0.9, 0.5, 0.2, 0.8, 3)], "t", "d")
    figures(svg)
    x, y = (float(each) for each in re.findall(r'class="dot" cx="([\d.]+)" cy="([\d.]+)"', svg)[1])
    assert (x, y) == (314.0, 160.0)
    figures(reliability([], "t", "d"))


def test_a_coarse_map_shades_squares_by_their_chance() -> None:
    squares = [coarse.Square(30, 40, 0.001, "<a>"), coarse.Square(32.5, 42.5, 0.7, "b")]
    svg = coarse.coarse_map(squares, 2.5, "t", "d")
    assert all(place >= 0 for place in figures(svg))
    assert re.findall(r'class="shade-(\d)"', svg) == ["0", "4"]
    assert "&lt;a&gt;" in svg
