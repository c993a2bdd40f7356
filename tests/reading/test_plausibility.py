"""Arithmetic between the figures of one text."""

from __future__ import annotations

import pytest

from marsad.reading import plausibility
from marsad.records.reading import Actor, Figure, Interval, Scope


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


def share(id_, value, begin, **slots):
    defaults = {"aspect": "share", "measure": "count.voter", "share_of": "voters", "population": None}
    made = figure(id_, value, "%", **(defaults | slots))
    return Figure(**{f: getattr(made, f) for f in made.__struct_fields__} | {"spans": ((begin, begin + 3),)})


def test_shares_of_one_list_above_their_whole():
    listed = [share("f1", 40, 0), share("f2", 30, 9), share("f3", 45, 18)]
    (notice,) = plausibility.annotate(listed)
    assert notice.code == "shares_exceed_whole"
    assert notice.message == "40% + 30% + 45% = 115% of voters; the shares may overlap"
    assert notice.records == ("f1", "f2", "f3")
    assert codes(*listed[:2]) == []


@pytest.mark.parametrize("slots", [{"share_of": "seats"}, {"claim": "c2"}, {"status": "projected"}, {}])
def test_shares_that_are_not_of_one_list_are_not_added(slots):
    begin = 9 if slots else 60  # far apart: "83% of voters like it, and 46% ..."
    assert codes(share("f1", 83, 0), share("f2", 46, begin, **slots)) == []


def test_a_share_above_its_whole():
    assert codes(share("f1", 120, 0)) == ["share_exceeds_whole"]


def fighters(id_, value, **slots):
    defaults = {"measure": "strength.fighters", "places": ("p1",), "population": "fighters", "subject": "a1"}
    return figure(id_, value, "fighter", **(defaults | slots))


def test_two_totals_of_one_thing_show_their_gap():
    (notice,) = plausibility.annotate([fighters("f1", 500), fighters("f2", 900, low=800, claim="c2")])
    assert notice.code == "totals_differ"
    assert notice.message == (
        "500 and 800-900 fighters: a gap of 300 between two totals of one thing; sources or scopes may differ"
    )
    assert notice.records == ("f1", "f2")


@pytest.mark.parametrize(
    "slots",
    [
        {"places": ("p2",)},
        {"subject": "a2"},
        {"status": "planned"},
        {"aspect": "flow"},
        {"population": "foreign fighters"},
        {"part_of": "f0"},
        {"low": 450},
        {"low": None},
        {"scope": Scope(text="since 2014", spans=((0, 1),))},
        {"as_of": Interval(earliest="2019-01-01", latest="2019-12-31", edtf="2019")},
    ],
)
def test_totals_of_other_scopes_times_or_kinds_are_not_compared(slots):
    assert codes(fighters("f1", 500), fighters("f2", 900, **slots)) == []


def test_totals_that_rounding_explains_are_one():
    assert codes(fighters("f1", 2_000), fighters("f2", 2_150)) == []


def test_tolls_are_compared_only_where_both_are_dated_the_same():
    day = {"period": Interval(earliest="2019-05-01", latest="2019-05-01", edtf="2019-05-01")}
    toll = {"measure": "casualties.killed", "aspect": "flow"}
    assert codes(fighters("f1", 500, **toll), fighters("f2", 900, **toll)) == []
    assert codes(fighters("f1", 500, **toll, **day), fighters("f2", 900, **toll, **day)) == ["totals_differ"]


def test_nothing_to_say_of_nothing():
    assert plausibility.annotate(()) == ()
