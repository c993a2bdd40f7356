"""What the trained reader's fillers add to incidents, and what they must not overrule."""

from __future__ import annotations

import pytest

from marsad.evaluation.corpus import document
from marsad.models import Filler, Frame
from marsad.reading import incidents, pipeline
from marsad.reading.text import segment
from marsad.records.reading import Incident

pytestmark = pytest.mark.usefixtures("rules_alone")


def filled(text: str, *fillers: tuple[str, str], told: float = 0.9, sure: float = 0.9) -> list[Incident]:
    """The incidents of `text` where a frame has these fillers, each a role with its words."""
    reading = pipeline.read(document(text))
    spans = [(role, (text.index(words), text.index(words) + len(words))) for role, words in fillers]
    frame = Frame("attack", told, tuple(Filler(role, span, sure) for role, span in spans))
    found, _ = incidents.annotate(
        segment(text),
        claims=reading.claims,
        actors=reading.actors,
        places=reading.places,
        times=reading.times,
        figures=reading.figures,
        frames=(frame,),
    )
    return [one for one in found if one.type == "ASSAULT"]


def sides(incident: Incident) -> tuple[list[str], list[str]]:
    first, second = ([party.text for party in side] for side in incident.sides)
    return first, second


CONVOY = "Gunmen waited by the road; the convoy was attacked near Mosul on Monday with a rocket launcher."


def test_a_filler_fills_a_side_that_the_grammar_left_open() -> None:
    (bare,) = filled(CONVOY)
    assert sides(bare)[0] == []
    (one,) = filled(CONVOY, ("perpetrator", "Gunmen"))
    assert sides(one)[0] == ["Gunmen"]


def test_what_the_grammar_found_is_not_overruled() -> None:
    text = "Police watched as militants attacked a village near Mosul on Monday."
    (one,) = filled(text, ("perpetrator", "Police"))
    assert sides(one)[0] == ["militants"]


@pytest.mark.parametrize(("told", "sure"), [(0.2, 0.9), (0.9, 0.2)])
def test_an_unlikely_frame_or_filler_adds_nothing(told: float, sure: float) -> None:
    (one,) = filled(CONVOY, ("perpetrator", "Gunmen"), told=told, sure=sure)
    assert sides(one)[0] == []


def test_a_filler_of_another_sentence_stays_there() -> None:
    text = f"Soldiers slept in the barracks. {CONVOY}"
    (one,) = filled(text, ("perpetrator", "Soldiers"))
    assert sides(one)[0] == []


def test_nobody_is_put_on_both_sides() -> None:
    text = "Militants were attacked near Mosul on Monday."
    (one,) = filled(text, ("perpetrator", "Militants"))
    assert sides(one) == ([], ["Militants"])
