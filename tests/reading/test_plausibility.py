"""Arithmetic between the figures of one text."""

from __future__ import annotations

import pytest

from marsad.reading import plausibility
from marsad.records.reading import Actor, Figure


def figure(id_, value, unit, **slots):
    defaults = {
        "claim": "c1",
        "measure": "detention.population",
        "low": value,
        "high": value,
        "population": f"{unit}s",
    }
    return Figure(id=id_, spans=((0, 1),), text="x", reader="t@1", unit=unit, **(defaults | slots))


def families(value, **slots):
    return figure("f2", value, "family", measure="detention.families", population="families", **slots)


def codes(*figures):
    return [notice.code for notice in plausibility.annotate(figures)]


def test_people_a_family_shows_its_arithmetic():
    notice = plausibility.annotate([figure("f1", 41_000, "person", population="people"), families(2_000)])[0]
    assert notice.code == "implausible_ratio"
    assert (
        notice.message
        == "41,000 people / 2,000 families = 20.5 people a family, usually 2 to 10; scopes may differ"
    )
    assert notice.records == ("f1", "f2")


@pytest.mark.parametrize(("people", "expected"), [(2_000, []), (9_000, []), (900, ["implausible_ratio"])])
def test_people_a_family_within_bounds(people, expected):
    assert codes(figure("f1", people, "person"), families(1_000)) == expected


def test_one_sided_bounds_excuse_what_they_can():
    assert codes(figure("f1", None, "person", high=41_000), families(2_000)) == []
    assert codes(figure("f1", 41_000, "person", high=None), families(2_000)) == ["implausible_ratio"]


def test_other_places_are_not_compared():
    assert codes(figure("f1", 41_000, "person", places=("p1",)), families(2_000, places=("p2",))) == []
    assert codes(figure("f1", 41_000, "person", claim="c9"), families(2_000)) == []


def test_a_flow_is_not_compared_with_a_level():
    assert codes(figure("f1", 41_000, "person", aspect="flow"), families(2_000)) == []


def test_parts_above_their_whole():
    whole = figure("f1", 10, "person", measure="casualties.killed", subject="a1")
    one = figure("f2", 7, "child", measure="casualties.killed", part_of="f1")
    two = figure("f3", 6, "nurse", measure="casualties.killed", part_of="f1")
    assert codes(whole, one) == []
    actor = Actor(id="a1", name="Front", kind="armed_group", mentions=(), reader="t@1")
    notice = plausibility.annotate([whole, one, two], actors=[actor])[0]
    assert notice.code == "parts_exceed_whole"
    assert notice.message == "7 + 6 = 13 as part of 10 persons of Front"
    assert notice.records == ("f1", "f2", "f3")


def test_a_whole_that_is_open_above_is_never_exceeded():
    whole = figure("f1", 10, "person", high=None)
    assert codes(whole, figure("f2", 70, "child", part_of="f1")) == []


def test_nothing_to_say_of_nothing():
    assert plausibility.annotate(()) == ()
