"""The pages of a document that was a PDF: as pictures, with boxes over the words of records.

Pictures are drawn by a child process with limits; where words stand follows from the bytes, and is told
only for the text that this version of the extractor gives. The original itself is a download, and is
never shown by the browser.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from marsad.documents import pdf
from marsad.documents.pdf.drawing import picture
from marsad.errors import NotFound
from marsad.ledger.store import Store
from marsad.records.reading import Claim, Document
from marsad.records.spans import Spans
from marsad.reports.marks import Mark
from marsad.web.evidence import Evidence, Item

if TYPE_CHECKING:
    from marsad.documents.pdf.placement import Layout, PageBox

router = APIRouter(tags=["documents"])
SHEETS = 8  # pages that are shown at once
_REMEMBERED = 8  # layouts
_WORDS = 80  # characters of a box's words that are told
_layouts: dict[str, Layout] = {}
_lock = Lock()


class Box(NamedTuple):
    """Words of a record on a page; in points from its top left."""

    kind: str
    record: str  # as in `Mark`: with `-source` or `-cue` for the words of a claim's source and cue
    claim: str | None
    x: float
    y: float
    width: float
    height: float
    words: str
    is_first: bool  # of its record on these pages

    @property
    def whole(self) -> str:
        """The id of the record itself."""
        return self.record.partition("-")[0]


class Sheet(NamedTuple):
    """A page with its boxes, the largest first, so that the others lie over it."""

    number: int  # from 1
    width: float  # points
    height: float
    boxes: list[Box]


@dataclass(frozen=True)
class Sheets:
    """The pages of one PDF, a few at a time."""

    evidence: Evidence
    layout: Layout

    @classmethod
    def of(cls, store: Store, evidence: Evidence) -> Sheets | None:
        """`None` of a document that was no PDF."""
        document = evidence.reading.document
        return cls(evidence, _layout(store, document)) if is_pdf(document) else None

    @property
    def is_placed(self) -> bool:
        """Whether it is known where the words of this text stand."""
        return self.layout.text_sha256 == self.evidence.reading.document.text_sha256

    @property
    def parts(self) -> int:
        return -(-len(self.layout.pages) // SHEETS)

    def part_of(self, item: Item) -> int:
        """The number of the part, from 0, that has the first words of a record."""
        record = item.record
        return self._part(record.mentions if item.kind == "actor" else record.spans)

    def _part(self, spans: Spans) -> int:
        where = self._boxes(spans[:1])
        return (where[0].page - 1) // SHEETS if where else 0

    def claims(self, part: int) -> list[Claim]:
        """The claims whose words begin on its pages."""
        if not self.is_placed:
            return self.evidence.claims(0)
        return [claim for claim in self.evidence.reading.claims if self._part(claim.spans) == part]

    def shown(self, part: int) -> list[Sheet]:
        """The pages of a part."""
        first = part * SHEETS + 1
        found: dict[int, list[Box]] = {
            number: [] for number in range(first, min(first + SHEETS, len(self.layout.pages) + 1))
        }
        seen: set[str] = set()
        for mark in self.evidence.marks:
            for where in self._boxes((mark.span,)):
                if where.page in found and mark.kind != "masked":
                    found[where.page].append(self._box(mark, where, is_first=mark.record not in seen))
                    seen.add(mark.record)
        sizes = self.layout.pages
        return [
            Sheet(number, *sizes[number - 1], sorted(boxes, key=lambda box: -box.width * box.height))
            for number, boxes in found.items()
        ]

    def _boxes(self, spans: Spans) -> list[PageBox]:
        from marsad.documents.pdf.placement import boxes  # noqa: PLC0415 - with what is slow to load

        return boxes(self.layout, spans) if self.is_placed else []

    def _box(self, mark: Mark, where: PageBox, *, is_first: bool) -> Box:
        left, top, right, bottom = where.box
        begin, end = mark.span
        words = " ".join(self._text[begin : min(end, begin + _WORDS)].split())
        size = round(right - left, 2), round(bottom - top, 2)
        return Box(mark.kind, mark.record, mark.claim, left, top, *size, words, is_first)

    @cached_property
    def _text(self) -> str:
        return self.evidence.reading.document.text


def is_pdf(document: Document) -> bool:
    """Whether a document's text was made from a PDF."""
    return document.extractor.startswith("pdf@")


def _layout(store: Store, document: Document) -> Layout:
    """Where the words of a PDF stand, found once for a few documents."""
    with _lock:
        if found := _layouts.get(document.raw_sha256):
            return found
    found = pdf.layout(store.original(document.id))
    with _lock:
        _layouts[document.raw_sha256] = found
        for oldest in list(_layouts)[:-_REMEMBERED]:
            del _layouts[oldest]
    return found


@router.get("/documents/{document_id}/pages/{number}.png")
def page_as_picture(request: Request, document_id: str, number: int) -> Response:
    """A page of a document that was a PDF, as PNG."""
    store: Store = request.app.state.store
    document = store.reading(document_id).document
    if not is_pdf(document):
        raise NotFound(f"{document_id}: was no PDF, and has no pages")
    return Response(picture(store.original(document_id), number), media_type="image/png")


@router.get("/documents/{document_id}/original")
def original(request: Request, document_id: str) -> Response:
    """The bytes of a document as they came: evidence, to be saved and not to be handed on."""
    store: Store = request.app.state.store
    document = store.reading(document_id).document
    headers = {"content-disposition": f'attachment; filename="{_name(document)}"'}
    return Response(store.original(document_id), media_type="application/octet-stream", headers=headers)


def _name(document: Document) -> str:
    """A name to save it under: of plain letters, with the end of what it was read from."""
    came = (document.url or document.source or "").partition("?")[0].rstrip("/").rpartition("/")[2]
    plain = _plain(came.replace("\\", "/").rpartition("/")[2])[-60:].lstrip(".-")
    return f"{document.id[:8]}-{plain or 'original'}"


def _plain(name: Iterable[str]) -> str:
    return "".join(c if c.isascii() and (c.isalnum() or c in ".-_") else "_" for c in name)
