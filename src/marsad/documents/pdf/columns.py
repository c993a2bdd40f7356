"""The reading order of a page: its rows cut into regions, column by column.

A gutter is a place where many segments begin and that none but headings cross. What crosses it parts
the page into bands; a band is read column by column where both its sides are running text, and row
by row where they are the cells of a table. Columns are cut again, so that three are found as two and
one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from marsad.documents.pdf.segments import Row, Segment, rows

_DEPTH = 4  # of cuts within cuts
_CANDIDATES = 12  # gutters that are tried
_NEAR = 3.0  # points within which segments begin together
_LINES = 3  # that begin together beside a gutter
_NARROWEST = 8.0  # of the type size, the width of a column
_BLANK = 4.0  # times the type size: a blank over the whole width parts what is above from what is below
_FEW = 8  # lines, among which the short last ones of paragraphs weigh more
_WORDY = 14  # characters: most lines of running text have more


class Region(NamedTuple):
    """Rows that are read one after another, and the edges between which they stand."""

    rows: tuple[Row, ...]
    x0: float
    x1: float


class _Cut(NamedTuple):
    bands: tuple[tuple[tuple[Segment, ...], ...], ...]  # each of one part or of two, in order
    lines: int  # that are in columns


def regions(page: Sequence[Row]) -> list[Region]:
    """The regions of a page in the order of reading."""
    pieces = [segment for row in page for segment in row.segments]
    return [_region(part) for part in _parts(pieces, _DEPTH)]


def _region(part: Sequence[Segment]) -> Region:
    return Region(tuple(rows(part)), min(each.x0 for each in part), max(each.x1 for each in part))


def _parts(pieces: Sequence[Segment], depth: int) -> list[Sequence[Segment]]:
    cut = _best_cut(pieces) if depth and len(pieces) >= 2 * _LINES else None
    if cut is None:
        return [pieces] if pieces else []
    found: list[Sequence[Segment]] = []
    for band in cut.bands:
        for part in band:
            found.extend(_parts(part, depth - 1))
    return found


def _best_cut(pieces: Sequence[Segment]) -> _Cut | None:
    size = median(piece.size for piece in pieces)
    ordered = sorted(pieces, key=lambda each: (each.y, each.x0))
    cuts = [cut for x in _gutters(pieces, size) if (cut := _cut(ordered, x, size))]
    return max(cuts, key=lambda cut: cut.lines, default=None)


def _gutters(pieces: Sequence[Segment], size: float) -> list[float]:
    """Where many segments begin, the most frequent first; not at the left margin."""
    margin = min(piece.x0 for piece in pieces) + _NARROWEST * size
    starts = sorted(piece.x0 for piece in pieces if piece.x0 > margin)
    groups: list[list[float]] = []
    for start in starts:
        if groups and start - groups[-1][0] <= _NEAR:
            groups[-1].append(start)
        else:
            groups.append([start])
    common = sorted((group for group in groups if len(group) >= _LINES), key=len, reverse=True)
    return [group[0] for group in common[:_CANDIDATES]]


def _cut(ordered: Sequence[Segment], x: float, size: float) -> _Cut | None:
    """The page cut to the left of `x`, where that leaves columns of running text."""
    bands: list[tuple[tuple[Segment, ...], ...]] = []
    spanning: list[Segment] = []
    band: list[Segment] = []
    lines = 0

    def close_band() -> None:
        nonlocal lines, spanning
        left = tuple(piece for piece in band if piece.x0 < x - 1)
        right = tuple(piece for piece in band if piece.x0 >= x - 1)
        goes_on = bool(bands) and len(bands[-1]) == 2 and not spanning
        if left and right and _are_columns(left, right, size, goes_on=goes_on):
            if spanning:
                bands.append((tuple(spanning),))
            bands.append((left, right))
            lines += len(left) + len(right)
            spanning = []
        else:
            spanning.extend(band)
        band.clear()

    above = ordered[0]
    for level in _levels(ordered):
        if _is_apart(above, level[0], size):
            close_band()
        above = level[0]
        if any(piece.x0 < x - 1 and piece.x1 > x - 0.3 * size for piece in level):
            close_band()
            spanning.extend(level)
        else:
            band.extend(level)
    close_band()
    if spanning:
        bands.append((tuple(spanning),))
    return _Cut(tuple(bands), lines) if lines else None


def _levels(ordered: Sequence[Segment]) -> Iterator[list[Segment]]:
    """Segments on one baseline together, from the top down."""
    level: list[Segment] = []
    for piece in ordered:
        if level and piece.y - level[0].y > 0.2 * piece.size:
            yield level
            level = []
        level.append(piece)
    if level:
        yield level


def _is_apart(above: Segment, below: Segment, size: float) -> bool:
    """Whether the blank between two, over the whole width, ends the columns above: a picture, a foot."""
    blank = (below.y - above.y) / size
    return blank > _BLANK or (blank > _BLANK / 2 and below.size < 0.93 * size)


def _are_columns(left: Sequence[Segment], right: Sequence[Segment], size: float, *, goes_on: bool) -> bool:
    """Whether both sides are running text; a single line is where columns stand above it."""
    if not (_is_running_text(left, size) and _is_running_text(right, size)):
        return False
    are_tall = min(left[-1].y - left[0].y, right[-1].y - right[0].y) >= size
    if not are_tall:
        return goes_on
    return _overlap(left, right) > 0.3 and not _are_cells(left, right, size)


def _is_running_text(part: Sequence[Segment], size: float) -> bool:
    width = max(each.x1 for each in part) - min(each.x0 for each in part)
    if width < _NARROWEST * size:
        return False
    wanted = 0.6 if len(part) > _FEW else 0.4
    return sum(len(each.text) >= _WORDY for each in part) >= wanted * len(part)


def _overlap(left: Sequence[Segment], right: Sequence[Segment]) -> float:
    """The share of the shorter side's height that lies beside the other."""
    top, bottom = max(left[0].y, right[0].y), min(left[-1].y, right[-1].y)
    shorter = min(left[-1].y - left[0].y, right[-1].y - right[0].y)
    return (bottom - top) / shorter if shorter > 0 else 0.0


