"""The best range now: which rule chose it, and what dissents."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.assessment.series import Current, series
from marsad.ledger.asking.found import Found
from marsad.records.reading import Figure

from .making import figure, gathered

NONE: dict[str, str] = {}


def current(*figures: Found[Figure], rated: dict[str, str] = NONE) -> Current:
    (only,) = series(gathered(*figures), rated)
    assert only.current
    return only.current


def chosen(*figures: Found[Figure], rated: dict[str, str] = NONE) -> tuple[object, ...]:
    found = current(*figures, rated=rated)
    return found.low, found.high, found.rule


def of(holder: str | None, low: float | None, high: float | None = None, **fields: Any) -> Found[Figure]:
    return figure(low, high, holder=holder, publisher=f"Post of {holder}", **fields)


def test_one_number_stands_with_its_bounds() -> None:
    assert chosen(of("Army", 300, 400)) == (300, 400, "range")
    assert chosen(of("Army", 300, bound="at_least")) == (300, None, "range")
    assert chosen(of("Army", 300, bound="at_most")) == (None, 300, "range")


def test_a_range_goes_from_the_low_of_lows_to_the_high_of_highs() -> None:
    found = current(of("Army", 300, 400), of("Monitor", 500))
    assert (found.low, found.best, found.high, found.rule) == (300, None, 500, "range")
    assert str(found.reason) == "From the lowest to the highest number of 2 independent origins."
    assert (len(found.points), found.dissent) == (2, ())


def test_an_end_is_open_where_the_outermost_number_is() -> None:
    assert chosen(of("Army", 31), of("Monitor", 40, bound="at_least")) == (31, None, "range")
    assert chosen(of("Army", 40), of("Monitor", 31, bound="at_least")) == (31, 40, "range")
    assert chosen(of("Army", 300), of("Monitor", 500, bound="at_most")) == (300, 500, "range")


def test_the_majority_of_independent_named_origins_is_taken_with_the_dissent_beside_it() -> None:
    found = current(of("Army", 900), of("Monitor", 900), of("Church", 500))
    assert (found.low, found.best, found.high, found.rule) == (900, 900, 900, "majority")
    assert str(found.reason) == "2 of 3 independent origins give this number."
    assert [point.holder for point in found.dissent] == ["Church"]


@pytest.mark.parametrize("holder", [None, "a diplomat"])
def test_whoever_is_not_named_makes_no_majority(holder: str | None) -> None:
    assert chosen(of("Army", 900), of(holder, 900, day="2024-02-28"), of("Church", 800))[2] == "range"


def test_ten_copies_make_no_majority() -> None:
    copies = [figure(900, holder="Army", publisher=f"Post {n}") for n in range(10)]
    assert chosen(*copies, of("Church", 800), of("Monitor", 800)) == (800, 800, "majority")


def test_the_best_rated_source_is_taken_where_the_user_has_rated_sources() -> None:
    figures = of("Army", 900), of("Monitor", 900), of("Church", 400)
    found = current(*figures, rated={"named:church": "B", "named:army": "D"})
    assert (found.low, found.rule, str(found.reason)) == (
        400,
        "source_hierarchy",
        "Rated B, above the others: Church.",
    )
    assert {point.holder for point in found.dissent} == {"Army", "Monitor"}
    assert chosen(*figures, rated={"named:church": "D"})[2] == "majority"


def test_numbers_more_than_twofold_apart_are_left_open_with_all_of_them_shown() -> None:
    found = current(of("Army", 300, 400), of("Monitor", 900, bound="at_least"))
    assert (found.low, found.high, found.rule, found.dissent) == (None, None, "discussion", ())
    assert {point.holder for point in found.points} == {"Army", "Monitor"}


def test_what_nobody_is_named_for_and_what_is_vague_set_no_range_beside_a_count() -> None:
    found = current(of("Army", 900), of(None, 2000), of("Church", 100, 1000, bound="vague"))
    assert (found.low, found.high) == (900, 900)
    assert [point.unsourced for point in found.dissent] == [True]
    assert chosen(of("Church", 100, 1000, bound="vague")) == (100, 1000, "range")
    reports = current(of(None, 900), figure(800, holder=None, publisher="Evening Post"))
    assert str(reports.reason) == "From the lowest to the highest number of 2 reports that name nobody."


def test_a_name_told_shorter_has_no_second_vote() -> None:
    panel = of("UN Panel", 1400, 1600, as_of="2024-02")
    wrong = of("the panel", 2400, 2600, as_of="2024-02", day="2024-03-02")
    again = of("Panel", 1400, 1600, as_of="2024-02", day="2024-03-03")
    found = current(panel, wrong, again)
    assert (found.low, found.high, found.rule) == (1400, 1600, "range")
    assert [point.holder for point in found.dissent] == ["the panel"]
    armies = of("Zambian Army", 300), of("Congolese Army", 400), of("the army", 500)
    assert len(current(*armies).points) == 3


def test_each_origin_has_one_vote_its_newest() -> None:
    old, new = of("Army", 500, as_of="2023-12"), of("Army", 900, as_of="2024-02", day="2024-03-02")
    assert chosen(old, new) == (900, 900, "range")


def test_old_numbers_are_not_of_now() -> None:
    old, new = of("Army", 5000, day="2020-03-01"), of("Monitor", 900)
    assert chosen(old, new) == (900, 900, "range")
    town: dict[str, Any] = {"places": ("Karoum",)}
    assert chosen(of("Army", 5000, day="2024-01-01", **town), of("Monitor", 900, **town)) == (
        900,
        900,
        "range",
    )


def test_what_a_holder_took_back_is_in_no_range() -> None:
    toll: dict[str, Any] = {
        "measure": "casualties.killed",
        "aspect": "flow",
        "subject": None,
        "population": "people",
        "period": "2024-03-06",
    }
    assert chosen(of("Army", 5, **toll), of("Army", 7, day="2024-03-07", **toll)) == (7, 7, "range")


def test_of_stretches_of_one_length_only_the_newest_is_now() -> None:
    attacks: dict[str, Any] = {"measure": "attacks.count", "aspect": "flow", "population": "attacks"}
    attacks |= {"day": "2024-05-02"}
    march, april = of("Army", 23, period="2024-03", **attacks), of("Church", 14, period="2024-04", **attacks)
    assert chosen(march, april) == (14, 14, "range")


@pytest.mark.parametrize("status", ["planned", "demanded", "projected", "denied"])
def test_a_number_that_was_not_counted_has_no_range(status: str) -> None:
    for one in series(gathered(of("Army", 900), of("Army", 3000, status=status))):
        if one.basis.status == "counted":
            assert one.current
            assert one.current.high == 900
        else:
            assert one.current is None


VALUES = st.builds(
    of,
    st.sampled_from(["Army", "Monitor", "Church", "a diplomat", None]),
    st.integers(0, 2000),
    bound=st.sampled_from(["exact", "at_least", "at_most"]),
    day=st.sampled_from(["2024-03-01", "2024-03-08"]),
)


@given(st.lists(VALUES, min_size=1, max_size=8, unique_by=lambda each: each.id))
def test_a_range_holds_what_it_stands_on_and_nothing_of_its_dissent(figures: list[Found[Figure]]) -> None:
    found = current(*figures)
    low = float("-inf") if found.low is None else found.low
    high = float("inf") if found.high is None else found.high
    assert low <= high
    assert not {point.figure.id for point in found.points} & {point.figure.id for point in found.dissent}
    for point in found.points:
        assert found.rule == "discussion" or (low <= (point.low or low) and (point.high or high) <= high)
    for point in found.dissent:
        is_above = point.low is not None and point.low > high
        assert is_above or (point.high is not None and point.high < low)
