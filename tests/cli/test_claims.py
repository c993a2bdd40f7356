from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from marsad import cli
from marsad.exports.cells import cell
from marsad.ledger.store import Store
from marsad.records.reading import Actor, Cue, Document, Party, Published, Reading
from marsad.records.reading import Claim as ClaimRecord

TEXT = "“=SUM of all fears,” Colonel Rahim Zand said. Snow fell. Huda fled."


def reading() -> tuple[Document, Reading]:
    document = Document(
        id="d" * 32,
        text=TEXT,
        raw_sha256="0" * 64,
        text_sha256="1" * 64,
        extractor="plain@1",
        title="Fears",
        publisher="The Paper",
        published=Published(earliest="2020-02-03", latest="2020-02-03", basis="given"),
    )

    def at(words: str) -> tuple[tuple[int, int]]:
        return ((TEXT.index(words), TEXT.index(words) + len(words)),)

    paper = Party(text="The Paper", spans=(), actor=None, kind="organisation")
    zand = Party(text="Colonel Rahim Zand", spans=at("Colonel Rahim Zand"), actor="a1", kind="person")
    colonel = Actor(
        id="a1", name="Rahim Zand", kind="person_role", mentions=at("Rahim Zand"), reader="r@1",
        aliases=("Colonel Zand",),
    )  # fmt: skip
    fears = ClaimRecord(
        id="c1", spans=at("=SUM of all fears,"), text="=SUM of all fears,", kind="attributed", reader="r@1",
        source=zand, chain=(paper, zand), cue=Cue(text="said", spans=at("said")),
    )  # fmt: skip
    narrated = [
        ClaimRecord(id=f"c{n}", spans=at(words), text=words, kind="narrated", reader="r@1", chain=(paper,))
        for n, words in enumerate(("Snow fell.", "Huda fled."), 2)
    ]
    return document, Reading(
        document=document, claims=(fears, *narrated), actors=(colonel,), private=at("Huda")
    )


@pytest.fixture
def marsad(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., str]:
    """Run the program on a workspace with one document, and give what it printed."""
    monkeypatch.setenv("COLUMNS", "80")
    document, read = reading()
    with Store.open(tmp_path, create=True) as ledger:
        ledger.put(TEXT.encode(), document, read)

    def run(*arguments: str) -> str:
        assert cli.run([*arguments, "--workspace", str(tmp_path)]) == 0
        return capsys.readouterr().out

    return run


def test_json_is_an_array_of_records(marsad: Callable[..., str]) -> None:
    found: list[dict[str, Any]] = json.loads(marsad("claims", "--format", "json"))
    assert [each["text"] for each in found] == ["=SUM of all fears,", "Snow fell.", "████ fled."]
    assert {each["document"] for each in found} == {"d" * 32}
    assert (found[0]["publisher"], found[0]["title"]) == ("The Paper", "Fears")
    assert found[0]["published"]["latest"] == found[0]["known"] == "2020-02-03"
    assert found[0]["source"]["text"] == "Colonel Rahim Zand"
    assert found[0]["figures"] == []


def test_an_empty_list_is_an_empty_array(marsad: Callable[..., str]) -> None:
    assert json.loads(marsad("claims", "--actor", "nobody", "--format", "json")) == []


def test_a_table_shows_holder_words_and_document_in_eighty_columns(marsad: Callable[..., str]) -> None:
    table = marsad("claims")
    assert max(map(len, table.splitlines())) <= 80
    words = " ".join(table.replace("│", " ").split())
    for shown in (
        json.loads(marsad("claims", "--format", "json"))[0]["id"][:8],
        "Rahim Zand",
        "via The Paper",
        "=SUM of all fears, [said]",
        "2020-02-03",
        "dddddddddddd",
    ):
        assert shown in words
    assert "Huda" not in table


def test_a_table_without_rows_says_why(marsad: Callable[..., str]) -> None:
    assert "holds none that these options let through" in marsad("claims", "--as-known", "2019")


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (["--kind", "narrated"], 2),
        (["--source", "zand"], 1),
        (["--actor", "colonel ZAND"], 1),
        (["--actor", "Rahim Zand"], 1),
        (["--actor", "Huda"], 0),
        (["--kind", "attributed", "--kind", "narrated"], 3),
        (["--holder-kind", "person", "--quotation", "none"], 1),
        (["--search", "snow"], 1),
        (["--search", "Huda"], 0),
        (["--hidden-source", "no"], 3),
        (["--document", "dddd"], 3),
        (["--as-known", "2020-02-02"], 0),
        (["--as-known", "2020-02"], 3),
        (["--source", "Huda"], 0),
    ],
)
def test_filters(marsad: Callable[..., str], options: list[str], count: int) -> None:
    assert len(json.loads(marsad("claims", "--format", "json", *options))) == count


def test_csv_has_a_heading_and_no_formula(marsad: Callable[..., str]) -> None:
    rows = list(csv.DictReader(io.StringIO(marsad("claims", "--format", "csv"))))
    assert [row["text"] for row in rows] == ["'=SUM of all fears,", "Snow fell.", "████ fled."]
    assert rows[0]["chain"] == "The Paper › Colonel Rahim Zand"
    assert json.loads(rows[0]["spans"]) == [[1, 19]]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_a_spreadsheet_would_run_is_neutralised(start: str) -> None:
    assert cell(f"{start}1") == f"'{start}1"
    assert cell(f"1{start}") == f"1{start}"


def test_a_negative_number_stays_a_number() -> None:
    assert cell(-1.5) == "-1.5"
    assert cell(None) == ""


def test_documents_are_listed_the_same_way(marsad: Callable[..., str]) -> None:
    (found,) = json.loads(marsad("documents", "--format", "json"))
    assert (found["id"], found["claims"], found["published"]["basis"]) == ("d" * 32, 3, "given")
    table = marsad("documents")
    assert "Fears" in table
    assert max(map(len, table.splitlines())) <= 80


def test_a_terminal_is_not_steered_by_a_document(tmp_path: Path, marsad: Callable[..., str]) -> None:
    document, read = reading()
    text = "\x1b[2JSnow fell."
    steering = msgspec.structs.replace(document, id="e" * 32, text=text, title="\x1b]0;title\x07")
    claim = ClaimRecord(id="c1", spans=((0, len(text)),), text=text, kind="narrated", reader="r@1")
    with Store.open(tmp_path) as ledger:
        ledger.put(text.encode(), steering, Reading(document=steering, claims=(claim,)))
    assert "\x1b" not in marsad("claims")
    assert "\x1b" not in marsad("documents")
    assert read.document == document


@pytest.mark.parametrize("command", ["claims", "documents"])
def test_without_a_workspace_there_is_one_line_and_an_exit_code(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run([command, "--workspace", str(tmp_path / "none")]) == 4
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert not (tmp_path / "none").exists()


def test_a_day_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["claims", "--as-known", "yesterday"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
