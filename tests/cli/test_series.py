"""`marsad series`: figures of one basis over time, from any ledger."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from marsad import cli
from marsad.ledger.store import Store
from tests.assessment.series.counting import put
from tests.ledger.drawing import document

Marsad = Callable[..., str]
TOLD = [
    ("2024-03-01", "Agency: the Reed Front has 300 fighters in Karoum"),
    ("2024-03-02", "Agency: the Reed Front has 300 fighters in Karoum as we said"),
    ("2024-03-05", "WF: the Reed Front has 900 fighters in Karoum"),
    ("2024-03-06", "WF: the Reed Front has 4000 fighters in Odaland"),
    ("2024-03-06", "Mrs Huda: 40 people are in Zarf camp"),
]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("series") / "work"
    with Store.open(folder, create=True) as ledger:
        for day, words in TOLD:
            put(ledger, document(words, None, "Valley Post", day, is_published=True))
    return folder


@pytest.fixture
def marsad(workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Marsad:
    """Run `marsad series` and give what it printed, white space folded."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("MARSAD_DATABASE", raising=False)

    def run(*arguments: str, code: int = 0) -> str:
        assert cli.run(["series", "--workspace", str(workspace), *arguments]) == code
        out, err = capsys.readouterr()
        return " ".join((out if code == 0 else err).split())

    return run


def test_a_series_is_a_block_with_its_range_its_rule_and_its_points(marsad: Marsad) -> None:
    said = marsad("--measure", "strength.fighters", "--place", "Karoum")
    assert "fighters of Reed Front in Karoum Now left open (discussion)." in said
    assert "300 Agency 2024-03-01 observed" in said
    assert "repeated 1×" in said
    assert "900 WF" in said


def test_a_series_of_one_estimate_is_a_line_under_its_measure(marsad: Marsad) -> None:
    said = marsad()
    assert "strength.fighters: series of one estimate" in said
    assert "4,000 fighters of Reed Front WF" in said
    assert "████" in marsad("--measure", "displacement.people")
    assert "Zarf" not in said
    assert "Huda" not in said


def test_json_is_complete(marsad: Marsad) -> None:
    found = json.loads(marsad("--actor", "reed front", "--format", "json"))
    assert [each["title"] for each in found] == [
        "fighters of Reed Front in Karoum",
        "fighters of Reed Front in Odaland",
    ]
    first = found[0]
    assert set(first["basis"]) == {
        "measure", "unit", "subject", "subject_name", "population", "places", "scope", "aspect", "period",
        "status", "of", "confined",
    }  # fmt: skip
    assert first["basis"]["places"][0]["name"] == "Karoum"
    assert (first["current"]["rule"], first["current"]["low"]) == ("discussion", None)
    point = first["points"][0]
    assert (point["low"], point["holder"], point["known"]) == (300, "Agency", "2024-03-01")
    assert point["figure"]["accounts"][0]["cue"] is None
    assert [echo["known"] for echo in point["echoes"]] == ["2024-03-02"]


def test_as_known_leaves_out_what_came_later(marsad: Marsad) -> None:
    (found,) = json.loads(marsad("--actor", "Reed Front", "--as-known", "2024-03-01", "--format", "json"))
    assert [len(point["echoes"]) for point in found["points"]] == [0]
    assert (found["current"]["low"], found["current"]["rule"]) == (300, "range")


def test_nothing_is_said_in_words_or_as_an_empty_array(marsad: Marsad) -> None:
    assert marsad("--actor", "nobody here").startswith("No series:")
    assert marsad("--place", "nowhere at all", "--format", "json") == "[]"


def test_a_date_that_is_none_is_refused_in_one_line(marsad: Marsad) -> None:
    assert "soon" in marsad("--as-known", "soon", code=2)
