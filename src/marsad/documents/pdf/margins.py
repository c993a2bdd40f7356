"""Running heads, running feet and page numbers: told by their return from page to page.

A row is one where it is outermost on its page, and each of its segments stands at the same height on
other pages and says the same there but for its digits, or is a number that rises with the pages.
Without letters, a segment must be the same to the digit or be a page number: those of a table are not.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from marsad.documents.pdf.segments import Row, Segment

_ZONE = 0.15  # of the page's height, at its top and at its bottom
_ROWS = 4  # at most, at each edge
_LEVEL = 3.0  # points by which a running head may move
_PAGES = 2  # that show the same; three where there are more than `_FEW`
_FEW = 8
_WIDER = 1.25  # times the usual step: the blank between a running head and the text
_NUMBER = re.compile(
    r"(?:page|p\.|pg\.?)?\s?[-–—|]?\s?(\d{1,4}|[ivxl]{1,6})(?:\s?(?:/|of)\s?\d{1,4})?\s?[-–—|]?(?:\s?\|?\s?page)?",
    re.I,
)
_JOB = re.compile(r"\d\d-\d{5}(?: ?\([A-Z]\))?(?:\s[\d\s*]{0,60})?|\*\d{6,9}\*(?:\s\d\d-\d{5}.{0,40})?")
_SYMBOL = re.compile(r"[SAE]/[A-Z0-9][A-Za-z0-9./-]{2,30}(?: \(\d{4}\))?")
_DIGITS = re.compile(r"\d{1,50}")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


class _Edge(NamedTuple):
    """A segment near an edge of its page."""

    page: int
    side: str  # top or bottom
    depth: int  # of its row; 0: outermost
    segment: Segment

    @property
    def key(self) -> tuple[int, int]:
        return self.page, id(self.segment)


def without_running(pages: Sequence[Sequence[Row]], heights: Sequence[float]) -> list[list[Row]]:
    """The rows of every page without its running heads, feet and page number."""
    edges = [edge for page, rows in enumerate(pages) for edge in _edges(page, rows, heights[page])]
    running = _repeated(edges, len(pages)) | _numbers(edges, len(pages)) | _printed(edges)
    running |= _placed(edges, running, len(pages))
    return [_kept(page, rows, heights[page], running) for page, rows in enumerate(pages)]


def _edges(page: int, rows: Sequence[Row], height: float) -> Iterator[_Edge]:
    for side, row, depth in _outer(rows, height):
        for segment in row.segments:
            yield _Edge(page, side, depth, segment)


def _outer(rows: Sequence[Row], height: float) -> Iterator[tuple[str, Row, int]]:
    """The rows near the edges of a page, from the edge inwards."""
    for depth, row in enumerate(rows[:_ROWS]):
        if row.y <= _ZONE * height:
            yield "top", row, depth
    for depth, row in enumerate(reversed(rows[-_ROWS:])):
        if row.y >= (1 - _ZONE) * height:
            yield "bottom", row, depth


def _kept(page: int, rows: Sequence[Row], height: float, running: dict[tuple[int, int], bool]) -> list[Row]:
    """`rows` without those that are running: outermost, and a blank or half of the pages speak for it."""
    found: dict[str, list[Row]] = {"top": [], "bottom": []}
    for side, row, depth in _outer(rows, height):
        if len(found[side]) == depth and all((page, id(segment)) in running for segment in row.segments):
            found[side].append(row)
    begin, end = len(found["top"]), len(rows) - len(found["bottom"])
    if begin >= end:
        return []
    blank = _WIDER * _usual_step(rows)

    def is_apart(inner: Row, outer: Row) -> bool:
        is_frequent = all(running[page, id(segment)] for segment in outer.segments)
        return is_frequent or abs(outer.y - inner.y) > blank

    while begin and not is_apart(rows[begin], rows[begin - 1]):
        begin -= 1
    while end < len(rows) and not is_apart(rows[end - 1], rows[end]):
        end += 1
    return list(rows[begin:end])


def _usual_step(rows: Sequence[Row]) -> float:
    steps = [below.y - above.y for above, below in pairwise(rows) if below.y - above.y > 0.5 * below.size]
    return median(steps) if steps else 0.0


def _repeated(edges: Sequence[_Edge], pages: int) -> dict[tuple[int, int], bool]:
    """What says the same at one place; and whether it does on half of the pages."""
    alike: dict[tuple[str, str], list[_Edge]] = defaultdict(list)
    for edge in edges:
        text = edge.segment.text[:300]
        shape = _DIGITS.sub("#", text) if any(map(str.isalpha, text)) else text
        alike[edge.side, shape].append(edge)
    wanted = _PAGES if pages <= _FEW else _PAGES + 1
    found: dict[tuple[int, int], bool] = {}
    for group in alike.values():
        for level in _levels(group):
            count = len({edge.page for edge in level})
            if count >= wanted:
                found |= {edge.key: _is_frequent(count, pages) for edge in level}
    return found


def _is_frequent(count: int, pages: int) -> bool:
    """Whether so many pages are half of them, and no accident: `Ibid.` ends many a page."""
    return count >= max(3, pages / 2)


def _levels(group: Sequence[_Edge]) -> Iterator[list[_Edge]]:
    """Edges at one height together."""
    level: list[_Edge] = []
    for edge in sorted(group, key=lambda edge: edge.segment.y):
        if level and edge.segment.y - level[-1].segment.y > _LEVEL:
            yield level
            level = []
        level.append(edge)
    if level:
        yield level


def _numbers(edges: Sequence[_Edge], pages: int) -> dict[tuple[int, int], bool]:
    """Numbers that rise with the pages; on a single page, its number where it is 1."""
    offsets: dict[int, list[_Edge]] = defaultdict(list)
    for edge in edges:
        number = _page_number(edge.segment.text)
        if number is not None and edge.depth <= 1:
            offsets[number - edge.page].append(edge)
    found: dict[tuple[int, int], bool] = {}
    for offset, group in offsets.items():
        count = len({edge.page for edge in group})
        if count >= _PAGES or (pages == 1 and offset == 1):
            found |= {edge.key: _is_frequent(count, pages) for edge in group}
    return found


def _page_number(text: str) -> int | None:
    match = _NUMBER.fullmatch(text.strip()) if len(text) < 40 else None
    if not match:
        return None
    if match[1].isdecimal():
        return int(match[1])
    values = [_ROMAN[letter] for letter in match[1].lower()]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


def _printed(edges: Sequence[_Edge]) -> dict[tuple[int, int], bool]:
    """What the United Nations print on a page once: job number and bar code below, the symbol above."""
    return {
        edge.key: True
        for edge in edges
        if (edge.side == "bottom" and _JOB.fullmatch(edge.segment.text[:200]))
        or (
            edge.side == "top" and edge.page and edge.depth == 0 and _SYMBOL.fullmatch(edge.segment.text[:80])
        )
    }


def _placed(
    edges: Sequence[_Edge], running: dict[tuple[int, int], bool], pages: int
) -> dict[tuple[int, int], bool]:
    """Outermost rows at a height where half of the pages have a running head: heads of short chapters."""
    heights = Counter((edge.side, round(edge.segment.y)) for edge in edges if edge.key in running)
    common = {place for place, count in heights.items() if _is_frequent(count, pages)}
    return {
        edge.key: running.get(edge.key, False)
        for edge in edges
        if edge.page and edge.depth == 0 and (edge.side, round(edge.segment.y)) in common
    }
