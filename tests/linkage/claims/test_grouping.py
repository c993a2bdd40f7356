"""Which claims say the same: what joins two, what parts them, and that the order never matters."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.linkage.claims import blocking
from marsad.linkage.claims.blocking import candidates
from marsad.linkage.claims.facts import NONE, WORDS, Amount, Statement, facts, ranked
from marsad.linkage.claims.grouping import leaders
from marsad.linkage.claims.weighing import SEEN, WEIGHTS, WITHOUT, odds
from marsad.linkage.claims.words import content, is_negated, stem

RAID = "the reed front raided the salt depot at karoum"


def said(text: str = RAID, key: str = "a", known: int = 100, **fields: object) -> Statement:
    facts: dict[str, object] = {"story": key, "words": content(text), "first": known - 3, "last": known + 3}
    return Statement(key=key, known=known, text=text, **(facts | fields))  # type: ignore[arg-type]


def groups(*statements: Statement) -> set[frozenset[str]]:
    ordered = ranked(statements)
    led: dict[int, set[str]] = {}
    for each, leader in zip(ordered, leaders(facts(ordered)).tolist(), strict=True):
        led.setdefault(leader, set()).add(each.key)
    return {frozenset(keys) for keys in led.values()}


def are_one(a: Statement, b: Statement) -> bool:
    return len(groups(a, b)) == 1


def test_the_same_in_other_words_is_one() -> None:
    assert are_one(said(), said("fighters of the front attacked a depot for salt in karoum", "b"))
    assert not are_one(said(), said("the minister opened a school for bakers in odan", "b"))


def killed(number: float, high: float | None = None) -> Amount:
    return Amount("casualties.killed", number, high or number)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"known": 100}, {"known": 200}),
        ({"actors": ("front",)}, {"actors": ("guard",)}),
        (
            {"actors": ("front",), "kinds": ("armed_group",)},
            {"actors": ("guard",), "kinds": ("armed_group",)},
        ),
        ({"places": (("karoum", "lake", "ZZ"),)}, {"places": (("odan", "lake", "ZZ"),)}),
        ({"amounts": (killed(12),)}, {"amounts": (killed(31),)}),
        ({"amounts": (killed(12),)}, {"amounts": (killed(12), killed(40))}),
        ({"is_denied": True}, {"is_denied": False}),
    ],
    ids=["time", "actor", "actor of one kind", "place", "number", "one number more", "polarity"],
)
def test_what_parts_two_claims_of_the_same_words(one: dict[str, object], other: dict[str, object]) -> None:
    assert not are_one(said(key="a", **one), said(key="b", **other))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"known": 100}, {"known": 104}),
        ({"known": 100}, {"known": 300, "is_dated": False}),
        ({"actors": ("front", "guard")}, {"actors": ("guard",)}),
        ({"actors": ("front",)}, {}),
        ({"actors": ("front",), "kinds": ("armed_group",)}, {"actors": ("odan",), "kinds": ("state",)}),
        ({"is_denied": True}, {"is_unclear": True}),
        ({"places": (("karoum", "lake", "ZZ"),)}, {"places": (("lake", "ZZ"),)}),
        ({"amounts": (killed(12),)}, {"amounts": (killed(10, 15),)}),
        ({"amounts": (killed(12),)}, {"amounts": (Amount("hurt", 40, 40),)}),
    ],
    ids=[
        "near in time",
        "a day that one of them does not tell",
        "one actor of both",
        "nobody told",
        "actors of two kinds",
        "unclear what is denied",
        "a place inside",
        "a range",
        "another measure",
    ],
)
def test_what_parts_nothing(one: dict[str, object], other: dict[str, object]) -> None:
    assert are_one(said(key="a", **one), said(key="b", **other))  # type: ignore[arg-type]


def test_an_equal_number_of_one_measure_brings_short_claims_together() -> None:
    short, longer = content("12 dead #12"), (*content("people were killed, soldiers among them"), "#12")
    one = said(key="a", words=(*short, "#12"), amounts=(killed(12),))
    other = said(key="b", words=longer, amounts=(killed(12),))
    assert are_one(one, other)
    assert not are_one(one, other._replace(amounts=(killed(13),)))


def test_copies_of_one_text_are_one_however_short() -> None:
    copy = said("they left", "b", story="a", words=())
    assert groups(said("they left", "a", words=()), copy) == {frozenset("ab")}
    assert len(groups(said("they left", "a", words=()), copy._replace(story="b"))) == 2


def test_a_chain_of_small_steps_joins_no_ends() -> None:
    words = [f"word{n}" for n in range(40)]
    chain = [said(key=f"{n:02}", words=tuple(words[n : n + 8])) for n in range(0, 32, 2)]
    found = groups(*chain)
    assert len(found) > 3
    assert not any({"00", "30"} <= group for group in found)


def test_vectors_join_what_shares_few_words() -> None:
    near = np.zeros(8, np.int8)
    near[0] = 127
    away = np.roll(near, 1)
    one = said("the front raided the salt depot at karoum", "a", vector=near.tobytes())
    other = "rebels of the front stormed the salt depot of karoum"
    assert are_one(one, said(other, "b", vector=near.tobytes()))
    assert not are_one(one, said(other, "b", vector=away.tobytes()))


@settings(max_examples=30)
@given(st.permutations(range(12)))
def test_the_order_of_claims_never_matters(order: list[int]) -> None:
    texts = [
        RAID,
        "fighters of the front attacked a depot for salt in karoum",
        "the bridge was blown up at dawn",
    ]
    claims = [said(texts[n % 3], f"k{n}", 100 + n) for n in range(12)]
    assert groups(*(claims[n] for n in order)) == groups(*claims)


def test_pairs_grow_with_the_claims_and_not_with_their_square() -> None:
    rng = np.random.default_rng(4)

    def pairs(size: int) -> int:
        some = (
            said(
                " ".join(["front", "depot", *(f"w{rng.integers(size)}" for _ in range(4))]),
                f"{n:05}",
                n % 50,
            )
            for n in range(size)
        )
        first, _ = candidates(facts(ranked(some)))
        return len(first)

    assert pairs(4_000) < 3 * pairs(2_000)


def test_what_is_unclear_joins_no_claim_with_its_denial() -> None:
    affirmed, denied = said(key="a"), said(key="b", is_denied=True)
    found = groups(affirmed, said(key="c", is_unclear=True), denied)
    assert not any({"a", "b"} <= group for group in found)


def test_a_place_that_parts_two_claims_parts_all_that_join_them() -> None:
    """However alike: a claim without a place is no bridge between two towns."""
    karoum, odan = (said(key=key, places=((key, "lake"),)) for key in ("karoum", "odan"))
    assert not any({"karoum", "odan"} <= group for group in groups(karoum, said(key="c"), odan))


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("xyz"), st.booleans()), max_size=14))
def test_no_group_holds_two_claims_that_are_parted(drawn: list[tuple[str, str, bool]]) -> None:
    claims = [
        said(key=f"{n:02}", words=(*content(RAID), word), places=((place,),), is_denied=is_denied)
        for n, (word, place, is_denied) in enumerate(drawn)
    ]
    by_key = {each.key: each for each in claims}
    for group in groups(*claims):
        assert len({(by_key[key].places, by_key[key].is_denied) for key in group}) == 1


def test_odds_fall_with_time_and_rise_with_words_and_vectors() -> None:
    """The signs of the weights: a retraining that turns one round is not to be shipped."""
    for table in (WEIGHTS.with_vectors, WEIGHTS.without_vectors):
        assert table.weights["words"] > 0 > table.weights["gap"]
    assert WEIGHTS.with_vectors.weights["vectors"] > 0
    assert set(WEIGHTS.with_vectors.weights) == set(SEEN)
    assert set(WEIGHTS.without_vectors.weights) == set(WITHOUT)


@given(
    st.lists(
        st.tuples(st.sets(st.sampled_from("abcdef"), max_size=4), st.integers(0, 3)), min_size=2, max_size=12
    )
)
def test_what_cannot_reach_the_border_is_the_same_without_its_vectors(
    drawn: list[tuple[set[str], int]],
) -> None:
    near = [None, *(bytes([at, 127 - at, 0, 0]) for at in (0, 60, 127))]
    known = facts(
        ranked(
            said(key=f"{at:02}", words=tuple(f"{word}{word}" for word in sorted(words)), vector=near[vector])
            for at, (words, vector) in enumerate(drawn)
        )
    )
    first, second = (rows.astype(np.int64) for rows in np.triu_indices(len(known), 1))
    whole, bounded = odds(known, first, second), odds(known, first, second, 0.0)
    assert np.array_equal(whole >= 0, bounded >= 0)
    assert np.allclose(whole[whole >= 0], bounded[whole >= 0], atol=1e-5)


@given(st.lists(st.lists(st.sampled_from([f"w{n}" for n in range(30)]), max_size=25), max_size=8))
def test_the_rarest_words_of_each_claim_stand_first(drawn: list[list[str]]) -> None:
    ordered = ranked(said(key=f"{at:02}", words=tuple(words)) for at, words in enumerate(drawn))
    found = facts(ordered).words
    seen = Counter(word for each in ordered for word in set(each.words))
    numbers = {word: at for at, word in enumerate(sorted(seen))}
    for row, each in zip(found, ordered, strict=True):
        wanted = sorted(set(each.words), key=lambda word: (seen[word], numbers[word]))[:WORDS]
        assert [number for number in row.tolist() if number != NONE] == [numbers[word] for word in wanted]


def test_no_claim_and_one_claim_meet_nobody() -> None:
    assert groups() == set()
    assert groups(said()) == {frozenset("a")}


def test_keys_that_are_divided_in_parts_give_the_same_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(6)
    words = [
        " ".join(["front", "depot", "salt", *(f"w{rng.integers(30)}" for _ in range(4))]) for _ in range(400)
    ]
    some = facts(ranked(said(text, f"{n:05}", n % 50) for n, text in enumerate(words)))
    first, second = candidates(some)
    monkeypatch.setattr(blocking, "_SLICES", 1)
    assert np.array_equal(candidates(some), (first, second))
    assert len(first)


def test_inflections_and_synonyms_are_one_word() -> None:
    assert stem("planned") == stem("plans") == stem("planning")
    assert stem("died") == stem("killed") == stem("deaths")
    assert stem("glass") != stem("glad")
    assert content("The 12 fighters were in the town") == ("12", "fighter", "town")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the front has been defeated", False),
        ("the front has not been defeated", True),
        ("the front is far from defeated", True),
        ("no soldier was missing", True),
        ("no fewer than 900 came", False),
        ("five of the dead were guards and does not say who the sixth was", False),
        ("it was never not so", False),
        ("it is not because the front has been defeated", False),
        ("not " + "long " * 30, False),
    ],
)
def test_a_negation_of_the_whole(text: str, expected: bool) -> None:
    assert is_negated(text) is expected
