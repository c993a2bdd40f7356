from __future__ import annotations

import hashlib
from random import Random

import pytest
from hypothesis import given as for_any
from hypothesis import strategies as st
from msgspec.structs import replace

from marsad.ledger.reviewing.agreement import agreement, kappa
from marsad.ledger.reviewing.anchors import selector
from marsad.records.review import Action, Review, Target

LABELS = st.sampled_from(["accept", "edit", "reject"])
PAIRS = st.lists(st.tuples(LABELS, LABELS), max_size=30)
TEXT = "Ash Elm Fir Oak Yew"


def made(
    number: int, by: str, action: Action, word: str, *, text: str = TEXT, withdraws: int | None = None
) -> Review:
    begin = text.index(word)
    sha = hashlib.sha256(text.encode()).hexdigest()
    where = selector(text, sha, ((begin, begin + len(word)),))
    return Review(
        id=f"r{number}",
        document="d",
        action=action,
        target=Target(kind="claim", selector=where),
        by=by,
        reason="",
        withdraws=None if withdraws is None else f"r{withdraws}",
    )


def test_kappa_of_a_worked_table() -> None:
    """Of 50: 20 both accept, 15 both reject; chance alone gives one half, so (0.7 - 0.5) / 0.5."""
    table = {
        ("accept", "accept"): 20,
        ("accept", "reject"): 5,
        ("reject", "accept"): 10,
        ("reject", "reject"): 15,
    }
    assert kappa([pair for pair, n in table.items() for _ in range(n)]) == pytest.approx(0.4)


@pytest.mark.parametrize("pairs", [[], [("accept", "accept")], [("edit", "edit")] * 9])
def test_kappa_is_undefined_where_chance_explains_all(pairs: list[tuple[str, str]]) -> None:
    assert kappa(pairs) is None


@for_any(PAIRS)
def test_kappa_is_symmetric_and_at_most_one(pairs: list[tuple[str, str]]) -> None:
    found = kappa(pairs)
    assert found == kappa([(b, a) for a, b in pairs])
    if found is not None:
        assert -1 <= found <= 1
        assert (found == 1) == all(a == b for a, b in pairs)


def test_the_latest_judgement_of_each_counts() -> None:
    reviews = [
        made(1, "zoe", "accept", "Ash"),
        made(2, "amy", "reject", "Ash"),
        made(3, "amy", "accept", "Ash"),
        made(4, "zoe", "accept", "Elm"),
        made(5, "amy", "reject", "Elm"),
        made(6, "amy", "accept", "Oak"),  # nobody else judged it
    ]
    (found,) = agreement(reviews)
    assert (found.first, found.second, found.n, found.observed) == ("amy", "zoe", 2, 0.5)


def test_what_is_withdrawn_or_added_is_no_judgement() -> None:
    reviews = [made(1, "amy", "accept", "Ash"), made(2, "zoe", "reject", "Ash")]
    assert agreement(reviews)[0].observed == 0
    assert agreement([*reviews, made(3, "zoe", "withdraw", "Ash", withdraws=2)]) == []
    assert agreement([reviews[0], made(2, "zoe", "add", "Ash")]) == []


def test_a_withdrawal_that_is_withdrawn_lets_the_judgement_count_again() -> None:
    reviews = [
        made(1, "amy", "accept", "Ash"),
        made(2, "zoe", "reject", "Ash"),
        made(3, "zoe", "withdraw", "Ash", withdraws=2),
        made(4, "zoe", "withdraw", "Ash", withdraws=3),
    ]
    assert agreement(reviews)[0].n == 1


def test_the_same_words_elsewhere_are_another_target() -> None:
    text = "Ash grows in one valley and not in the other, said the forester; Ash burns."
    first, second = made(1, "amy", "accept", "Ash", text=text), made(2, "zoe", "accept", "Ash", text=text)
    later = text.rindex("Ash")
    elsewhere = selector(text, second.target.selector.text_sha256, ((later, later + 3),))
    assert agreement([first, second])[0].n == 1
    assert agreement([first, replace(second, target=replace(second.target, selector=elsewhere))]) == []


def test_another_line_break_is_the_same_target() -> None:
    reviews = [made(1, "amy", "accept", "Elm"), made(2, "zoe", "accept", "Elm", text=TEXT.replace(" ", "\n"))]
    assert agreement(reviews)[0].n == 1


@for_any(
    st.lists(
        st.tuples(st.sampled_from(["amy", "bo", "zoe"]), LABELS, st.sampled_from(TEXT.split())), max_size=20
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_in_which_reviews_are_given_is_nothing(
    made_by: list[tuple[str, Action, str]], random: Random
) -> None:
    reviews = [made(number, *each) for number, each in enumerate(made_by, 1)]
    shuffled = random.sample(reviews, len(reviews))
    assert agreement(shuffled) == agreement(reviews)
    for each in agreement(reviews):
        assert each.n > 0
        assert 0 <= each.observed <= 1
        assert each.first < each.second
