"""Charts of figures: a panel for each series, a row for each estimate, its range as a bar.

Rows stand in the order of the days that they are true of. Nothing joins them: no line is drawn, within
a panel or across. Panels of one picture share their axis, so that bars may be compared by length.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from marsad.records.reading import Number
from marsad.reports.axes import Values
from marsad.reports.svg import INK, PALE, SOFT, box, dot, drawing, fitted, label, line, polygon

WIDTH = 680  # of the picture, in pixels
_DAY, _WHO, _VALUE = 142, 172, 120  # widths of the columns of words
_ROW, _TITLE, _AXIS, _GAP = 19, 24, 26, 12  # heights


class Bar(NamedTuple):
    """One estimate as it is drawn. An end that is not known is open: an arrow."""

    when: str
    who: str
    low: Number | None
    best: Number | None
    high: Number | None
    words: str  # the value as it is said
    is_named: bool = True  # whether somebody is named for it
    is_superseded: bool = False


class Panel(NamedTuple):
    title: str
    bars: Sequence[Bar]
    band: tuple[Number, Number] | None = None  # the current best range


def range_bars(panels: Sequence[Panel], title: str) -> tuple[str, int]:
    """The picture as SVG, and its height in pixels."""
    scale = _Scale(panels)
    height = sum(_TITLE + len(panel.bars) * _ROW + _GAP for panel in panels) + _AXIS + 4
    parts = list(_panels(panels, scale))
    return drawing(WIDTH, height, title, [*parts, *scale.axis(height - _AXIS)]), height


class _Scale(Values):
    """The axis of values, in pixels of the picture."""

    def __init__(self, panels: Sequence[Panel]) -> None:
        super().__init__(bar for panel in panels for bar in panel.bars)
        self.left, self.right = float(_DAY + _WHO + 8), float(WIDTH - _VALUE - 8)

    def __call__(self, value: Number) -> float:
        return self._at(self.share(value))

    def _at(self, share: float) -> float:
        return self.left + (self.right - self.left) * share

    def axis(self, y: float) -> Iterator[str]:
        yield line(self.left, y, self.right, y)
        for share, words in self.marks():
            at = self._at(share)
            yield line(at, y, at, y + 4)
            yield label(at, y + 16, words, size=10, anchor="middle", fill=SOFT)


def _panels(panels: Sequence[Panel], scale: _Scale) -> Iterator[str]:
    y = 0.0
    for panel in panels:
        yield label(0, y + 16, fitted(panel.title, WIDTH, 12), size=12, bold=True)
        top, bottom = y + _TITLE, y + _TITLE + len(panel.bars) * _ROW
        if panel.band:
            low, high = (scale(value) for value in panel.band)
            yield box(low - 2, top, max(4.0, high - low + 4), bottom - top, fill=PALE)
        for at, bar in enumerate(panel.bars):
            yield from _bar(bar, scale, top + at * _ROW + _ROW / 2)
        yield line(scale.left, top, scale.left, bottom, stroke=SOFT, width=0.6)
        y = bottom + _GAP


def _bar(bar: Bar, scale: _Scale, y: float) -> Iterator[str]:
    ink = SOFT if bar.is_superseded else INK
    yield label(0, y + 4, fitted(bar.when, _DAY - 6, 10), size=10, fill=SOFT)
    yield label(_DAY, y + 4, fitted(bar.who, _WHO), size=11, fill=ink)
    yield label(WIDTH - _VALUE, y + 4, fitted(bar.words, _VALUE, 11), size=11, fill=ink)
    ends = [value for value in (bar.low, bar.best, bar.high) if value is not None]
    if not ends:
        return
    left, right = scale(min(ends)), scale(max(ends))
    dash = "4 3" if bar.is_superseded else ""
    if bar.high is None and bar.low is not None:
        right = min(scale.right, left + 34)
        yield _arrow(right, y, 1)
    elif bar.low is None and bar.high is not None:
        left = max(scale.left, right - 34)
        yield _arrow(left, y, -1)
    if right > left and bar.is_named:
        yield line(left, y, right, y, width=4, stroke=ink, dash=dash)
    elif right > left:
        yield box(left, y - 3, right - left, 6, fill="#ffffff", stroke=ink)
    if bar.best is not None or left == right:
        value = bar.best if bar.best is not None else ends[0]
        yield dot(scale(value), y, 4.2, fill=INK if bar.is_named else "#ffffff")


def _arrow(x: float, y: float, side: int) -> str:
    return polygon([(x + 7 * side, y), (x, y - 5), (x, y + 5)])
