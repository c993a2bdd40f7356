"""`marsad read --bulk` and `marsad add` of what it made, as a user types them."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import polars
import pytest

from marsad import cli

MARSAD = [sys.executable, "-m", "marsad"]


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    lines = [json.dumps({"text": f"The army said that {n} men were killed near Kirkuk."}) for n in range(5)]
    (folder / "lines.jsonl").write_text("\n".join(lines))
    (folder / "broken.jsonl").write_text("{\n")
    return folder


def test_from_files_to_parquet_to_a_ledger(
    inputs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, ledger = tmp_path / "out", tmp_path / "ledger"
    bulk = ["read", "--bulk", str(inputs), "--out", str(out), "--workers", "1"]
    assert cli.run(bulk) == 2
    _, err = capsys.readouterr()
    assert f"5 documents in {out}, 1 refused\nrefused {inputs}/broken.jsonl:1: not JSON" in err
    assert polars.read_parquet(out / "documents.parquet").height == 5
    assert cli.run(bulk) == 2, "again it says the same, and does nothing"
    assert f"5 documents in {out}" in capsys.readouterr().err
    assert cli.run(["add", str(out), "--workspace", str(ledger)]) == 0
    assert capsys.readouterr().out.count("added ") == 5
    assert cli.run(["add", str(out), "--workspace", str(ledger)]) == 0
    assert capsys.readouterr().out.count("unchanged ") == 5


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--bulk", "IN"], "--bulk needs --out DIR"),
        (["IN", "IN"], "many go with --bulk --out DIR"),
        (["IN", "--workers", "2"], "many go with --bulk --out DIR"),
        (["IN", "--bulk", "--out", "OUT", "--workers", "0"], "0 is not in the range"),
        (["missing", "--bulk", "--out", "OUT"], "missing: no such file"),
        (["-", "--bulk", "--out", "OUT"], "save it to a file first"),
        (["IN", "--bulk", "--out", "IN"], "is not empty"),
        (["IN", "--bulk", "--out", "IN/lines.jsonl"], "lines.jsonl"),
    ],
)
def test_what_is_wrong_is_one_line(
    inputs: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    given = [each.replace("IN", str(inputs)).replace("OUT", str(tmp_path / "out")) for each in arguments]
    assert cli.run(["read", *given]) in (2, 4)
    out, err = capsys.readouterr()
    assert out == ""
    assert message in err
    assert err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_ctrl_c_stops_it_and_the_same_command_goes_on(inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (inputs / "endless").mkdir()
    for number in range(40):
        (inputs / "endless" / f"{number}.txt").write_text("The army said that 7 men were killed. " * 300)
    command = [*MARSAD, "read", "--bulk", str(inputs), "--out", str(out), "--workers", "2"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        while not (out / ".parts" / "plan.jsonl").exists():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        err = process.stderr.read()
    assert process.returncode == 130
    assert err.strip() == "marsad: interrupted"
    assert not (out / "documents.parquet").exists()


def test_a_terminal_shows_a_bar(inputs: Path, tmp_path: Path) -> None:
    master, slave = pty.openpty()
    command = [*MARSAD, "read", "--bulk", str(inputs), "--out", str(tmp_path / "out"), "--workers", "1"]
    with subprocess.Popen(command, stderr=slave, env={**os.environ, "TERM": "xterm"}) as process:
        os.close(slave)
        shown = b""
        try:
            while chunk := os.read(master, 4096):
                shown += chunk
        except OSError:  # the other end is closed
            pass
        finally:
            os.close(master)
    assert process.returncode == 2
    assert b"/6" in shown, "how many are expected"
    assert b" a second" in shown
