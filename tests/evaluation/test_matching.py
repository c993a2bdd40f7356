"""Matches are one to one, and rates follow from them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.evaluation.matching import overlapping, rates, relaxed, strict
from marsad.records.spans import Span

TEXT = "The camp near Old Dara in the north of Ruritania holds many people there"


def span(words: str) -> Span:
    begin = TEXT.index(words)
    return begin, begin + len(words)


def test_rates_are_the_standard_ones() -> None:
    assert rates(3, gold=4, found=6) == (0.5, 0.75, 0.6)
    assert rates(0, gold=2, found=3) == (0.0, 0.0, 0.0)


def test_nothing_to_find_has_no_rate() -> None:
    assert rates(0, gold=0, found=0) == (None, None, None)


def test_strict_wants_the_same_extent_once() -> None:
    assert strict([(0, 4), (9, 12)], [(0, 4), (0, 4), (9, 13)]) == 1


@pytest.mark.parametrize(
    ("gold", "found", "matches"),
    [
        ("Old Dara", "Old Dara", True),
        ("Old Dara", "near Old Dara", True),  # two tokens of three
        ("Old Dara", "Dara", True),  # one of two: just enough
        ("Dara", "camp near Old Dara", False),
        ("north of Ruritania", "Ruritania holds", False),
    ],
)
def test_an_overlap_has_half_of_the_tokens_in_common(gold: str, found: str, matches: bool) -> None:
    assert overlapping(TEXT, [span(gold)], [span(found)]) == ([(0, 0)] if matches else [])


def test_the_better_of_two_candidates_is_matched() -> None:
    assert overlapping(TEXT, [span("Old Dara")], [span("near Old Dara"), span("Old Dara")]) == [(0, 1)]


def test_a_relaxed_match_shares_a_character() -> None:
    assert relaxed([(0, 4)], [(3, 9)]) == [(0, 0)]
    assert relaxed([(0, 4)], [(4, 9)]) == []


spans = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 12)).map(lambda pair: (pair[0], pair[0] + pair[1])),
    max_size=8,
)


@given(spans, spans)
def test_every_kind_of_match_is_one_to_one(gold: list[Span], found: list[Span]) -> None:
    for pairs in (overlapping(TEXT, gold, found), relaxed(gold, found)):
        assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)


@given(spans)
def test_everything_matches_itself(gold: list[Span]) -> None:
    assert strict(gold, gold) == len(relaxed(gold, gold)) == len(gold)
