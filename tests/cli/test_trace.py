"""`marsad trace` and `marsad log`, as a person at a terminal and a program see them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from marsad import cli
from marsad.ledger.reviewing import drafting
from marsad.ledger.store import Store
from marsad.reading import pipeline
from marsad.records.reading import Document, Published

TEXT = (
    "Amina Darwish, 34, a baker from Tallabyad, said the shelling began at dawn. "
    "The United Nations said that about 55,000 people live in the valley, that the road to the north "
    "has been shut since the bridge fell, that the mill stands still, and that no convoy with "
    "flour, fuel or medicine came for seven weeks and a day."
)
DAY = Published(earliest="2024-03-01", latest="2024-03-01", basis="given")
Run = Callable[..., str]


def document(text: str = TEXT, letter: str = "d", **fields: Any) -> Document:
    facts = {"id": letter * 32, "raw_sha256": letter * 64, "text_sha256": letter * 64, "extractor": "plain@1"}
    return Document(text=text, published=DAY, **(facts | fields))


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """A ledger with one document, read by the real reader, and two reviews of it."""
    with Store.open(address, create=True, command="test") as opened:
        frozen = document(title="What Amina Darwish saw", publisher="Valley News")
        opened.put(TEXT.encode(), frozen, pipeline.read(frozen))
        reading = opened.reading(frozen.id)
        figure = next(each.id for each in reading.figures if "55,000" in each.text)
        opened.review(
            drafting.of_record(reading, figure, "edit", {"best": 54000}, "amy", "Amina Darwish says so")
        )
        opened.review(
            drafting.of_words(opened.reading(frozen.id), "private", "the mill", {}, "amy", "it is hers")
        )
        yield opened


@pytest.fixture
def marsad(
    store: Store, address: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Run the program on that ledger, and give what it printed."""
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments: str, code: int = 0) -> str:
        assert cli.run([*arguments, "--workspace", address]) == code
        out, err = capsys.readouterr()
        return err if code else out

    return run


def test_a_figure_is_traced_down_to_its_bytes(marsad: Run, store: Store) -> None:
    found = next(iter(store.figures()))
    said = marsad("trace", found.id[:8])
    assert max(map(len, said.splitlines())) <= 80
    steps = [
        "figure",
        "wasDerivedFrom claim",
        "wasQuotedFrom text",
        "wasDerivedFrom bytes",
        "hadPrimarySource",
    ]
    places = [said.index(step) for step in steps]
    assert places == sorted(places)
    indents = [
        len(line) - len(line.lstrip())
        for line in said.splitlines()
        for step in steps
        if line.lstrip().startswith(step)
    ]
    assert indents[:5] == [0, 2, 6, 8, 10]
    for shown in ("wasRevisionOf figure", "best: 55000 → 54000", "wasStartedBy run 1 test", "by amy"):
        assert shown in " ".join(said.split())


def test_what_is_long_is_folded_and_what_was_said_is_not_said_again(marsad: Run, store: Store) -> None:
    claims = sorted(store.claims(), key=lambda each: -len(each.record.text))
    assert len(claims[0].record.text) > 200
    said = " ".join(marsad("trace", claims[0].id).split())
    assert claims[0].record.text not in said
    assert " … " in said
    everything = marsad("trace", store.document_id("dddd"))
    assert everything.count("wasDerivedFrom bytes") == 1


def test_json_is_a_prov_document(marsad: Run, store: Store) -> None:
    found = next(iter(store.figures()))
    said = json.loads(marsad("trace", found.id, "--format", "json"))
    assert said["prefix"] == {"marsad": "urn:marsad:"}
    entity = said["entity"][f"marsad:figure/{found.id}"]
    assert entity["prov:type"] == {"$": "marsad:figure", "type": "xsd:QName"}
    assert (entity["marsad:best"], entity["marsad:measure"]) == (54000, found.record.measure)
    quotations = [each["prov:type"]["$"] for each in said["wasDerivedFrom"].values() if "prov:type" in each]
    assert {"prov:Quotation", "prov:Revision", "prov:PrimarySource"} == set(quotations)
    run = said["activity"]["marsad:run/1"]
    assert (run["marsad:command"], run["prov:type"]["$"]) == ("test", "marsad:run")
    assert run["prov:startTime"].endswith("+00:00")


def test_a_private_person_is_in_no_trace_and_no_log(marsad: Run, store: Store) -> None:
    claims = [each.id for each in store.claims()]
    said = [
        marsad("trace", each, *form)
        for each in (*claims, "d" * 32, "r2", "r3")
        for form in ((), ("--format", "json"))
    ]
    said += [marsad("log", "--format", form) for form in ("table", "json", "csv")]
    for each in said:
        assert "Amina" not in each
        assert "Darwish" not in each
        assert "the mill" not in each
    assert any("█████" in each for each in said)


