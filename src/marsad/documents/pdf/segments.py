"""Runs put together into segments, stretches of a line without a wide gap, and segments into rows.

Raised and lowered characters become part of the segment that they stand at, with their place kept.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from marsad.documents.pdf.characters import GAP, Run
from marsad.documents.pdf.frame import Box

_SMALL = 0.86  # of the type beside it: raised and lowered characters are smaller
_LEVEL = 0.12  # of the type size, by which baselines of one line may differ
_RAISED, _LOWERED = 0.75, 0.4  # of the type size, how far a character may be off the baseline
_SPACE = 0.16  # of the type size: a wider gap parts two words
_APART = 0.45  # of the type size: a wider gap parts what the file does not write one after another
_STEP = 0.5  # of the type size, by which what follows may begin too early
_LONGEST = 2_000  # characters of a segment, so that putting one together takes no more than its square
_CROWDED = 100_000  # pairs of segments in two rows, above which no mark is looked for
_LONGEST_MARK = 12  # characters that may be raised in one piece


class Segment(msgspec.Struct, frozen=True, gc=False):
    """Characters of one line without a wide gap. `edges` is empty where characters have no place."""

    text: str
    edges: array[float]
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    rtl: bool = False
    raised: tuple[tuple[int, int], ...] = ()  # spans of `text`
    lowered: tuple[tuple[int, int], ...] = ()
    blank_before: bool = False  # written, though no wider than what the eye takes for none
    blank_after: bool = False

    @property
    def box(self) -> Box:
        return (self.x0, self.y - 0.8 * self.size, self.x1, self.y + 0.25 * self.size)

    @property
    def is_raised_mark(self) -> bool:
        return bool(self.raised) and self.raised[0] == (0, len(self.text))


class Row(msgspec.Struct, frozen=True, gc=False):
    """Segments on one baseline, from left to right, at least one."""

    segments: tuple[Segment, ...]
    is_item: bool = False  # one segment, whose number or bullet is set apart from the rest

    @property
    def x0(self) -> float:
        return self.segments[0].x0

    @property
    def x1(self) -> float:
        return max(segment.x1 for segment in self.segments)

    @property
    def y(self) -> float:
        return max(self.segments, key=lambda segment: segment.size).y

    @property
    def size(self) -> float:
        return max(segment.size for segment in self.segments)

    @property
    def bold(self) -> bool:
        return all(segment.bold for segment in self.segments)

    @property
    def text(self) -> str:
        return " ".join(segment.text for segment in self.segments)

    @property
    def rtl(self) -> bool:
        return any(segment.rtl for segment in self.segments)


def segments(runs: Iterable[Run]) -> list[Segment]:
    """Runs in the order of the file as segments; what was written twice in one place is there once."""
    found: list[Segment] = []
    for run in runs:
        piece = _segment(run)
        joined = _join(found[-1], piece) if found else None
        if joined is None:
            found.append(piece)
        else:
            found[-1] = joined
    return found


def rows(pieces: Iterable[Segment]) -> list[Row]:
    """Segments by baseline from the top down; those that touch become one."""
    ordered = sorted(pieces, key=lambda each: (each.y, each.x0))
    grouped: list[list[Segment]] = []
    for piece in ordered:
        if grouped and _are_level(grouped[-1], piece):
            grouped[-1].append(piece)
        else:
            grouped.append([piece])
    return [Row(tuple(_touching(group))) for group in _with_marks(grouped)]


def joined(pieces: Sequence[Segment]) -> Segment:
    """Segments of one row as one, a blank between them; in time linear in their length."""
    while len(pieces) > 1:  # two by two, so that nothing is copied more often than it is halved
        pairs = [pieces[at : at + 2] for at in range(0, len(pieces), 2)]
        pieces = [_concatenated(pair[0], pair[1], " ") if len(pair) == 2 else pair[0] for pair in pairs]
    return pieces[0]


def _segment(run: Run) -> Segment:
    edges = array("f") if run.rtl else run.edges
    return Segment(
        run.text,
        edges,
        run.edges[0],
        run.edges[-1],
        run.y,
        run.size,
        run.bold,
        run.rtl,
        blank_before=run.blank_before,
        blank_after=run.blank_after,
    )


def _join(one: Segment, other: Segment) -> Segment | None:
    """Both as one, where `other` goes on on the same line."""
    if one.rtl or other.rtl or len(one.text) > _LONGEST:
        return None
    large = max(one.size, other.size)
    gap = other.x0 - one.x1
    if not -_STEP * large <= gap <= GAP * large:
        return None
    rise = one.y - other.y
    blank = " " if gap > _SPACE * large or one.blank_after or other.blank_before else ""
    if abs(rise) <= _LEVEL * large:
        return _same(one, other) or _concatenated(one, other, blank)
    is_first = one.size < other.size
    small, base = (one, other) if is_first else (other, one)
    height = base.y - small.y
    if small.size > _SMALL * base.size or not -_LOWERED * large <= height <= _RAISED * large:
        return None
    if len(small.text) > _LONGEST_MARK:
        return None
    span = ((0, len(small.text)),)
    small = replace(small, raised=span) if height > 0 else replace(small, lowered=span)
    whole = _concatenated(small, base, blank) if is_first else _concatenated(base, small, blank)
    return replace(whole, y=base.y, size=base.size, bold=base.bold)


def _same(one: Segment, other: Segment) -> Segment | None:
    """One of two that were written over one another to look bold."""
    near = 0.15 * one.size
    is_same = one.text == other.text and abs(one.x0 - other.x0) < near and abs(one.x1 - other.x1) < near
    return one if is_same else None


def _concatenated(one: Segment, other: Segment, blank: str) -> Segment:
    begin = len(one.text) + len(blank)
    edges = array("f")
    if one.edges and other.edges:  # a blank begins where the first ends
        edges = (one.edges if blank else one.edges[:-1]) + other.edges
    letters_one = sum(map(str.isalnum, one.text))
    return Segment(
        one.text + blank + other.text,
        edges,
        min(one.x0, other.x0),
        max(one.x1, other.x1),
        one.y if one.size >= other.size else other.y,
        max(one.size, other.size),
        (one.bold or not letters_one) and (other.bold or not any(map(str.isalnum, other.text))),
        one.rtl or other.rtl,
        one.raised + tuple((begin + first, begin + last) for first, last in other.raised),
        one.lowered + tuple((begin + first, begin + last) for first, last in other.lowered),
        one.blank_before,
        other.blank_after,
    )


def _are_level(group: Sequence[Segment], piece: Segment) -> bool:
    base = group[0]
    return abs(base.y - piece.y) <= 0.2 * min(base.size, piece.size)


def _with_marks(grouped: list[list[Segment]]) -> list[list[Segment]]:
    """Raised marks that the file writes apart from their line, brought to it."""
    kept: list[list[Segment]] = []
    for at, group in enumerate(grouped):
        below = grouped[at + 1] if at + 1 < len(grouped) else []
        is_crowded = len(group) * len(below) > _CROWDED
        free = group if is_crowded else [piece for piece in group if not _brought(piece, below)]
        if free:
            kept.append(free)
    return kept


def _brought(mark: Segment, below: list[Segment]) -> bool:
    """Whether `mark` was put into the segment of the next row at which it stands."""
    if len(mark.text) > _LONGEST_MARK:
        return False
    for at, base in enumerate(below):
        is_small = mark.size <= _SMALL * base.size and 0 < base.y - mark.y <= _RAISED * base.size
        if not is_small or mark.rtl or base.rtl:
            continue
        raised = replace(mark, raised=((0, len(mark.text)),))
        if abs(mark.x0 - base.x1) <= GAP * base.size:
            below[at] = _concatenated(base, raised, "")
            return True
        if abs(base.x0 - mark.x1) <= GAP * base.size:
            below[at] = _concatenated(raised, base, "")
            return True
    return False


def _touching(group: list[Segment]) -> list[Segment]:
    """A row's segments from left to right, those without a wide gap between them as one."""
    ordered = sorted(group, key=lambda each: each.x0)
    found = [ordered[0]]
    for _, piece in pairwise(ordered):
        last = found[-1]
        gap, large = piece.x0 - last.x1, max(last.size, piece.size)
        if _same(last, piece):
            continue
        if len(last.text) > _LONGEST or gap > _APART * large or gap < -_STEP * large:
            found.append(piece)
        elif last.rtl or piece.rtl:
            found[-1] = _concatenated(piece, last, " ")  # the right one is read first
        else:
            found[-1] = _concatenated(last, piece, " " if gap > _SPACE * large else "")
    return found
