import pytest

from marsad.reading import actors, cues
from marsad.reading.text import segment


def cast_of(text):
    view = segment(text)
    return actors.annotate(
        view, is_place={"Sarmin"}.__contains__, speaks=lambda at: cues.speaks(view.tokens, at)
    )


def public(text):
    return {a.name for a in cast_of(text).actors if a.kind == "person_role"}


@pytest.mark.parametrize(
    "text",
    [
        "Omar Hadi’s decision to withdraw the troops surprised the allies.",
        "Omar Hadi has ordered his generals to prepare.",
        "Omar Hadi announced that the remaining 2,000 soldiers would leave the north.",
        "The announcement by Omar Hadi that 2,000 troops will leave was a shock.",
        "Omar Hadi’s defence minister, Eva Ruiz, resigned.",
        "Omar Hadi overrode his closest advisers on Monday.",
        "Iraq under Omar Hadi was quiet.",
        "Omar Hadi reported in the Morning Herald that the road was mined.",
        "Eva Ruiz met Sara Karim, the mayor. Karim’s predecessor, Omar Hadi, was not there.",
        "Omar Hadi (since sacked as defence minister) said the road was mined.",
    ],
)
def test_who_has_troops_ministers_or_a_state_is_public(text):
    assert "Omar Hadi" in public(text)


@pytest.mark.parametrize(
    "text",
    [
        "Omar Hadi’s decision to join the army surprised his mother.",
        "Omar Hadi’s plan to leave and fight with the rebel forces failed.",
        "Omar Hadi was ordered by soldiers to leave the house.",
        "Omar Hadi deployed with British troops as a cook.",
        "Omar Hadi said US troops must leave.",
        "Omar Hadi’s family will take the home secretary to court.",
        "Omar Hadi said his government had let him down.",
        "Omar Hadi asked her foreign friends for help.",
        "The road reported in the Morning Herald is where Omar Hadi, 19, died.",
        "Speaking of world leaders, Omar Hadi, a fighter from the town of Sarmin, shrugged.",
    ],
)
def test_who_has_none_of_them_stays_private(text):
    assert "Omar Hadi" not in public(text)
    assert any(person.name == "Omar Hadi" and not person.public for person in cast_of(text).persons)


def test_a_group_without_a_name_is_not_the_last_group_with_one():
    text = "The Ruritanian Front fled. A group of refugees went to court. The group wants a hearing."
    front = cast_of(text).actors[0]
    assert [text[b:e] for b, e in front.mentions] == ["Ruritanian Front"]
    text = "The Ruritanian Front fled. The group wants a hearing."
    assert len(cast_of(text).actors[0].mentions) == 2


@pytest.mark.parametrize(
    ("text", "female"),
    [
        ("Eva Ruiz, the mayor, wept. Her father said no. Ruiz said she would go on.", True),
        ("Sam Hadi, the mayor, let his wife speak: Hadi said he would go on.", False),
        ("The mayor, Robin Karim, ordered her arrest.", None),
        ("Mrs Karim, the mayor, left.", True),
    ],
)
def test_a_person_is_a_woman_or_a_man_by_what_is_said_of_that_person_alone(text, female):
    (person,) = cast_of(text).persons
    assert person.female is female


def test_a_given_name_that_is_a_month_too():
    assert "Jan Ruiz" in public("Jan Ruiz, head of the mission, said the road was mined.")
    assert cast_of("Jan 5 was quiet.").persons == ()
