"""Themes of claims, with their direction, on sentences written for these tests."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.reading import themes
from marsad.reading.text import segment
from marsad.records.reading import Claim


def read(text: str) -> list[tuple[str, str]]:
    claim = Claim(id="c1", spans=((0, len(text)),), text=text, kind="narrated", reader="test@1")
    (filled,) = themes.annotate(segment(text), (claim,))
    return [(theme.theme, theme.direction) for theme in filled.themes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Its financial reserves fell last year.", ("finance", "down")),
        ("The group lost territory in the north.", ("territory", "down")),
        ("The risk of new fighting remains.", ("risk", "steady")),
        ("Recruitment is growing in the camps.", ("recruitment", "up")),
        ("Thousands of refugees crossed the river.", ("displacement", "none")),
        ("Prisoners were moved to the south.", ("detention", "none")),
        ("The commander resigned on Monday.", ("leadership", "down")),
        ("The brigade captured two villages by the lake.", ("territory", "up")),
        ("The peace talks began in a hotel.", ("governance", "none")),
        ("The ministry abandoned its closest allies.", ("external_support", "down")),
        ("They took back control of the dam.", ("territory", "up")),
        ("Recruitment by the Black Reed Movement (BRM) had grown in the hills.", ("recruitment", "up")),
        ("Recruitment by the Black Reed Movement has dried up.", ("recruitment", "down")),
        ("The risk of a resurgence remains.", ("strength", "none")),
        ("The coalition is there to defeat the militia.", ("strength", "none")),
        ("The coalition began to defeat the militia.", ("strength", "down")),
        ("The group is stronger than it was.", ("strength", "up")),
        ("It would be reckless to speak of the defeat of the militia.", ("strength", "none")),
    ],
)
def test_theme_and_direction(text: str, expected: tuple[str, str]) -> None:
    assert expected in read(text)


@pytest.mark.parametrize("text", ["The minister arrived on Monday.", "It rained.", "He drank his tea."])
def test_nothing_to_say_is_no_theme(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The raid killed forty militants near the bridge.",
        "Forty militants were killed near the bridge.",
        "Forty militants, most of them rebels, were killed near the bridge.",
        "A list of militants killed in the raid was read out.",
        "The death of forty militants was announced.",
    ],
)
def test_a_verb_counts_with_its_object_however_it_is_turned(text: str) -> None:
    assert read(text) == [("strength", "down")]


@pytest.mark.parametrize(
    "text",
    ["The militants killed time.", "The raid was called off; militants slept.", "He was killed in a fall."],
)
def test_a_verb_without_its_object_is_no_theme(text: str) -> None:
    assert read(text) == []


def test_who_is_killed_decides_the_theme() -> None:
    assert read("The militants killed three villagers.") == [("civilian_harm", "none")]
    assert read("The villagers killed three militants.") == [("strength", "down")]


def test_the_same_name_is_a_side_or_part_of_another_name() -> None:
    assert read("The liberation of the valley took a week.") == [("territory", "up")]
    assert read("The Front for the Liberation of Ruritania spoke.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Its financial reserves did not fall.",
        "Its financial reserves could fall.",
        "If its financial reserves fall, it will end.",
        "He denied that its revenue had declined.",
    ],
)
def test_what_is_denied_or_supposed_has_no_direction(text: str) -> None:
    assert read(text) == [("finance", "none")]


def test_no_longer_is_no_denial() -> None:
    assert read("The fighters no longer recruit here.") == [("recruitment", "down")]


def test_words_for_two_directions_give_none() -> None:
    assert ("finance", "none") in read("Revenue rose and fell.")


def test_a_direction_beyond_a_comma_is_not_taken() -> None:
    assert ("finance", "none") in read("As rents rose, revenue was counted.")


def test_at_most_three_themes_the_most_named_first() -> None:
    found = read(
        "Refugees and displaced families feared the threat of kidnappings, while revenue was discussed."
    )
    assert len(found) == 3
    assert found[0][0] == "displacement"


def test_pieces_of_a_claim_are_read_apart() -> None:
    text = "Revenue, he said, is shrinking."
    claim = Claim(id="c1", spans=((0, 7), (18, len(text))), text="", kind="attributed", reader="test@1")
    (filled,) = themes.annotate(segment(text), (claim,))
    assert [(theme.theme, theme.direction) for theme in filled.themes] == [("finance", "none")]


def test_a_phrase_that_moves_of_itself() -> None:
    assert read("The group used the pause to regroup.") == [("strength", "up")]
    assert read("They fear a resurgence.") == [("strength", "none")]


@given(st.sampled_from(["Ruritanian Front", "Lions of Graustark", "Zembla", "al-Nasir"]))
def test_another_name_changes_nothing(name: str) -> None:
    told = "The army defeated {0} in the hills, and {0} lost territory and its revenue fell."
    assert read(told.format(name)) == read(told.format("Red Banner"))


WORDS = ("killed", ",", "fighters", "were", "not", "of", "the", "Zembla", "revenue", "fell", "released")


@given(st.lists(st.sampled_from(WORDS)))
def test_any_words_give_at_most_three_themes_and_each_once(words: list[str]) -> None:
    found = [theme for theme, _ in read(" ".join(words) + ".")]
    assert len(found) == len(set(found)) <= 3


def test_a_word_with_other_meanings_says_nothing_by_itself() -> None:
    assert read("The courts are closed in August.") == []
