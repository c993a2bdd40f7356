"""Words by which evidence is found."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad.assessment.watch.evidence import Phrases, folded
from marsad.ledger.showing.words import tokens

UNHURRIED = settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize(
    ("phrase", "text", "stands"),
    [
        ("levy", "A LEVY on fuel", True),
        ("levy", "the levying of men", False),
        ("smuggl*", "Smugglers' road", True),
        ("smuggl*", "a smug glance", False),
        ("sleeper cell*", "two sleeper-cells near", True),
        ("sleeper cell*", "a sleeper in a cell", False),
        ("retain* control", "it retained control of it", True),
        ("retain* control", "it retained its control", False),
        ("still hold*", "they still", False),
        ("amir*", "the Amīr’s men", True),
        ("ab* ab* b", "ab abc aba b", True),
        ("", "anything", False),
    ],
)
def test_a_phrase_stands_where_its_words_follow_each_other(phrase: str, text: str, stands: bool) -> None:
    assert Phrases([phrase] if phrase else []).are_in(folded(text)) is stands


WORDS = st.lists(st.sampled_from(["a", "ab", "abc", "b", "ba"]), min_size=1, max_size=6)


@UNHURRIED
@given(WORDS, st.lists(st.booleans(), min_size=6, max_size=6), WORDS)
def test_a_phrase_is_found_as_word_by_word(sought: list[str], stars: list[bool], text: list[str]) -> None:
    phrase = [f"{word}*" if star else word for word, star in zip(sought, stars, strict=False)]
    expected = any(
        len(text) - at >= len(phrase)
        and all(
            word.startswith(each[:-1]) if each.endswith("*") else word == each
            for each, word in zip(phrase, text[at:], strict=False)
        )
        for at in range(len(text))
    )
    assert Phrases([" ".join(phrase)]).are_in(folded(" ".join(text))) is expected


@UNHURRIED
@given(st.text(max_size=80))
def test_every_word_of_a_text_stands_in_it(text: str) -> None:
    for word in tokens(text):
        assert Phrases([word]).are_in(folded(text))