def _are_cells(left: Sequence[Segment], right: Sequence[Segment], size: float) -> bool:
    """Whether the blanks of each side end where the other begins a paragraph: the rows of a table."""
    sides = _lines(left), _lines(right)
    blanks = aligned = 0
    for side, other in (sides, sides[::-1]):
        begun = _paragraph_starts(other, size)
        leading = _leading(side, size)
        for (above, _), (below, _) in pairwise(side):
            if below - above > 1.9 * leading:
                blanks += 1
                aligned += any(round(below) + shift in begun for shift in (-1, 0, 1))
    often = max(2.0, 0.08 * min(map(len, sides)))
    return blanks >= often and aligned >= 0.7 * blanks


def _lines(part: Sequence[Segment]) -> list[tuple[float, float]]:
    """The baseline and the right end of every line, from the top down."""
    found: list[tuple[float, float]] = []
    for piece in part:
        if found and piece.y - found[-1][0] < 0.3 * piece.size:
            found[-1] = (found[-1][0], max(found[-1][1], piece.x1))
        else:
            found.append((piece.y, piece.x1))
    return found


def _paragraph_starts(side: Sequence[tuple[float, float]], size: float) -> set[int]:
    """The baselines, in whole points, of lines before which there is a blank or a short line."""
    leading, edge = _leading(side, size), max(end for _, end in side) - 2 * size
    found = {round(side[0][0])}
    for (above, end), (below, _) in pairwise(side):
        if below - above > 1.25 * leading or end < edge:
            found.add(round(below))
    return found


def _leading(side: Sequence[tuple[float, float]], size: float) -> float:
    steps = [below - above for (above, _), (below, _) in pairwise(side) if below - above > 0.5 * size]
    return median(steps) if steps else size
