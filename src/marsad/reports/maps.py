"""A map of points: a graticule, the names of places and countries, and nothing else.

No borders are drawn, for none are shipped that everybody would call right. Only a place that is known
to a village is a point; wider ones are areas, which the caller lists.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil, cos, floor, radians
from typing import NamedTuple

from marsad.gazetteer.countries import load_countries
from marsad.reports.svg import INK, PALE, SOFT, box, dot, drawing, label, line

WIDTH, _LEAST, _MOST = 680, 240, 400  # pixels
_MARGIN = 28  # for the degrees
_STEPS = (0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30)


class Pin(NamedTuple):
    """A place with the number of incidents at it."""

    name: str
    latitude: float
    longitude: float
    incidents: int


class _Frame(NamedTuple):
    """The stretch of the earth that is drawn: equirectangular, true to scale at its middle latitude."""

    south: float
    west: float
    north: float
    east: float
    height: int

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        across = (longitude - self.west) / (self.east - self.west)
        down = (self.north - latitude) / (self.north - self.south)
        return _MARGIN + across * (WIDTH - _MARGIN - 4), 4 + down * (self.height - _MARGIN - 4)


def point_map(pins: Sequence[Pin], title: str) -> tuple[str, int]:
    """The map as SVG, and its height in pixels. At least one pin is needed."""
    frame = _frame(pins)
    parts = [*_graticule(frame), *_countries(frame), *_pins(pins, frame)]
    return drawing(WIDTH, frame.height, title, parts), frame.height


def _frame(pins: Sequence[Pin]) -> _Frame:
    south, north = min(p.latitude for p in pins), max(p.latitude for p in pins)
    west, east = min(p.longitude for p in pins), max(p.longitude for p in pins)
    shrink = max(0.2, cos(radians((south + north) / 2)))
    half = max((north - south) / 2, (east - west) * shrink / 4, 0.4) * 1.25
    middle = (south + north) / 2, (west + east) / 2
    wide = max((east - west) / 2 * 1.2, half / shrink * 1.1, 0.6)
    ratio = half / (wide * shrink)
    height = round(min(_MOST, max(_LEAST, (WIDTH - _MARGIN) * ratio + _MARGIN)))
    ratio = (height - _MARGIN) / (WIDTH - _MARGIN)  # one scale in both directions
    half, wide = max(half, wide * shrink * ratio), max(wide, half / (shrink * ratio))
    return _Frame(middle[0] - half, middle[1] - wide, middle[0] + half, middle[1] + wide, height)


def _graticule(frame: _Frame) -> Iterator[str]:
    right, bottom = float(WIDTH - 4), float(frame.height - _MARGIN)
    step = next((s for s in _STEPS if (frame.east - frame.west) / s <= 7), _STEPS[-1])
    for at in range(ceil(frame.west / step), floor(frame.east / step) + 1):
        x, _ = frame.at(frame.south, at * step)
        yield line(x, 4, x, bottom, stroke=PALE, width=0.8)
        yield label(x, bottom + 14, _degrees(at * step, "E", "W"), size=9, anchor="middle", fill=SOFT)
    for at in range(ceil(frame.south / step), floor(frame.north / step) + 1):
        _, y = frame.at(at * step, frame.west)
        yield line(_MARGIN, y, right, y, stroke=PALE, width=0.8)
        yield label(_MARGIN - 3, y + 3, _degrees(at * step, "N", "S"), size=9, anchor="end", fill=SOFT)
    yield box(_MARGIN, 4, right - _MARGIN, bottom - 4, stroke=SOFT)


def _degrees(value: float, positive: str, negative: str) -> str:
    side = positive if value > 0 else negative if value < 0 else ""
    return f"{round(abs(value), 2):g}°{side}"


def _countries(frame: _Frame) -> Iterator[str]:
    """The names of countries at their middles, where these are on the map."""
    for country in load_countries():
        latitude, longitude = country.middle
        if frame.south < latitude < frame.north and frame.west < longitude < frame.east:
            x, y = frame.at(latitude, longitude)
            yield label(x, y, country.name.upper(), size=10, anchor="middle", fill="#8a8a8a")


def _pins(pins: Sequence[Pin], frame: _Frame) -> Iterator[str]:
    """Dots, larger for more incidents; a name where there is room for it, beside its dot."""
    placed = sorted(pins, key=lambda pin: (-pin.incidents, pin.name))
    taken = [_around(*frame.at(pin.latitude, pin.longitude), _radius(pin)) for pin in placed]
    for pin in placed:
        x, y = frame.at(pin.latitude, pin.longitude)
        yield dot(x, y, _radius(pin), fill="#9a9a9a")
        words = f"{pin.name} ({pin.incidents})"
        long = len(words) * 6.0
        for left, base, anchor in (
            (x + _radius(pin) + 3, y + 4, "start"),
            (x - _radius(pin) - 3, y + 4, "end"),
            (x, y - _radius(pin) - 4, "middle"),
            (x, y + _radius(pin) + 12, "middle"),
        ):
            begin = left - {"start": 0, "end": long, "middle": long / 2}[anchor]
            space = (begin, base - 10, begin + long, base + 3)
            if not _fits(space, taken, frame):
                continue
            taken.append(space)
            yield label(left, base, words, size=11, anchor=anchor, fill=INK)
            break


_Box = tuple[float, float, float, float]  # left, top, right, bottom


def _radius(pin: Pin) -> float:
    return float(min(12.0, 3.5 + 1.5 * pin.incidents**0.5))


def _around(x: float, y: float, radius: float) -> _Box:
    return x - radius, y - radius, x + radius, y + radius


def _fits(space: _Box, taken: Sequence[_Box], frame: _Frame) -> bool:
    left, top, right, bottom = space
    if left < _MARGIN + 2 or right > WIDTH - 6 or top < 6 or bottom > frame.height - _MARGIN - 2:
        return False
    return all(right < a or left > c or bottom < b or top > d for a, b, c, d in taken)
