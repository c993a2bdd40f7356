"""Opens a PDF, or says in one line why it cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from marsad.documents.pdf.frame import Frame
from marsad.errors import BadInput, TooLarge

_LETTER = (0.0, 0.0, 612.0, 792.0)  # a page that states no size


@contextmanager
def opened(raw: bytes, most_pages: int) -> Iterator[pdfium.PdfDocument]:
    """The document of `raw`.

    Raises:
        BadInput: encrypted, or no PDF that can be read.
        TooLarge: over `most_pages`.
    """
    try:
        document = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        if error.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            raise BadInput("an encrypted PDF; save it without its password and add that") from None
        raise BadInput("a broken PDF; ask its sender for it again") from None
    try:
        pages = len(document)
        if pages < 1:
            raise BadInput("a PDF without pages")
        if pages > most_pages:
            raise TooLarge(f"a PDF of {pages:,} pages is over the limit of {most_pages:,} (MARSAD_PDF_PAGES)")
        yield document
    finally:
        document.close()


@contextmanager
def page_of(document: pdfium.PdfDocument, number: int) -> Iterator[pdfium.PdfPage | None]:
    """A page by its number from 0; None where it is broken."""
    try:
        page = document[number]
    except pdfium.PdfiumError:
        yield None
        return
    try:
        yield page
    finally:
        page.close()


def frames_of(page: pdfium.PdfPage) -> dict[int, Frame]:
    """The page's frames by direction; the key of the displayed one is the page's rotation."""
    left, bottom, right, top = _box(page)
    return {turn: Frame(left, bottom, right, top, turn) for turn in (0, 90, 180, 270)}


def _box(page: pdfium.PdfPage) -> tuple[float, float, float, float]:
    left, bottom, right, top = page.get_bbox()  # of the crop box within the media box
    return (left, bottom, right, top) if right - left > 1 and top - bottom > 1 else _LETTER


def metadata_of(document: pdfium.PdfDocument) -> dict[str, str]:
    """What the file states of itself, such as `Title` and `Author`; nothing where that is broken."""
    try:
        found: dict[str, str] = document.get_metadata_dict(skip_empty=True)
    except (UnicodeDecodeError, pdfium.PdfiumError):
        return {}
    return found
