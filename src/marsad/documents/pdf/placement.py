"""Where the text of a PDF stands on its pages, for display. Never stored: it follows from the bytes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

import msgspec

from marsad.documents.pdf.assembly import Placed
from marsad.documents.pdf.extraction import Extraction
from marsad.documents.pdf.frame import Box
from marsad.records.spans import Span


class PlacedLine(msgspec.Struct, frozen=True, gc=False):
    """A line of the text: `text[begin:end]` stands in `box` of `page`."""

    begin: int
    end: int
    page: int  # from 1
    box: Box  # left, top, right, bottom in points, from the top left of the page as displayed
    edges: tuple[float, ...] = ()  # left of each character, and right of the last; empty: unknown


class Layout(msgspec.Struct, frozen=True):
    """All lines in the order of the text, and the size of each page in points."""

    text_sha256: str  # of the text that the offsets are of
    pages: tuple[tuple[float, float], ...]  # width, height
    lines: tuple[PlacedLine, ...]


class PageBox(NamedTuple):
    """A part of a page: left, top, right, bottom in points, from the top left as displayed."""

    page: int  # from 1
    box: Box


def boxes(layout: Layout, spans: Iterable[Span]) -> list[PageBox]:
    """Where `spans` of the text stand: a box for each line that they touch, as narrow as is known."""
    begins = [line.begin for line in layout.lines]
    found = []
    for begin, end in spans:
        at = max(bisect_right(begins, begin) - 1, 0)
        for line in islice(layout.lines, at, None):
            if line.begin >= end:
                break
            if line.end > begin:
                found.append(PageBox(line.page, _narrowed(line, begin, end)))
    return found


def _narrowed(line: PlacedLine, begin: int, end: int) -> Box:
    left, top, right, bottom = line.box
    if not line.edges:
        return line.box
    first, last = max(begin - line.begin, 0), min(end - line.begin, line.end - line.begin)
    x0, x1 = line.edges[first], line.edges[last]
    return (x0, top, x1, bottom) if left - 1 <= x0 < x1 <= right + 1 else line.box


def layout_of(extraction: Extraction, text_sha256: str) -> Layout:
    """The layout of what was extracted."""
    pages = tuple((round(frame.width, 2), round(frame.height, 2)) for frame in extraction.frames)
    lines = tuple(_line(extraction, placed) for placed in extraction.assembled.placed)
    return Layout(text_sha256, pages, lines)


def _line(extraction: Extraction, placed: Placed) -> PlacedLine:
    page = extraction.frames[placed.page]
    upright = page._replace(turn=placed.turn)
    box = upright.displayed(placed.box, page)
    known = placed.turn == page.turn and len(placed.edges) == placed.end - placed.begin + 1
    edges = tuple(round(edge, 2) for edge in placed.edges) if known else ()
    x0, y0, x1, y1 = (round(edge, 2) for edge in box)
    return PlacedLine(placed.begin, placed.end, placed.page + 1, (x0, y0, x1, y1), edges)
