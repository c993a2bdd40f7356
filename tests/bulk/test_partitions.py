"""Partitions: every document in exactly one, and always the same."""

from __future__ import annotations

import gzip
import io
import json
import os
from pathlib import Path

import polars
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad import sources
from marsad.bulk import partitions
from marsad.bulk.opening import openings
from marsad.bulk.partitions import Partition, divided, fingerprint, listed
from marsad.errors import BadInput, NotFound
from marsad.records.original import Original, Refused

from .making import A_PART, write_lines

ONCE = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


def parts(*paths: Path) -> list[Partition]:
    return list(divided(listed([str(path) for path in paths], but=Path("nowhere"))))


def opened(found: list[Partition]) -> list[Original | Refused]:
    return [each for part in found for opening in openings(part) for each in opening.originals()]


def whole(*paths: Path) -> list[Original | Refused]:
    return list(sources.expand([str(path) for path in paths]))


LINE = st.sampled_from(
    [b'{"text": "one"}', b"", b"  ", b"not JSON", b'{"text": "a longer line of words"}', b"\xff\xfe"]
)


@ONCE
@given(
    lines=st.lists(LINE, min_size=1, max_size=40), end=st.sampled_from([b"\n", b"\r\n"]), last=st.booleans()
)
def test_lines_are_each_in_one_part(tmp_path: Path, lines: list[bytes], end: bytes, last: bool) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_bytes(end.join(lines) + (end if last else b"") + b'{"text": "end"}')
    found = parts(path)
    assert opened(found) == whole(path)
    assert all(len(opened([part])) <= A_PART for part in found)
    assert [part.begin for part in found[1:]] == [part.end for part in found[:-1]]


@ONCE
@given(names=st.sets(st.text("abc", min_size=1, max_size=4), max_size=12), most=st.integers(10, 200))
def test_files_are_each_in_one_part(
    tmp_path_factory: pytest.TempPathFactory, names: set[str], most: int
) -> None:
    folder = tmp_path_factory.mktemp("files")
    (folder / "always.txt").write_text("x")
    for name in names:
        (folder / f"{name}.txt").write_text(name * 20)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(partitions, "LEAST", most)
        found = parts(folder)
    assert opened(found) == whole(folder)
    assert found == [each for each in found if len(each.files) <= A_PART]
    assert [each.number for each in found] == list(range(len(found)))


def test_rows_of_parquet_are_each_in_one_part(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    polars.DataFrame({"text": [f"Row {n}." for n in range(11)], "other": [1.5] * 11}).write_parquet(path)
    found = parts(path)
    assert [each.count for each in found] == [4, 4, 3]
    assert opened(found) == whole(path)


def warc(path: Path, pages: int) -> Path:
    """A compressed archive: a member for each record, with its request before each page."""
    stream = io.BytesIO()
    for number in range(pages):
        for kind, body in (("request", b"GET / HTTP/1.1\r\n\r\n"), ("response", page(number))):
            stream.write(gzip.compress(record(kind, number, body)))
    path.write_bytes(stream.getvalue())
    return path


def page(number: int) -> bytes:
    html = f"<html><body><p>Page {number} of the archive.</p></body></html>".encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + html


def record(kind: str, number: int, body: bytes) -> bytes:
    media_type = f"application/http; msgtype={kind}"
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{kind}-{number}>\r\n"
        f"WARC-Date: 2024-03-05T10:00:00Z\r\nWARC-Target-URI: https://example.org/{number}\r\n"
        f"Content-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def test_records_of_a_web_archive_are_each_in_one_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partitions, "RECORDS", 6)
    path = warc(tmp_path / "crawl.warc.gz", 10)
    found = parts(path)
    assert len(found) > 2
    assert opened(found) == whole(path)
    assert len(whole(path)) == 10


def test_the_same_files_are_divided_alike_and_changed_ones_are_told(tmp_path: Path) -> None:
    write_lines(tmp_path / "a.jsonl", ["one", "two"])
    before = listed([str(tmp_path)], but=Path("nowhere"))
    assert list(divided(before)) == list(divided(listed([str(tmp_path)], but=Path("nowhere"))))
    os.utime(tmp_path / "a.jsonl", (1, 1))
    assert fingerprint(before) != fingerprint(listed([str(tmp_path)], but=Path("nowhere")))


def test_the_folder_of_the_result_is_no_input(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "documents.parquet").write_bytes(b"PAR1")
    found = listed([str(tmp_path)], but=tmp_path / "out")
    assert [file.path for file in found] == [str(tmp_path / "a.txt")]


def test_what_cannot_be_opened_is_refused_in_its_turn(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "bad.parquet").write_bytes(b"PAR1 and no more")
    (tmp_path / "bad.warc.gz").write_bytes(gzip.compress(b"no archive"))
    (tmp_path / "z.txt").write_text("z")
    (tmp_path / "leads_out").symlink_to("/etc/hostname")
    found = opened(parts(tmp_path))
    names = {Path(each.source).name for each in found if isinstance(each, Refused)}
    assert {"bad.parquet", "leads_out"} <= names
    assert [each.raw for each in found if isinstance(each, Original)][:1] == [b"x"]


def test_a_file_that_has_changed_is_refused(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", ["one", "two"])
    found = parts(path)
    path.write_text(json.dumps({"text": "another"}))
    (refused,) = opened(found)
    assert isinstance(refused, Refused)
    assert "has changed" in refused.reason


@pytest.mark.parametrize("name", ["-", "https://example.org/feed", "http://example.org"])
def test_only_files_and_folders_are_read(name: str) -> None:
    with pytest.raises(BadInput, match="save it to a file first"):
        listed([name], but=Path("nowhere"))


def test_a_missing_input_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no such file"):
        listed([str(tmp_path / "missing")], but=Path("nowhere"))
    with pytest.raises(BadInput, match="there is no file in it"):
        listed([str(tmp_path)], but=Path("nowhere"))
