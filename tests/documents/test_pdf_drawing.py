"""Pages of PDFs as pictures, drawn in a child process."""

from __future__ import annotations

import struct
import zlib

import pytest

from marsad.documents.pdf.drawing import WIDTH, picture, png
from marsad.errors import BadInput, NotFound, TooLarge

from .test_pdf import pdf

PLAIN = pdf("One page.\n#pagebreak()\n#rect(width: 100pt, height: 100pt, fill: rgb(255, 0, 0))")


def decoded(raw: bytes) -> tuple[int, int, int, bytes]:
    """Width, height, colour type and lines of a PNG of one chunk of data."""
    assert raw.startswith(b"\x89PNG\r\n\x1a\n")
    at, chunks = 8, {}
    while at < len(raw):
        (length,) = struct.unpack(">I", raw[at : at + 4])
        kind, body = raw[at + 4 : at + 8], raw[at + 8 : at + 8 + length]
        assert struct.unpack(">I", raw[at + 8 + length : at + 12 + length]) == (zlib.crc32(kind + body),)
        chunks[kind] = body
        at += 12 + length
    width, height, depth, colours = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
    assert depth == 8
    return width, height, colours, zlib.decompress(chunks[b"IDAT"])


def test_a_page_of_black_on_white_is_grey_and_one_with_colours_is_not() -> None:
    width, height, colours, lines = decoded(picture(PLAIN, 1))
    assert width == WIDTH
    assert colours == 0
    assert len(lines) == height * (width + 1)
    assert min(lines[1 : width + 1]) == 255  # the margin
    assert 0 in lines  # filters, and ink
    width, height, colours, lines = decoded(picture(PLAIN, 2))
    assert colours == 2
    assert len(lines) == height * (3 * width + 1)
    assert b"\xff\x00\x00" in lines


@pytest.mark.parametrize("page", [0, -1, 3, 2**80])
def test_a_page_that_is_not_there_is_said(page: int) -> None:
    with pytest.raises(NotFound, match="no such page"):
        picture(PLAIN, page)


@pytest.mark.parametrize("raw", [b"", b"words", b"%PDF-1.7\nbroken", PLAIN[:200]])
def test_what_is_no_pdf_is_refused(raw: bytes) -> None:
    with pytest.raises(BadInput):
        picture(raw, 1)


def test_a_picture_is_no_larger_than_it_may_be() -> None:
    tall = pdf("#set page(width: 50pt, height: 5000pt)\nTall")
    width, height, _, _ = decoded(picture(tall, 1))
    assert width * height <= 6_100_000


def test_limits_hold_in_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_PDF_PAGES", "1")
    from marsad import isolation  # noqa: PLC0415 - a child that has other settings

    isolation.close()
    try:
        with pytest.raises(TooLarge, match="MARSAD_PDF_PAGES"):
            picture(PLAIN, 1)
    finally:
        isolation.close()


def test_lines_become_a_picture_as_they_are() -> None:
    assert decoded(png(2, 1, b"\0\x10\x20", is_grey=True)) == (2, 1, 0, b"\0\x10\x20")
