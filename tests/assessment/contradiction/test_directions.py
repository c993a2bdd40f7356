"""Contested directions: a rise for one voice and a fall for another, with older and steady views beside."""

from __future__ import annotations

from typing import Any

import pytest

from marsad.assessment.contradiction import Contradiction, contradictions
from marsad.ledger.asking.found import Found
from marsad.records.reading import Claim

from ..making import gathered, told


def view(
    words: str, way: str, by: str | None = "Dara Nour", theme: str = "strength", **fields: Any
) -> Found[Claim]:
    return told(words, by=by, themes=((theme, way),), **({"about": "Reed Front"} | fields))


GROWING = view("the Reed Front is in a state of growth", "up")
WEAK = view("it is no longer capable of any gains", "down", "Ilan Voss", "capability", publisher="Lake Radio")


def sides(found: Contradiction) -> dict[str, set[str]]:
    return {side.answer: {group.name for group in side.origins} for side in found.sides}


def test_strength_and_capability_are_one_question() -> None:
    (found,) = contradictions(gathered(GROWING, WEAK))
    assert found.kind == "direction"
    assert found.question == "strength and capability of Reed Front"
    assert sides(found) == {"up": {"Dara Nour"}, "down": {"Ilan Voss"}}


def test_steady_and_older_views_stand_beside() -> None:
    steady = view("the risk of its return remains", "steady", "River Panel", "risk", true_of="2024-02")
    older = view(
        "the Reed Front had grown weaker", "down", "Odan Council", true_of="2022", publisher="Odan Times"
    )
    later = view("it is weak now", "down", "Lake Guard", day="2024-09-01", publisher="Hill News")
    (found,) = contradictions(gathered(GROWING, WEAK, steady, older, later))
    beside = {side.answer: {group.name for group in side.origins} for side in found.beside}
    assert beside == {"down": {"Odan Council"}, "steady": {"River Panel"}}


@pytest.mark.parametrize(
    "other",
    [
        view("the Reed Front was weak", "down", "Ilan Voss", day="2024-06-01", publisher="Lake Radio"),
        view("the Reed Front is weak", "down", "Dara Nour", publisher="Lake Radio"),
        view("the Lake Guard is weak", "down", "Ilan Voss", about="Lake Guard", publisher="Lake Radio"),
        view("its money runs out", "down", "Ilan Voss", "finance", publisher="Lake Radio"),
        view("the Reed Front is as it was", "steady", "Ilan Voss", publisher="Lake Radio"),
        view("the Reed Front is weak", "down", None, publisher="Lake Radio"),
        view("its goal is the defeat of the Reed Front", "down", "Ilan Voss", publisher="Lake Radio"),
        view("9 of the Reed Front were killed", "down", "Ilan Voss", killed=(9, 9), publisher="Lake Radio"),
        view("to weaken the Reed Front", "down", "Ilan Voss", publisher="Lake Radio"),
        view("the Reed Front may be weak", "down", "Ilan Voss", certainty="possible", publisher="Lake Radio"),
    ],
    ids=[
        "a change over time", "himself", "another actor", "another question", "steady", "a reporter's own sentence", "a goal", "a toll",
        "an aim", "perhaps",
    ],
)  # fmt: skip
def test_what_is_no_contradiction(other: Found[Claim]) -> None:
    assert contradictions(gathered(GROWING, other)) == ()


def test_what_is_said_of_two_towns_excludes_nothing() -> None:
    growing = view("the Reed Front is growing in Karoum", "up")
    weak = view("the Reed Front is weak in Odan", "down", "Ilan Voss", publisher="Lake Radio")
    assert contradictions(gathered(growing, weak)) == ()


def test_what_goes_on_since_some_day_is_true_when_it_is_said() -> None:
    since = view("recruitment has grown since October", "up", theme="recruitment", true_of="2023-10")
    down = view("recruits have dried up", "down", "Ilan Voss", "recruitment", publisher="Lake Radio")
    (found,) = contradictions(gathered(since, down))
    assert found.question == "recruitment of Reed Front"


def test_who_denies_a_rise_contradicts_it_and_claims_no_fall() -> None:
    rising = view("recruitment of young men is growing fast", "up", theme="recruitment")
    denied = view(
        "that more had joined", "up", "Ilan Voss", "recruitment", denied=True, publisher="Lake Radio"
    )
    (found,) = contradictions(gathered(rising, denied))
    assert sides(found) == {"up": {"Dara Nour"}, "not up": {"Ilan Voss"}}
