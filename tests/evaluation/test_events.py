"""Events of single sentences: which row is scored, by which type, and when a side is right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from marsad.errors import BadInput
from marsad.evaluation import evaluate, events
from marsad.evaluation.phrases import Phrase


def row(text: str = "Ruritania met Graustark.", **keys: object) -> events.Row:
    return msgspec.convert({"id": "x1", "text": text, **keys}, type=events.Row)


def sides(**names: str) -> dict[str, Any]:
    return {side: [{"actorText": name, "code": "X"}] for side, name in names.items()}


def found(event: str | None, source: tuple[str, ...] = (), target: tuple[str, ...] = ()) -> events.Prediction:
    return events.Prediction("x1", event, tuple(map(Phrase, source)), tuple(map(Phrase, target)))


def test_type_and_sides_are_scored_apart() -> None:
    key = row(event="CONSULT", **sides(source="Ruritanian", target="Graustark"))
    ours = found("SUPPORT", ("the Ruritanian officers",), ("Graustark's envoy",))
    scores = events.score([(key, ours)])
    assert scores["type_accuracy"] == 0
    assert scores["source_target_accuracy"] == 1


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (("Graustark",), ("Ruritania",)),  # the wrong way round
        (("Ruritania",), ()),
        (("Ruritania", "Strelsau"), ("Graustark",)),  # one too many
    ],
)
def test_direction_and_number_of_actors_count(source: tuple[str, ...], target: tuple[str, ...]) -> None:
    key = row(event="CONSULT", **sides(source="Ruritania", target="Graustark"))
    assert events.score([(key, found("CONSULT", source, target))])["source_target_accuracy"] == 0


def test_a_country_is_known_by_its_people() -> None:
    key = row(event="CONSULT", **sides(source="France", target="Norwegian envoys"))
    ours = found("CONSULT", ("French officials",), ("Norwegian envoys",))
    assert events.score([(key, ours)])["source_target_accuracy"] == 1


@pytest.mark.parametrize(
    ("earlier", "now"),
    [
        ("DEMAND", "REQUEST"),
        ("DISAPPROVE", "ACCUSE"),
        ("INVESTIGATE", "ACCUSE"),
        ("YIELD", "CONCEDE"),
        ("YIELD", "RETREAT"),
        ("aid", "AID"),
    ],
)
def test_names_of_earlier_editions_are_read(earlier: str, now: str) -> None:
    assert events.score([(row(event=earlier), found(now))])["type_accuracy"] == 1


@pytest.mark.parametrize(
    ("code", "event"),
    [
        ("0231", "REQUEST"),
        ("0811", "CONCEDE"),
        ("0841", "RETREAT"),
        ("0813", "RETREAT"),
        ("163", "SANCTION"),
        ("1712", "ASSAULT"),
        ("192", "COERCE"),
        ("195", "ASSAULT"),
    ],
)
def test_codes_of_cameo_are_types(code: str, event: str) -> None:
    coded = [{"sourcecode": "RUR", "targetcode": "GRAGOV", "eventcode": code}]
    key = row(suite=events.CAMEO, events=coded)
    scores = events.score([(key, found(event, ("Ruritania",), ("Graustark",)))])
    assert scores["type_accuracy"] == 1
    assert scores["source_target_accuracy"] == 1


def test_statements_other_suites_and_several_events_are_not_scored() -> None:
    statement = row("A spoke.", suite=events.CAMEO, events=[{"eventcode": "010"}])
    other = row("B spoke.", suite="another", events=[{"eventcode": "040"}])
    two = [row("C met D.", event="CONSULT"), row("C met D.", event="SUPPORT")]
    scores = events.score([(key, found("CONSULT")) for key in (statement, other, *two)])
    assert scores["type_accuracy"] is None
    assert scores["source_target_accuracy"] is None


def test_a_text_with_the_same_key_twice_counts_once() -> None:
    twice = [(row(event="CONSULT"), found("CONSULT")), (row(event="CONSULT"), found("CONSULT"))]
    once = [(row("E met F.", event="CONSULT"), found(None))]
    assert events.score([*twice, *once])["type_accuracy"] == 0.5


def test_a_sentence_is_read_and_an_intention_is_an_agreement() -> None:
    deed = events.predict(row("Norway praised Iceland on Monday."))
    assert (deed.event, deed.source[0].text, deed.target[0].text) == ("SUPPORT", "Norway", "Iceland")
    assert events.predict(row("Norway will meet Iceland next week.")).event == "AGREE"
    assert events.predict(row("Nothing happened.")).event is None


def test_a_corpus_is_scored_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    line = {"id": "x1", "date": "20000103", "text": "Norway praised Iceland.", "event": "SUPPORT"}
    path.write_text(json.dumps(line | sides(source="Norway", target="Iceland")) + "\n", encoding="utf-8")
    assert evaluate("events", path).scores["type_accuracy"] == 1
    path.write_text('{"text": "no id"}\n', encoding="utf-8")
    with pytest.raises(BadInput, match="events corpus"):
        evaluate("events", path)
