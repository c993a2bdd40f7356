"""Bad input: one clear line each, a non-zero exit, no traceback, and nothing on standard output."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest

from marsad.cli import run


def refused(capfd: pytest.CaptureFixture[str], where: str, *options: str) -> str:
    """What `marsad read` says of `where`, after the checks that hold for all bad input."""
    code = run(["read", where, "--format", "json", *options])
    out, err = capfd.readouterr()
    assert code in (2, 3)
    assert out == ""
    assert err.count("\n") == 1 and err.startswith("marsad: ")
    assert "Traceback" not in err and "unexpected" not in err
    return err


def test_a_missing_file(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert "no such file" in refused(capfd, str(tmp_path / "none.txt"))
    assert "no such file" in refused(capfd, str(tmp_path / "two\nlines.txt"))


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.md", "a.jsonl", "a"])
def test_an_empty_file(tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"")
    assert f"{path}: empty" in refused(capfd, str(path))


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.md", "a.jsonl", "a"])
def test_a_binary_file(tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str) -> None:
    path = tmp_path / name
    path.write_bytes(bytes(at for at in range(256) if at != ord("\n")) * 8)
    assert "binary, not text" in refused(capfd, str(path))


@pytest.mark.parametrize("name", ["a.jsonl"])
def test_invalid_utf8(tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b'{"text": "Za\xefre"}')
    assert "not valid UTF-8 at byte 12" in refused(capfd, str(path))


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.md", "a.jsonl"])
def test_fifty_megabytes_of_one_line(tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"a " * 25_000_000)
    begin = time.monotonic()
    refused(capfd, str(path))
    assert time.monotonic() - begin < 10


def test_a_line_within_the_bytes_and_over_the_characters(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a " * 5_000_000)
    assert "MARSAD_TEXT_CHARACTERS" in refused(capfd, str(path))


def test_a_folder(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert f"`marsad add {tmp_path}`" in refused(capfd, str(tmp_path))


def test_an_address_that_does_not_answer(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MARSAD_FETCH_PRIVATE_ADDRESSES", "1")
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{held.getsockname()[1]}/"
        assert f"{address}: cannot be fetched" in refused(capfd, address)


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f000001", "[::1]", "localhost", "0"])
def test_an_address_that_may_not_be_asked(capfd: pytest.CaptureFixture[str], host: str) -> None:
    assert "not a public address" in refused(capfd, f"http://{host}/")


def test_a_bad_date_is_refused_before_anything_is_read(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    said = refused(capfd, str(tmp_path / "none.txt"), "--published", "next week")
    assert "published 'next week' is not a date" in said


@pytest.mark.parametrize("line", [b"{", b"null", b'{"text": "\\ud800"}', b"[" * 200_000])
def test_json_lines_that_are_none(tmp_path: Path, capfd: pytest.CaptureFixture[str], line: bytes) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(line)
    assert f"{path}:1: not" in refused(capfd, str(path))


@pytest.mark.parametrize(
    ("name", "bomb"),
    [
        ("deep.html", b"<html><body>" + b"<div>" * 1_000_000 + b"words"),
        ("unclosed.html", b"<html><body>" + b"<b><i><a>words" * 700_000),
        ("tables.html", b"<html><body>" + b"<table><td>words" * 300_000),
        ("attributes.html", b"<p " + b" ".join(b"a%d=1" % at for at in range(400_000)) + b">words"),
        ("brackets.md", b"[" * 2_000_000),
        ("quotes.md", b">" * 2_000_000 + b" words"),
    ],
)
def test_a_page_that_takes_a_parser_down(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, bomb: bytes
) -> None:
    """Refused in time, or read: but never longer than the limit, and never a crash."""
    monkeypatch.setenv("MARSAD_PARSE_SECONDS", "1")
    path = tmp_path / name
    path.write_bytes(bomb)
    begin = time.monotonic()
    code = run(["read", str(path), "--format", "json"])
    assert time.monotonic() - begin < 10
    out, err = capfd.readouterr()
    assert code in (0, 2)
    assert "Traceback" not in err and err.count("\n") == (code != 0)
    assert bool(out) == (code == 0)
