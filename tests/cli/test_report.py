from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from marsad.ledger.store import Store

from ..assessment.watched import GROUP, counted, ledger_of, report, said

Run = Any
PERIOD = ("--from", "2024-03", "--to", "2024-04")
WATCH = f"""
name = "sand"
title = "The {GROUP}"
subjects = ["{GROUP}"]

[[indicators]]
name = "strength"
title = "Strength"
themes = ["strength"]
measures = ["strength."]
"""


@pytest.fixture
def watch(tmp_path: Path) -> Path:
    """A watch of the workspace, which holds two reports."""
    with Store.open(tmp_path, create=True) as ledger:
        ledger_of(
            ledger,
            report(
                "Harbour Post",
                "2024-03-01",
                said(f"The {GROUP} is growing again.", by="Dara Nour", up="strength"),
            ),
            report(
                "Coast Radio",
                "2024-04-01",
                said(f"The {GROUP} has 5 men in Karoum.", by="Ilan Voss", figure=counted(5, 5)),
            ),
        )
    folder = tmp_path / "watches"
    folder.mkdir()
    (folder / "sand.toml").write_text(WATCH)
    return folder / "sand.toml"


def test_a_report_is_written_where_it_is_asked_for(marsad: Run, watch: Path, tmp_path: Path) -> None:
    target = tmp_path / "issue.html"
    out, _ = marsad("report", "sand", *PERIOD, "--out", str(target))
    assert out == f"wrote {target}\n"
    assert "Dara Nour" in target.read_text(encoding="utf-8")


def test_the_format_is_that_of_the_file_unless_another_is_named(
    marsad: Run, watch: Path, tmp_path: Path
) -> None:
    marsad("report", "sand", *PERIOD, "--out", str(tmp_path / "a.pdf"))
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    marsad("report", str(watch), *PERIOD, "--format", "docx", "--out", str(tmp_path / "b"))
    assert (tmp_path / "b").read_bytes().startswith(b"PK")


def test_markdown_goes_to_standard_output(marsad: Run, watch: Path) -> None:
    out, _ = marsad("report", "sand", *PERIOD, "--format", "md", "--out", "-")
    assert out.startswith(f"# The {GROUP}")
    assert "According to Ilan Voss, 5 fighters" in out


def test_neither_a_device_nor_a_ledger_is_replaced(marsad: Run, watch: Path, tmp_path: Path) -> None:
    device = tmp_path / "null"
    device.symlink_to("/dev/null")
    marsad("report", "sand", *PERIOD, "--format", "md", "--out", str(device))
    assert device.is_symlink()
    _, err = marsad("report", "sand", *PERIOD, "--format", "md", "--out", str(tmp_path / "marsad.db"), code=2)
    assert "is a database" in err


def test_without_a_name_it_is_called_after_the_watch_and_its_last_day(
    marsad: Run, watch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    marsad("report", "sand", *PERIOD)
    assert (tmp_path / "sand-2024-04-30.html").exists()


def test_the_analysts_notes_are_in_it_and_no_likelihood_beside_a_confidence(
    marsad: Run, watch: Path, tmp_path: Path
) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text("## My view\n\nThey have 9,000 men.\n")
    out, _ = marsad("report", "sand", *PERIOD, "--format", "md", "--notes", str(notes), "--out", "-")
    assert "> They have 9,000 men." in out
    notes.write_text("We say with high confidence that a return is likely.\n")
    _, err = marsad(
        "report", "sand", *PERIOD, "--notes", str(notes), "--out", str(tmp_path / "x.html"), code=1
    )
    assert "a likelihood and a confidence in one sentence" in err
    assert not (tmp_path / "x.html").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nobody", *PERIOD), "nobody"),
        (("sand", "--from", "2024-05", "--to", "2024-04"), "ends before it begins"),
        (("sand", "--from", "soon", "--to", "2024-04"), "soon"),
        (("sand", *PERIOD, "--notes", "no/such.md"), "no/such.md"),
        (("sand", *PERIOD, "--out", "issue.txt"), "give --format"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    marsad: Run, watch: Path, arguments: tuple[str, ...], words: str
) -> None:
    _, err = marsad("report", *arguments, code=2)
    assert words in err
