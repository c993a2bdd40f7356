"""Spans: half-open ranges of Unicode code points into a document's frozen text."""

from __future__ import annotations

from collections.abc import Iterable

Span = tuple[int, int]
Spans = tuple[Span, ...]

GAP = " … "  # stands between the pieces of a discontinuous span in a record's `text`


def text_of(text: str, spans: Spans) -> str:
    """The words under `spans`, the pieces joined by ` … `."""
    return GAP.join(text[begin:end] for begin, end in spans)


def hull(spans: Spans) -> Span:
    """The smallest single span that covers all of `spans`, which must not be empty."""
    return min(begin for begin, _ in spans), max(end for _, end in spans)


def overlaps(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def contains(outer: Span, inner: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def any_contains(spans: Iterable[Span], inner: Span) -> bool:
    return any(contains(span, inner) for span in spans)


def subtract(span: Span, holes: Iterable[Span]) -> Spans:
    """What is left of `span` when `holes` are cut out of it, in order."""
    pieces = []
    begin, end = span
    for hole_begin, hole_end in sorted(holes):
        if hole_end <= begin or hole_begin >= end:
            continue
        if hole_begin > begin:
            pieces.append((begin, hole_begin))
        begin = max(begin, hole_end)
    if begin < end:
        pieces.append((begin, end))
    return tuple(pieces)


def merged(spans: Iterable[Span]) -> Spans:
    """The same cover in sorted spans that do not overlap."""
    found: list[Span] = []
    for begin, end in sorted(spans):
        if found and begin < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        elif begin < end:
            found.append((begin, end))
    return tuple(found)
