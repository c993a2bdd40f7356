"""Entities are scored by extent and type, together and by type."""

from __future__ import annotations

import pytest

from marsad import models
from marsad.evaluation.entities import Mention, Prediction, Row, predict, score

TEXT = "The Ruritanian army fled from the city of Dara on 4 May 2019."


def mention(words: str, kind: str, confidence: float | None = None) -> Mention:
    begin = TEXT.index(words)
    return Mention(begin, begin + len(words), kind, confidence)


ARMY = mention("The Ruritanian army", "Organisation", 0.9)
CITY = mention("the city of Dara", "Location")
KEY = Row("a", TEXT, (ARMY, CITY))


def test_the_reader_answers_in_the_form_of_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "load", lambda: None)
    found = predict(Row("a", TEXT, ())).entities
    assert [(TEXT[one.b : one.e], one.type) for one in found] == [
        ("The Ruritanian army", "Organisation"),
        ("the city of Dara", "Location"),
        ("4 May 2019", "Temporal"),
    ]


def test_types_are_scored_together_and_each_by_itself() -> None:
    scores = score([(KEY, Prediction("a", (ARMY, mention("Dara", "Location"))))])
    assert (scores["micro_f1"], scores["precision"], scores["recall"]) == (0.5, 0.5, 0.5)
    assert scores["by_type"] == {"Location": 0.0, "Organisation": 1.0}


def test_an_overlap_is_of_one_type() -> None:
    near = score([(KEY, Prediction("a", (ARMY, mention("city of Dara", "Location"))))])
    other = score([(KEY, Prediction("a", (ARMY, mention("city of Dara", "Organisation"))))])
    assert (near["micro_overlap_f1"], other["micro_overlap_f1"]) == (1.0, 0.5)


def test_what_a_key_doubts_and_what_is_nested_is_set_aside() -> None:
    doubtful = mention("4 May 2019", "Temporal", 0.4)
    key = Row(
        "a",
        TEXT,
        (*KEY.entities, doubtful, mention("Dara", "Location"), mention("Ruritanian", "Nationality")),
    )
    assert score([(key, Prediction("a", (ARMY, CITY)))])["micro_f1"] == 1.0


def test_an_empty_corpus_has_no_rates() -> None:
    assert score([]) == {
        "micro_f1": None, "precision": None, "recall": None, "micro_overlap_f1": None, "by_type": {}
    }  # fmt: skip
