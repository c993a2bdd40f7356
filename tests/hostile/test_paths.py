"""Names and kinds of files that mislead: what is printed is plain, nothing blocks, nothing is followed out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from marsad.cli import run

from .taking import WORDS, take

MARSAD = [sys.executable, "-m", "marsad"]
BOUND = 120  # seconds after which the suite calls it a hang
NAMES = [
    "\x1b[2J\x1b[Hgone.txt", "\x1b]0;title\x07.txt", "\x9b31m.txt", "new\nadded beef.txt", "new\rline.txt", "tab\t.txt",
    "\u202etxt.exe", "\u2066\u2067.txt", "\u200b.txt", "a\u0300\u0301.txt", "=cmd().txt", "-rf", "--help", "--format=json",
    "$(id).txt", "`id`.txt", "a;b.txt", "a|b.txt", "~.txt", " .txt", "CON", "nul.txt", "a:b.txt", "%2e%2e%2f.txt",
    "http:", "file:..txt", "<script>.txt", "'\".txt", "\\..\\x.txt", "x" * 250, "\udcff\udcfe.txt", "ﷺ.txt", "😀.txt",
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "in"
    found.mkdir()
    return found


@pytest.mark.parametrize("is_good", [True, False], ids=["read", "refused"])
def test_names_are_printed_as_plain_lines(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], is_good: bool
) -> None:
    for at, name in enumerate(NAMES):
        (folder / name).write_bytes(f"{WORDS} {at}".encode() if is_good else b"")
    run(["add", str(folder), "--workspace", str(tmp_path / "workspace")])
    out, err = capfd.readouterr()
    said = out if is_good else err.partition("\n")[2]
    assert len(said.splitlines()) == len(NAMES)
    assert all(line.startswith("added " if is_good else "refused ") for line in said.splitlines())
    assert all(line.isprintable() for line in (out + err).splitlines())


@pytest.mark.parametrize("name", NAMES)
def test_a_name_given_by_itself_is_a_path_and_no_option(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(folder)
    assert run(["read", "--format", "json", "--", name]) in (2, 3)
    out, err = capfd.readouterr()
    assert out == "" and err.count("\n") == 1 and err.removesuffix("\n").isprintable()


@pytest.mark.parametrize(
    "where",
    ["", ".", "..", "/", "~", "a\0b", "x" * 5_000, "x/" * 3_000, "/dev/null", "/dev/zero", "/proc/self/mem", "/proc/self/pagemap",
     "/dev/fd/99", "/nowhere/at/all", "//", "./../x", "http:", "http:/", "C:\\x", "\\\\host\\share", "-x", "\ud800"],
)  # fmt: skip
def test_a_path_that_is_no_document_is_one_line(
    where: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("MARSAD_DOCUMENT_BYTES", "1000000")
    code = run(["read", "--format", "json", "--", where])
    out, err = capfd.readouterr()
    assert code in (2, 3) and out == ""
    assert err.count("\n") == 1 and err.removesuffix("\n").isprintable() and "unexpected" not in err


def bounded(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*MARSAD, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=BOUND,
        stdin=subprocess.DEVNULL,
    )


def test_pipes_and_sockets_in_a_folder_block_nothing(folder: Path, tmp_path: Path) -> None:
    """Nobody writes to the pipe: whoever opened it would wait for ever."""
    import socket  # noqa: PLC0415

    for name in ("a.txt", "b.pdf", "c.zip", "d.jsonl", "e.csv", "f"):
        os.mkfifo(folder / name)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(folder / "g.txt"))
    (folder / "z.txt").write_text(WORDS)
    done = bounded("add", str(folder), "--workspace", str(tmp_path / "workspace"))
    assert done.returncode == 2, done.stderr
    assert [line.split(" ", 2)[2] for line in done.stdout.splitlines()] == [str(folder / "z.txt")]
    assert len(done.stderr.splitlines()) == 1 + 7


def test_a_folder_that_leads_into_itself_is_read_once(folder: Path) -> None:
    deep = folder
    for _ in range(60):
        deep = deep / "d"
    deep.mkdir(parents=True)
    (deep / "z.txt").write_text(WORDS)
    for name, target in {
        "up": "..",
        "self": ".",
        "root": "/",
        "loop": "loop",
        "there": "back",
        "back": "there",
    }.items():
        (folder / name).symlink_to(target)
    found = take(folder)
    assert [each.document.text for each in found.frozen] == [WORDS]
    assert all(each.source.startswith(str(folder)) for each in found.refused)
    assert len(found.refused) <= 6


def test_a_link_out_of_a_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("The words of another folder.")
    (tmp_path / "in-side").mkdir()  # begins as the folder's own name does
    (tmp_path / "in-side" / "secret.txt").write_text("The words of another folder.")
    for name, target in {
        "a.txt": "../secret.txt",
        "b.txt": "/etc/passwd",
        "c": "..",
        "d.txt": "../in-side/secret.txt",
    }.items():
        (folder / name).symlink_to(target)
    (folder / "z.txt").write_text(WORDS)
    found = take(folder)
    assert found.text == WORDS
    assert "another folder" not in found.said and "root:" not in found.said


def test_files_that_go_while_they_are_read_cost_themselves(folder: Path) -> None:
    from marsad import sources  # noqa: PLC0415
    from marsad.records.original import Refused  # noqa: PLC0415

    for at in range(6):
        (folder / f"{at}.txt").write_text(WORDS)
    found = sources.expand([str(folder)])
    first = next(found)
    for path in sorted(folder.iterdir())[1:4]:
        path.unlink()
    rest = list(found)
    assert not isinstance(first, Refused)
    assert sum(isinstance(each, Refused) for each in rest) == 3 and len(rest) == 5
