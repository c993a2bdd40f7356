from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from jsonschema_rs import Draft202012Validator

from marsad import __version__, models
from marsad.cli import COMMANDS, run
from marsad.records.reading import decode, json_schema

TEXT = "The group killed 12 people in March 2024, officials said.\n\nNobody else was hurt.\n"


@pytest.fixture
def report(tmp_path: Path) -> str:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def test_json_is_one_reading_a_line(report: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["read", report, "--format", "json", "--published", "2024-03"]) == 0
    out, err = capfdbinary.readouterr()
    assert out.endswith(b"}\n") and out.count(b"\n") == 1 and err == b""
    reading = decode(out)
    assert reading.document.text == TEXT
    assert reading.document.source == report
    assert (reading.document.published.earliest, reading.document.published.latest) == (
        "2024-03-01",
        "2024-03-31",
    )
    Draft202012Validator(json_schema()).validate(json.loads(out))


def test_the_same_input_gives_the_same_bytes(report: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    outs = []
    for _ in range(2):
        assert run(["read", report, "--format", "json"]) == 0
        outs.append(capfdbinary.readouterr().out)
    assert outs[0] == outs[1]


def test_where_rules_read_alone_it_says_so_and_reads(
    report: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "load", lambda: None)
    assert run(["read", report, "--format", "json"]) == 0
    out, err = capfd.readouterr()
    reading = decode(out.encode())
    assert reading.document.reader is not None and reading.document.reader.startswith("marsad.rules@")
    assert [claim.source.text for claim in reading.claims if claim.source] == ["officials"]
    assert err.count("\n") == 1 and "marsad[models]" in err


def test_a_table_fits_80_columns_and_is_plain(report: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["read", report]) == 0
    out = capfd.readouterr().out
    assert "Claims" in out and "Nobody else" in out
    assert max(map(len, out.splitlines())) <= 80
    assert "\x1b" not in out


def test_a_document_cannot_steer_the_terminal(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "hostile.txt"
    path.write_text("The group \x1b]0;title\x07 fled [bold red]north[/] \u202eaway\u202c.", encoding="utf-8")
    assert run(["read", str(path)]) == 0
    out = capfd.readouterr().out
    assert not set("\x1b\x07\u202e") & set(out)
    assert "[bold" in out and "[/]" in out


def test_good_lines_are_printed_and_bad_ones_listed_at_the_end(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text('{"text": "One fled."}\n{"text": 2}\n{"text": "Three fled."}\nfour\n')
    assert run(["read", str(path), "--format", "json"]) == 2
    out, err = capfd.readouterr()
    assert [json.loads(line)["document"]["text"] for line in out.splitlines()] == ["One fled.", "Three fled."]
    first, second = err.splitlines()
    assert first.startswith(f"marsad: {path}:2: not a document")
    assert second.startswith(f"marsad: {path}:4: not JSON")


def test_standard_input_is_read(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(TEXT.encode()))))
    assert run(["read", "-", "--format", "json"]) == 0
    assert decode(capfdbinary.readouterr().out).document.source == "-"


def test_the_schema_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["schema"]) == 0
    assert json.loads(capfd.readouterr().out) == json.loads(json.dumps(json_schema()))


@pytest.mark.parametrize(
    "arguments", [["nope"], ["read"], ["read", "a", "b"], ["read", "--format", "xml", "a"], ["--nope"]]
)
def test_wrong_usage_is_one_line(arguments: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 2
    out, err = capfd.readouterr()
    assert out == "" and err.count("\n") == 1
    assert err.startswith("marsad: ") and "--help`" in err


def test_help_and_version_name_what_there_is(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert __version__ in capfd.readouterr().out
    assert run(["--help"]) == 0
    out = capfd.readouterr().out
    assert all(f"  {name} " in out for name in COMMANDS)
    assert run(["read", "--help"]) == 0


def test_an_unexpected_error_is_one_line_unless_debugging(
    report: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("two\nlines")

    monkeypatch.setattr("marsad.cli.read.read", broken)
    assert run(["read", report]) == 1
    out, err = capfd.readouterr()
    assert out == "" and err.count("\n") == 1
    assert err.startswith("marsad: unexpected error: KeyError: ") and "MARSAD_DEBUG=1" in err
    monkeypatch.setenv("MARSAD_DEBUG", "1")
    assert run(["read", report]) == 1
    assert "Traceback" in capfd.readouterr().err


def test_a_bad_setting_is_one_line(
    report: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MARSAD_DOCUMENT_BYTES", "many")
    assert run(["read", report]) == 2
    assert capfd.readouterr() == (
        "",
        "marsad: MARSAD_DOCUMENT_BYTES is 'many'; give a whole number above 0\n",
    )


def marsad(*arguments: str, **options: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "marsad", *arguments]
    return subprocess.Popen(command, stderr=subprocess.PIPE, **options)  # type: ignore[call-overload,no-any-return]


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys; from marsad.cli import run; run(['--help']);"
        "heavy = {'rich', 'httpx', 'sqlalchemy', 'trafilatura', 'resiliparse', 'lxml', 'sentencex', 'jinja2',"
        " 'msgspec', 'markdown_it'};"
        "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_pipe_that_closes_early_is_quiet(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    path.write_text('{"text": "Some fled."}\n' * 2000)
    process = marsad("read", str(path), "--format", "json", stdout=subprocess.PIPE)
    assert process.stdout and process.stderr
    process.stdout.read(10)
    process.stdout.close()
    with process.stderr as errors:
        assert errors.read() == b""
    assert process.wait() == 1


def test_ctrl_c_is_one_line_and_130() -> None:
    # A test run in the background ignores SIGINT and hands that on, so the handler is set again.
    program = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "from marsad.cli import main; main()"
    )
    reader, writer = os.pipe()
    with os.fdopen(reader) as standard_input, os.fdopen(writer, "wb") as held:
        process = subprocess.Popen(
            [sys.executable, "-c", program, "read", "-"],
            stdin=standard_input,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        held.write(b"x" * 300_000)  # more than a pipe holds: the command is reading when this returns
        held.flush()
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err.strip()) == (130, b"", b"marsad: interrupted")
