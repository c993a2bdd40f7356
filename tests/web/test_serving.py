"""`marsad serve`: one line that says where, loopback alone, and a clear word where it cannot be."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from marsad import cli
from marsad.web import application, serving

from . import ledgers


@pytest.fixture
def workspace(tmp_path: Path) -> str:
    ledgers.quiet(tmp_path).close()
    return str(tmp_path)


def test_it_says_where_it_is_answers_there_and_stops(workspace: str) -> None:
    command = [sys.executable, "-m", "marsad", "serve", "--workspace", workspace, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stderr
        said = process.stdout.readline()
        where = re.search(r"http://127\.0\.0\.1:[0-9]+/", said)
        assert where
        assert "on this machine alone" in said
        with urlopen(Request(f"{where[0]}claims.json?limit=1", method="GET")) as answer:  # noqa: S310
            assert answer.status == 200
            assert "server" not in {name.lower() for name in answer.headers}
        process.send_signal(signal.SIGINT)
        assert process.wait(30) in (0, 130)
        assert "Traceback" not in process.stderr.read()


def test_a_workspace_that_is_named_and_not_there_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "serve", lambda *_: None)
    new = tmp_path / "new"
    assert cli.run(["serve", "--workspace", str(new), "--port", "0"]) == 0
    assert f"made a workspace in {new}" in capsys.readouterr().err
    assert cli.run(["serve", "--workspace", str(new), "--port", "0"]) == 0
    assert capsys.readouterr().err == ""


def test_a_folder_that_nobody_named_is_left_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MARSAD_WORKSPACE", raising=False)
    assert cli.run(["serve", "--port", "0"]) != 0
    assert "no workspace here" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_it_listens_on_loopback_alone() -> None:
    with serving.listen(0) as listening:
        assert listening.getsockname()[0] == "127.0.0.1"


def test_an_answer_is_sent_at_once() -> None:
    with serving.listen(0) as listening, socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


@pytest.mark.parametrize("given", [["--host", "0.0.0.0"], ["--port", "99999"], ["--port", "x"]])  # noqa: S104
def test_another_host_is_refused(
    workspace: str, capsys: pytest.CaptureFixture[str], given: list[str]
) -> None:
    assert cli.run(["serve", "--workspace", workspace, *given]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_port_that_is_taken_is_one_line(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert cli.run(["serve", "--workspace", workspace, "--port", str(port)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "give another with --port" in said.err


def test_where_nothing_was_built_it_says_what_to_do(
    workspace: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(application, "ASSETS", tmp_path)
    assert cli.run(["serve", "--workspace", workspace, "--port", "0"]) == 1
    assert "python scripts/assets.py" in capsys.readouterr().err


ENDED = """
import os, signal, tempfile
from marsad import cli
def run(_):
    with tempfile.TemporaryDirectory():
        os.kill(os.getpid(), signal.SIGTERM)
cli.run = run
cli.main()
"""


def test_what_is_ended_leaves_no_folder_of_the_moment(tmp_path: Path) -> None:
    here = {**os.environ, "TMPDIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", ENDED], env=here, check=False)
    assert done.returncode == 128 + signal.SIGTERM
    assert not list(tmp_path.iterdir())


def test_help_needs_no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    code = "import sys; sys.argv = ['marsad', '--help']; import marsad.cli as c\ntry: c.main()\nexcept SystemExit: pass\n"
    code += "print([name for name in ('fastapi', 'uvicorn', 'starlette') if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    assert done.stdout.endswith("[]\n")
