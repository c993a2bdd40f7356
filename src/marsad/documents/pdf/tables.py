"""Tables: rows whose segments stand under one another, put together cell by cell.

A table that is drawn is told by its lines (`ruled`). Another is found by its blanks alone: at least two
rows of two segments that begin, or end, at the same places. A cell's further lines are put to its first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from marsad.documents.pdf.characters import Rule
from marsad.documents.pdf.columns import Region
from marsad.documents.pdf.ruled import ruled
from marsad.documents.pdf.segments import Row, Segment, joined

Cells = list[list[Segment]]  # of one table row: a cell is its lines

_NEAR = 4.0  # points within which cells begin, or end, together
_STRETCH = 1.7  # times the usual blank of a justified line
_WIDEST_STRETCH = 3.0  # of the type size
_LONGEST, _WIDEST = 300, 60  # rows and cells of a table
_PROSE = 0.75  # of the rows of running text are of one segment
_WORDY = 20  # characters behind a bare number that make it that of a paragraph
_MARKER = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,2}){0,3}[.)]?|\(\d{1,3}\)|\([a-z]{1,4}\)|[a-z]{1,4}[.)]|[A-Z]{1,5}[.)]"
    r"|[•▪‣◦●○■□➢✓·*–—\-\uf0b7\uf0a7\uf0d8o])"
)
_NUMERIC = re.compile(r"[\d.,%$€£()+\-–— ]{1,40}")
LEADERS = re.compile(r"(?:\s?[.…_]){4,400}\s?")


def is_marker(text: str) -> bool:
    """Whether `text` is the number, letter or bullet of a paragraph."""
    return bool(_MARKER.fullmatch(text))


def blocks(region: Region, rules: Sequence[Rule]) -> Iterator[Row | Cells]:
    """The lines of a region, each of one segment, and the rows of its tables.

    Args:
        rules: the horizontal lines that are drawn on its page.
    """
    begin = 0
    for table in ruled(region.rows, rules):
        yield from _told_by_blanks(region, region.rows[begin : table.begin])
        columns = _columns([row for band in table.bands for row in band], every=True)
        for band in table.bands:
            yield _cells(band, columns)
        begin = table.end
    yield from _told_by_blanks(region, region.rows[begin:])


def _cells(band: Sequence[Row], columns: Sequence[tuple[float, float]]) -> Cells:
    """One row of a table, of all the rows of text in it."""
    cells: dict[int, list[Segment]] = {}
    for row in band:
        for column, segments in _placed(row, columns).items():
            cells.setdefault(column, []).extend(segments)
    return [cells[column] for column in sorted(cells)]


def _told_by_blanks(region: Region, rows: Sequence[Row]) -> Iterator[Row | Cells]:
    waiting: list[Row] = []
    single = sum(len(row.segments) == 1 for row in rows)
    is_prose = single >= _PROSE * len(rows)
    for row in (_line(row, region if is_prose else None) for row in rows):
        if waiting and (len(waiting) >= _LONGEST or not _goes_on(waiting, row)):
            yield from _closed(waiting)
            waiting = []
        if waiting or len(row.segments) > 1:
            waiting.append(row)
        else:
            yield row
    yield from _closed(waiting)


def _line(row: Row, prose: Region | None) -> Row:
    """A row of running text as one segment: its paragraph number and stretched blanks are no cells.

    Args:
        prose: its region, if that is running text for the most part.
    """
    if len(row.segments) == 1:
        return row
    first, *others = row.segments
    wordy = sum(len(segment.text) for segment in others) >= _WORDY
    if first.is_raised_mark or (is_marker(first.text) and (wordy or not first.text.isdecimal())):
        rest = _line(Row(tuple(others)), prose)
        whole = joined((first, *rest.segments)) if len(rest.segments) == 1 else None
        return Row((whole,), is_item=True) if whole else row
    is_stretched = row.rtl or _is_stretched(row) or (prose is not None and _fills(row, prose))
    return Row((joined(row.segments),)) if is_stretched else row


def _is_stretched(row: Row) -> bool:
    """Whether the gaps of a row are hardly wider than its blanks, as in a justified line."""
    blanks = [
        segment.edges[at + 1] - segment.edges[at]
        for segment in row.segments
        if segment.edges
        for at, letter in enumerate(segment.text)
        if letter == " "
    ]
    if len(blanks) < 2:
        return False
    usual = max(median(blanks), 0.25 * row.size)
    return max(_gaps(row)) <= min(_STRETCH * usual, _WIDEST_STRETCH * row.size)


def _fills(row: Row, region: Region) -> bool:
    """Whether a row goes from edge to edge with gaps that are alike: a line of few long words."""
    gaps = _gaps(row)
    is_full = row.x0 - region.x0 < 2 * row.size and region.x1 - row.x1 < 0.5 * row.size
    widest = _WIDEST_STRETCH * (1 if len(gaps) == 1 else 2) * row.size
    return is_full and max(gaps) <= min(1.4 * min(gaps), widest)


def _gaps(row: Row) -> list[float]:
    return [right.x0 - left.x1 for left, right in pairwise(row.segments)]


def _goes_on(table: Sequence[Row], row: Row) -> bool:
    """Whether `row` belongs to the rows of `table`, or to the last of them."""
    last = table[-1]
    step = row.y - last.y
    if len(row.segments) > 1:
        return step < 4 * row.size
    if step > 1.6 * max(row.size, last.size):
        return False
    segment = row.segments[0]
    widest = max(table, key=lambda each: len(each.segments)).segments
    is_under = any(abs(segment.x0 - cell.x0) <= _NEAR for cell in widest)
    return is_under and sum(cell.x0 < segment.x1 and segment.x0 < cell.x1 for cell in widest) <= 1


def _closed(waiting: list[Row]) -> Iterator[Row | Cells]:
    """The rows gathered: table rows where they are aligned, else each by itself."""
    tabular = [row for row in waiting if len(row.segments) > 1]
    is_crowded = any(len(row.segments) > _WIDEST for row in tabular)
    if len(tabular) < 2 or is_crowded or not _aligned(tabular):
        for row in waiting:
            yield row if len(row.segments) == 1 else [[segment] for segment in row.segments]
        return
    yield from _table(waiting)


def _aligned(tabular: Sequence[Row]) -> bool:
    """Whether two rows have a cell at one place, beside the first."""
    begins = [segment.x0 for row in tabular for segment in row.segments[1:]]
    ends = [segment.x1 for row in tabular for segment in row.segments[1:]]
    return any(
        later - earlier <= _NEAR for places in (begins, ends) for earlier, later in pairwise(sorted(places))
    )


def _table(rows: Sequence[Row]) -> Iterator[Cells]:
    columns = _columns(rows)
    steps = [below.y - above.y for above, below in pairwise(rows)]
    inner = min(steps) if steps else 0.0
    is_spaced = sum(step > 1.25 * inner for step in steps) >= 0.3 * len(steps)
    current: dict[int, list[Segment]] = {}
    for at, row in enumerate(rows):
        cells = _placed(row, columns)
        if current and not _wraps(cells, current, is_near=steps[at - 1] <= 1.25 * inner, spaced=is_spaced):
            yield [current[column] for column in sorted(current)]
            current = {}
        for column, segments in cells.items():
            current.setdefault(column, []).extend(segments)
    if current:
        yield [current[column] for column in sorted(current)]


def _columns(rows: Sequence[Row], *, every: bool = False) -> list[tuple[float, float]]:
    """The horizontal extents of the columns, by the rows with the most cells.

    Args:
        every: of all rows, where that makes more: a short cell may stand between the lines of a tall one.
    """
    most = max(len(row.segments) for row in rows)
    extents = _extents([row for row in rows if len(row.segments) == most])
    if not every:
        return extents
    return max(extents, _extents(rows), key=len)


def _extents(rows: Sequence[Row]) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for x0, x1 in sorted((segment.x0, segment.x1) for row in rows for segment in row.segments):
        if found and x0 < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], x1))
        else:
            found.append((x0, x1))
    return found


def _placed(row: Row, columns: Sequence[tuple[float, float]]) -> dict[int, list[Segment]]:
    cells: dict[int, list[Segment]] = {}
    for segment in row.segments:
        overlaps = [min(segment.x1, x1) - max(segment.x0, x0) for x0, x1 in columns]
        column = max(range(len(columns)), key=overlaps.__getitem__)
        cells.setdefault(column, []).append(segment)
    return cells


def _wraps(
    cells: dict[int, list[Segment]], current: dict[int, list[Segment]], *, is_near: bool, spaced: bool
) -> bool:
    """Whether a row holds further lines of the cells before it."""
    if not is_near or not set(cells) <= set(current):
        return False
    if any(_NUMERIC.fullmatch(segment.text) for segments in cells.values() for segment in segments):
        return False
    if len(cells) < len(current):
        return spaced or min(current) not in cells or len(cells) == 1
    return spaced
