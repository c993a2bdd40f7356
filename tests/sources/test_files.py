from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from marsad import sources
from marsad.errors import BadInput, NotFound, TooLarge
from marsad.records.original import Original, Refused


def test_a_file_gives_its_bytes_and_the_type_of_its_name(tmp_path: Path) -> None:
    path = tmp_path / "Report.HTM"
    path.write_bytes(b"<p>x\r\n")
    original = sources.open(str(path), published="2024")
    assert original == Original(b"<p>x\r\n", str(path), media_type="text/html", published="2024")


def test_a_missing_file_is_not_found(tmp_path: Path) -> None:
    for where in (str(tmp_path / "none.txt"), "", "a\0b", str(tmp_path / "none" / "none.txt")):
        with pytest.raises(NotFound, match="no such file"):
            sources.open(where)


def test_a_name_that_is_too_long_is_bad_input() -> None:
    with pytest.raises(BadInput):
        sources.open("x" * 5000)


def test_a_folder_is_sent_to_add(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=rf"folder; `marsad add {tmp_path}`"):
        sources.open(str(tmp_path))


def test_another_scheme_is_refused() -> None:
    for where in ("ftp://example.org/a", "file:///etc/passwd", "gopher://example.org"):
        with pytest.raises(BadInput, match="only http and https"):
            sources.open(where)


def test_a_path_that_holds_a_scheme_later_is_a_path(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        sources.open(f"{tmp_path}/http://example.org")


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as stream:
        stream.truncate(10**13)  # sparse: to read it would take all memory
    with pytest.raises(TooLarge, match="MARSAD_DOCUMENT_BYTES"):
        sources.open(str(path))


def _standard_input(monkeypatch: pytest.MonkeyPatch, raw: bytes) -> None:
    stream = io.TextIOWrapper(io.BufferedReader(io.BytesIO(raw)))  # type: ignore[arg-type]
    monkeypatch.setattr(sys, "stdin", stream)


def test_standard_input_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_DOCUMENT_BYTES", "5")
    _standard_input(monkeypatch, b"12345")
    assert sources.open("-") == Original(b"12345", "-")
    _standard_input(monkeypatch, b"123456")
    with pytest.raises(TooLarge, match=r"^-: "):
        sources.open("-")


def test_json_lines_may_be_larger_than_one_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_DOCUMENT_BYTES", "5")
    path = tmp_path / "many.jsonl"
    path.write_bytes(b'{"text": "more than five"}')
    assert sources.open(str(path)).raw == b'{"text": "more than five"}'
    _standard_input(monkeypatch, b'{"text": "more than five"}')
    assert sources.open("-").raw == b'{"text": "more than five"}'


def test_a_workspace_is_not_read_into_itself(tmp_path: Path) -> None:
    for name in ("marsad.db", "marsad.lock", "originals/ab/abc", "report.txt", "reports/originals/a.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("words")
    found = [str(Path(each.source).relative_to(tmp_path)) for each in sources.expand([str(tmp_path)])]
    assert found == ["report.txt", "reports/originals/a.txt"]


def test_expand_walks_folders_in_order_and_leaves_out_what_is_hidden(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".hidden.txt", ".git/config", "c/.x/y.txt", "c/z.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    found = [
        Path(original.source).relative_to(tmp_path).as_posix() for original in sources.expand([str(tmp_path)])
    ]
    assert found == ["a.txt", "b/1.txt", "b/2.txt", "c/z.txt"]


def test_expand_goes_on_after_what_cannot_be_opened(tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text("x")
    missing = str(tmp_path / "missing.txt")
    assert list(sources.expand([missing, str(good), "ftp://x"])) == [
        Refused(missing, "no such file"),
        Original(b"x", str(good), media_type="text/plain"),
        Refused("ftp://x", "only http and https addresses are fetched"),
    ]


def test_a_name_that_is_no_utf8_is_printable(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff.txt"
    with open(path, "wb") as stream:  # noqa: PTH123
        stream.write(b"x")
    assert sources.open(os.fsdecode(path)).source == f"{tmp_path}/\ufffd.txt"
