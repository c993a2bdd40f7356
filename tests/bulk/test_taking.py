"""A result into a ledger: as if its documents were read there, and nothing that is not sound."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars
import pytest

from marsad import Ledger, bulk
from marsad.ingest import Added, Outcome, Unchanged
from marsad.ledger.checking import check
from marsad.records.original import Refused
from marsad.records.reading import encode

from .conftest import Done
from .making import read, report, write_lines


def counted(outcomes: list[Outcome]) -> Counter[type]:
    return Counter(type(each) for each in outcomes)


def add(ledger: Ledger, *paths: str | Path, published: str | None = None) -> list[Outcome]:
    return list(bulk.add(ledger, [str(path) for path in paths], published=published))


def test_it_is_as_if_they_were_read_there(done: Done, address: str, tmp_path: Path) -> None:
    with Ledger.open(address, create=True) as taken, Ledger.open(tmp_path / "read", create=True) as own:
        outcomes = add(taken, done.out)
        assert counted(outcomes) == {Added: 22}
        assert counted(add(own, *done.inputs)) == {Added: 22, Refused: 1}
        for outcome in outcomes:
            assert isinstance(outcome, Added)
            number = outcome.document_id
            assert encode(taken.reading(number)) == encode(own.reading(number))
        mine, theirs = own.vectors(), taken.vectors()
        assert theirs.ids == mine.ids
        assert len(mine.ids) >= 22
        assert (theirs.rows == mine.rows).all()
        assert counted(add(taken, done.out)) == {Unchanged: 22}
        assert counted(add(taken, *done.inputs)) == {Unchanged: 22, Refused: 1}
        assert taken.claims().count() == own.claims().count()
        assert [str(problem) for problem in check(taken) if not problem.is_harmless] == []


def test_other_paths_go_in_beside_it(done: Done, tmp_path: Path) -> None:
    (tmp_path / "more.txt").write_text(report(900))
    with Ledger.open(tmp_path / "ledger", create=True) as ledger:
        outcomes = add(ledger, tmp_path / "more.txt", done.out, tmp_path / "missing.txt")
        assert counted(outcomes) == {Added: 23, Refused: 1}
        assert isinstance(outcomes[0], Added)
        assert isinstance(outcomes[-1], Refused)


def test_a_date_that_the_ledger_knows_is_kept(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "lines.jsonl", [report(1)])
    read([str(path)], tmp_path / "out")
    with Ledger.open(tmp_path / "ledger", create=True) as ledger:
        assert counted(add(ledger, path, published="2024-03-05")) == {Added: 1}
        assert counted(add(ledger, tmp_path / "out")) == {Unchanged: 1}
        (document,) = ledger.documents()
        assert ledger.reading(document.id).document.published.latest == "2024-03-05"


def test_a_date_of_the_result_comes_to_what_the_ledger_has(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "lines.jsonl", [report(1)])
    bulk.read([str(path)], tmp_path / "out", published="2024-03-05")
    with Ledger.open(tmp_path / "ledger", create=True) as ledger:
        assert counted(add(ledger, path)) == {Added: 1}
        assert counted(add(ledger, tmp_path / "out")) == {Added: 1}
        assert counted(add(ledger, tmp_path / "out")) == {Unchanged: 1}
        (document,) = ledger.documents()
        assert ledger.reading(document.id).document.published.latest == "2024-03-05"


def test_an_older_reader_does_not_replace_a_newer_one(done: Done, tmp_path: Path) -> None:
    out = shutil.copytree(done.out, tmp_path / "old")
    change(
        out, lambda row: row | {"reading": row["reading"].replace('"reader":"marsad@', '"reader":"old@', 1)}
    )
    with Ledger.open(tmp_path / "ledger", create=True) as ledger:
        assert counted(add(ledger, done.out)) == {Added: 22}
        assert counted(add(ledger, out)) == {Unchanged: 22}


def test_a_result_of_a_version_without_vectors_is_taken(done: Done, tmp_path: Path) -> None:
    out = shutil.copytree(done.out, tmp_path / "old")
    table = polars.read_parquet(out / "documents.parquet").drop("vectors", "head")
    table.write_parquet(out / "documents.parquet")
    with Ledger.open(tmp_path / "ledger", create=True) as ledger:
        assert counted(add(ledger, out)) == {Added: 22}
        assert ledger.vectors().ids == []


def change(out: Path, how: Callable[[dict[str, Any]], dict[str, Any]], *, rows: int | None = None) -> None:
    """Write the table of documents again with some of its rows changed."""
    path = out / "documents.parquet"
    table = polars.read_parquet(path)
    changed = [
        how(row) if rows is None or at < rows else row for at, row in enumerate(table.iter_rows(named=True))
    ]
    polars.DataFrame(changed, schema=table.schema).write_parquet(path)


def other_span(row: dict[str, Any]) -> dict[str, Any]:
    reading = json.loads(row["reading"])
    reading["claims"][0]["spans"][0][1] -= 1
    return row | {"reading": json.dumps(reading)}


def other_address(row: dict[str, Any]) -> dict[str, Any]:
    frozen = json.loads(row["frozen"])
    frozen["document"]["url"] = "https://example.org/forged"
    return row | {"frozen": json.dumps(frozen)}


def other_text(row: dict[str, Any]) -> dict[str, Any]:
    """A text that is not of the bytes, with a hash that is of the text: told by the reading's own."""
    text = row["text"].replace("people", "ghosts")
    frozen = json.loads(row["frozen"])
    frozen["document"]["text_sha256"] = hashlib.sha256(text.encode()).hexdigest()
    return row | {"text": text, "frozen": json.dumps(frozen)}


