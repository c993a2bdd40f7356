from __future__ import annotations

import gzip
import itertools
import zlib
from pathlib import Path

import pytest

from marsad import sources
from marsad.records.original import Original, Refused
from marsad.sources import warc
from marsad.sources.payload import decoded

from .archived import folded, record, response

PAGE = b"<html><body><p>The army said that 40 men had fled the town of Zafir.</p></body></html>"
CHUNKED = b"a\r\n" + PAGE[:10] + b"\r\n%x;x=y\r\n" % (len(PAGE) - 10) + PAGE[10:] + b"\r\n0\r\n\r\n"
RECORDS = [
    record("warcinfo", "x", b"software: test\r\n", content_type="application/warc-fields"),
    record("request", "http://x.example/1", b"GET / HTTP/1.1\r\n\r\n"),
    response("http://x.example/1", PAGE),
    response("http://x.example/gzip", gzip.compress(PAGE), "Content-Encoding: gzip\r\n"),
    response("http://x.example/chunks", CHUNKED, "Transfer-Encoding: chunked\r\n"),
    response("http://x.example/gone", PAGE, status="404 Not Found"),
    response("http://x.example/picture", b"\x89PNG", "Content-Type: image/png\r\n"),
    response("http://x.example/robots.txt", b"User-agent: *", "Content-Type: text/plain\r\n"),
    record("revisit", "http://x.example/1", b"HTTP/1.1 200 OK\r\n\r\n"),
    record("metadata", "http://x.example/1", b"a: b\r\n", content_type="application/warc-fields"),
    record("resource", "http://x.example/paper.pdf", b"%PDF-1.4", content_type="application/pdf"),
    record("conversion", "http://x.example/wet", b"Snow fell.", content_type="text/plain"),
]
ADDRESSES = [f"http://x.example/{name}" for name in ("1", "gzip", "chunks", "paper.pdf", "wet")]


def written(folder: Path, raw: bytes, name: str = "a.warc.gz") -> str:
    path = folder / name
    path.write_bytes(raw)
    return str(path)


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.warc", b"".join(RECORDS)),
        ("a.warc.gz", folded(*RECORDS)),
        ("whole.warc.gz", gzip.compress(b"".join(RECORDS))),
        ("misnamed", folded(*RECORDS)),
    ],
)
def test_pages_files_and_conversions_are_documents(tmp_path: Path, name: str, raw: bytes) -> None:
    path = written(tmp_path, raw, name)
    found = [each for each in sources.expand([path]) if isinstance(each, Original)]
    assert [each.source for each in found] == [f"{path}!{address}" for address in ADDRESSES]
    assert [each.url for each in found] == ADDRESSES
    assert [each.raw for each in found] == [PAGE, PAGE, PAGE, b"%PDF-1.4", b"Snow fell."]
    assert {each.retrieved for each in found} == {"2024-03-05T10:00:00+00:00"}
    assert [each.media_type for each in found][2:] == ["text/html", "application/pdf", "text/plain"]


