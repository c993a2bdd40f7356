"""A coarse map: squares of some degrees, shaded by the chance in them, without borders, places or points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import cos, radians
from typing import NamedTuple

from marsad.reports.svg import text_of

WIDTH = 480
_LEFT, _BELOW, _TOP = 46.0, 22.0, 6.0
CLASSES = (0.01, 0.05, 0.2, 0.5)  # the chances between which one shade stands
_STEPS = (2.5, 5, 10, 20, 30, 60)  # degrees between two lines


class Square(NamedTuple):
    south: float
    west: float
    chance: float
    words: str  # what is told where one points at it


def shade(chance: float) -> int:
    """The shade of a chance, from 0, the palest."""
    return sum(chance >= edge for edge in CLASSES)


def coarse_map(squares: Sequence[Square], side: float, title: str, told: str) -> str:
    """The map as SVG, true to scale at its middle latitude.

    Args:
        squares: at least one.
        side: of each, in degrees.
    """
    south, north = min(each.south for each in squares), max(each.south for each in squares) + side
    west, east = min(each.west for each in squares), max(each.west for each in squares) + side
    degree = min((WIDTH - _LEFT - 20) / (east - west), 60.0)  # pixels of a degree of longitude
    tall = degree / max(0.2, cos(radians((south + north) / 2)))
    bottom = _TOP + (north - south) * tall

    def box(each: Square) -> str:
        x, y = _LEFT + (each.west - west) * degree, _TOP + (north - each.south - side) * tall
        where = f'x="{x:.1f}" y="{y:.1f}" width="{side * degree - 1:.1f}" height="{side * tall - 1:.1f}"'
        return f'<rect class="shade-{shade(each.chance)}" {where}><title>{text_of(each.words)}</title></rect>'

    def names() -> Iterator[str]:
        for at in _marks(west, east):
            x, words = _LEFT + (at - west) * degree, _degrees(at, "E", "W")
            yield f'<text x="{x:.1f}" y="{bottom + 15:.1f}" text-anchor="middle">{words}</text>'
        for at in _marks(south, north):
            y, words = _TOP + (north - at) * tall, _degrees(at, "N", "S")
            yield f'<text x="{_LEFT - 5:g}" y="{y + 3.5:.1f}" text-anchor="end">{words}</text>'

    return (
        f'<svg class="fan coarse" viewBox="0 0 {WIDTH} {bottom + _BELOW:.0f}" direction="ltr" role="img">'
        f"<title>{text_of(title)}</title><desc>{text_of(told)}</desc>"
        f"{''.join(map(box, squares))}{''.join(names())}</svg>"
    )


def _marks(low: float, high: float) -> Iterator[float]:
    step = next((step for step in _STEPS if (high - low) / step <= 6), _STEPS[-1])
    at = -(-low // step) * step
    while at <= high:
        yield at
        at += step


def _degrees(value: float, positive: str, negative: str) -> str:
    side = positive if value > 0 else negative if value < 0 else ""
    return f"{abs(value):g}°{side}"
