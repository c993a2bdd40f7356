"""`marsad check`, `marsad backup` and `marsad restore`, as they are typed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from marsad import cli, samples
from marsad.ledger.backup import UNFINISHED

MARSAD = [sys.executable, "-m", "marsad"]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return [str(path) for path in samples.write(tmp_path_factory.mktemp("files"))[:1]]


@pytest.fixture
def work(tmp_path: Path, files: list[str], capsys: pytest.CaptureFixture[str]) -> Path:
    """A workspace with a document that the real reader has read."""
    assert cli.run(["add", *files, "--workspace", str(tmp_path / "work")]) == 0
    capsys.readouterr()
    return tmp_path / "work"


def listed(where: str | Path, kind: str, capsys: pytest.CaptureFixture[str]) -> list[object]:
    assert cli.run([kind, "--format", "json", "--workspace", str(where)]) == 0
    found: list[object] = json.loads(capsys.readouterr().out)
    return found


def everything(where: str | Path, capsys: pytest.CaptureFixture[str]) -> list[list[object]]:
    return [listed(where, kind, capsys) for kind in ("claims", "figures", "documents")]


def test_a_sound_ledger_is_summed_up(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["check", "--workspace", str(work)]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("sound: 1 documents, ")
    assert out.endswith(" records, 1 journal entries\n")
    assert all(line.startswith("warning: SQLite ") for line in err.splitlines())


def test_each_problem_is_a_line_and_the_exit_code_says_so(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    original = next(path for path in (work / "originals").rglob("*") if path.is_file())
    original.write_bytes(original.read_bytes() + b"!")
    assert cli.run(["check", "--workspace", str(work)]) == 4
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(str(original))
    assert lines[1].startswith("not sound, 1 problems: 1 documents")


def test_a_file_that_is_no_database_is_no_crash(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "marsad.db").write_bytes(b"no database at all, and long enough to be read as one " * 40)
    assert cli.run(["check", "--workspace", str(tmp_path)]) == 4
    assert "not a database" in capsys.readouterr().out


def test_a_check_makes_no_workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["check", "--workspace", str(tmp_path / "none")]) == 4
    assert "no workspace here" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_ledger_moves_to_postgresql_and_back(
    work: Path, tmp_path: Path, postgresql: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = everything(work, capsys)
    copy, back = tmp_path / "copy", tmp_path / "back"
    chains = set()
    for arguments in (
        ["backup", str(copy), "--workspace", str(work)],
        ["restore", str(copy), "--workspace", postgresql],
        ["backup", str(back), "--workspace", postgresql],
    ):
        assert cli.run(arguments) == 0
        chains.add(capsys.readouterr().out.split("chain ")[1])
    assert len(chains) == 1
    assert everything(postgresql, capsys) == everything(back, capsys) == before
    for where in (postgresql, str(copy), str(back)):
        assert cli.run(["check", "--workspace", where]) == 0


def test_what_is_in_the_way_is_said_in_one_line(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["backup", str(work.parent), "--workspace", str(work)]) == 2
    assert cli.run(["restore", str(work), "--workspace", str(work)]) == 2
    assert cli.run(["restore", str(work / "none"), "--workspace", str(work.parent / "new")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 3
    assert [path.name for path in work.parent.iterdir()] == ["work"]


@pytest.mark.skipif(os.name != "posix", reason="limits of a process are POSIX")
@pytest.mark.parametrize("limit", [100_000, 300_000])
def test_a_disk_that_is_full_leaves_nothing_under_the_name(work: Path, limit: int) -> None:
    """No file may grow beyond `limit` bytes: the database cannot be made, or not be filled."""
    import resource  # noqa: PLC0415 - not on Windows

    done = subprocess.run(
        [*MARSAD, "backup", str(work.parent / "copy"), "--workspace", str(work)],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 4
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "copy was not made" in done.stderr
    assert [path.name for path in work.parent.iterdir()] == ["work"]


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
def test_ctrl_c_leaves_a_whole_backup_or_nothing(work: Path) -> None:
    copy = work.parent / "copy"
    command = [*MARSAD, "backup", str(copy), "--workspace", str(work)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None and not copy.with_name(copy.name + UNFINISHED).exists():
            time.sleep(0.001)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate()
    if process.returncode == 0:  # it was quicker
        assert cli.run(["check", "--workspace", str(copy)]) == 0
        return
    assert (process.returncode, err.strip()) == (cli.INTERRUPTED, "marsad: interrupted")
    assert [path.name for path in work.parent.iterdir()] == ["work"]
