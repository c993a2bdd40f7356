"""Incidents on sentences written for these tests, with actors and places made by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.reading import incidents
from marsad.reading.inflection import conjugate, plural
from marsad.reading.text import segment
from marsad.records.reading import Claim, Figure
from tests.reading.happenings import (
    KINDS,
    actors_in,
    claims_in,
    only,
    places_in,
    read,
    sides,
    spans_of,
    times_in,
)


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("The Red Front attacked the Blue Brigade in Strelsau.", ["Red Front"], ["Blue Brigade"]),
        ("The Blue Brigade was attacked by the Red Front in Strelsau.", ["Red Front"], ["Blue Brigade"]),
        ("The Red Front’s attack on the Blue Brigade shook Strelsau.", ["Red Front"], ["Blue Brigade"]),
        (
            "Clashes between the Red Front and the Blue Brigade shook Strelsau.",
            ["Red Front"],
            ["Blue Brigade"],
        ),
        ("The Red Front carried out an attack against civilians in Strelsau.", ["Red Front"], ["civilians"]),
        ("The Red Front fought fierce battles against the Blue Brigade.", ["Red Front"], ["Blue Brigade"]),
        ("The Red Front, which held the town, attacked the Blue Brigade.", ["Red Front"], ["Blue Brigade"]),
        ("The Blue Brigade was defeated in Strelsau by the Red Front.", ["Blue Brigade"], ["Red Front"]),
    ],
)
def test_sides_by_voice_and_preposition(text: str, first: list[str], second: list[str]) -> None:
    (incident,) = read(text)
    assert sides(incident) == (first, second)


@pytest.mark.parametrize(
    "text",
    [
        "The group used violent attacks.",
        "The conflict goes on.",
        "The Red Front held a mock battle.",
        "The Red Front won its legal battle in Strelsau.",
        "The Red Front has the capability to launch attacks.",
        "Critics attacked the decision in Strelsau.",
        "The minister said the war in Strelsau was over.",
        "A heart attack killed nobody in Strelsau in March 2021.",
    ],
)
def test_what_is_no_incident(text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The Red Front attacked the Blue Brigade.", "occurred"),
        ("The Red Front is attacking the Blue Brigade.", "ongoing"),
        ("The Red Front will attack the Blue Brigade.", "planned"),
        ("The Red Front threatened to attack the Blue Brigade.", "threatened"),
        ("The Red Front could attack the Blue Brigade.", "hypothetical"),
        ("The Red Front did not attack the Blue Brigade.", "denied"),
        ("Clashes continue between the Red Front and the Blue Brigade.", "ongoing"),
    ],
)
def test_status_from_mood_and_tense(text: str, status: str) -> None:
    assert [one.value for one in only(text).statuses] == [status]


def test_a_denied_claim_denies_its_incident() -> None:
    (incident,) = read("The Red Front attacked the Blue Brigade.", polarity="denied")
    assert incident.statuses[0].value == "denied"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The Red Front attacked civilians in Strelsau.", "stated"),
        ("The Red Front claimed responsibility for the attack on civilians in Strelsau.", "claimed"),
        ("Zenda accused the Red Front of attacking civilians in Strelsau.", "accused"),
        ("The suspected Red Front attack on civilians in Strelsau was long.", "suspected"),
    ],
)
def test_responsibility(text: str, value: str) -> None:
    assert [one.value for one in only(text).responsibility] == [value]


def test_the_accused_and_not_the_accuser_did_it() -> None:
    assert sides(only("Zenda accused the Red Front of killing civilians in Strelsau.")) == (
        ["Red Front"],
        ["civilians"],
    )


def test_where_and_when_come_from_the_clause() -> None:
    (incident,) = read("The Red Front attacked the Blue Brigade in the town of Hentzau in March 2021.")
    assert incident.places == ("p1",)
    assert incident.date is not None
    assert (incident.date.edtf, incident.date_prec, incident.where_prec) == ("2021-03", 4, 1)


def test_a_date_of_another_claim_is_not_taken() -> None:
    text = "Red Front forces attacked Hentzau, a spokesman said in March 2021."
    claim = Claim(id="c1", spans=((0, 33),), text=text[:33], kind="attributed", reader="test@1")
    found, _ = incidents.annotate(
        segment(text),
        claims=(claim,),
        actors=actors_in(text),
        places=places_in(text),
        times=times_in(text),
        figures=(),
    )
    assert [incident.date for incident in found] == [None]


@pytest.mark.parametrize(
    ("text", "ucdp_type"),
    [
        ("The Ruritanian army attacked the Red Front.", 1),
        ("The Red Front attacked the Blue Brigade.", 2),
        ("The Red Front killed 12 villagers in Hentzau.", 3),
        ("Gunmen attacked the Red Front in Hentzau.", None),
    ],
)
def test_ucdp_type_from_the_kinds_of_the_sides(text: str, ucdp_type: int | None) -> None:
    (incident,) = read(text)
    assert incident.ucdp_type == ucdp_type


def test_families_are_never_of_the_group_and_are_private() -> None:
    (incident,) = read("The Blue Brigade attacked Red Front families in Hentzau.")
    (victims,) = incident.sides[1]
    assert (victims.actor, victims.kind) == (None, "private")


def test_fighters_act_for_the_name_before_or_after_them() -> None:
    (one,) = read("Red Front fighters attacked Hentzau.")
    (other,) = read("Members of the Red Front attacked Hentzau.")
    assert one.sides[0][0].actor == other.sides[0][0].actor == "a1"


def test_two_accounts_of_one_incident_are_one_record() -> None:
    text = "The Red Front attacked Hentzau in March 2021. The attack lasted a day."
    (incident,) = read(text)
    assert len(incident.spans) == 2
    assert incident.claims == ("c1", "c2")


def test_incidents_in_two_places_stay_apart() -> None:
    assert len(read("The Red Front attacked Hentzau. The Red Front attacked Strelsau.")) == 2


def test_killed_in_an_attack_is_one_incident() -> None:
    (incident,) = read("Twelve civilians were killed in a Red Front attack in Hentzau.")
    assert incident.type == "ASSAULT"
    assert sides(incident) == (["Red Front"], ["civilians"])


def test_a_round_up_is_aggregate() -> None:
    (many,) = read("The Red Front launched dozens of attacks on the Blue Brigade.")
    (one,) = read("The Red Front launched an attack on the Blue Brigade.")
    assert (many.shape, one.shape) == ("aggregate", "single")


def toll(text: str, words: str, measure: str, low: int | None, high: int | None) -> Figure:
    (span,) = spans_of(words, text)
    return Figure(
        id="f1",
        claim="c1",
        spans=(span,),
        text=words,
        measure=measure,
        low=low,
        high=high,
        best=low,
        reader="test@1",
    )


def test_deaths_are_the_envelope_of_its_figures_and_figures_know_it() -> None:
    text = "The Red Front killed 12 villagers in Hentzau."
    found, figures = incidents.annotate(
        segment(text),
        claims=claims_in(text),
        actors=actors_in(text),
        places=places_in(text),
        times=(),
        figures=(toll(text, "12", "casualties.killed", 12, 12),),
    )
    assert found[0].deaths is not None
    assert (found[0].deaths.low, found[0].deaths.best, found[0].deaths.high) == (12, 12, 12)
    assert figures[0].incident == "i1"


def test_an_open_bound_stays_open() -> None:
    text = "The Red Front killed 12 villagers in Hentzau."
    (incident,) = read(text, (toll(text, "12", "casualties.killed", 12, None),))
    assert incident.deaths is not None
    assert incident.deaths.high is None


@given(st.sampled_from(sorted(KINDS)[:2]), st.sampled_from(["attacked", "bombed", "killed", "fought"]))
def test_another_name_of_the_same_kind_changes_only_the_name(name: str, verb: str) -> None:
    other = "Red Front" if name == "Blue Brigade" else "Blue Brigade"
    (one,) = read(f"The {name} {verb} civilians in Hentzau.")
    (two,) = read(f"The {other} {verb} civilians in Hentzau.")
    assert (one.type, one.mode, one.ucdp_type, one.statuses) == (
        two.type,
        two.mode,
        two.ucdp_type,
        two.statuses,
    )
    assert sides(one) == ([name], ["civilians"])
    assert sides(two) == ([other], ["civilians"])


@given(st.text(alphabet="the attack killed Red Front,.“” in Hentzau\n😀ا", max_size=300))
def test_any_text_is_read_and_every_trigger_lies_in_its_claim(text: str) -> None:
    claims = {claim.id: claim for claim in claims_in(text)}
    for incident in read(text):
        for begin, end in incident.spans:
            assert any(b <= begin and end <= e for claim in incident.claims for b, e in claims[claim].spans)


def test_conjugation_and_plurals() -> None:
    forms = {form.surface: sorted(form.forms) for form in conjugate("seize")}
    assert forms == {"seize": ["base"], "seizes": ["s"], "seized": ["participle", "past"], "seizing": ["ing"]}
    assert {form.surface for form in conjugate("stab stabbed stabbed")} == {
        "stab",
        "stabs",
        "stabbed",
        "stabbing",
    }
    assert [plural(noun) for noun in ("clash", "gunman", "wife", "army", "aid convoy")] == [
        "clashes", "gunmen", "wives", "armies", "aid convoys",
    ]  # fmt: skip


def test_an_odd_verb_entry_is_refused() -> None:
    with pytest.raises(ValueError, match="verb entry"):
        conjugate("seize seized")
