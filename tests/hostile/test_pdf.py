"""Malformed PDFs: by hand, and by mutation of good ones. A crash of the parser costs one document."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.cli.mixed import pdf

from .mutation import mutations
from .taking import WORDS, take_bytes

GOOD = pdf(
    WORDS, "The council met on Monday, and the road to the north was closed for a week.", title="Zafir"
)


class Case(NamedTuple):
    name: str
    raw: bytes


def document(*objects: bytes, trailer: bytes = b"/Root 1 0 R", start: bytes | None = None) -> bytes:
    """A PDF of these objects, numbered from 1, with a table that is right."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + each + b"\nendobj\n"
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d" % (len(objects) + 1) + trailer + b">>\nstartxref\n"
    return bytes(out) + (b"%d" % at if start is None else start) + b"\n%%EOF"


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
FONT = b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]" + FONT + b"/Contents 4 0 R>>"


def stream(raw: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d" % len(raw) + entries + b">>stream\n" + raw + b"\nendstream"


def packed(raw: bytes, times: int = 1) -> bytes:
    for _ in range(times):
        raw = zlib.compress(raw, 9)
    return stream(raw, b"/Filter[" + b"/FlateDecode" * times + b"]")


TEXT = b"BT /F1 12 Tf 60 700 Td (" + WORDS.encode() + b") Tj ET "


def cases() -> Iterator[Case]:
    yield Case("pages-loop", document(CATALOG, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"))
    yield Case(
        "parent-loop",
        document(CATALOG, b"<</Type/Pages/Parent 2 0 R/Kids[3 0 R]/Count 1>>", PAGE, stream(TEXT)),
    )
    yield Case("reference-loop", document(b"2 0 R", b"3 0 R", b"1 0 R"))
    yield Case(
        "length-loop", document(CATALOG, PAGES, PAGE, b"<</Length 4 0 R>>stream\n" + TEXT + b"\nendstream")
    )
    yield Case(
        "kids-deep",
        document(CATALOG, *[b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (at + 3) for at in range(5_000)]),
    )
    yield Case(
        "kids-many",
        document(
            CATALOG, b"<</Type/Pages/Kids[" + b"3 0 R " * 50_000 + b"]/Count 50000>>", PAGE, stream(TEXT)
        ),
    )
    yield Case(
        "count-lies", document(CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 2147483647>>", PAGE, stream(TEXT))
    )
    yield Case(
        "count-negative", document(CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count -1>>", PAGE, stream(TEXT))
    )
    yield Case(
        "size-lies", document(CATALOG, PAGES, PAGE, stream(TEXT)).replace(b"/Size 5", b"/Size 99999999")
    )
    yield Case("start-far", document(CATALOG, PAGES, PAGE, stream(TEXT), start=b"99999999999999"))
    yield Case("start-negative", document(CATALOG, PAGES, PAGE, stream(TEXT), start=b"-1"))
    yield Case("previous-loop", document(CATALOG, PAGES, PAGE, stream(TEXT), trailer=b"/Root 1 0 R/Prev 9"))
    yield Case("table-lies", document(CATALOG, PAGES, PAGE, stream(TEXT)).replace(b"00000 n", b"65535 n"))
    yield Case(
        "table-huge",
        document(CATALOG, PAGES, PAGE, stream(TEXT)).replace(b"xref\n0 5", b"xref\n0 2147483647"),
    )
    yield Case("arrays", document(CATALOG, PAGES, b"[" * 100_000))
    yield Case("dictionaries", document(CATALOG, PAGES, b"<</A" * 100_000))
    yield Case("strings", document(CATALOG, PAGES, b"(" * 100_000))
    yield Case("bomb", document(CATALOG, PAGES, PAGE, packed(TEXT + b" " * 100_000_000)))
    yield Case("bombs", document(CATALOG, PAGES, PAGE, packed(b" " * 50_000_000, 3)))
    yield Case(
        "filters",
        document(CATALOG, PAGES, PAGE, stream(TEXT, b"/Filter[" + b"/ASCIIHexDecode" * 5_000 + b"]")),
    )
    yield Case(
        "predictor",
        document(
            CATALOG,
            PAGES,
            PAGE,
            stream(
                zlib.compress(TEXT),
                b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2147483647/Colors 2147483647/BitsPerComponent 32>>",
            ),
        ),
    )
    yield Case(
        "lzw",
        document(
            CATALOG, PAGES, PAGE, stream(b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01" * 999, b"/Filter/LZWDecode")
        ),
    )
    yield Case(
        "run-length", document(CATALOG, PAGES, PAGE, stream(b"\x81 " * 500_000, b"/Filter/RunLengthDecode"))
    )
    yield Case("length-lies", document(CATALOG, PAGES, PAGE, b"<</Length 99999999>>stream\n" + TEXT))
    yield Case("text-many", document(CATALOG, PAGES, PAGE, packed(TEXT * 40_000)))
    yield Case(
        "letters-many",
        document(CATALOG, PAGES, PAGE, packed(b"BT /F1 1 Tf " + b"1 0 Td (x) Tj " * 100_000 + b"ET")),
    )
    yield Case(
        "one-place",
        document(
            CATALOG, PAGES, PAGE, packed(b"BT /F1 12 Tf 60 700 Td " + b"(x) Tj 0 0 Td " * 50_000 + b"ET")
        ),
    )
    yield Case("saves", document(CATALOG, PAGES, PAGE, packed(b"q " * 1_000_000 + TEXT)))
    yield Case("marked", document(CATALOG, PAGES, PAGE, packed(b"/P BMC " * 200_000 + TEXT)))
    yield Case(
        "numbers",
        document(
            CATALOG,
            PAGES,
            PAGE,
            stream(b"BT /F1 1e309 Tf 1e39 -1e39 Td 9" + b"9" * 9_999 + b" 0 Td (x) Tj ET"),
        ),
    )
    yield Case(
        "no-numbers",
        document(CATALOG, PAGES, PAGE, stream(b"BT /F1 nan Tf inf - Td (" + WORDS.encode() + b") Tj ET")),
    )
    form = stream(
        TEXT + b"/X1 Do", b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<</XObject<</X1 4 0 R>>>>"
    )
    yield Case(
        "form-loop", document(CATALOG, PAGES, PAGE.replace(b"/Font", b"/XObject<</X1 4 0 R>>/Font"), form)
    )
    billion = [
        stream(
            b"/X Do " * 10,
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % (at + 6),
        )
        for at in range(12)
    ]
    yield Case(
        "form-laughs",
        document(
            CATALOG, PAGES, PAGE.replace(b"/Font", b"/XObject<</X 5 0 R>>/Font"), stream(b"/X Do"), *billion
        ),
    )
    yield Case(
        "box", document(CATALOG, PAGES, PAGE.replace(b"0 0 612 792", b"-1e38 1e38 1e38 -1e38"), stream(TEXT))
    )
    yield Case("box-none", document(CATALOG, PAGES, PAGE.replace(b"[0 0 612 792]", b"null"), stream(TEXT)))
    yield Case(
        "box-small", document(CATALOG, PAGES, PAGE.replace(b"612 792", b"0.0001 0.0001"), stream(TEXT))
    )
    yield Case(
        "turned",
        document(
            CATALOG, PAGES, PAGE.replace(b"/Contents", b"/Rotate 45/UserUnit 99999/Contents"), stream(TEXT)
        ),
    )
    maps = stream(b"begincmap 99999 beginbfrange " + b"<00> <ffffffff> <0041> " * 9_999, b"")
    font = PAGE.replace(b"/Subtype/Type1", b"/Subtype/Type0/ToUnicode 5 0 R/Encoding/Identity-H")
    yield Case("font-map", document(CATALOG, PAGES, font, stream(TEXT), maps))
    surrogates = stream(b"1 beginbfrange <00> <ff> <D800> endbfrange 1 beginbfchar <41> <0000> endbfchar")
    yield Case("font-surrogates", document(CATALOG, PAGES, font, stream(TEXT), surrogates))
    yield Case("info-loop", document(CATALOG, PAGES, PAGE, stream(TEXT), trailer=b"/Root 1 0 R/Info 1 0 R"))
    yield Case(
        "info-odd",
        document(
            CATALOG,
            PAGES,
            PAGE,
            stream(TEXT),
            b"<</Title<FEFFD800DC00D8000000>/CreationDate(D:99999999999999+99'99)/Author 9 0 R>>",
            trailer=b"/Root 1 0 R/Info 5 0 R",
        ),
    )
    yield Case(
        "script",
        document(
            b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/AA<</O<</S/Launch/F(/bin/sh)>>>>>>",
            PAGES,
            PAGE,
            stream(TEXT),
        ),
    )
    yield Case(
        "outward",
        document(
            b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/URI/URI(http://127.0.0.1/)>>>>",
            PAGES,
            PAGE,
            stream(TEXT, b"/F(/etc/passwd)"),
        ),
    )
    yield Case(
        "encrypted-odd",
        document(
            CATALOG,
            PAGES,
            PAGE,
            stream(TEXT),
            b"<</Filter/Standard/V 5/R 6/Length 99999/O()/U()>>",
            trailer=b"/Root 1 0 R/Encrypt 5 0 R",
        ),
    )
    yield Case("header-only", b"%PDF-1.7")
    yield Case("header-late", b"x" * 900 + GOOD)
    yield Case("twice", GOOD + GOOD)
    yield Case("lines", GOOD.replace(b"\n", b"\r"))
    yield Case(
        "xref-stream",
        document(
            CATALOG,
            PAGES,
            PAGE,
            stream(TEXT),
            stream(b"\xff" * 900, b"/Type/XRef/Size 99999999/W[8 8 8]/Index[0 99999999]"),
            start=b"9",
        ),
    )
    yield Case(
        "object-stream",
        document(
            CATALOG,
            PAGES,
            PAGE,
            stream(TEXT),
            stream(b"1 0 " * 999, b"/Type/ObjStm/N 99999999/First 99999999/Extends 5 0 R"),
        ),
    )


def take_pdf(raw: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_PDF_SECONDS", "2")
    taken = take_bytes(raw, "a.pdf")
    assert len(taken.frozen) + len(taken.refused) == 1
    assert "root:" not in taken.said and "app.alert" not in taken.text


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case.name)
def test_a_pdf_that_is_malformed_is_read_or_refused(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    take_pdf(case.raw, monkeypatch)


@pytest.mark.parametrize("seed", range(4))
def test_mutations_of_a_good_pdf_are_read_or_refused(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for raw in mutations(GOOD, 60, seed):
        take_pdf(raw, monkeypatch)
    assert WORDS in take_bytes(GOOD, "a.pdf").text


def test_every_cut_of_a_good_pdf_is_read_or_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for end in range(1, len(GOOD), 37):
        take_pdf(GOOD[:end], monkeypatch)
