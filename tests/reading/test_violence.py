"""The vocabulary of violence and force: which words tell of what, and which only look like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.reading.clauses.participants import Cast
from marsad.reading.incidents import triggers
from marsad.reading.incidents.kinds import kinds, types
from marsad.reading.text import segment


def told(text: str) -> list[str]:
    """The kinds of the triggers of `text`, whose names nobody knows."""
    cut = segment(text)
    cast = Cast(cut, ())
    return [trigger.kind.name for sentence in cut.sentences for trigger in triggers.find(cast.row(sentence))]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Rebels fired mortar shells at the town.", "shelling"),
        ("Mortar shells were fired at the town.", "shelling"),
        ("Two rockets landed in the garden of the palace.", "shelling"),
        ("The convoy was hit by artillery fire.", "shelling"),
        ("Rockets hit the airport", "shelling"),
        ("Helicopters dropped barrel bombs on the market.", "airstrike"),
        ("Fighter jets pounded the hills.", "airstrike"),
        ("A mine left behind by the militia exploded.", "explosion"),
        ("A patrol stepped on a landmine.", "explosion"),
        ("An explosive device was planted by the road.", "explosion"),
        ("The man detonated his suicide vest.", "suicide attack"),
        ("A hand grenade was thrown into the café.", "grenade attack"),
        ("The army used chlorine against the rebels.", "chemical attack"),
        ("Soldiers opened fire on the crowd.", "shooting"),
        ("Gunmen took six hostages.", "abduction"),
        ("Fighters stole cattle from the farmers.", "looting"),
        ("Militiamen set fire to the school.", "arson"),
        ("The army took control of the airport.", "seizure"),
        ("Police used tear gas against the marchers.", "dispersal"),
        ("Police dispersed the demonstration.", "dispersal"),
        ("Police found a weapons cache in a cellar.", "weapons seizure"),
        ("The suspects were taken into custody.", "arrest"),
        ("The prisoners went on hunger strike.", "hunger strike"),
        ("Workers went on strike at the docks.", "strike"),
        ("The government imposed a curfew.", "curfew"),
        ("The army put its troops on high alert.", "deployment"),
        ("The army established a base near the border.", "basing"),
        ("The militia handed over the village.", "handover"),
        ("Rebels laid down their arms.", "surrender"),
        ("Protesters hurled stones at the police.", "riot"),
        ("Villagers blocked the road.", "obstruction"),
        ("Rebels robbed a bank.", "robbery"),
        ("Rebels shot down a helicopter.", "downing"),
    ],
)
def test_words_of_violence_and_force(text: str, kind: str) -> None:
    assert kind in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "The old king had a heart attack.",
        "She fired the manager.",
        "He launched a magazine and a website.",
        "The minister was hit by a wave of criticism.",
        "The film exploded at the box office.",
        "The team threw away its lead.",
        "An election will be held in spring.",
        "The strike group sailed for the gulf.",
        "He planted roses and laid a carpet.",
        "The shop set up a new stall.",
        "They took the train home.",
        "Inflation hit the poor.",
        "The company dropped its bid.",
    ],
)
def test_what_only_sounds_like_it(text: str) -> None:
    violent = {"ASSAULT", "COERCE", "MOBILIZE", "RETREAT", "PROTEST"}
    by_name = {kind.name: kind.type for kind in kinds()}
    assert [kind for kind in told(text) if by_name[kind] in violent] == []


def test_every_kind_has_words_and_a_mode_of_its_type() -> None:
    for kind in kinds():
        assert kind.verbs or kind.nouns or kind.mass or kind.frames, kind.name
        assert kind.mode is None or kind.mode in types()[kind.type].modes, kind.name


def test_no_two_kinds_share_a_name() -> None:
    names = [kind.name for kind in kinds()]
    assert len(names) == len(set(names))


@given(
    st.lists(st.sampled_from(["that", "bomb", "exploded", "fired", "rockets", "with", "shells", ",", "hit"]))
)
def test_any_order_of_words_is_read(words: list[str]) -> None:
    assert isinstance(told(" ".join(words)), list)
