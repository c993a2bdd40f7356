from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
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


def many(tmp_path: Path, count: int) -> Path:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(count):
        text = " ".join(f"On day {day} the army said {number} people had fled." for day in range(1, 4))
        (folder / f"{number:02}.txt").write_text(text)
    return folder


def killed_after(command: list[str], lines: int, seconds: float) -> str:
    """What `command` printed until it was killed, `seconds` after its so many-th line."""
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        seen = b"".join(process.stdout.readline() for _ in range(lines))
        time.sleep(seconds)
        os.kill(process.pid, signal.SIGKILL)
        return (seen + process.stdout.read()).decode()


def test_nothing_acknowledged_is_lost_when_killed(tmp_path: Path) -> None:
    workspace = tmp_path / "work"
    command = [*MARSAD, "add", str(many(tmp_path, 30)), "--workspace", str(workspace)]
    chance = random.Random()  # noqa: S311 - a moment, not a secret
    printed: list[str] = []
    for _ in range(2):
        printed += acknowledged(killed_after(command, chance.randrange(1, 8), chance.random() / 20))
        there = stored(workspace)
        assert len(there) == len(set(there))
        assert set(printed) <= set(there)
    assert len(set(printed)) == len(printed)
    finished = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    assert len(finished.stdout.splitlines()) == 30
    assert len(stored(workspace)) == len(set(stored(workspace))) == 30
    assert not list((workspace / "originals").rglob(".unfinished-*"))


def test_two_writers_of_the_same_files_end_with_each_once(tmp_path: Path) -> None:
    workspace = tmp_path / "work"
    command = [*MARSAD, "add", str(many(tmp_path, 15)), "--workspace", str(workspace)]
    writers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    outputs = [writer.communicate(timeout=120)[0] for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0]
    added = [each for output in outputs for each in acknowledged(output)]
    assert sorted(added) == sorted(stored(workspace))
    assert len(added) == 15


# A database of a team, a full disk, a lost database


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


def test_a_disk_that_is_full_is_one_line_and_loses_nothing(tmp_path: Path, here: Path) -> None:
    folder = many(tmp_path, 40)
    limited = f"ulimit -f 1400; exec {sys.executable} -m marsad add {folder}"
    done = subprocess.run(["bash", "-c", limited], capture_output=True, text=True, check=False)
    assert done.returncode == 4, done.stderr
    (line,) = done.stderr.splitlines()[1:]
    assert line.startswith(f"marsad: {here}")
    assert 0 < len(acknowledged(done.stdout)) < 40
    assert set(acknowledged(done.stdout)) <= set(stored(here))
    finished = subprocess.run([*MARSAD, "add", str(folder)], capture_output=True, text=True, check=True)
    assert len(finished.stdout.splitlines()) == len(stored(here)) == len(set(stored(here))) == 40


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
