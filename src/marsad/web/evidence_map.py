"""A small map beside a record: where its places are, as far as that is known, within their countries.

A place that is known to within a village is a point; a wider one shades its country and is never
pinned; a place that shelters people is on no map. Borders are Natural Earth's, which the workbench
has for its large map.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from math import cos, radians
from pathlib import Path
from typing import NamedTuple

from babel.core import get_global

from marsad.disclosure.shelters import is_shelter
from marsad.records.reading import Place

BORDERS = Path(__file__).parent / "assets" / "countries.json"
WIDTH, _LEAST, _MOST = 320, 150, 260  # pixels
_PINNED = 2  # the widest precision (UCDP's) that is a point
_EDGE = 0.12  # of the country, around it
_STEP = 0.7  # pixels: corners that are nearer to each other are one

Point = tuple[float, float]  # longitude and latitude, or pixels
Ring = list[Point]


class Shape(NamedTuple):
    """A country as it is drawn."""

    path: str  # of SVG
    is_shaded: bool


class Dot(NamedTuple):
    x: float
    y: float
    name: str


class SmallMap(NamedTuple):
    """What the template draws, in pixels."""

    width: int
    height: int
    shapes: list[Shape]
    dots: list[Dot]
    shaded: tuple[str, ...]  # names of the places that are known to within a country or a part of it


class _Country(NamedTuple):
    rings: list[Ring]
    boxes: list[tuple[float, float, float, float]]  # of each ring: west, south, east, north


class _Frame(NamedTuple):
    """The stretch of the earth that is drawn: equirectangular, true to scale at its middle latitude."""

    west: float
    south: float
    east: float
    north: float
    height: int

    def at(self, point: Point) -> Point:
        x = (point[0] - self.west) / (self.east - self.west) * WIDTH
        return x, (self.north - point[1]) / (self.north - self.south) * self.height

    def touches(self, box: tuple[float, float, float, float]) -> bool:
        return box[0] < self.east and box[2] > self.west and box[1] < self.north and box[3] > self.south


def small_map(places: Iterable[Place], text: str) -> SmallMap | None:
    """The map of some places of a document; `None` where nothing can be drawn.

    Args:
        text: of the document, which tells what shelters people.
    """
    open_ones = [place for place in places if not is_shelter(place, text)]
    pinned = [each for each in open_ones if each.latitude is not None and (each.where_prec or 9) <= _PINNED]
    wide = [each for each in open_ones if each not in pinned and each.country]
    codes = {each.country for each in open_ones if each.country}
    countries = _countries()
    known = {code: countries[number] for code in codes if (number := _numbers().get(code)) in countries}
    points = [(float(each.longitude or 0), float(each.latitude or 0)) for each in pinned]
    if not known and not points:
        return None
    frame = _frame([_around(country, points) for country in known.values()], points)
    shaded = {_numbers().get(each.country or "") for each in wide}
    shapes = [
        Shape(path, number in shaded)
        for number, country in sorted(countries.items())
        if (path := _path(country, frame))
    ]
    dots = [Dot(*frame.at(point), place.name) for point, place in zip(points, pinned, strict=True)]
    names = tuple(dict.fromkeys(each.name for each in wide))
    return SmallMap(WIDTH, frame.height, sorted(shapes, key=lambda each: each.is_shaded), dots, names)


def _around(country: _Country, points: Sequence[Point]) -> tuple[float, float, float, float]:
    """The box of the part of a country that holds a point, else of its largest part."""
    for box in country.boxes:
        if any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for x, y in points):
            return box
    return max(country.boxes, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))


def _frame(boxes: Sequence[tuple[float, float, float, float]], points: Sequence[Point]) -> _Frame:
    boxes = [*boxes, *((x - 1, y - 1, x + 1, y + 1) for x, y in points)]
    west, south = min(box[0] for box in boxes), min(box[1] for box in boxes)
    east, north = max(box[2] for box in boxes), max(box[3] for box in boxes)
    wide, high = (east - west) * (1 + 2 * _EDGE), (north - south) * (1 + 2 * _EDGE)
    middle = (west + east) / 2, (south + north) / 2
    shrink = max(0.2, cos(radians(middle[1])))
    height = round(min(_MOST, max(_LEAST, WIDTH * high / (wide * shrink))))
    scale = max(wide * shrink / WIDTH, high / height)  # degrees of latitude a pixel
    half, tall = scale * WIDTH / shrink / 2, scale * height / 2
    return _Frame(middle[0] - half, middle[1] - tall, middle[0] + half, middle[1] + tall, height)


def _path(country: _Country, frame: _Frame) -> str:
    parts = (
        _drawn(ring, frame)
        for ring, box in zip(country.rings, country.boxes, strict=True)
        if frame.touches(box)
    )
    return "".join(part for part in parts if part)


def _drawn(ring: Ring, frame: _Frame) -> str:
    kept: list[Point] = []
    for x, y in map(frame.at, ring):
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= _STEP:
            kept.append((x, y))
    if len(kept) < 3:  # an island smaller than a pixel
        return ""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in map(_near, kept)) + "Z"


def _near(point: Point) -> Point:
    """Pixels far outside of the picture are no use to anybody."""
    return min(max(point[0], -WIDTH), 2 * WIDTH), min(max(point[1], -WIDTH), 2 * WIDTH)


# Borders: TopoJSON, https://github.com/topojson/topojson-specification


@cache
def _countries() -> dict[str, _Country]:
    """By their ISO 3166-1 numbers; none where the workbench was built without borders."""
    if not BORDERS.is_file():
        return {}
    found = json.loads(BORDERS.read_bytes())
    arcs = [list(_unpacked(arc, found["transform"])) for arc in found["arcs"]]
    countries: dict[str, _Country] = {}
    for shape in found["objects"]["countries"]["geometries"]:
        parts = [shape["arcs"]] if shape["type"] == "Polygon" else shape.get("arcs", ())
        rings = [_joined(ring, arcs) for part in parts for ring in part]
        if rings and shape.get("id"):
            countries[shape["id"]] = _Country(rings, [_box(ring) for ring in rings])
    return countries


def _unpacked(arc: Sequence[Sequence[int]], transform: dict[str, list[float]]) -> Iterator[Point]:
    """An arc's corners from the differences between them."""
    x = y = 0
    (wide, high), (west, south) = transform["scale"], transform["translate"]
    for across, up in arc:
        x, y = x + across, y + up
        yield x * wide + west, y * high + south


def _joined(ring: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    """A ring of arcs; ~n is the arc n backwards, and each begins where the one before it ends."""
    found: Ring = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        found += arc[1:] if found else arc
    return found


def _box(ring: Ring) -> tuple[float, float, float, float]:
    across, up = [x for x, _ in ring], [y for _, y in ring]
    return min(across), min(up), max(across), max(up)


@cache
def _numbers() -> dict[str, str]:
    """ISO 3166-1 numbers by codes, as CLDR has them."""
    aliases = get_global("territory_aliases")
    return {codes[0]: number for number, codes in aliases.items() if number.isdigit() and len(codes) == 1}
