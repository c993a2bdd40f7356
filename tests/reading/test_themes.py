"""Themes of claims, with their direction, on sentences written for these tests."""

from __future__ import annotations

import pytest

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
    ],
)
def test_theme_and_direction(text: str, expected: tuple[str, str]) -> None:
    assert expected in read(text)


@pytest.mark.parametrize("text", ["The minister arrived on Monday.", "It rained.", "He drank his tea."])
def test_nothing_to_say_is_no_theme(text: str) -> None:
    assert read(text) == []


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


def test_a_phrase_that_moves_of_itself_and_one_beside_it() -> None:
    assert read("The risk of a resurgence remains.") == [("risk", "steady"), ("strength", "steady")]
    assert read("The group used the pause to regroup.") == [("strength", "up")]