@pytest.mark.parametrize("every", [1, 2, 5, 100])
@pytest.mark.parametrize("make", [b"".join, lambda records: folded(*records)])
def test_parts_hold_each_record_once_and_can_be_read_alone(tmp_path: Path, every: int, make: object) -> None:
    path = written(tmp_path, make(RECORDS))  # type: ignore[operator]
    parts = list(warc.parts(path, every))
    assert sum(part.records for part in parts) == len(RECORDS)
    assert len(parts) == -(-len(RECORDS) // every)
    whole = list(warc.records(path))
    assert list(itertools.chain.from_iterable(warc.records(path, *part) for part in parts)) == whole
    assert whole == list(sources.originals(path))


def test_a_file_that_is_one_gzip_is_one_part(tmp_path: Path) -> None:
    path = written(tmp_path, gzip.compress(b"".join(RECORDS)))
    assert list(warc.parts(path, 1)) == [warc.Part(0, len(RECORDS))]


@pytest.mark.parametrize("make", [b"".join, lambda records: folded(*records)])
@pytest.mark.parametrize("cut", [10, 60, 100, 150, 180])
def test_a_file_that_is_cut_short_keeps_what_came_before_and_says_so(
    tmp_path: Path, make: object, cut: int
) -> None:
    raw = make([response(f"http://x.example/{number}", PAGE) for number in range(3)])[:-cut]  # type: ignore[operator]
    path = written(tmp_path, raw)
    *kept, last = sources.expand([path])
    assert [each.url for each in kept if isinstance(each, Original)][:2] == [
        "http://x.example/0",
        "http://x.example/1",
    ]
    complete = isinstance(last, Original) and last.raw == PAGE and cut == 10
    assert complete or (
        isinstance(last, Refused) and ("cut short" in last.reason or "damaged" in last.reason)
    )
    parts = list(warc.parts(path, 1))
    again = list(itertools.chain.from_iterable(warc.records(path, *part) for part in parts))
    assert [each.source for each in again] == [each.source for each in [*kept, last]]


def test_damage_in_the_middle_ends_the_file_with_a_reason(tmp_path: Path) -> None:
    path = written(tmp_path, RECORDS[2] + b"garbage " * 20 + b"\r\n\r\n" + RECORDS[2], "a.warc")
    first, second = sources.expand([path])
    assert isinstance(first, Original)
    assert isinstance(second, Refused) and second.reason.startswith("damaged after 1 records")


def test_a_page_that_the_crawler_cut_is_read_with_a_notice(tmp_path: Path) -> None:
    path = written(
        tmp_path, response("http://x.example/1", PAGE, more="WARC-Truncated: length\r\n"), "a.warc"
    )
    (found,) = sources.expand([path])
    assert isinstance(found, Original)
    assert [(each.code, each.message) for each in found.notices] == [
        ("cut_short", "The archive holds only the beginning of the page (length).")
    ]


def test_one_bad_page_costs_itself(tmp_path: Path) -> None:
    bad = [
        response("http://x.example/half", gzip.compress(PAGE)[:-9], "Content-Encoding: gzip\r\n"),
        response("http://x.example/bomb", gzip.compress(bytes(40 * 2**20)), "Content-Encoding: gzip\r\n"),
        response("http://x.example/strange", b"\x01\x02", "Content-Encoding: zstd\r\n"),
        response("http://x.example/chunks", CHUNKED[:-30], "Transfer-Encoding: chunked\r\n"),
    ]
    found = list(sources.expand([written(tmp_path, folded(*bad, RECORDS[2]))]))
    reasons = [each.reason for each in found if isinstance(each, Refused)]
    assert [reason.partition(" ")[0] for reason in reasons] == ["what", "over", "Content-Encoding", "what"]
    assert isinstance(found[-1], Original)


def test_a_bomb_of_skipped_records_ends_the_file(tmp_path: Path) -> None:
    film = response("http://x.example/film", bytes(120 * 2**20), "Content-Type: video/mp4\r\n")
    found = list(sources.expand([written(tmp_path, folded(film, RECORDS[2]))]))
    assert isinstance(found[0], Refused) and "200 times its size" in found[0].reason


@pytest.mark.parametrize("raw", [b"WARC/1.0\r\n\r\n", b"WARC/1.0", b"WARC/1.0\r\nContent-Length: -5\r\n\r\n"])
def test_what_is_no_record_is_one_refusal(tmp_path: Path, raw: bytes) -> None:
    (found,) = sources.expand([written(tmp_path, raw, "a.warc")])
    assert isinstance(found, Refused)


def test_a_file_that_is_not_there_is_one_refusal(tmp_path: Path) -> None:
    (found,) = warc.records(str(tmp_path / "none.warc"))
    assert isinstance(found, Refused) and "No such file" in found.reason


# What servers do to a body


def test_encodings_are_undone_in_order_and_where_they_are_there() -> None:
    brotli = pytest.importorskip("brotli")

    twice = gzip.compress(zlib.compress(PAGE))
    bare = zlib.compressobj(wbits=-15)
    cases = [
        (brotli.compress(PAGE), "br"),
        (zlib.compress(PAGE), "deflate"),
        (bare.compress(PAGE) + bare.flush(), "deflate"),
        (twice, "deflate, gzip"),
        (PAGE, "gzip"),  # a crawler unpacked it and kept the header
        (PAGE, "br"),
        (PAGE, "identity"),
    ]
    for raw, encoding in cases:
        assert decoded(raw, "", encoding, limit=1000) == PAGE, encoding
    assert decoded(PAGE, "chunked", "", limit=1000) == PAGE
