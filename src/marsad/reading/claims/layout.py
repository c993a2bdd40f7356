"""Spans laid out by the stretch of text that they touch, so that a look-up is local."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from marsad.records.spans import Span, overlaps

T = TypeVar("T")

STRETCH = 256  # characters


class Layout(Generic[T]):
    """Values by spans, which may overlap."""

    def __init__(self, placed: Iterable[tuple[Span, T]] = ()) -> None:
        self._by_stretch: dict[int, list[tuple[Span, T]]] = {}
        for span, value in placed:
            self.add(span, value)

    def add(self, span: Span, value: T) -> None:
        for stretch in _stretches(span):
            self._by_stretch.setdefault(stretch, []).append((span, value))

    def over(self, span: Span) -> Iterator[T]:
        """The values whose spans overlap `span`; one that does so over several stretches comes again."""
        for stretch in _stretches(span):
            for other, value in self._by_stretch.get(stretch, ()):
                if overlaps(span, other):
                    yield value

    def touches(self, span: Span) -> bool:
        return any(True for _ in self.over(span))


def _stretches(span: Span) -> range:
    return range(span[0] // STRETCH, max(span[0], span[1] - 1) // STRETCH + 1)


class Contained(Generic[T]):
    """Values by spans, for which of them lie within another span."""

    def __init__(self, placed: Iterable[tuple[Span, T]]) -> None:
        self._placed = sorted(placed, key=_begin)

    def within(self, span: Span) -> Iterator[tuple[Span, T]]:
        """Spans that lie in `span` with their values, by where they begin; of equals as they were given."""
        return (placed for placed in self.beginning(span[0], span[1] + 1) if placed[0][1] <= span[1])

    def beginning(self, first: int, stop: int) -> Iterator[tuple[Span, T]]:
        """Those that begin between two offsets, the second excluded."""
        for at in range(bisect_left(self._placed, first, key=_begin), len(self._placed)):
            if self._placed[at][0][0] >= stop:
                return
            yield self._placed[at]

    def before(self, offset: int) -> Iterator[tuple[Span, T]]:
        """Those that begin before `offset`, the last first."""
        for at in range(bisect_left(self._placed, offset, key=_begin) - 1, -1, -1):
            yield self._placed[at]


def _begin(placed: tuple[Span, T]) -> int:
    return placed[0][0]