@pytest.mark.parametrize("asked", ["ab", "ffffffff", "r77", "named:nobody"])
def test_what_names_nothing_is_one_line(marsad: Run, asked: str) -> None:
    said = marsad("trace", asked, code=2)
    assert said.startswith(f"marsad: {asked}: no such ")
    assert said.count("\n") == 1


def test_a_terminal_is_not_steered_by_what_is_traced(marsad: Run, store: Store) -> None:
    text = "\x1b[2JSnow fell."
    steering = document(text, "e", title="\x1b]0;title\x07")
    store.put(text.encode(), steering, pipeline.read(steering))
    assert "\x1b" not in marsad("trace", "e" * 32)
    assert "\x1b" not in marsad("log")


# The change log


def test_the_log_tells_every_change_oldest_first(marsad: Run, store: Store) -> None:
    store.lift(True, by="bob", reason="for the mapping team")
    store.redact("d" * 32, by="bob", reason="a court order")
    log = json.loads(marsad("log", "--format", "json"))
    assert [(each["number"], each["action"]) for each in log] == [
        (1, "read"),
        (2, "review"),
        (3, "review"),
        (4, "lift"),
        (5, "redact"),
    ]
    assert [each["recorded_at"] for each in log] == sorted(each["recorded_at"] for each in log)
    assert {(each["program"].partition("@")[0], each["command"]) for each in log} == {("marsad", "test")}
    assert [each["by"] for each in log] == [None, None, None, "bob", "bob"]  # reviews went with the text
    assert log[1]["detail"] == {"review": "r2"}
    assert len({each["chain_sha256"] for each in log}) == 5


def test_a_review_says_what_it_changed(marsad: Run) -> None:
    edit, masked = json.loads(marsad("log", "--format", "json"))[1:]
    detail = edit["detail"]
    assert (detail["review"], detail["action"], detail["kind"]) == ("r2", "edit", "figure")
    assert detail["quote"] == "about 55,000 people"
    assert detail["fields"]["best"] == {"before": 55000, "after": 54000}
    assert "measure" not in detail["fields"]
    assert (edit["by"], edit["reason"]) == ("amy", "█████ ███████ says so")
    assert edit["name"] == "What █████ ███████ saw"
    assert masked["detail"]["quote"] == "███ ████"


def test_a_merge_and_a_rating_are_told_by_names_that_are_shown(marsad: Run, store: Store) -> None:
    key = next(each.key for each in store.sources() if each.key.startswith("named:"))
    store.rate(key, "B", by="amy", reason="often right")
    rated = json.loads(marsad("log", "--format", "json"))[-1]
    assert (rated["subject"], rated["detail"]["reliability"], rated["reason"]) == (key, "B", "often right")
    frozen = store.reading("d" * 32).document
    again = pipeline.read(document())
    silent = replace(
        again,
        document=replace(again.document, reader="silent@1"),
        claims=(),
        figures=(),
        relations=(),
        incidents=(),
    )
    store.put(TEXT.encode(), replace(frozen, title=None, publisher=None), silent)
    withheld = json.loads(marsad("log", "--format", "json"))[-2]
    assert (withheld["action"], withheld["subject"], withheld["reason"]) == ("rate", None, None)
    assert key not in marsad("log")


def test_the_log_of_one_document_and_since_a_moment(marsad: Run, store: Store) -> None:
    other = document("Snow fell.", "e")
    store.put(b"Snow fell.", other, pipeline.read(other))
    log = json.loads(marsad("log", "--format", "json"))

    def numbers(*options: str) -> list[int]:
        return [each["number"] for each in json.loads(marsad("log", "--format", "json", *options))]

    assert numbers("--document", "eeee") == [4]
    assert numbers("--document", "dddd") == [1, 2, 3]
    assert numbers("--since", log[2]["recorded_at"]) == [3, 4]
    assert numbers("--since", log[0]["recorded_at"][:10]) == [1, 2, 3, 4]
    assert numbers("--since", "2999-01-01") == []
    assert "No changes" in marsad("log", "--since", "2999-01-01")


def test_the_log_for_a_spreadsheet_has_no_hashes(marsad: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(marsad("log", "--format", "csv"))))
    assert [row["action"] for row in rows] == ["read", "review", "review"]
    assert "chain_sha256" not in rows[0]
    assert json.loads(rows[1]["detail"])["fields"]["best"] == {"before": 55000, "after": 54000}


def test_the_log_fits_a_terminal(marsad: Run) -> None:
    said = marsad("log")
    assert max(map(len, said.splitlines())) <= 80
    for shown in ("r2 edit figure", "amy:"):
        assert shown in said


@pytest.mark.parametrize(("option", "value"), [("--since", "lately"), ("--document", "ffff")])
def test_a_wrong_option_is_one_line(marsad: Run, option: str, value: str) -> None:
    said = marsad("log", option, value, code=2)
    assert value in said
    assert said.count("\n") == 1


@pytest.mark.parametrize("command", [["trace", "abcdef"], ["log"]])
def test_without_a_workspace_there_is_one_line(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run([*command, "--workspace", str(tmp_path / "none")]) == 4
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
