"""Strips: the drawings of one row of a list, each as wide as its column, whatever the screen.

A strip is SVG in HTML: places along it are per cents, heights are pixels, and colours are left to
the style of the page, so that one drawing serves light and dark. What it shows stands in words beside it,
so it is hidden from readers of the screen. Every strip of one list has the same axis; nothing joins two rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from marsad.records.reading import Interval, Number
from marsad.reports.axes import Days, Mark, Ranged, Values
from marsad.reports.svg import text_of

HEIGHT = 22  # of a row, in pixels
_MIDDLE = HEIGHT / 2
_AXIS = 20  # height of an axis
_OPEN = 7  # per cent of the width that a bar with an open end is long
_EDGE = 0.08  # shares of the width within which a mark's words begin or end at it


def value_strip(
    bar: Ranged, axis: Values, hint: str, *, band: tuple[Number, Number] | None = None, kind: str = ""
) -> str:
    """A number's range as a bar, its best value as a dot, an open end as an arrow.

    Args:
        hint: what is told where one points at it.
        band: the best range now, which is shaded behind.
        kind: classes of the bar: unnamed, superseded.
    """
    parts = [*_grid(axis.marks())]
    if band:
        low, high = (axis.share(each) for each in band)
        parts.append(_box("band", low, max(high - low, 0.006), 0, HEIGHT))
    ends = [each for each in (bar.low, bar.best, bar.high) if each is not None]
    if ends:
        parts += _bar(bar, axis, min(ends), max(ends))
    return _strip(parts, hint, f"values {kind}".strip())


def _bar(bar: Ranged, axis: Values, low: Number, high: Number) -> Iterator[str]:
    left, right = axis.share(low), axis.share(high)
    if bar.high is None and bar.low is not None:
        right = min(1.0, left + _OPEN / 100)
        yield _arrow(right, 1)
    elif bar.low is None and bar.high is not None:
        left = max(0.0, right - _OPEN / 100)
        yield _arrow(left, -1)
    if right > left:
        yield _box("range", left, right - left, _MIDDLE - 3, 6)
    if bar.best is not None or right == left:
        at = axis.share(bar.best if bar.best is not None else low)
        yield f'<circle class="best" cx="{_percent(at)}" cy="{_MIDDLE:g}" r="4.5"/>'


def day_strip(
    when: Interval | None, axis: Days, hint: str, *, known: date | None = None, kind: str = ""
) -> str:
    """An interval as a bar, hollow where some day within it is meant, dashed where it is about or uncertain.

    An end that is open, or off the axis, is an arrow.

    Args:
        known: the day on which it was published: a ring.
        kind: further classes of the bar.
    """
    parts = [*_grid(axis.marks())]
    first, last = ends(when)
    if first or last:
        left = axis.share(first) if first else 0.0
        right = axis.share(last, end=True) if last else 1.0
        parts.append(_box("when", left, max(right - left, 0.008), _MIDDLE - 4, 8))
        parts += [_arrow(0.015, -1)] if axis.is_before(first) else []
        parts += [_arrow(0.985, 1)] if axis.is_after(last) else []
    if known:
        parts.append(f'<circle class="known" cx="{_percent(axis.share(known))}" cy="{_MIDDLE:g}" r="4"/>')
    return _strip(parts, hint, " ".join(("days", *sureness(when), kind)).strip())


def sureness(when: Interval | None) -> Iterator[str]:
    """What EDTF says of how an interval is meant: `within`, `approximate`, `uncertain`."""
    edtf = (when and when.edtf) or ""
    if edtf.startswith("["):
        yield "within"
    if "~" in edtf or "%" in edtf:
        yield "approximate"
    if "?" in edtf or "%" in edtf:
        yield "uncertain"


def ends(when: Interval | None) -> tuple[date | None, date | None]:
    """The first and last day of an interval; none where it is open or not known."""
    if when is None:
        return None, None
    return _day(when.earliest), _day(when.latest)


def axis_strip(marks: Iterable[Mark]) -> str:
    """The marks of an axis with their words, to stand below its rows."""
    parts = ['<line x1="0" x2="100%" y1="0.5" y2="0.5"/>']
    for share, words in marks:
        anchor = "start" if share < _EDGE else "end" if share > 1 - _EDGE else "middle"
        at = _percent(share)
        parts.append(f'<line x1="{at}" x2="{at}" y1="0" y2="4"/>')
        parts.append(f'<text x="{at}" y="15" text-anchor="{anchor}">{text_of(words)}</text>')
    return _drawing(parts, "axis", _AXIS)


def _strip(parts: Iterable[str], hint: str, kind: str) -> str:
    return _drawing([f"<title>{text_of(hint)}</title>", *parts], f"strip {kind}", HEIGHT)


def _drawing(parts: Iterable[str], kind: str, height: int) -> str:
    head = f'<svg class="{kind}" width="100%" height="{height}" direction="ltr" aria-hidden="true">'
    return f"{head}{''.join(parts)}</svg>"


def _grid(marks: Iterable[Mark]) -> Iterator[str]:
    for share, _ in marks:
        at = _percent(share)
        yield f'<line class="grid" x1="{at}" x2="{at}" y1="0" y2="{HEIGHT}"/>'


def _box(kind: str, left: float, width: float, top: float, height: float) -> str:
    left = min(left, 1 - width)
    return (
        f'<rect class="{kind}" x="{_percent(left)}" y="{top:g}" '
        f'width="{_percent(width)}" height="{height:g}"/>'
    )


def _arrow(share: float, side: int) -> str:
    """A tip at a place that is a per cent: a drawing within the drawing, which begins there."""
    x, y = 7 * side, _MIDDLE
    return (
        f'<svg class="tip" x="{_percent(share)}" overflow="visible">'
        f'<polygon points="{x},{y:g} 0,{y - 5:g} 0,{y + 5:g}"/></svg>'
    )


def _percent(share: float) -> str:
    return f"{100 * share:.2f}%"


def _day(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None
