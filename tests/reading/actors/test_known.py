"""Known actors: forms that are sure, forms that need the text to speak for them, names that a text gives."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from marsad import models
from marsad.evaluation.corpus import document
from marsad.gazetteer.countries import load_countries
from marsad.reading import pipeline
from marsad.reading.actors.known import forms, known_actors
from marsad.reading.actors.taught import taught
from marsad.records.reading import Actor


@pytest.fixture(autouse=True)
def rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "load", lambda: None)


def named(text: str) -> dict[str, Actor]:
    return {actor.name: actor for actor in pipeline.read(document(text)).actors}


def test_the_list_is_sound() -> None:
    raw = resources.files("marsad.reading").joinpath("data", "actors.toml").read_text("utf-8")
    listed = [each["name"] for each in tomllib.loads(raw)["actor"]]
    codes = {country.code for country in load_countries()}
    assert len(listed) == len(set(listed)) >= 350
    for actor in known_actors():
        assert actor.parent is None or actor.parent in listed, actor.name
        assert set(actor.countries) <= codes, actor.name
        assert set(actor.ambiguous) <= {actor.name, *actor.aliases}, actor.name


def test_a_form_of_two_actors_is_marked_in_all_but_one_of_them() -> None:
    for several in forms().values():
        for form in several:
            if len(form.bearers) > 1:
                sure = [each for each in form.bearers if not set(each.ambiguous) & {" ".join(form.words)}]
                assert len(sure) <= 1, form.words


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The SDF said in Syria on Monday that it had left.", "Syrian Democratic Forces"),
        ("The SDF said in Khartoum that Sudan's border was closed.", "Sudanese Defence Force"),
        ("The SDF said on Monday that its men had entered the camp.", "SDF"),
        ("The RSF shelled the town in Sudan, it said.", "Rapid Support Forces"),
        (
            "RSF said a reporter was held. Reporters Without Borders called for his release.",
            "Reporters Without Borders",
        ),
        ("Fighters of Jabhat Al Nusra left, and al Nusra said so.", "Jabhat al-Nusra"),
        ("The Syrian army fought the SNA in Syria, it said.", "Syrian National Army"),
        ("Troops of the SNA took a village in Somalia, officials said.", "Somali National Army"),
    ],
)
def test_an_ambiguous_form_is_told_by_its_text_or_left_as_it_is(text: str, name: str) -> None:
    assert name in named(text)


@pytest.mark.parametrize(
    "text",
    [
        "THE WAR IN SYRIA IS OVER AND IRAQ IS FREE.",
        "It is said that Syria IS the place.",
        "In Chad the FACT that he lied was told.",
        "She will mend the road in Nigeria at dawn.",
    ],
)
def test_a_word_is_no_actor(text: str) -> None:
    assert not {"ISIS", "Front for Change and Concord in Chad"} & named(text).keys() or "FACT" in text
    assert "Movement for the Emancipation of the Niger Delta" not in named(text)


@pytest.mark.parametrize(
    ("text", "name", "alias"),
    [
        (
            "The Ruritanian Front, also known as the Hill Brigade, took it. The Hill Brigade left.",
            "Ruritanian Front",
            "Hill Brigade",
        ),
        ("The Nour Front, better known by its acronym NFX, said it had lost.", "Nour Front", "NFX"),
        ("The Islamic State group, formerly known as ISIL, holds the west.", "ISIS", "ISIL"),
        ("The Valley Front (VF) attacked. VF said so.", "Valley Front", "VF"),
    ],
)
def test_a_text_gives_an_actor_another_name(text: str, name: str, alias: str) -> None:
    actor = named(text)[name]
    assert alias in actor.aliases
    assert alias in taught(text, actor)
    assert taught(text, actor)[alias] in text


@pytest.mark.parametrize(
    "text",
    [
        "The Ruritanian Front, the Hill Brigade and others took it.",
        "The Ruritanian Front (Hill Brigade fighters said) took it.",
        "The Ruritanian Front, known for its Hill Brigade, took it.",
    ],
)
def test_a_list_or_a_remark_gives_no_name(text: str) -> None:
    assert "Hill Brigade" not in named(text)["Ruritanian Front"].aliases
