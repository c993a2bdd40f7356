"""PDF to text in the order of reading, and where each line of it stands.

`extract` and `extract_layout` meet hostile files: they are called in a child process with limits
(`isolation.py`), and load PDFium there only. What becomes of footnotes, tables and hidden text is told
in `docs/pdf.md`.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from marsad.documents.page import Page, encode
from marsad.isolation import call
from marsad.settings import load

if TYPE_CHECKING:
    from marsad.documents.pdf.placement import Layout

__all__ = ["extract", "extract_layout", "layout"]


def extract(raw: bytes) -> bytes:
    """A PDF's bytes to an encoded `Page`.

    Raises:
        BadInput: encrypted, broken, a scan without text, or without any.
        TooLarge: more pages than the settings allow.
    """
    from marsad.documents.pdf.extraction import extracted  # noqa: PLC0415 - in the child only

    found = extracted(raw, most_pages=load().pdf_pages)
    stated = found.stated
    return encode(
        Page(
            text=found.assembled.text,
            title=stated.title,
            author=stated.author,
            publisher=stated.publisher,
            published=stated.published,
            genre="official" if stated.symbol else "unknown",
            corrections=found.assembled.corrections,
            remarks=found.remarks,
        )
    )


def layout(raw: bytes) -> Layout:
    """Where each line of the text of the PDF `raw` stands; for `placement.boxes`.

    The offsets are those of the text that this version of the extractor gives: a document that an
    earlier one made has another `text_sha256`.

    Raises:
        BadInput: it cannot be read.
        TooLarge: over a limit of the settings.
    """
    from marsad.documents.pdf.placement import Layout  # noqa: PLC0415 - with what is slow to load

    settings = load()
    answer = call(
        "marsad.documents.pdf:extract_layout",
        raw,
        seconds=settings.pdf_seconds,
        memory=settings.parse_bytes,
        setting="MARSAD_PDF_SECONDS",
    )
    return msgspec.msgpack.decode(answer, type=Layout)


def extract_layout(raw: bytes) -> bytes:
    """A PDF's bytes to an encoded `Layout`; raises as `extract` does."""
    from marsad.documents.pdf.extraction import extracted  # noqa: PLC0415 - in the child only
    from marsad.documents.pdf.placement import layout_of  # noqa: PLC0415

    found = extracted(raw, most_pages=load().pdf_pages)
    return msgspec.msgpack.encode(layout_of(found, hashlib.sha256(found.assembled.text.encode()).hexdigest()))
