"""How words are quoted, and whom they are said to be of."""

from __future__ import annotations

import pytest

from marsad.assessment.voices import speaker
from marsad.reports.phrases import Quote, phrases


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("the group is back", "“the group is back”."),
        ("“The group is back”", "“The group is back”."),
        ("“They left.”", "“They left.”"),
        ("“Here it is,” he said, “and here.”", "““Here it is,” he said, “and here.””."),
        ("“When she left, we trained", "“When she left, we trained”."),
        ("they had left”", "“they had left”."),
        ("the “last” of them", "“the “last” of them”."),
    ],
)
def test_marks_of_quotation_stand_in_pairs(words: str, shown: str) -> None:
    said = phrases().say("said", ["c1"], known="2024-03-01", holder="River Panel", quote=Quote(words))
    assert said.text == f"On 2024-03-01, River Panel: {shown}"


@pytest.mark.parametrize(
    ("holder", "shown"),
    [
        ("one of the sponsors, Ruritania,", "one of the sponsors, Ruritania"),
        ("He", "River Panel"),
        ("███████’", "River Panel"),
        ("Dara Nour", "Dara Nour"),
    ],
)
def test_who_is_a_pronoun_or_masked_is_shown_as_whom_it_goes_back_to(holder: str, shown: str) -> None:
    assert speaker(holder, "River Panel") == shown
