"""`marsad evaluate`: scores as a table and as JSON, predictions in the form of the key."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from marsad import models
from marsad.cli import run

SENTENCES = (
    ("a", "On 4 May 2019 the men left Kirkuk.", "4 May 2019", "2019-05-04"),
    ("b", "They came back in June 2019.", "June 2019", "2019-06"),
)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "times.jsonl"
    rows = [
        {
            "id": key,
            "text": text,
            "dct": "2019-07-01",
            "timex": [
                {
                    "b": text.index(words),
                    "e": text.index(words) + len(words),
                    "type": "DATE",
                    "value": value,
                }
            ],
        }
        for key, text, words, value in SENTENCES
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_json_has_the_fields_of_the_contract(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", "times", str(corpus), "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert list(printed) == ["benchmark", "documents", "seconds", "scores"]
    assert (printed["benchmark"], printed["documents"]) == ("times", 2)
    assert printed["seconds"] >= 0
    assert {name: printed["scores"][name] for name in ("strict_f1", "relaxed_f1", "value_f1")} == {
        "strict_f1": 1.0,
        "relaxed_f1": 1.0,
        "value_f1": 1.0,
    }


def test_a_table_says_what_each_score_is(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", "times", str(corpus)]) == 0
    printed = capsys.readouterr().out
    assert "value_f1" in printed
    assert "1.000" in printed
    assert "2 documents" in printed


@pytest.mark.parametrize("name", ["claims", "places", "figures"])
def test_each_benchmark_prints_its_scores(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "corpus.jsonl"
    field = {"claims": "attributions", "places": "toponyms", "figures": "quantities"}[name]
    path.write_text(json.dumps({"id": 1, "text": "Nothing is counted here.", field: []}))
    assert run(["evaluate", name, str(path)]) == 0
    assert "–" in capsys.readouterr().out


@pytest.fixture
def entities(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(models, "load", lambda: None)
    text = "On 4 May 2019 the minister left Kirkuk."
    marks = [(text.index(words), len(words), kind) for words, kind in ENTITIES]
    key = [{"b": begin, "e": begin + size, "type": kind} for begin, size, kind in marks]
    path = tmp_path / "entities.jsonl"
    path.write_text(json.dumps({"id": 1, "text": text, "entities": key, "relations": []}))
    return path


ENTITIES = (("4 May 2019", "Temporal"), ("minister", "Person"), ("Kirkuk", "Location"))


def test_a_score_by_type_is_an_object_of_types(entities: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", "entities", str(entities), "--format", "json"]) == 0
    scores = json.loads(capsys.readouterr().out)["scores"]
    assert scores["by_type"] == {"Location": 1.0, "Person": 0.0, "Temporal": 1.0}
    assert scores["micro_f1"] == round(2 / 3, 6)


def test_a_table_has_a_line_a_type(entities: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", "entities", str(entities)]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["by_type", "Person", "0.000"] in [line[:3] for line in lines]


def test_predictions_can_be_scored_again_as_a_key(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = tmp_path / "predictions.jsonl"
    assert run(["evaluate", "times", str(corpus), "--predictions", str(written)]) == 0
    texts = [json.loads(line) for line in corpus.read_text().splitlines()]
    found = [json.loads(line) for line in written.read_text().splitlines()]
    assert [row["id"] for row in found] == ["a", "b"]
    for row, prediction in zip(texts, found, strict=True):
        row["timex"] = prediction["timex"]
    corpus.write_text("".join(json.dumps(row) + "\n" for row in texts))
    capsys.readouterr()
    assert run(["evaluate", "times", str(corpus), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["scores"]["value_f1"] == 1.0


def test_a_bad_line_stops_before_anything_is_written(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with corpus.open("a") as file:
        file.write('{"id": "c"}\n')
    written = tmp_path / "predictions.jsonl"
    assert run(["evaluate", "times", str(corpus), "--predictions", str(written)]) == 2
    assert f"{corpus}:3: " in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [corpus]


def test_the_corpus_is_not_overwritten(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = corpus.read_bytes()
    assert run(["evaluate", "times", str(corpus), "--predictions", str(corpus)]) == 2
    assert "is the corpus itself" in capsys.readouterr().err
    assert corpus.read_bytes() == before


def test_predictions_where_nothing_can_be_written_are_refused(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "no").write_text("a file")
    assert run(["evaluate", "times", str(corpus), "--predictions", str(tmp_path / "no" / "p.jsonl")]) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_an_unknown_benchmark_is_one_line(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", "weather", str(corpus)]) == 2
    assert "Traceback" not in capsys.readouterr().err
