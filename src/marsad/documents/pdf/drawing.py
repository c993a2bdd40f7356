"""A page of a PDF as a picture, for display beside what was read on it. Never stored.

`draw` meets hostile files: it is called in a child process with limits (`isolation.py`), and loads PDFium
there only. Forms and their scripts are not run.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import msgspec

from marsad.errors import BadInput, NotFound
from marsad.isolation import call
from marsad.settings import load

if TYPE_CHECKING:
    import pypdfium2 as pdfium

__all__ = ["draw", "picture"]

WIDTH = 1240  # pixels across: A4 at 150 dots an inch
_MOST_PIXELS = 6_000_000
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GREY, _RGB = 0, 2  # colour types of PNG


class _Asked(msgspec.Struct, frozen=True, array_like=True):
    raw: bytes
    page: int  # from 1


def picture(raw: bytes, page: int) -> bytes:
    """A page of the PDF `raw` as PNG, by its number from 1, as displayed.

    Raises:
        NotFound: it has no such page.
        BadInput: it cannot be drawn.
        TooLarge: over a limit of the settings.
    """
    settings = load()
    if not 1 <= page <= settings.pdf_pages:
        raise NotFound(f"page {page}: the document has no such page")
    answer = call(
        "marsad.documents.pdf.drawing:draw",
        msgspec.msgpack.encode(_Asked(raw, page)),
        seconds=settings.pdf_seconds,
        memory=settings.parse_bytes,
        setting="MARSAD_PDF_SECONDS",
    )
    if not answer:
        raise NotFound(f"page {page}: the document has no such page")
    return answer


def draw(payload: bytes) -> bytes:
    """The PNG of an encoded request; nothing where there is no such page.

    Raises:
        BadInput: the page is broken.
    """
    from marsad.documents.pdf.opening import opened, page_of  # noqa: PLC0415 - in the child only

    asked = msgspec.msgpack.decode(payload, type=_Asked)
    with opened(asked.raw, load().pdf_pages) as document:
        if not 1 <= asked.page <= len(document):
            return b""
        with page_of(document, asked.page - 1) as page:
            if page is None:
                raise BadInput(f"page {asked.page}: is broken")
            return _drawn(page)


def _drawn(page: pdfium.PdfPage) -> bytes:
    wide, high = page.get_size()
    if not (wide > 0 and high > 0):
        raise BadInput("a page without a size")
    scale = min(WIDTH / wide, (_MOST_PIXELS / (wide * high)) ** 0.5)
    bitmap = page.render(scale=scale, may_draw_forms=False, rev_byteorder=True)
    try:
        pixels = bitmap.to_numpy()[:, :, :3]
        is_grey = bool(
            (pixels[:, :, 0] == pixels[:, :, 1]).all() and (pixels[:, :, 1] == pixels[:, :, 2]).all()
        )
        rows = pixels[:, :, 0] if is_grey else pixels.reshape(bitmap.height, -1)
        lines = b"".join(b"\0" + row.tobytes() for row in rows)
        return png(bitmap.width, bitmap.height, lines, is_grey=is_grey)
    finally:
        bitmap.close()


def png(width: int, height: int, lines: bytes, *, is_grey: bool) -> bytes:
    """A picture of 8 bits a sample (PNG, ISO/IEC 15948).

    Args:
        lines: each begins with the number of its filter.
    """
    head = struct.pack(">IIBBBBB", width, height, 8, _GREY if is_grey else _RGB, 0, 0, 0)
    return (
        _SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(lines, 3)) + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
