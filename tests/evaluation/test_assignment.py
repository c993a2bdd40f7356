"""The best assignment is the best of all."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from marsad.evaluation.assignment import assignment

WEIGHTS = st.integers(0, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.0, 3.0]), min_size=width, max_size=width), max_size=4
    )
)


def best(weights: list[list[float]]) -> float:
    size = max(len(weights), max(map(len, weights), default=0))
    table = [[*row, *[0.0] * (size - len(row))] for row in weights]
    table += [[0.0] * size for _ in range(size - len(weights))]
    return max(sum(table[i][j] for i, j in enumerate(order)) for order in permutations(range(size)))


@given(WEIGHTS)
def test_no_other_assignment_is_worth_more(weights: list[list[float]]) -> None:
    pairs = assignment(weights)
    assert sum(weights[i][j] for i, j in pairs) == best(weights)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)


def test_what_is_worth_nothing_is_left_out() -> None:
    assert assignment([[0.0, 2.0], [0.0, 0.0]]) == [(0, 1)]
    assert assignment([]) == assignment([[], []]) == []
