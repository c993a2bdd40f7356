"""Who is dead for one voice and alive for another, and who only looks so."""

from __future__ import annotations

import pytest

from marsad.assessment.contradiction import Contradiction, contradictions
from marsad.ledger.asking.found import Found
from marsad.records.reading import Claim

from ..making import gathered, told

NAME = "Moses Lane"
DEAD = "Lane had been killed in an airstrike near Karoum"
ALIVE = "Moses Lane, the miller taken from Odan six years ago, is still alive"


def says(words: str, by: str, day: str = "2024-03-01", **fields: object) -> Found[Claim]:
    return told(words, by=by, day=day, about=NAME, **fields)  # type: ignore[arg-type]


def questions(*claims: Found[Claim], kind: str = "person_role") -> tuple[Contradiction, ...]:
    return contradictions(gathered(*claims, kinds={NAME.casefold(): kind}))


def test_dead_for_one_and_later_alive_for_another() -> None:
    (found,) = questions(says(DEAD, "Lake Radio"), says(ALIVE, "River Panel", "2024-03-04"))
    assert found.question == "Is Moses Lane alive"
    assert {side.answer: side.claims[0].holder for side in found.sides} == {
        "affirmed": "River Panel",
        "denied": "Lake Radio",
    }


@pytest.mark.parametrize(
    "claims",
    [
        (says(ALIVE, "River Panel"), says(DEAD, "Lake Radio", "2024-03-04")),
        (says(DEAD, "River Panel"), says(ALIVE, "River Panel", "2024-03-04")),
        (says(DEAD, "Lake Radio"), says("Moses Lane may still be alive", "River Panel")),
        (says(DEAD, "Lake Radio"), says("that Moses Lane is not alive", "River Panel")),
        (says("Lane said that 12 had been killed", "Lake Radio"), says(ALIVE, "River Panel")),
        (says(DEAD, "Lake Radio"), says(ALIVE, "River Panel", denied=True)),
        (says(DEAD, "Lake Radio"), says(ALIVE, "private")),
    ],
    ids=["died since", "one voice", "may be", "is not", "somebody else", "denied", "nobody's voice"],
)
def test_what_is_no_contradiction(claims: tuple[Found[Claim], ...]) -> None:
    assert not [each for each in questions(*claims) if each.question.startswith("Is Moses")]


def test_only_of_a_person() -> None:
    claims = says(DEAD, "Lake Radio"), says(ALIVE, "River Panel", "2024-03-04")
    assert not [each for each in questions(*claims, kind="organisation") if each.question.endswith("alive")]
