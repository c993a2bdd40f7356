from __future__ import annotations

import gzip
import io
import os
import struct
import sys
import tarfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from marsad import sources
from marsad.errors import TooLarge
from marsad.records.original import Original, Refused
from marsad.sources import containers

WORDS = b"The army said that 40 men had fled the town of Zafir."
MIB = 2**20


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, raw in members:
            archive.writestr(name, raw)
    return file.getvalue()


def tarred(*members: tuple[str, bytes], mode: str = "w") -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:
        for name, raw in members:
            info = tarfile.TarInfo(name)
            info.size = len(raw)
            archive.addfile(info, io.BytesIO(raw))
    return file.getvalue()


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    return Opened(tmp_path)


class Opened:
    """Writes a file, opens it, and tells originals and refusals apart; its sources without the path."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "files"
        self.path.mkdir()

    def __call__(self, name: str, raw: bytes) -> Opened:
        (self.path / name).write_bytes(raw)
        self.given(list(sources.expand([str(self.path / name)])))
        (self.path / name).unlink()
        assert list(self.path.iterdir()) == []  # nothing is unpacked here
        return self

    def given(self, found: Sequence[Original | Refused]) -> None:
        self.originals = [each for each in found if isinstance(each, Original)]
        self.refused = [each for each in found if isinstance(each, Refused)]

    @property
    def names(self) -> list[str]:
        return [self._short(each.source) for each in self.originals]

    @property
    def reasons(self) -> dict[str, str]:
        return {self._short(each.source): each.reason for each in self.refused}

    def _short(self, source: str) -> str:
        return source.removeprefix(f"{self.path}/")


def test_every_member_is_an_original_with_a_source_and_a_type(opened: Opened) -> None:
    found = opened("a.zip", zipped(("b/report.TXT", WORDS), ("page.html", b"<p>x"), ("nothing", b"")))
    assert found.names == ["a.zip!b/report.TXT", "a.zip!page.html", "a.zip!nothing"]
    assert [each.media_type for each in found.originals] == ["text/plain", "text/html", None]
    assert found.originals[0].raw == WORDS and found.refused == []


def test_a_name_in_an_archive_is_a_label_and_never_a_path(opened: Opened, tmp_path: Path) -> None:
    before = set(tmp_path.rglob("*"))
    names = (
        "../../evil.txt",
        "/etc/evil.txt",
        "C:\\evil.txt",
        "a\nb\x1b.txt",
        "x" * 3000 + ".txt",
        "con.txt",
    )
    for make in (zipped, tarred):
        found = opened("a.zip", make(*((name, WORDS) for name in names)))
        assert len(found.originals) == len(names) and found.refused == []
        assert found.names[0] == "a.zip!../../evil.txt"
        assert all(name.isprintable() and len(name) < 600 for name in found.names)
    assert set(tmp_path.rglob("*")) == before


def test_what_is_hidden_and_folders_are_left_out(opened: Opened) -> None:
    members = [
        (".DS_Store", b"x"),
        ("__MACOSX/._a", b"x"),
        ("a/.b/c.txt", b"x"),
        ("d/", b""),
        ("e.txt", WORDS),
    ]
    for name, make in (("a.zip", zipped), ("a.zip", tarred)):
        assert opened(name, make(*members)).names[-1:] == ["a.zip!e.txt"]
        assert not any(each.raw.decode() == "x" for each in opened.originals)


def test_one_bad_member_costs_itself(opened: Opened) -> None:
    raw = zipped(("a.txt", b"first" * 50), ("b.txt", WORDS), ("c.txt", WORDS), method=zipfile.ZIP_STORED)
    found = opened("a.zip", raw.replace(WORDS, WORDS.upper(), 1))
    assert found.names == ["a.zip!a.txt", "a.zip!c.txt"]
    assert found.reasons["a.zip!b.txt"].startswith("damaged or cut short: Bad CRC-32")


def test_encrypted_members_and_other_methods_are_refused(opened: Opened) -> None:
    raw = bytearray(zipped(("a.txt", WORDS), ("b.txt", WORDS)))
    raw[6] |= 1  # of the local header
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    found = opened("a.zip", bytes(raw))
    assert found.names == ["a.zip!b.txt"]
    assert found.reasons == {"a.zip!a.txt": "encrypted; unpack it with its password and add what is in it"}
    lzma = opened("a.zip", zipped(("a.txt", WORDS), method=zipfile.ZIP_LZMA))
    assert "method 14" in lzma.reasons["a.zip!a.txt"]


@pytest.mark.parametrize("cut", [1, 10, 60])
def test_a_zip_that_is_cut_short_is_one_refusal(opened: Opened, cut: int) -> None:
    raw = zipped(("a.txt", WORDS), ("b.txt", WORDS))
    found = opened("a.zip", raw[:-cut])
    assert found.names == [] and "damaged or cut short" in found.reasons["a.zip"]


def test_an_empty_archive_says_so(opened: Opened) -> None:
    assert opened("a.zip", zipped()).reasons == {"a.zip": "empty: there is no document in it"}


def test_archives_in_an_archive_go_one_deep(opened: Opened) -> None:
    deepest = zipped(("deepest.txt", WORDS))
    inner = zipped(("inner.txt", WORDS), ("deepest.zip", deepest))
    found = opened("a.zip", zipped(("inner.zip", inner), ("t.tar.gz", tarred(("t.txt", WORDS), mode="w:gz"))))
    assert found.names == ["a.zip!inner.zip!inner.txt", "a.zip!t.tar.gz!t.txt"]
    assert found.reasons == {
        "a.zip!inner.zip!deepest.zip": "an archive in 2 others; unpack it and add what is in it"
    }


def test_a_document_of_word_is_no_archive_whatever_its_name(opened: Opened) -> None:
    word = zipped(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>"))
    assert opened("a.docx", word).originals[0].raw == word
    found = opened("a.zip", zipped(("misnamed", word), ("b.xlsx", zipped(("xl/workbook.xml", b"")))))
    assert found.originals[0].raw == word and "wordprocessingml" in (found.originals[0].media_type or "")
    sheet = zipped(("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>"))
    assert opened("a.zip", sheet).reasons == {"a.zip": "XLSX is not read; save it as PDF, DOCX or text"}


def test_gzip_of_one_file_goes_by_the_name_of_that_file(opened: Opened) -> None:
    found = opened("report.txt.gz", gzip.compress(WORDS))
    assert found.originals == [Original(WORDS, str(opened.path / "report.txt.gz"), media_type="text/plain")]
    assert opened("n.jsonl.gz", gzip.compress(b'{"text": "a"}\n{"text": "b"}')).names == [
        "n.jsonl.gz:1",
        "n.jsonl.gz:2",
    ]


def test_gzip_that_is_damaged_or_in_gzip_is_refused(opened: Opened) -> None:
    raw = gzip.compress(os.urandom(1000))
    assert "damaged or cut short" in opened("a.gz", raw[:-20]).reasons["a.gz"]
    assert "damaged or cut short" in opened("a.gz", raw[:-8] + b"00000000").reasons["a.gz"]
    assert "gzip in gzip" in opened("a.gz", gzip.compress(raw)).reasons["a.gz"]


def test_what_came_before_the_break_is_kept(opened: Opened) -> None:
    lines = b"".join(b'{"text": "line %d"}\n' % number for number in range(3000))
    found = opened("a.jsonl.gz", gzip.compress(lines)[:-2000])
    assert 0 < len(found.originals) < 3000
    assert found.reasons["a.jsonl.gz"].endswith(f"(after {len(found.originals):,} documents in it)")


def test_tar_is_read_and_its_links_and_devices_are_not(opened: Opened) -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, kind in (("l", tarfile.SYMTYPE), ("h", tarfile.LNKTYPE), ("f", tarfile.FIFOTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        info = tarfile.TarInfo("a.txt")
        info.size = len(WORDS)
        archive.addfile(info, io.BytesIO(WORDS))
    found = opened("a.tar", file.getvalue())
    assert found.names == ["a.tar!a.txt"]
    assert set(found.reasons.values()) == {"a link or a special file"} and len(found.reasons) == 3


# Bombs


def test_a_member_that_unfolds_beyond_what_people_write_is_refused(opened: Opened) -> None:
    found = opened("a.zip", zipped(("bomb.txt", bytes(30 * MIB)), ("b.txt", WORDS)))
    assert found.names == ["a.zip!b.txt"] and "200 times its size" in found.reasons["a.zip!bomb.txt"]
    assert "200 times" in opened("a.zip", gzip.compress(bytes(30 * MIB))).reasons["a.zip"]


def test_a_member_over_the_limit_of_a_document_is_refused(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARSAD_DOCUMENT_BYTES", "1000")
    found = opened("a.zip", zipped(("large.txt", os.urandom(1001)), ("fits.txt", os.urandom(1000))))
    assert found.names == ["a.zip!fits.txt"] and "MARSAD_DOCUMENT_BYTES" in found.reasons["a.zip!large.txt"]


def test_all_that_an_archive_unfolds_to_is_bounded_also_through_archives_in_it(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARSAD_ARCHIVE_BYTES", "400000")
    part = zipped(("x", os.urandom(50_000)))
    found = opened("a.zip", zipped(*((f"{number}.zip", part) for number in range(20))))
    assert 0 < len(found.originals) < 8
    assert "MARSAD_ARCHIVE_BYTES" in found.reasons["a.zip"]


def test_the_number_of_files_is_bounded(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_ARCHIVE_FILES", "5")
    for make in (zipped, tarred):
        found = opened("a.zip", make(*((f"{number}.txt", WORDS) for number in range(9))))
        assert len(found.originals) == 5
        assert "holds over 5 files (MARSAD_ARCHIVE_FILES)" in found.reasons["a.zip"]


def test_entries_that_lie_over_one_another_are_a_bomb(opened: Opened) -> None:
    """Two entries of the directory share one stream of bytes, as in the bombs that need no nesting."""
    raw = zipped(("a.txt", WORDS * 100))
    at = raw.index(b"PK\x01\x02")
    directory, end = raw[at : raw.index(b"PK\x05\x06")], raw[raw.index(b"PK\x05\x06") :]
    counts = struct.pack("<HHL", 2, 2, 2 * len(directory))
    found = opened("a.zip", raw[:at] + directory * 2 + end[:8] + counts + end[16:])
    assert found.originals == [] and "lie over one another" in found.reasons["a.zip"]


# By other ways


def test_bytes_that_were_fetched_are_opened_and_keep_where_they_came_from() -> None:
    outer = Original(
        zipped(("a.txt", WORDS)),
        "https://x.example/a.zip?b=c",
        url="https://x.example/a.zip",
        media_type="application/octet-stream",
        retrieved="2024-03-01T00:00:00+00:00",
    )
    (found,) = containers.unpacked(outer)
    assert isinstance(found, Original)
    assert (found.raw, found.source) == (WORDS, "https://x.example/a.zip?b=c!a.txt")
    assert (found.retrieved, found.url) == (outer.retrieved, None)
    page = Original(b"<p>words", "https://x.example/")
    assert list(containers.unpacked(page)) == [page]


def test_a_container_on_standard_input_is_opened_within_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    def give(raw: bytes) -> None:
        buffered = io.BufferedReader(io.BytesIO(raw))  # type: ignore[arg-type]
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(buffered))

    raw = zipped(("a.txt", WORDS), ("b.txt", WORDS))
    give(raw)
    assert [each.source for each in sources.originals("-")] == ["-!a.txt", "-!b.txt"]
    give(raw)
    monkeypatch.setenv("MARSAD_ARCHIVE_BYTES", "100")
    with pytest.raises(TooLarge, match="MARSAD_ARCHIVE_BYTES"):
        list(sources.originals("-"))


def test_a_table_that_nobody_coded_is_refused_and_lines_are_rows(opened: Opened) -> None:
    found = opened("a.zip", zipped(("t.csv", b"a,b\n1,2\n"), ("l.ndjson", b'{"text": "a"}\n\n{"text": "b"}')))
    assert found.names == ["a.zip!l.ndjson:1", "a.zip!l.ndjson:3"]
    assert {each.row for each in found.originals} == {"document"}
    assert "UCDP GED's or ACLED's" in found.reasons["a.zip!t.csv"]
