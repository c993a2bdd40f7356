from __future__ import annotations

import re
from pathlib import Path

import pytest

from marsad import samples
from marsad.cli import run

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_demo_does_the_main_job_and_says_what_to_try_next(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["demo"]) == 0
    said = capsys.readouterr().out
    assert said.count("added ") == 3
    assert "the group and the events are invented" in said
    assert "The page: demo/page.html" in said
    html = (here / "demo/page.html").read_text(encoding="utf-8")
    assert "Grey Banner Front regroups" in html
    commands = [line.split() for line in said.splitlines() if line.startswith("  marsad ")]
    assert len(commands) == 6
    for command in commands:
        assert run(command[1:]) == 0
        assert capsys.readouterr().out.strip()


def test_what_the_readme_shows_of_the_sample_is_what_the_demo_prints(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "400")  # so that no cell is folded
    assert run(["demo"]) == 0
    said = " ".join(capsys.readouterr().out.replace("│", " ").split())
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split("|") for line in readme.splitlines() if line.startswith("| ")][1:]
    assert len(rows) == 5
    for who, _, words, *figure in rows:
        assert who.strip().split(", citing ")[0] in said
        assert words.strip() in said
        assert "".join(figure).strip() in said
    assert "citing an unnamed source" in said
    assert readme.partition("> Check: ")[2].splitlines()[0] in said


def test_the_resident_is_masked_and_those_who_publish_are_not(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["demo"]) == 0
    html = (here / "demo/page.html").read_text(encoding="utf-8")
    for derived in (capsys.readouterr().out, html):
        assert "Oyuna" not in derived
        assert "34-year-old" not in derived
    words = re.sub(r"<[^>]{1,400}>", "", html.partition("<article")[2].partition("</article")[0])
    assert "By Sara Lindqvist" in words
    assert words.count("Steppe Wire") == 3


def test_doing_it_again_changes_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["demo"]) == 0
    page = (here / "demo/page.html").read_bytes()
    capsys.readouterr()
    assert run(["demo"]) == 0
    said = capsys.readouterr().out
    assert said.count("unchanged ") == 3
    assert "added " not in said
    assert (here / "demo/page.html").read_bytes() == page
    assert sorted(path.name for path in (here / "demo").iterdir()) == ["page.html", "samples", "workspace"]


def test_workspace_and_page_go_where_they_are_told_to(here: Path) -> None:
    assert run(["demo", "--workspace", "elsewhere", "--output", "out/it.html"]) == 0
    assert (here / "elsewhere/marsad.db").is_file()
    assert (here / "out/it.html").is_file()
    assert not (here / "demo").exists()


def test_the_samples_never_go_into_the_database_of_a_team(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARSAD_DATABASE", "postgresql://nobody@localhost:1/none")
    assert run(["demo"]) == 0
    assert (here / "demo/workspace/marsad.db").is_file()


def test_a_place_that_cannot_be_written_is_one_clear_line(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "demo").write_text("a file where the folder should be")
    assert run(["demo"]) != 0
    said = capsys.readouterr().err
    assert said.startswith("marsad: demo")
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("name", samples.NAMES)
def test_every_sample_says_that_it_is_invented(name: str) -> None:
    text = samples.read_bytes(name).decode()
    assert "Credit: sample written for Marsad; the group and the events are invented" in text
    assert name.startswith("invented-")