def outside(row: dict[str, Any]) -> dict[str, Any]:
    reading = json.loads(row["reading"])
    reading["private"] = [[0, 100_000]]
    return row | {"reading": json.dumps(reading)}


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        (lambda row: row | {"raw": row["raw"] + b" "}, "the bytes are not those that were read"),
        (lambda row: row | {"text": row["text"].replace("people", "ghosts")}, "the text is not the one"),
        (other_text, "its reading is of another document"),
        (other_address, "its id is not that of its bytes and its address"),
        (other_span, "does not quote its spans"),
        (outside, "its reading is not sound"),
        (lambda row: row | {"reading": row["reading"][:-9]}, "is not as marsad read --bulk writes it"),
        (lambda row: row | {"reading": "[" * 100_000}, "is not as marsad read --bulk writes it"),
        (lambda row: row | {"frozen": "{}"}, "missing required field"),
        (lambda row: row | {"raw": None}, "a part of it is missing"),
        (lambda row: row | {"vectors": row["vectors"][:-1]}, "its vectors are not one a claim"),
    ],
)
def test_a_row_that_is_not_sound_costs_itself(
    done: Done, tmp_path: Path, how: Callable[[dict[str, Any]], dict[str, Any]], reason: str
) -> None:
    out = shutil.copytree(done.out, tmp_path / "out")
    change(out, how, rows=1)
    with Ledger.open(tmp_path / "ledger", create=True) as ledger:
        outcomes = add(ledger, out)
    assert counted(outcomes) == {Added: 21, Refused: 1}
    (refused,) = [each for each in outcomes if isinstance(each, Refused)]
    assert reason in refused.reason
    assert "\n" not in refused.reason


@pytest.mark.parametrize("content", [b"", b"PAR1", b"no Parquet at all", b"PAR1" + b"\xff" * 500 + b"PAR1"])
def test_a_table_that_is_none_is_one_line(done: Done, tmp_path: Path, content: bytes) -> None:
    out = shutil.copytree(done.out, tmp_path / "out")
    (out / "documents.parquet").write_bytes(content)
    assert_one_line(out, tmp_path / "ledger")


def test_a_table_without_its_columns_is_one_line(done: Done, tmp_path: Path) -> None:
    out = shutil.copytree(done.out, tmp_path / "out")
    table = polars.read_parquet(out / "documents.parquet")
    table.drop("frozen").write_parquet(out / "documents.parquet")
    assert "has no column frozen" in assert_one_line(out, tmp_path / "ledger")


def test_a_table_that_is_gone_is_one_line(done: Done, tmp_path: Path) -> None:
    out = shutil.copytree(done.out, tmp_path / "out")
    (out / "documents.parquet").unlink()
    assert_one_line(out, tmp_path / "ledger")


@pytest.mark.parametrize("at", [200, 2_000, 6_000])
def test_flipped_bytes_never_bring_in_what_is_not_sound(done: Done, tmp_path: Path, at: int) -> None:
    out = shutil.copytree(done.out, tmp_path / "out")
    raw = bytearray((out / "documents.parquet").read_bytes())
    raw[at : at + 8] = bytes(byte ^ 0xFF for byte in raw[at : at + 8])
    (out / "documents.parquet").write_bytes(raw)
    with (
        Ledger.open(tmp_path / "ledger", create=True) as ledger,
        Ledger.open(tmp_path / "sound", create=True) as sound,
    ):
        add(sound, done.out)
        known = {each.id for each in sound.documents()}
        outcomes = add(ledger, out)
        assert {each.document_id for each in outcomes if isinstance(each, Added)} <= known


def test_a_result_that_is_not_finished_is_one_line(done: Done, tmp_path: Path) -> None:
    def stop(progress: bulk.Progress) -> None:
        if progress.documents == 9:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read(done.inputs, tmp_path / "out", told=stop)
    assert "is not finished" in assert_one_line(tmp_path / "out", tmp_path / "ledger")


def test_the_date_is_given_when_it_is_read(done: Done, tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "ledger", create=True) as ledger:
        (refused,) = add(ledger, done.out, published="2024-03-05")
    assert isinstance(refused, Refused)
    assert "give --published to marsad read --bulk" in refused.reason


def assert_one_line(out: Path, ledger: Path) -> str:
    with Ledger.open(ledger, create=True) as opened:
        (refused,) = add(opened, out)
        assert opened.documents().first() is None
    assert isinstance(refused, Refused)
    assert "\n" not in refused.reason
    return refused.reason
