"""`marsad export` as a user types it."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from marsad import cli
from marsad.exports import FORMATS
from marsad.ledger.store import Store

from .making import exported

Run = pytest.CaptureFixture[str]


@pytest.fixture
def workspace(ledger: Store, monkeypatch: pytest.MonkeyPatch) -> str:
    where = str(Path(ledger.database.name).parent)
    monkeypatch.setenv("MARSAD_WORKSPACE", where)
    return where


def failed(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 2) -> str:
    """The one line of an error."""
    assert cli.run(["export", *arguments]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    return err


@pytest.mark.parametrize("name", [name for name, form in FORMATS.items() if form.parts])
def test_a_file_and_standard_output_hold_the_same(
    workspace: str, ledger: Store, name: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    out = tmp_path / "deep" / "out"
    assert cli.run(["export", name, "--workspace", workspace, "--out", str(out)]) == 0
    assert capfdbinary.readouterr().out == f"wrote {out}\n".encode()
    assert cli.run(["export", name, "--out", "-"]) == 0
    assert capfdbinary.readouterr().out == out.read_bytes() == exported(ledger, name)
    assert [each.name for each in out.parent.iterdir()] == ["out"]
    assert out.stat().st_mode & 0o777 == 0o644


def test_a_kind_and_filters_are_those_of_the_list(workspace: str, tmp_path: Path) -> None:
    out = tmp_path / "figures.csv"
    asked = ["--measure", "strength.fighters", "--as-known", "2024-03-31", "--low", "1000.."]
    assert cli.run(["export", "csv", "figures", *asked, "--out", str(out)]) == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 3
    assert "about 3,000" in rows[2]


def test_a_filter_has_the_words_of_the_list_that_is_asked(workspace: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for kind, word, number in (("incidents", "denied", 3), ("figures", "estimated", 3)):
        assert cli.run(["export", "csv", kind, "--status", word, "--out", str(out)]) == 0
        assert out.read_bytes().count(b"\r\n") == 2 + number


def test_parquet_goes_to_a_folder(workspace: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["export", "parquet", "claims", "places", "--out", str(tmp_path / "out")]) == 0
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == ["claims.parquet", "places.parquet"]
    capsys.readouterr()
    assert "name it with --out" in failed(capsys, "parquet")


def test_a_moment_before_the_ledger_has_nothing(workspace: str, tmp_path: Path) -> None:
    out = tmp_path / "out.geojson"
    assert cli.run(["export", "geojson", "--as-recorded", "2001-01-01", "--out", str(out)]) == 0
    assert json.loads(out.read_bytes())["features"] == []


def test_what_cannot_be_is_one_line(
    workspace: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "No such command 'shapefile'" in failed(capsys, "shapefile")
    assert "'actors' is not one of" in failed(capsys, "csv", "actors")
    assert "one list at a time" in failed(capsys, "csv", "claims", "figures")
    assert "figures have no field mode" in failed(capsys, "csv", "figures", "--mode", "beat")
    assert "figures have no --status occurred" in failed(capsys, "csv", "figures", "--status", "occurred")
    assert "relations have no field place" in failed(capsys, "stix", "--place", "Karoum")
    assert "give YYYY-MM-DD" in failed(capsys, "csv", "--as-known", "soon")
    assert "belong to no one document" in failed(capsys, "geojson", "places", "--document", "ab")
    assert "no workspace here" in failed(capsys, "csv", "--workspace", str(tmp_path), code=4)


def test_where_it_cannot_be_written_is_one_line(
    workspace: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("mine")
    assert "is a folder" in failed(capsys, "csv", "--out", str(tmp_path))
    assert "cannot be written" in failed(capsys, "csv", "--out", str(tmp_path / "file" / "x.csv"), code=1)
    assert "is a file" in failed(capsys, "parquet", "--out", str(tmp_path / "file"))
    assert (tmp_path / "file").read_text() == "mine"
    assert "is a database" in failed(capsys, "csv", "--out", str(Path(workspace, "marsad.db")))


def test_a_reader_that_goes_away_ends_it_quietly(workspace: str) -> None:
    program = [sys.executable, "-m", "marsad", "export", "annotations", "--workspace", workspace]
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(program, stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert done.stderr == b""


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_says_what_it_holds(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["export", name, "--help"]) == 0
    assert FORMATS[name].kinds[0] in capsys.readouterr().out


def test_nothing_heavy_and_no_validator_is_needed_to_write() -> None:
    others = (
        "{'polars', 'pyarrow', 'stix2', 'followthemoney', 'hxl', 'pyld', 'rdflib', 'numpy', 'onnxruntime'}"
    )
    program = (
        f"import sys, marsad.exports; assert not {others} & set(sys.modules), sys.modules.keys() & {others}"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
