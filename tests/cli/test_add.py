from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from marsad import cli
from marsad.ledger import journal
from marsad.ledger.store import Store

MARSAD = [sys.executable, "-m", "marsad"]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"The group took village number {number}. Snow fell.\n")
    return folder


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, in which no workspace is, and none configured."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in ("MARSAD_WORKSPACE", "MARSAD_DATABASE"):
        monkeypatch.delenv(name, raising=False)
    return folder


def stored(workspace: Path | str) -> list[str]:
    """The ids of its documents in the order in which they were added."""
    with Store.open(workspace) as ledger:
        return [found.id for found in ledger.documents(sort="recorded")]


def acknowledged(output: str) -> list[str]:
    """The ids in whole lines of `output`: a line that a kill cut short acknowledges nothing."""
    lines = output[: output.rfind("\n") + 1].splitlines()
    return [line.split(" ")[1] for line in lines if line.startswith("added ")]


def test_each_document_is_acknowledged_and_a_new_workspace_is_announced(
    files: Path, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["add", str(files)]) == 0
    out, err = capsys.readouterr()
    assert acknowledged(out) == stored(here)
    assert [line.split(" ", 2)[2] for line in out.splitlines()] == [str(files / f"{n}.txt") for n in range(3)]
    assert err == f"made a workspace in {here}\n"


def test_the_journal_says_which_command_it_was(files: Path, here: Path) -> None:
    assert cli.run(["add", str(files)]) == 0
    with Store.open(here) as ledger, ledger.database.reading() as connection:
        assert {entry.command for entry in journal.entries(connection)} == {"add"}


def test_again_nothing_changes(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["add", str(files)])
    ids = acknowledged(capsys.readouterr().out)
    assert cli.run(["add", str(files)]) == 0
    out, err = capsys.readouterr()
    assert [line.split(" ")[:2] for line in out.splitlines()] == [["unchanged", each] for each in ids]
    assert err == ""


def test_the_workspace_that_is_named_is_used(files: Path, tmp_path: Path, here: Path) -> None:
    assert cli.run(["add", str(files), "--workspace", str(tmp_path / "new" / "work")]) == 0
    assert len(stored(tmp_path / "new" / "work")) == 3
    assert list(here.iterdir()) == []


def test_the_configured_workspace_is_used_where_this_folder_is_none(
    files: Path, tmp_path: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARSAD_WORKSPACE", str(tmp_path / "configured"))
    assert cli.run(["add", str(files)]) == 0
    assert len(stored(tmp_path / "configured")) == 3
    assert list(here.iterdir()) == []


def test_refusals_come_last_and_set_the_exit_code(
    files: Path, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "0.txt").write_bytes(b"")
    assert cli.run(["add", str(files), "no-such-file"]) == 2
    out, err = capsys.readouterr()
    assert len(acknowledged(out)) == len(stored(here)) == 2
    said = err.splitlines()[1:]
    assert len(said) == 2
    assert said[0].startswith(f"refused {files / '0.txt'}: empty")
    assert said[1].startswith("refused no-such-file: no such file")


def test_a_bad_date_is_one_line_and_makes_no_workspace(
    files: Path, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["add", str(files), "--published", "soon"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert list(here.iterdir()) == []


def test_a_path_cannot_forge_an_acknowledgement(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (files / "0.txt").rename(files / "0\nadded beef .txt")
    assert cli.run(["add", str(files)]) == 0
    assert len(acknowledged(capsys.readouterr().out)) == 3


# A database of a team, nowhere to print, a lost database


@pytest.mark.parametrize("how", ["option", "MARSAD_DATABASE", "marsad.toml"])
def test_the_database_that_is_named_is_used(
    postgresql: str,
    how: str,
    files: Path,
    here: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if how == "marsad.toml":
        (here / "marsad.toml").write_text(f'database = "{postgresql}"\n')
    elif how == "MARSAD_DATABASE":
        monkeypatch.setenv(how, postgresql)
    options = ["--workspace", postgresql] if how == "option" else []
    assert cli.run(["add", str(files), *options]) == 0
    out, err = capsys.readouterr()
    assert err.startswith("made a workspace in postgresql://")
    assert acknowledged(out) == stored(postgresql)
    assert not (here / "marsad.db").exists()
    assert cli.run(["add", str(files), *options]) == 0
    assert capsys.readouterr().err == ""


def test_a_password_is_shown_to_nobody(
    postgresql: str, files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    address = postgresql.replace("marsad@", "marsad:swordfish@")
    assert cli.run(["add", str(files), "--workspace", address]) == 0
    assert cli.run(["add", str(files), "--workspace", address.replace("/test", "/none")]) == 4
    out, err = capsys.readouterr()
    assert "made a workspace in postgresql://marsad:***@/test" in err
    assert "swordfish" not in out + err
    assert err.count("\n") == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("command", [["add", "FILES"], ["documents"]])
def test_what_cannot_be_printed_is_one_line(files: Path, here: Path, command: list[str]) -> None:
    assert cli.run(["add", str(files / "0.txt")]) == 0
    with open("/dev/full", "w") as full:  # noqa: PTH123 - a device
        words = [str(files) if word == "FILES" else word for word in command]
        done = subprocess.run([*MARSAD, *words], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 4
    assert done.stderr == "marsad: standard output: No space left on device; make room and do it again\n"


def test_a_database_that_is_lost_is_one_line_and_loses_nothing(postgresql: str, files: Path) -> None:
    command = [*MARSAD, "add", str(files / "0.txt"), "-", "--workspace", postgresql]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        name = postgresql.partition("?")[0].rpartition("/")[2]
        elsewhere = postgresql.replace(f"/{name}?", "/postgres?")
        with psycopg.connect(elsewhere, autocommit=True) as server:
            server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
            )
            out, err = process.communicate("The army said that 40 men had fled.", timeout=60)
            server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    assert process.returncode == 4, err
    assert out == ""
    (line,) = err.splitlines()[1:]
    assert line.startswith("marsad: postgresql://")
    assert stored(postgresql) == acknowledged(first)
