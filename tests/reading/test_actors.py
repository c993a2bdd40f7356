from marsad.reading import actors, cues
from marsad.reading.text import segment

PLACES = {"Aleppo", "Sarmin"}


def cast_of(text):
    view = segment(text)
    return view, actors.annotate(
        view, is_place=PLACES.__contains__, speaks=lambda at: cues.speaks(view.tokens, at)
    )


def actor(text, name):
    _, cast = cast_of(text)
    return next(a for a in cast.actors if a.name == name)


def test_a_group_is_one_actor_under_its_acronym_and_its_description():
    text = "The Ruritanian Liberation Front (RLF) took the town. The RLF said the group would stay."
    view, cast = cast_of(text)
    front = cast.actors[0]
    assert front.name == "Ruritanian Liberation Front"
    assert front.kind == "armed_group"
    assert front.aliases == ("RLF",)
    assert [view[m] for m in front.mentions] == ["Ruritanian Liberation Front", "RLF", "RLF", "the group"]


def test_known_names_and_spellings_are_one_actor():
    found = actor("Daesh fled. Isis fled. The Islamic State fled.", "ISIS")
    assert found.kind == "armed_group"
    assert found.aliases == ("Daesh", "Isis", "Islamic State")


def test_a_person_is_an_actor_only_by_a_public_role_that_the_text_states():
    text = (
        "Eva Ruiz, a spokeswoman for the council, met Omar Hadi, 36, a father of two from Sarmin. "
        "Hadi said he was tired. Ruiz said nothing more."
    )
    view, cast = cast_of(text)
    people = [a for a in cast.actors if a.kind == "person_role"]
    assert [(a.name, a.role) for a in people] == [("Eva Ruiz", "a spokeswoman for the council")]
    assert [view[m] for m in people[0].mentions] == ["Eva Ruiz", "Ruiz"]
    assert [view[s] for s in cast.private()] == ["Omar Hadi", "36", "Sarmin", "Hadi"]


def test_kin_of_the_famous_stay_private():
    _, cast = cast_of(
        "Leila Karim, the wife of the army’s commander, said her son Sami Karim had been taken."
    )
    assert [a.name for a in cast.actors if a.kind == "person_role"] == []


def test_a_role_before_and_behind_the_name():
    for text in (
        "The defence minister, Eva van der Berg, said the road was open.",
        "Defence minister Eva van der Berg said the road was open.",
        "Eva van der Berg, the defence minister, said the road was open.",
    ):
        _, cast = cast_of(text)
        found = [a for a in cast.actors if a.kind == "person_role"]
        assert [a.name for a in found] == ["Eva van der Berg"]
        assert "efence minister" in found[0].role


def test_states_act_and_are_not_made_of_places():
    _, cast = cast_of("Fighting went on in Syria and near Iraq.")
    assert cast.actors == ()
    _, cast = cast_of("Turkey said the Syrian government had agreed.")
    assert [(a.name, a.kind) for a in cast.actors] == [("Turkey", "state"), ("Syria", "state")]


def test_forces_of_several_states_share_one_noun():
    view, cast = cast_of("It fought against Syrian, Iraqi and U.S. forces.")
    assert [(a.name, [view[m] for m in a.mentions]) for a in cast.actors] == [
        ("Syrian forces", ["Syrian"]),
        ("Iraqi forces", ["Iraqi"]),
        ("U.S. forces", ["U.S. forces"]),
    ]


def test_the_employer_of_a_role_is_its_parent():
    _, cast = cast_of("Omar Said, director of the Ruritanian Institute, said the truce held.")
    person = next(a for a in cast.actors if a.kind == "person_role")
    assert next(a.name for a in cast.actors if a.id == person.parent) == "Ruritanian Institute"


def test_a_word_at_the_head_of_a_sentence_is_no_name():
    _, cast = cast_of("Residents fled. Officials said nothing. Shelling went on. Recent reports differ.")
    assert cast.actors == ()
    assert cast.persons == ()
