"""What a happening was aimed at: buildings, vehicles and lines, never people or towns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.happenings import only, read, sides


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("The Red Front attacked a school and two houses in Hentzau.", ["school", "houses"]),
        ("The bridge was destroyed by the Blue Brigade in Hentzau.", ["bridge"]),
        ("The Red Front’s shelling of a maternity hospital killed ten.", ["maternity hospital"]),
        ("The attack on a police station in Hentzau killed five.", ["police station"]),
        ("The Blue Brigade seized an army base in Hentzau.", ["army base"]),
        ("Dozens of houses were destroyed in Hentzau by the Red Front.", ["houses"]),
        ("The Red Front attacked the Blue Brigade in the town of Hentzau.", []),
        ("The Red Front killed villagers on the road in Hentzau.", []),
    ],
)
def test_what_was_aimed_at(text: str, targets: list[str]) -> None:
    assert [thing.text for thing in only(text).targets] == targets


def test_who_only_describes_a_building_is_no_side() -> None:
    assert sides(only("The Red Front raided a police station in Hentzau.")) == (["Red Front"], [])


def test_a_target_is_told_once_for_all_its_mentions() -> None:
    text = (
        "The Red Front attacked the bridge in Hentzau in March 2021. The attack on the bridge lasted a day."
    )
    assert len(only(text).targets) == 1


@given(
    st.lists(
        st.sampled_from(["the", "school", "and", "of", "Hentzau", "on", "two", ",", "police", "attacked"]),
        max_size=20,
    )
)
def test_every_target_is_in_the_text_where_it_says(words: list[str]) -> None:
    text = f"The Red Front attacked {' '.join(words)}."
    for incident in read(text):
        for thing in incident.targets:
            assert [text[begin:end] for begin, end in thing.spans] == [thing.text]
