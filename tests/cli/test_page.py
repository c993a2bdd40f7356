from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace

import pytest

from marsad.cli import run

TEXT = "The mayor said that the bridge was closed.\n\nThe council denied it."


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "note.txt").write_text(TEXT)
    return tmp_path


def test_the_page_of_a_file_has_its_name(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["page", "note.txt"]) == 0
    assert capsys.readouterr().out == "wrote note.html\n"
    html = (here / "note.html").read_text(encoding="utf-8")
    assert html.startswith("<!DOCTYPE html>")
    assert "bridge" in html
    assert (here / "note.html").stat().st_mode & 0o777 == 0o644


def test_it_may_be_made_again_and_put_elsewhere(here: Path) -> None:
    assert run(["page", "note.txt"]) == 0
    assert run(["page", "note.txt"]) == 0
    assert run(["page", "note.txt", "--output", "new/folder/it.html"]) == 0
    assert (here / "new/folder/it.html").read_bytes() == (here / "note.html").read_bytes()
    assert not list(here.glob(".page-*"))


def test_standard_input_and_output(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(TEXT.encode())))
    assert run(["page", "-", "--output", "-"]) == 0
    assert capsys.readouterr().out.startswith("<!DOCTYPE html>")


def test_the_date_given_is_on_the_page(here: Path) -> None:
    assert run(["page", "note.txt", "--published", "2024-03-12"]) == 0
    assert "2024-03-12 (given)" in (here / "note.html").read_text()


def test_what_is_not_a_page_is_not_overwritten(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "note.html").write_text("<p>my own</p>")
    assert run(["page", "note.txt"]) == 2
    assert "is not a page of Marsad" in capsys.readouterr().err
    assert (here / "note.html").read_text() == "<p>my own</p>"
    assert run(["page", "note.txt", "--output", "note.txt"]) == 2
    assert (here / "note.txt").read_text() == TEXT


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("several.jsonl", b'{"text": "One."}\n{"text": "Two."}\n'),
        ("binary.txt", bytes(range(256))),
    ],
)
def test_what_no_page_can_show_is_one_clear_line(
    here: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes
) -> None:
    (here / name).write_bytes(content)
    assert run(["page", name]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"marsad: {name}")
    assert len(said.splitlines()) == 1
    assert not list(here.glob("*.html"))


def test_a_date_that_is_none_and_a_file_that_is_not_there(here: Path) -> None:
    assert run(["page", "note.txt", "--published", "soon"]) == 2
    assert run(["page", "nothing.txt"]) == 2
    assert not list(here.glob("*.html"))
