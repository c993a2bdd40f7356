"""Copies are found however they were edited; what only shares words with them is not."""

from __future__ import annotations

import random
import subprocess
import sys
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.linkage.copies import BANDS, SHORTEST, Shingles, bands, clusters, is_copy, shingles
from tests.linkage.articles import FOOTER, NORTH, OTHER, OUTLETS, SOUTH, WIRE, edited

TEXTS = st.lists(st.sampled_from(["alpha", "bravo", "charlie", "delta"]), max_size=60).map(" ".join)


def meet(a: Shingles, b: Shingles) -> bool:
    """Whether the two would be compared."""
    return not set(bands(a)).isdisjoint(bands(b))


def same(a: str, b: str) -> bool:
    return is_copy(shingles(a), shingles(b))


def test_ten_edited_copies_are_copies_of_each_other() -> None:
    texts = [shingles(edited(outlet)) for outlet in range(len(OUTLETS))]
    assert len({text.hashes for text in texts}) == len(OUTLETS)
    assert all(is_copy(a, b) for a, b in combinations(texts, 2))
    found = clusters(
        OUTLETS, [(OUTLETS[a], OUTLETS[b]) for a, b in combinations(range(10), 2) if meet(texts[a], texts[b])]
    )
    assert set(found.values()) == {min(OUTLETS)}


@pytest.mark.parametrize("seed", range(20))
def test_a_copy_with_one_word_in_twenty_changed_meets_its_original(seed: int) -> None:
    words = WIRE.split()
    dice = random.Random(seed)  # noqa: S311 - it shuffles words
    changed = shingles(" ".join(dice.choice(words) if dice.random() < 0.05 else word for word in words))
    assert meet(changed, shingles(WIRE))
    assert is_copy(changed, shingles(WIRE))


def test_typography_case_and_accents_make_no_difference() -> None:
    other = WIRE.upper().replace("'", "’").replace('"', "”").replace("-", "–").replace("SINDI", "SÎNDÎ")
    assert bands(shingles(other)) == bands(shingles(WIRE))
    assert same(other, WIRE)


def test_two_accounts_of_one_event_that_share_a_quotation_are_no_copies() -> None:
    assert not same(WIRE, OTHER)


def test_a_long_footer_makes_no_copy() -> None:
    a, b = NORTH + FOOTER, SOUTH + FOOTER
    assert 0.35 < len(FOOTER.split()) / len(a.split()) < 0.45
    assert not same(a, b)
    assert same(a, NORTH)


def test_a_brief_in_a_round_up_is_no_copy_of_it() -> None:
    assert not same(NORTH, NORTH + WIRE)
    assert not same(NORTH, WIRE + NORTH)


def test_a_story_cut_to_its_first_half_is_a_copy() -> None:
    words = WIRE.split()
    assert same(" ".join(words[: len(words) // 2]), WIRE)


def test_of_short_texts_only_the_same_words_are_a_copy() -> None:
    short = "Shells fell on the village of Tel Sindi on Tuesday night."
    assert len(short.split()) < SHORTEST
    assert bands(shingles(short)) == ()
    assert same(short, short.upper())
    assert not same(short, short.replace("Tuesday", "Monday"))
    assert not same(short, WIRE)


@pytest.mark.parametrize("text", ["", "…", "\ud800 \u0301", "█" * 500])
def test_a_text_of_no_words_has_no_keys(text: str) -> None:
    assert bands(shingles(text)) == ()
    assert not is_copy(shingles(text), shingles(WIRE))
    assert not is_copy(shingles(text), shingles(text))


def test_keys_are_signed_integers_of_64_bits_one_a_band() -> None:
    keys = bands(shingles(WIRE))
    assert len(set(keys)) == len(keys) == BANDS
    assert all(-(2**63) <= key < 2**63 for key in keys)
    assert min(keys) < 0 < max(keys)


def test_another_process_makes_the_same_keys() -> None:
    program = f"from marsad.linkage.copies import bands, shingles; print(bands(shingles({WIRE!r})))"
    environment = {"PYTHONHASHSEED": "1"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == str(bands(shingles(WIRE)))


def test_keys_that_a_store_keeps_do_not_change() -> None:
    # where they must, SKETCHER gets a new version
    assert bands(shingles("one two three four five " * 4))[:2] == (8265102654972342331, -6195155265435965695)


def test_a_very_long_text_is_compared_by_its_beginning() -> None:
    dice = random.Random(3)  # noqa: S311 - it shuffles words
    long = " ".join(f"word{dice.randrange(5_000)}" for _ in range(60_000))
    a, b = shingles(long), shingles("A headline. " + long)
    assert len(a.hashes) < 17_000
    assert is_copy(a, b)


@given(TEXTS, TEXTS)
def test_being_a_copy_is_symmetric_and_of_oneself(a: str, b: str) -> None:
    assert same(a, b) == same(b, a)
    assert same(a, a) == bool(a)


NODES = st.sets(st.sampled_from("abcdefgh"), min_size=1)
EDGES = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=12)


@given(NODES, EDGES, st.randoms())
def test_clusters_are_the_components_whatever_the_order(
    nodes: set[str], edges: list[tuple[str, str]], dice: random.Random
) -> None:
    found = clusters(sorted(nodes), edges)
    assert set(found) == nodes
    least = {node: node for node in nodes}
    for _ in nodes:
        for a, b in edges:
            if a in nodes and b in nodes:
                least[a] = least[b] = min(least[a], least[b])
    assert found == least
    mixed = [dice.choice([(a, b), (b, a)]) for a, b in edges]
    dice.shuffle(mixed)
    assert clusters(dice.sample(sorted(nodes), len(nodes)), mixed) == found


def test_what_only_a_hidden_text_connects_stays_apart() -> None:
    edges = [("a", "hidden"), ("hidden", "b")]
    assert clusters(["a", "b"], edges) == {"a": "a", "b": "b"}
