"""A PDF's bytes to its text, and to where every line of it stands.

    characters → segments → rows → without running heads → regions → without notes
        → lines and table rows → paragraphs → text with offsets

Everything is made from coordinates and type; nothing is learnt, and the same bytes give the same text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from marsad.documents.page import Remark
from marsad.documents.pdf.assembly import Assembled, assembled
from marsad.documents.pdf.cover import Stated, stated
from marsad.documents.pdf.flow import flow_of
from marsad.documents.pdf.frame import Frame
from marsad.documents.pdf.margins import without_running
from marsad.documents.pdf.opening import metadata_of, opened
from marsad.documents.pdf.pages import ReadPage, Side, read_page
from marsad.errors import BadInput

_FEW = 60  # characters: a picture of a page may bear a stamp, or a number
_UNMAPPED = 0.3  # of the characters: more cannot be read
_LISTED = 20  # pages that a remark names


class Extraction(NamedTuple):
    """A PDF's text, where it stands, and what it says of itself."""

    assembled: Assembled
    stated: Stated
    remarks: tuple[Remark, ...]
    frames: tuple[Frame, ...]  # of every page as displayed


def extracted(raw: bytes, *, most_pages: int) -> Extraction:
    """The text of a PDF.

    Raises:
        BadInput: encrypted, broken, a scan, or without text.
        TooLarge: over `most_pages`.
    """
    with opened(raw, most_pages) as document:
        pages = [read_page(document, number) for number in range(len(document))]
        metadata = metadata_of(document)
    _refuse_unmapped(pages)
    whole = [side for page in pages for side in page.sides]
    sides = _without_running(whole)
    if not any(side.rows for side in sides):
        sides = whole  # a page repeated is no running head
    scans = _scans(pages, sides)
    sides = [side for side in sides if side.rows]
    if not any(side.page not in scans for side in sides):
        raise BadInput(_no_text(len(scans), len(pages)))
    flow = flow_of(sides)
    return Extraction(
        assembled(flow.paragraphs + flow.notes),
        stated(metadata, flow.paragraphs, flow.size),
        _remarks(pages, scans),
        tuple(page.frame for page in pages),
    )


def _without_running(sides: Sequence[Side]) -> list[Side]:
    """The sides without running heads, which are looked for among those of one direction."""
    found = dict[tuple[int, int], Side]()
    for direction in sorted({side.direction for side in sides}):
        alike = [side for side in sides if side.direction == direction]
        kept = without_running([side.rows for side in alike], [side.frame.height for side in alike])
        for side, rows in zip(alike, kept, strict=True):
            found[side.page, side.turn] = side._replace(rows=rows)
    return [found[side.page, side.turn] for side in sides]


def _scans(pages: Sequence[ReadPage], sides: Sequence[Side]) -> list[int]:
    """Pages that are pictures, with no more text than a stamp."""
    letters = dict.fromkeys(range(len(pages)), 0)
    for side in sides:
        letters[side.page] += sum(len(row.text) for row in side.rows)
    return [
        number
        for number, page in enumerate(pages)
        if page.characters.pictured and not page.characters.recognised and letters[number] < _FEW
    ]


def _refuse_unmapped(pages: Sequence[ReadPage]) -> None:
    total = sum(page.letters for page in pages)
    unmapped = sum(page.characters.unmapped for page in pages)
    if unmapped > _UNMAPPED * total:
        raise BadInput("a PDF whose fonts do not say which letters they show; OCR makes it readable")


def _no_text(scans: int, pages: int) -> str:
    if not scans:
        return "a PDF without text; if it shows any, OCR makes it readable"
    which = f"its {pages} pages are" if pages > 1 else "its page is"
    return f"a scanned PDF: {which} pictures without text; OCR makes it readable"


def _remarks(pages: Sequence[ReadPage], scans: Sequence[int]) -> tuple[Remark, ...]:
    found = []
    if scans:
        found.append(_of_pages("scanned_pages", scans, all=str(len(pages))))
    broken = [number for number, page in enumerate(pages) if page.broken]
    if broken:
        found.append(_of_pages("broken_pages", broken, all=str(len(pages))))
    if hidden := sum(page.characters.hidden for page in pages):
        found.append(Remark.of("hidden_text.pdf", count=hidden))
    if slanted := sum(page.characters.slanted for page in pages):
        found.append(Remark.of("slanted_text", count=slanted))
    if unmapped := sum(page.characters.unmapped for page in pages):
        found.append(Remark.of("unmapped_text", count=unmapped))
    recognised = [number for number, page in enumerate(pages) if page.characters.recognised]
    if recognised:
        found.append(_of_pages("recognised_text", recognised))
    return tuple(found)


def _of_pages(sentence: str, numbers: Sequence[int], **given: str) -> Remark:
    name = f"{sentence}.one" if len(numbers) == 1 else sentence
    return Remark.of(name, pages=_listed(numbers), **given)


def _listed(numbers: Sequence[int]) -> str:
    """Page numbers from 1, neighbours as a range."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    shown = [f"{a + 1}" if a == b else f"{a + 1}–{b + 1}" for a, b in ranges[:_LISTED]]
    more = ", ..." if len(ranges) > _LISTED else ""
    return ", ".join(shown) + more
