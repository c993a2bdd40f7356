"""Relations that the pair model finds: what a reading tells of them, on a model made for these tests."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from marsad.models import Tagged
from marsad.models.relations import PairModel, lines
from marsad.reading import relations
from marsad.reading.relations import annotator
from marsad.reading.relations.annotator import _enough as enough
from marsad.reading.relations.vocabulary import relation_words
from marsad.reading.text import segment
from marsad.records.reading import Actor, ActorKind, Claim, Place, Relation
from marsad.records.spans import Span, Spans

KINDS: dict[str, ActorKind] = {
    "Red Front": "armed_group",
    "Blue Brigade": "armed_group",
    "Ruritania": "state",
    "Rudolf Rassendyll": "person_role",
}


class Vectors:
    head = "none"

    def mean(self, span: Span) -> NDArray[np.float32]:
        return np.zeros(1, np.float32)

    def meaning(self, spans: Spans) -> NDArray[np.int8]:
        return np.zeros(1, np.int8)


def model(kind: str, features: tuple[str, ...]) -> PairModel:
    """Sure of one relation wherever one of the features is seen, and of nothing else."""
    return PairModel(
        {
            "types": lines((kind,)),
            "names": lines(features),
            "hints": lines(("none",)),
            "thresholds": np.array([0.5]),
            "encoder": np.frombuffer(b"x", np.uint8),
            "means": np.zeros((3, 1)),
            "axes": np.zeros((3, 1, 1)),
            "weights": np.array([[20.0]] * len(features) + [[0.0]] * 3),
            "bias": np.array([-10.0]),
            "shared": np.zeros(1),
        }
    )


@pytest.fixture
def sure_of(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def install(kind: str, *features: str) -> None:
        monkeypatch.setattr(annotator, "load", lambda _: model(kind, features))
        monkeypatch.setattr(annotator, "_enough", lambda _: 0.5)

    return install


def read(text: str) -> tuple[Relation, ...]:
    cut = segment(text)
    actors = tuple(
        Actor(id=f"a{number}", name=name, kind=kind, mentions=spans, reader="test@1")
        for number, (name, kind) in enumerate(KINDS.items(), 1)
        if (spans := tuple(match.span() for match in re.finditer(name, text)))
    )
    places = tuple(
        Place(
            id="p1",
            spans=(match.span(),),
            text="Zenda",
            name="Zenda",
            kind="town",
            where_prec=1,
            reader="t@1",
        )
        for match in re.finditer("Zenda", text)
    )
    claims = tuple(
        Claim(id=f"c{n}", spans=(s.span,), text=text[s.begin : s.end], kind="narrated", reader="test@1")
        for n, s in enumerate(cut.sentences, 1)
    )
    return relations.annotate(
        cut, claims=claims, actors=actors, places=places, tagged=Tagged(words=Vectors())
    )


def test_who_is_somewhere_is_told_with_place_claim_and_all_its_words(sure_of: Callable[..., None]) -> None:
    sure_of("located_at", "tgov=in")
    (relation,) = read("It rained. The Red Front has bases in Zenda.")
    assert (relation.type, relation.source.text, relation.target.text) == ("located_at", "Red Front", "Zenda")
    assert (relation.source.actor, relation.target.actor, relation.claim) == ("a1", None, "c2")
    assert relation.spans == ((15, 43),)
    assert relation.polarity == "affirmed"


def test_a_negated_stay_is_denied(sure_of: Callable[..., None]) -> None:
    sure_of("located_at", "tgov=in")
    (relation,) = read("The Red Front is not in Zenda.")
    assert relation.polarity == "denied"


@pytest.mark.parametrize(
    "text",
    [
        "The Red Front could be in Zenda.",
        "If the Red Front is in Zenda, all is lost.",
        "The Red Front was beaten as it was in Zenda.",
        "Ruritania has a voice in Zenda.",
    ],
)
def test_who_is_not_said_to_be_somewhere(sure_of: Callable[..., None], text: str) -> None:
    sure_of("located_at", "tgov=in")
    assert read(text) == ()


def test_one_that_has_no_direction_is_told_once(sure_of: Callable[..., None]) -> None:
    sure_of("fights", "closes=near>", "closes=near<")
    (relation,) = read("The Red Front camped near Blue Brigade.")
    assert (relation.source.text, relation.target.text) == ("Red Front", "Blue Brigade")


def test_nobody_leads_a_person(sure_of: Callable[..., None]) -> None:
    sure_of("leads", "closes=near>")
    assert read("The Red Front camped near Rudolf Rassendyll.") == ()


def test_a_relation_without_a_threshold_is_never_told(
    sure_of: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    sure_of("opposes", "closes=near>")
    monkeypatch.setattr(annotator, "_enough", enough)
    assert "opposes" not in relation_words().sure
    assert read("The Red Front camped near Blue Brigade.") == ()


def test_rules_and_model_tell_one_relation_once(sure_of: Callable[..., None]) -> None:
    sure_of("fights", "cue-between=fights")
    assert [one.type for one in read("The Red Front fought the Blue Brigade.")] == ["fights"]
