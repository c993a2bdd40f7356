"""Relations between actors, on sentences written for these tests."""

from __future__ import annotations

import re

import pytest

from marsad.reading import relations
from marsad.reading.text import segment
from marsad.records.reading import Actor, ActorKind, Claim, Relation

KINDS: dict[str, ActorKind] = {
    "Red Front": "armed_group",
    "Blue Brigade": "armed_group",
    "Zenda": "state",
    "Green Coalition": "coalition",
    "Rudolf Rassendyll": "person_role",
    "Daily Strelsau": "media",
}


def actors_in(text: str) -> tuple[Actor, ...]:
    found = []
    for name, kind in KINDS.items():
        spans = tuple(m.span() for m in re.finditer(rf"(?<!\w){name}(?!\w)", text))
        if spans:
            found.append(
                Actor(id=f"a{len(found) + 1}", name=name, kind=kind, mentions=spans, reader="test@1")
            )
    return tuple(found)


def read(text: str, **changed: object) -> tuple[Relation, ...]:
    claims = tuple(
        Claim(
            id=f"c{n}",
            spans=(s.span,),
            text=text[s.begin : s.end],
            kind="narrated",
            reader="test@1",
            **changed,
        )  # type: ignore[arg-type]
        for n, s in enumerate(segment(text).sentences, 1)
    )
    return relations.annotate(segment(text), claims=claims, actors=actors_in(text))


def triples(text: str) -> list[tuple[str, str, str]]:
    return [(one.source.text, one.type, one.target.text) for one in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Red Front fought the Blue Brigade.", ("Red Front", "fights", "Blue Brigade")),
        ("The Red Front is operating against Zenda.", ("Red Front", "fights", "Zenda")),
        ("The Zenda-backed Red Front took the town.", ("Zenda", "supports", "Red Front")),
        (
            "The Red Front took the town with the support of the Green Coalition.",
            ("Green Coalition", "supports", "Red Front"),
        ),
        ("The Red Front is armed by Zenda.", ("Zenda", "supports", "Red Front")),
        ("Zenda condemned the Red Front.", ("Zenda", "opposes", "Red Front")),
        ("The Blue Brigade fought alongside the Red Front.", ("Blue Brigade", "allied_with", "Red Front")),
        (
            "There is a relationship of mutual benefit between Zenda and the Red Front.",
            ("Zenda", "benefits_from", "Red Front"),
        ),
        (
            "Rudolf Rassendyll, the leader of the Red Front, was there.",
            ("Rudolf Rassendyll", "leads", "Red Front"),
        ),
        ("Rudolf Rassendyll leads the Red Front.", ("Rudolf Rassendyll", "leads", "Red Front")),
        ("The Blue Brigade joined the Red Front.", ("Blue Brigade", "member_of", "Red Front")),
        (
            "Rudolf Rassendyll met the Green Coalition.",
            ("Rudolf Rassendyll", "communicates_with", "Green Coalition"),
        ),
    ],
)
def test_stated_relations(text: str, expected: tuple[str, str, str]) -> None:
    assert triples(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The Red Front and the Blue Brigade are known.",
        "The Red Front could support the Blue Brigade.",
        "If the Red Front fights the Blue Brigade, all is lost.",
        "The Daily Strelsau said that the Red Front fought the Daily Strelsau.",
        "The Red Front supports the Red Front.",
        "Red Front families support the Blue Brigade.",
    ],
)
def test_what_states_no_relation(text: str) -> None:
    assert read(text) == ()


def test_a_negated_verb_is_denied() -> None:
    (relation,) = read("Zenda does not support the Red Front.")
    assert relation.polarity == "denied"


def test_one_relation_of_one_claim_is_told_once() -> None:
    assert len(read("The Red Front fought the Blue Brigade and attacked the Blue Brigade.")) == 1


def test_ids_count_from_one_and_each_hangs_off_its_claim() -> None:
    found = read("The Red Front fought the Blue Brigade. Zenda condemned the Red Front.")
    assert [(one.id, one.claim) for one in found] == [("r1", "c1"), ("r2", "c2")]
