from __future__ import annotations

from pathlib import Path

import pytest

from marsad import samples
from marsad.cli import run


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
    assert len(commands) == 3
    for command in commands:
        assert run(command[1:]) == 0
        assert capsys.readouterr().out.strip()


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
    assert "Sample for Marsad: an invented group and invented events." in text
    assert name.startswith("invented-")
