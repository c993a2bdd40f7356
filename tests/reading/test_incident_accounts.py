"""Incidents over several sentences and accounts: what is joined, what stays apart, on whose word."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from marsad.reading import incidents
from marsad.reading.text import segment
from marsad.records.reading import Claim, Figure, Incident
from tests.reading.happenings import actors_in, claims_in, only, places_in, read, sides, spans_of, times_in

KILLED = "Gunmen killed four soldiers near Hentzau in March 2021."


def read_claims(text: str, *claims: Claim, figures: tuple[Figure, ...] = ()) -> tuple[Incident, ...]:
    found, _ = incidents.annotate(
        segment(text),
        claims=claims,
        actors=actors_in(text),
        places=places_in(text),
        times=times_in(text),
        figures=figures,
    )
    return found


def toll(text: str, words: str, number: int, claim: str, local: str) -> Figure:
    (span,) = spans_of(words, text)
    return Figure(
        id=local, claim=claim, spans=(span,), text=words, measure="casualties.killed",
        low=number, high=number, best=number, reader="test@1",
    )  # fmt: skip


# Responsibility told in a later sentence


@pytest.mark.parametrize(
    ("later", "value"),
    [
        ("The Red Front claimed responsibility.", "claimed"),
        ("The Red Front has claimed responsibility for the attack.", "claimed"),
        ("Zenda blamed the attack on the Red Front.", "accused"),
        ("Zenda blamed the Red Front.", "accused"),
        ("The Red Front is believed to be behind the attack.", "suspected"),
    ],
)
def test_who_did_it_may_be_told_later(later: str, value: str) -> None:
    incident = only(f"{KILLED} {later}")
    assert incident.claims == ("c1", "c2")
    assert sides(incident) == (["Red Front"], ["soldiers"])
    assert {one.claim: one.value for one in incident.responsibility}["c2"] == value


@pytest.mark.parametrize(
    "later",
    [
        "No group has claimed responsibility.",
        "Nobody claimed responsibility for it.",
        "The Red Front has not claimed responsibility.",
    ],
)
def test_where_nobody_claims_it_nobody_is_named(later: str) -> None:
    incident = only(f"{KILLED} {later}")
    assert [one.claim for one in incident.responsibility] == ["c1"]
    assert sides(incident) == (["Gunmen"], ["soldiers"])


def test_who_denies_responsibility_is_not_who_did_it() -> None:
    incident = only(f"{KILLED} The Red Front denied responsibility.")
    assert {one.claim: one.value for one in incident.responsibility} == {"c1": "stated", "c2": "denied"}
    assert sides(incident)[0] == ["Gunmen"]


def test_a_word_on_responsibility_far_from_any_attack_adds_nothing() -> None:
    filler = " The harvest was good." * 5
    assert only(f"{KILLED}{filler} The Red Front claimed responsibility.").claims == ("c1",)


# Accounts


def test_two_accounts_with_two_tolls_are_one_incident_that_spans_both() -> None:
    text = (
        "The Red Front attacked Hentzau in March 2021 and killed 5 villagers. "
        "The Red Front attack on Hentzau in March 2021 killed 9 villagers."
    )
    figures = (toll(text, "5", 5, "c1", "f1"), toll(text, "9", 9, "c2", "f2"))
    (incident,) = read_claims(text, *claims_in(text), figures=figures)
    assert incident.claims == ("c1", "c2")
    assert incident.deaths is not None
    assert (incident.deaths.low, incident.deaths.best, incident.deaths.high) == (5, None, 9)


def test_a_claim_that_denies_another_is_an_account_of_the_same_incident() -> None:
    text = "The Red Front attacked the Blue Brigade in Hentzau. The group denied it."
    told, denial = claims_in(text)
    denial = replace(
        denial, kind="attributed", polarity="denied", denies="c1", spans=(spans_of("it", text)[0],)
    )
    (incident,) = read_claims(text, told, denial)
    assert {one.claim: one.value for one in incident.statuses} == {"c1": "occurred", "c2": "denied"}
    assert {one.claim: one.value for one in incident.responsibility} == {"c1": "stated", "c2": "denied"}


def test_who_holds_a_claim_denied_denies_its_incident() -> None:
    text = "Zenda denied reports that the Red Front attacked the Blue Brigade in Hentzau."
    content = (text.index("reports"), len(text) - 1)
    inner = (text.index("the Red"), len(text) - 1)
    outer = Claim(
        id="c1",
        spans=(content,),
        text=text[slice(*content)],
        kind="attributed",
        polarity="denied",
        reader="test@1",
    )
    held = Claim(
        id="c2", spans=(inner,), text=text[slice(*inner)], kind="attributed", parent="c1", reader="test@1"
    )
    found = [one for one in read_claims(text, outer, held) if one.type == "ASSAULT"]
    assert {one.claim: one.value for one in found[0].statuses} == {"c2": "occurred", "c1": "denied"}


# One or several


def test_a_bare_word_speaks_of_the_last_fight() -> None:
    text = "The Red Front fought the Blue Brigade in Hentzau. The clashes were the first this year."
    assert len(only(text).spans) == 2


def test_bombings_in_two_towns_are_two_incidents() -> None:
    found = read("Bombings in Strelsau and Hentzau shook the army.")
    assert [one.places for one in found] == [("p1",), ("p2",)]
    assert {one.shape for one in found} == {"single"}


def test_dozens_of_bombings_in_two_towns_are_one_round_up() -> None:
    (incident,) = read("Dozens of bombings in Strelsau and Hentzau shook the army.")
    assert (incident.shape, len(incident.places)) == ("aggregate", 2)


def test_tolls_in_two_towns_are_two_incidents_each_with_its_own() -> None:
    text = "The Red Front killed 5 villagers in Strelsau and 7 in Hentzau."
    figures = (toll(text, "5", 5, "c1", "f1"), toll(text, "7", 7, "c1", "f2"))
    found = read_claims(text, *claims_in(text), figures=figures)
    assert [(one.places, one.deaths and one.deaths.best) for one in found] == [(("p1",), 5), (("p2",), 7)]


def test_a_round_up_is_never_joined_to_a_single_attack() -> None:
    text = "Dozens of attacks by the Red Front shook Hentzau. The Red Front attacked Hentzau in March 2021."
    assert [one.shape for one in read(text)] == ["aggregate", "single"]


def test_different_victims_are_different_incidents() -> None:
    text = "Red Front fighters killed a doctor. Red Front fighters killed two teenagers."
    assert len(read(text)) == 2


# Where, and the type of violence


@pytest.mark.parametrize(
    ("where", "precision"),
    [("in Hentzau", 1), ("near Hentzau", 2), ("outside Hentzau", 2), ("20 miles from Hentzau", None)],
)
def test_near_a_town_is_less_exact_than_in_it(where: str, precision: int | None) -> None:
    assert only(f"The Red Front attacked the Blue Brigade {where}.").where_prec == precision


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Soldiers killed 12 villagers in Hentzau.", 3),
        ("Red Front militants killed five policemen in Hentzau.", 1),
        ("Rebels attacked soldiers in Hentzau.", 1),
        ("Gunmen killed 12 villagers in Hentzau.", None),
    ],
)
def test_the_kind_of_violence_from_nouns_for_people_in_arms(text: str, kind: int | None) -> None:
    assert only(text).ucdp_type == kind


# What is held lasts


@pytest.mark.parametrize(
    ("text", "type_", "status"),
    [
        ("Two teenagers are being detained by the Red Front in Hentzau.", "COERCE", "ongoing"),
        ("Two teenagers were arrested by the Red Front in Hentzau.", "COERCE", "occurred"),
        ("Zenda said that its army would attack the Red Front in Hentzau.", "ASSAULT", "planned"),
        ("There are concerns that the Red Front will attack the Blue Brigade.", "ASSAULT", "hypothetical"),
        ("The Red Front refused to attack the Blue Brigade.", "ASSAULT", "denied"),
    ],
)
def test_status_of_what_lasts_is_announced_feared_or_refused(text: str, type_: str, status: str) -> None:
    said = {"kind": "attributed"} if "said" in text else {}
    claims = tuple(replace(claim, **said) for claim in claims_in(text))
    (incident,) = (one for one in read_claims(text, *claims) if one.type == type_)
    assert [one.value for one in incident.statuses] == [status]
