"""Claims and their denials: what is tied to what, and what only looks so."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.assessment.contradiction import Contradiction, contradictions
from marsad.ledger.asking.found import Found
from marsad.records.reading import Claim

from ..making import gathered, told

TAKEN = "fighters of the Reed Front had taken Karoum after a night of fighting"


def contested(*claims: Found[Claim]) -> Contradiction:
    (found,) = contradictions(gathered(*claims))
    return found


def answers(found: Contradiction) -> dict[str, set[str]]:
    return {side.answer: {group.name for group in side.origins} for side in found.sides}


def test_a_denial_is_tied_to_the_claim_before_it_that_holds_its_words() -> None:
    found = contested(
        told(TAKEN, by="Moses Lane", at=0),
        told("that the town had fallen", by="the army", at=100, denied=True),
    )
    assert found.kind == "denial"
    assert answers(found) == {"affirmed": {"Moses Lane"}, "denied": {"the army"}}
    assert found.question == f"Is it so: {TAKEN}"


def test_a_denial_of_nothing_but_the_charge_is_tied_to_what_stands_right_before_it() -> None:
    charge = told("the ministry hid the number of the dead", by="River Panel", at=0)
    assert answers(contested(charge, told("the accusation", by="Grace Doe", at=60, denied=True)))
    assert not contradictions(gathered(charge, told("the accusation", by="Grace Doe", at=600, denied=True)))


def test_the_town_is_a_town_that_was_named() -> None:
    prisoners = told("30 soldiers had been captured at dawn", by="Moses Lane", at=0)
    denial = told("that the town had fallen", by="the army", at=60, denied=True)
    assert not contradictions(gathered(prisoners, denial))


def test_two_claims_of_one_content_are_tied_across_documents() -> None:
    found = contested(
        told("the Reed Front has been defeated", by="Dara Nour", about="Reed Front"),
        told(
            "the Reed Front is far from defeated", by="Ilan Voss", about="Reed Front", publisher="Lake Radio"
        ),
        told("that the Reed Front has been defeated", by="River Panel", about="Reed Front", day="2024-03-04"),
    )
    assert found.kind == "polarity"
    assert answers(found) == {"affirmed": {"Dara Nour", "River Panel"}, "denied": {"Ilan Voss"}}
    assert found.known == "2024-03-01"


DEFEATED = told("the Reed Front has been defeated", by="Dara Nour", about="Reed Front")


@pytest.mark.parametrize(
    "other",
    [
        told("the Reed Front has not been defeated", by="Dara Nour", about="Reed Front", publisher="Lake Radio"),
        told("the Reed Front has not been defeated", by="Nour", about="Reed Front", publisher="Lake Radio"),
        told("the Reed Front has not been defeated", by="private", about="Reed Front", publisher="Lake Radio"),
        told("the Reed Front has not been defeated", by="nobody", about="Reed Front", publisher="Lake Radio"),
        told("the Reed Front has not been defeated", by="Ilan Voss", about="Reed Front", day="2025-03-01"),
        told("the Reed Front may not be defeated", by="Ilan Voss", about="Reed Front", certainty="possible"),
        told("that the Reed Front be not defeated", by="Ilan Voss", about="Reed Front", attitude="request"),
        told("whether the Reed Front has not been defeated", by="Ilan Voss", about="Reed Front"),
        told("the Lake Guard has not been defeated", by="Ilan Voss", about="Lake Guard"),
        told("no fewer than nine of the Reed Front have been defeated", by="Ilan Voss", about="Reed Front"),
    ],
    ids=[
        "himself", "himself, by half his name", "a private person", "nobody", "a year later", "perhaps",
        "a request", "a question", "another actor", "a bound",
    ],
)  # fmt: skip
def test_what_is_no_contradiction(other: Found[Claim]) -> None:
    assert contradictions(gathered(DEFEATED, other)) == ()


def test_a_plan_that_is_rejected_is_no_denial_that_there_is_one() -> None:
    plan = told("the decision of the council to withdraw from Karoum", by="Dara Nour")
    words = "that decision of the council to withdraw from Karoum"
    against = told(words, by="Ilan Voss", denied=True, cue="opposed", publisher="Lake Radio")
    assert contradictions(gathered(plan, against)) == ()


def test_a_sentence_does_not_contradict_a_part_of_itself() -> None:
    whole = told("there was no deal with the front, and no talks were held", by="Dara Nour", at=0)
    part = told("deal with the front was held in talks", by="Ilan Voss", at=10)
    assert contradictions(gathered(whole, part)) == ()


def test_a_question_keeps_its_id_when_voices_join() -> None:
    far = told(
        "the Reed Front is far from defeated", by="Ilan Voss", about="Reed Front", publisher="Lake Radio"
    )
    first = (DEFEATED, far)
    later = told(
        "the Reed Front has not been defeated", by="River Panel", about="Reed Front", day="2024-03-09"
    )
    assert contested(*first).id == contested(*first, later).id


@settings(max_examples=20)
@given(st.permutations(range(4)))
def test_the_order_of_documents_changes_nothing(order: list[int]) -> None:
    claims = [
        told(words, by=by, about="Reed Front", publisher=f"Outlet {n}", day=f"2024-03-0{n + 1}")
        for n, (words, by) in enumerate(
            [
                ("the Reed Front has been defeated", "Dara Nour"),
                ("the Reed Front is far from defeated", "Ilan Voss"),
                ("that the Reed Front has been defeated", "River Panel"),
                ("the Reed Front has not been defeated", "Odan Council"),
            ]
        )
    ]
    assert contradictions(gathered(*(claims[n] for n in order))) == contradictions(gathered(*claims))
