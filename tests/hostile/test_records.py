"""Files of many records, such as WARC, Parquet, CSV, JSON Lines and DOCX, that lie or are broken."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.mixed import docx

from . import archives
from .conftest import SECRET, Canary, Outside
from .mutation import mutations
from .taking import WORDS, Taken, take, take_bytes

GOOD = WORDS.encode()


class Case(NamedTuple):
    name: str
    raw: bytes
    holds: bool = False


def taken(tmp_path: Path, name: str, raw: bytes) -> Taken:
    path = tmp_path / name
    path.write_bytes(raw)
    return take(path)


# WARC


def record(payload: bytes, *headers: bytes, kind: bytes = b"resource", length: bytes | None = None) -> bytes:
    said = b"%d" % len(payload) if length is None else length
    lines = [
        b"WARC/1.0",
        b"WARC-Type: " + kind,
        b"WARC-Record-ID: <urn:uuid:12345678-0000-0000-0000-000000000000>",
        b"WARC-Date: 2024-03-05T10:00:00Z",
        *(headers or (b"WARC-Target-URI: http://a.example/1", b"Content-Type: text/plain")),
        b"Content-Length: " + said,
    ]
    return b"\r\n".join(lines) + b"\r\n\r\n" + payload + b"\r\n\r\n"


def response(http: bytes) -> bytes:
    return record(
        http,
        b"WARC-Target-URI: http://a.example/2",
        b"Content-Type: application/http; msgtype=response",
        kind=b"response",
    )


FIRST = record(GOOD)
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def warcs() -> Iterator[Case]:
    yield Case("good", FIRST, holds=True)
    for at, length in enumerate(
        (b"0", b"5", b"999999999999", b"-1", b"", b"x", b"9" * 5_000, b"1e9", b"0x10", b"+52")
    ):
        yield Case(f"length-{at}", FIRST + record(GOOD, length=length) + FIRST, holds=True)
    yield Case("no-length", FIRST + FIRST.replace(b"Content-Length", b"Content-Longth"), holds=True)
    yield Case("headers", FIRST + record(GOOD, *[b"X-%d: y" % at for at in range(20_000)]), holds=True)
    yield Case("header-long", FIRST + record(GOOD, b"X: " + b"y" * 5_000_000), holds=True)
    yield Case("header-endless", FIRST + b"WARC/1.0\r\n" + b"x" * 5_000_000, holds=True)
    yield Case("http-headers", FIRST + response(HTTP + b"X: y\r\n" * 50_000 + b"\r\n" + GOOD), holds=True)
    yield Case("http-none", FIRST + response(b"\x00\xff" * 999), holds=True)
    yield Case("http-status", FIRST + response(b"HTTP/1.1 99999999999999999999 X\r\n\r\n" + GOOD), holds=True)
    yield Case(
        "http-bomb",
        FIRST + response(HTTP + b"Content-Encoding: gzip\r\n\r\n" + archives.BOMB),
        holds=True,
    )
    yield Case(
        "http-bomb-twice",
        FIRST + response(HTTP + b"Content-Encoding: gzip, gzip\r\n\r\n" + gzip.compress(archives.BOMB)),
        holds=True,
    )
    yield Case("http-coding", FIRST + response(HTTP + b"Content-Encoding: x-none\r\n\r\n" + GOOD), holds=True)
    yield Case("http-no-gzip", FIRST + response(HTTP + b"Content-Encoding: gzip\r\n\r\n" + GOOD), holds=True)
    yield Case(
        "http-brotli", FIRST + response(HTTP + b"Content-Encoding: br\r\n\r\n" + b"\xff" * 99), holds=True
    )
    yield Case(
        "http-chunks",
        FIRST + response(HTTP + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx"),
        holds=True,
    )
    yield Case(
        "http-many-chunks",
        FIRST + response(HTTP + b"Transfer-Encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * 100_000),
        holds=True,
    )
    for at, address in enumerate(
        (
            b"",
            b"file:///etc/passwd",
            b"../../x",
            b"javascript:alert(1)",
            b"\xff\xfe",
            b"http://\x1b[2J/",
            b"http://[",
            b"x" * 50_000,
            b"http://a/\0",
        )
    ):
        yield Case(
            f"address-{at}",
            FIRST + record(GOOD + b" %d" % at, b"WARC-Target-URI: " + address, b"Content-Type: text/plain"),
            holds=True,
        )
    yield Case("date", FIRST + FIRST.replace(b"2024-03-05T10:00:00Z", b"99999-99-99T99:99:99Z"), holds=True)
    yield Case("no-date", FIRST.replace(b"WARC-Date: 2024-03-05T10:00:00Z\r\n", b""), holds=True)
    yield Case(
        "types",
        b"".join(
            record(GOOD, kind=kind)
            for kind in (
                b"request",
                b"metadata",
                b"revisit",
                b"warcinfo",
                b"continuation",
                b"none",
                b"",
                b"\xff",
            )
        )
        + FIRST,
        holds=True,
    )
    yield Case(
        "type-lies",
        FIRST + record(GOOD, b"WARC-Target-URI: http://a/", b"Content-Type: application/pdf"),
        holds=True,
    )
    yield Case("version", FIRST.replace(b"WARC/1.0", b"WARC/9.9"))
    yield Case("junk-between", FIRST + b"junk\r\n" * 500 + FIRST, holds=True)
    yield Case("zeros-after", FIRST + bytes(100_000), holds=True)
    yield Case("line-feeds", FIRST.replace(b"\r\n", b"\n"))
    yield Case("many-empty", record(b"") * 20_000 + FIRST, holds=True)
    yield Case("magic-only", b"WARC/1.0\r\n")


@pytest.mark.parametrize("folded", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("case", list(warcs()), ids=lambda case: case.name)
def test_a_web_archive_that_lies(tmp_path: Path, outside: Outside, case: Case, folded: bool) -> None:
    found = taken(tmp_path, f"a.warc{'.gz' * folded}", gzip.compress(case.raw, 1) if folded else case.raw)
    assert found.frozen or found.refused
    if case.holds:
        assert WORDS in found.text, found.reasons
    assert "root:" not in found.said


def test_members_of_a_web_archive_that_are_damaged_cost_what_follows_at_most(tmp_path: Path) -> None:
    good = gzip.compress(FIRST)
    for damaged in (
        good[:-20],
        good[:30] + b"\xff" * 9 + good[39:],
        b"\x1f\x8b" + bytes(50),
        good[:-8] + bytes(8),
    ):
        found = taken(tmp_path, "a.warc.gz", good + damaged + good)
        assert WORDS in found.text


def test_mutations_of_a_web_archive_are_read_or_refused(tmp_path: Path) -> None:
    raw = FIRST + response(HTTP + b"\r\n<html><body><p>" + GOOD) + FIRST
    for changed in mutations(raw, 12):
        taken(tmp_path, "a.warc", changed)
    for changed in mutations(gzip.compress(FIRST) * 2, 6):
        taken(tmp_path, "a.warc.gz", changed)


# Parquet


def parquet(**columns: list[object]) -> bytes:
    import polars  # noqa: PLC0415 - slow to load

    out = io.BytesIO()
    polars.DataFrame(columns).write_parquet(out)
    return out.getvalue()


def parquets() -> Iterator[Case]:
    good = parquet(text=[WORDS, "The council met."], title=["a", None])
    yield Case("good", good, holds=True)
    yield Case("magic", b"PAR1PAR1")
    yield Case("garbage", b"PAR1" + bytes(range(256)) * 9 + b"PAR1")
    yield Case("footer-huge", good[:-8] + b"\xff\xff\xff\x7f" + b"PAR1")
    yield Case("footer-none", good[:-8] + bytes(4) + b"PAR1")
    yield Case("cut", good[: len(good) // 2])
    yield Case("no-text", parquet(name=["x"], number=[1]))
    yield Case("text-is-number", parquet(text=[1, 2]))
    yield Case("text-is-list", parquet(text=[["a"], ["b"]]))
    yield Case("no-rows", parquet(text=[]))
    yield Case("nothing", parquet(text=[None, "", WORDS]), holds=True)
    yield Case("columns", parquet(text=[WORDS], **{f"c{at}": [at] for at in range(3_000)}), holds=True)
    yield Case("repeated", parquet(text=["words " * 200_000] * 40))
    yield Case(
        "odd-names", parquet(text=[WORDS], **{"\x1b[2J": [1], "a\nb": [2], "": [3], "../x": [4]}), holds=True
    )
    yield Case(
        "odd-values",
        parquet(
            text=["\x00", "\x1b[2J " + WORDS], publisher=["=1+1", "\u202e"], published=["never", "9" * 5_000]
        ),
    )


@pytest.mark.parametrize("case", list(parquets()), ids=lambda case: case.name)
def test_a_table_of_documents_that_lies(tmp_path: Path, outside: Outside, case: Case) -> None:
    found = taken(tmp_path, "a.parquet", case.raw)
    assert found.frozen or found.refused
    if case.holds:
        assert WORDS in found.text, found.reasons


def test_mutations_of_a_table_are_read_or_refused(tmp_path: Path) -> None:
    good = parquet(text=[WORDS, "The council met."], title=["a", None])
    for changed in mutations(good, 12):
        taken(tmp_path, "a.parquet", changed)
    assert WORDS in taken(tmp_path, "a.parquet", good).text


# CSV


COLUMNS = "id,relid,year,type_of_violence,side_a,side_b,where_prec,latitude,longitude,country,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,best,high,low"
EVENT = (
    "1,X-1,2024,1,Government of Zafiria,Zafir Front,1,35.1,40.1,Zafiria,1,2024-03-01,2024-03-01,1,2,0,3,5,3"
)
ACLED = "event_id_cnty,event_date,year,event_type,sub_event_type,actor1,actor2,country,latitude,longitude,source,notes,fatalities"


def tables() -> Iterator[Case]:
    yield Case("good", f"{COLUMNS}\n{EVENT}\n".encode(), holds=True)
    yield Case("header-only", f"{COLUMNS}\n".encode())
    yield Case("no-header", f"{EVENT}\n".encode())
    yield Case("columns", (",".join(f"c{at}" for at in range(100_000)) + f",{COLUMNS}\n").encode())
    yield Case("header-twice", f"{COLUMNS},{COLUMNS}\n{EVENT},{EVENT}\n".encode())
    yield Case("short-row", f"{COLUMNS}\n1,2\n{EVENT}\n".encode(), holds=True)
    yield Case("long-row", f"{COLUMNS}\n{EVENT}{',x' * 50_000}\n{EVENT}\n".encode(), holds=True)
    yield Case("quote-open", f'{COLUMNS}\n"1,{EVENT}\n{EVENT}\n'.encode())
    yield Case("quote-huge", f'{COLUMNS}\n{EVENT}\n"{"x" * 3_000_000}",2\n'.encode(), holds=True)
    yield Case("quotes", f"{COLUMNS}\n{EVENT}\n{chr(34) * 100_000}\n".encode(), holds=True)
    yield Case("null", f"{COLUMNS}\n{EVENT}\n1,\0,2\n{EVENT}\n".encode(), holds=True)
    yield Case("returns", f"{COLUMNS}\r{EVENT}\r".encode())
    yield Case("not-utf-8", f"{COLUMNS}\n{EVENT}\n".encode() + b"\xff\xfe,1\n", holds=True)
    yield Case("utf-16", f"{COLUMNS}\n{EVENT}\n".encode("utf-16"))
    yield Case("mark", f"\ufeff{COLUMNS}\n{EVENT}\n".encode(), holds=True)
    for at, value in enumerate(
        ("9" * 5_000, "²³", "1e999", "nan", "-inf", "0x1", "", "=1+1", "\x1b[2J", "\u202e", "1,5")
    ):
        odd = EVENT.replace("35.1", f'"{value}"').replace(",3,5,3", f',"{value}","{value}","{value}"')
        yield Case(f"number-{at}", f"{COLUMNS}\n{odd}\n{EVENT}\n".encode(), holds=True)
    for at, value in enumerate(
        ("never", "0000-00-00", "99999-01-01", "2024-02-30", "2024-03-01 00:00:00.000", "9" * 5_000, "")
    ):
        yield Case(
            f"date-{at}", f"{COLUMNS}\n{EVENT.replace('2024-03-01', value)}\n{EVENT}\n".encode(), holds=True
        )
    yield Case(
        "acled",
        f"{ACLED}\nZAF1,99 Foo 2024,x,Battles,Armed clash,Zafir Front,,Zafiria,x,y,=1,<script>evil()</script>,²\n".encode(),
    )


@pytest.mark.parametrize("case", list(tables()), ids=lambda case: case.name)
def test_a_table_of_events_that_lies(tmp_path: Path, case: Case) -> None:
    found = taken(tmp_path, "GEDEvent_v24_1.csv", case.raw)
    assert found.frozen or found.refused
    if case.holds:
        assert "Zafir Front" in found.text, found.reasons


def test_mutations_of_a_table_of_events_are_read_or_refused(tmp_path: Path) -> None:
    from marsad.reading import pipeline  # noqa: PLC0415

    for changed in mutations(f"{COLUMNS}\n{EVENT}\n{EVENT}\n".encode(), 15):
        for frozen in taken(tmp_path, "GEDEvent_v24_1.csv", changed).frozen:
            pipeline.read(frozen.document)


# JSON Lines


def lines() -> Iterator[Case]:
    row = json.dumps({"text": WORDS}).encode()
    yield Case("good", row, holds=True)
    yield Case("deep", b'{"text": ' + b"[" * 100_000 + b"\n" + row, holds=True)
    yield Case(
        "deep-other",
        b'{"text": "x", "y": ' + b'{"a":' * 100_000 + b"1" + b"}" * 100_001 + b"\n" + row,
        holds=True,
    )
    yield Case(
        "keys", json.dumps({"text": WORDS, **{f"k{at}": at for at in range(50_000)}}).encode(), holds=True
    )
    yield Case("key-twice", b'{"text": "x", "text": "' + GOOD + b'"}', holds=True)
    yield Case("number", b'{"text": "x", "published": ' + b"9" * 100_000 + b"}\n" + row, holds=True)
    yield Case("exponent", b'{"text": "x", "published": 1e999999}\n' + row, holds=True)
    yield Case("nan", b'{"text": NaN}\n{"text": Infinity}\n' + row, holds=True)
    yield Case(
        "escapes",
        b'{"text": "\\ud800"}\n{"text": "\\u0000"}\n{"text": "\\x41"}\n{"text": "\\u12"}\n' + row,
        holds=True,
    )
    yield Case("surrogates", '{"text": "\ud800"}\n'.encode("utf-8", "surrogatepass") + row, holds=True)
    yield Case("types", b'{"text": null}\n{"text": []}\n[]\n"x"\n1\ntrue\n{}\n' + row)
    yield Case(
        "metadata",
        b'{"text": "a b", "title": {}, "url": 1}\n{"text": "a", "author": [1]}\n' + row,
        holds=True,
    )
    yield Case("author", json.dumps({"text": WORDS, "author": ["x"] * 50_000}).encode(), holds=True)
    yield Case("blank", b"\n" * 500_000 + row, holds=True)
    yield Case("line-ends", row + b"\r\n\r\n" + b"\xe2\x80\xa8" + row, holds=True)
    yield Case("null", row + b"\n\0\n" + row, holds=True)
    yield Case("no-end", row + b"\n" + row[:-5], holds=True)
    yield Case("one-line", b'{"text": "' + b"x" * 12_000_000 + b'"}\n' + row, holds=True)


@pytest.mark.parametrize("case", list(lines()), ids=lambda case: case.name)
def test_json_lines_that_lie(tmp_path: Path, case: Case) -> None:
    found = taken(tmp_path, "a.jsonl", case.raw)
    assert found.frozen or found.refused
    if case.holds:
        assert WORDS in found.text, found.reasons


# DOCX

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
RELATIONS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{target}"{mode}/></Relationships>'


def word(
    body: str, before: str = "", *, target: str = "word/document.xml", mode: str = "", **parts: bytes
) -> bytes:
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:document {NS}><w:body>{body}</w:body></w:document>'
    )
    held = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS.format(target=target, mode=mode).encode(),
        "word/document.xml": document.encode("utf-8", "surrogatepass"),
    }
    return archives.office({**held, **{name.replace("__", "/"): raw for name, raw in parts.items()}})


def paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


GOOD_P = paragraph(WORDS)


def words() -> Iterator[Case]:
    yield Case("good", word(GOOD_P), holds=True)
    laughs = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 12))
    yield Case("laughs", word(paragraph("&l11;") + GOOD_P, f'<!DOCTYPE w [<!ENTITY l0 "lol">{laughs}]>'))
    yield Case("deep", word("<w:tbl><w:tr><w:tc>" * 30_000 + GOOD_P))
    yield Case("deep-closed", word("<w:tbl><w:tr><w:tc>" * 5_000 + GOOD_P + "</w:tc></w:tr></w:tbl>" * 5_000))
    yield Case("paragraphs", word("<w:p/>" * 100_000 + GOOD_P))
    yield Case("runs", word(f"<w:p>{'<w:r><w:t>x</w:t></w:r>' * 50_000}</w:p>{GOOD_P}"))
    yield Case(
        "spans",
        word(
            '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
            + GOOD_P
        ),
    )
    yield Case(
        "merged", word("<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr></w:tc></w:tr></w:tbl>" + GOOD_P)
    )
    yield Case(
        "odd-values",
        word(
            '<w:p><w:pPr><w:pStyle w:val=""/><w:numPr><w:ilvl w:val="-9"/><w:numId w:val="x"/></w:numPr></w:pPr></w:p>'
            + GOOD_P
        ),
    )
    yield Case("no-body", word("").replace(b"w:body", b"w:bdoy"))
    yield Case("cut", word(GOOD_P + "<w:p"))
    yield Case("controls", word(paragraph("\x1b[2J\x00") + GOOD_P))
    yield Case("references", word(paragraph("&#0;&#xD800;&#x110000;") + GOOD_P))
    yield Case("bomb", word(GOOD_P + " " * 60_000_000))
    yield Case("picture-bomb", word(GOOD_P, word__media=b"", word__x=archives.ZEROS), holds=True)
    yield Case("target-up", word(GOOD_P, target="../../../../etc/passwd"))
    yield Case("target-none", word(GOOD_P, target="word/none.xml"))
    yield Case("target-loop", word(GOOD_P, target="_rels/.rels"))
    yield Case(
        "parts",
        archives.office({"[Content_Types].xml": TYPES, **{f"word/{at}.xml": b"<x/>" for at in range(3_000)}}),
    )
    yield Case("no-types", archives.office({"word/document.xml": b"<x/>"}))
    yield Case("empty-types", archives.office({"[Content_Types].xml": b"", "word/document.xml": b"<x/>"}))


def outward(address: str) -> Iterator[Case]:
    yield Case("entity", word(paragraph("&x;") + GOOD_P, f'<!DOCTYPE w [<!ENTITY x SYSTEM "{address}">]>'))
    yield Case("parameter", word(GOOD_P, f'<!DOCTYPE w [<!ENTITY % x SYSTEM "{address}"> %x;]>'))
    yield Case("dtd", word(GOOD_P, f'<!DOCTYPE w SYSTEM "{address}">'))
    yield Case("target", word(GOOD_P, target=address, mode=' TargetMode="External"'))
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{address}" parse="text"/>'
    yield Case("xinclude", word(paragraph(include) + GOOD_P))
    template = RELATIONS.format(target=address, mode=' TargetMode="External"').replace(
        'officeDocument"', 'attachedTemplate"'
    )
    yield Case("template", word(GOOD_P, **{"word___rels__document.xml.rels": template.encode()}))


@pytest.mark.parametrize("case", list(words()), ids=lambda case: case.name)
def test_a_word_file_that_lies(case: Case, outside: Outside, monkeypatch: pytest.MonkeyPatch) -> None:
    if not case.holds:
        monkeypatch.setenv("MARSAD_PARSE_SECONDS", "2")
    found = take_bytes(case.raw, "a.docx")
    assert found.frozen or found.refused
    if case.holds:
        assert WORDS in found.text, found.reasons
    assert "lollol" not in found.text and "root:" not in found.said


def test_no_word_file_makes_anything_be_read_or_asked(canary: Canary) -> None:
    for address in canary.addresses:
        for case in outward(address):
            assert SECRET not in take_bytes(case.raw, "a.docx").said


def test_mutations_of_a_word_file_are_read_or_refused() -> None:
    for changed in mutations(docx(WORDS), 60):
        take_bytes(changed, "a.docx")
    for changed in mutations(f"<w:document {NS}><w:body>{GOOD_P}</w:body></w:document>".encode(), 60):
        take_bytes(
            archives.office(
                {
                    "[Content_Types].xml": TYPES,
                    "_rels/.rels": RELATIONS.format(target="word/document.xml", mode="").encode(),
                    "word/document.xml": changed,
                }
            ),
            "a.docx",
        )
