"""Outlines of units, out of a GeoPackage and a TopoJSON file: their middles, and what lies in them."""

from __future__ import annotations

import json
import math
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

Point = tuple[float, float]  # longitude, latitude, in degrees
Ring = list[Point]
Box = tuple[float, float, float, float]  # west, south, east, north

_ENVELOPE_DOUBLES = (0, 4, 6, 6, 8)  # of a GeoPackage's geometry header, by its envelope code
_POLYGON, _MULTIPOLYGON = 3, 6  # of well-known binary


class Outline(NamedTuple):
    """Rings of one unit: outer ones and, where the source has them, holes."""

    names: tuple[str, ...]  # names and codes, as the source has them
    rings: list[Ring]


def middle(rings: list[Ring]) -> tuple[float, float] | None:
    """(latitude, longitude) of the centre of mass, areas weighed by the cosine of latitude."""
    crosses = _width(rings) > 180
    total = x = y = 0.0
    for ring in rings:
        area, lon, lat = _centroid(_unwound(ring) if crosses else ring)
        weight = area * math.cos(math.radians(lat))
        total, x, y = total + weight, x + weight * lon, y + weight * lat
    if not total:
        return None
    return y / total, (x / total + 180) % 360 - 180


def box(rings: list[Ring]) -> Box:
    longitudes, latitudes = zip(*(point for ring in rings for point in ring), strict=True)
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def _width(rings: list[Ring]) -> float:
    longitudes = [lon for ring in rings for lon, _ in ring]
    return max(longitudes) - min(longitudes) if longitudes else 0.0


def _unwound(ring: Ring) -> Ring:
    """The same ring with its west beyond 180 degrees: for what lies across the antimeridian."""
    return [(lon + 360 if lon < 0 else lon, lat) for lon, lat in ring]


def _centroid(ring: Ring) -> tuple[float, float, float]:
    """Signless area (in square degrees), longitude and latitude: the shoelace formula."""
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x1 * y2 - x2 * y1
        area, x, y = area + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    if not area:
        return 0.0, ring[0][0], ring[0][1]
    return abs(area) / 2, x / (3 * area), y / (3 * area)


def holds(rings: list[Ring], point: Point) -> bool:
    """Whether a point lies within, by how often a ray from it meets the rings (even-odd rule)."""
    lon, lat = point
    inside = False
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
                inside = not inside
    return inside


def of_package(path: Path, table: str, columns: tuple[str, ...]) -> Iterator[Outline]:
    """The outlines of a table of a GeoPackage, with what its columns say, in the table's order."""
    cells = ", ".join(f'"{column}"' for column in columns)
    query = f'select geom, {cells} from "{table}" order by fid'  # noqa: S608 - names are ours
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        for blob, *names in database.execute(query):
            yield Outline(tuple(name or "" for name in names), _rings(blob))


def _rings(blob: bytes) -> list[Ring]:
    begin = 8 + 8 * _ENVELOPE_DOUBLES[blob[3] >> 1 & 7]
    return _read_geometry(blob, begin)[0]


def _read_geometry(blob: bytes, at: int) -> tuple[list[Ring], int]:
    """A polygon or multipolygon of well-known binary at `at`; its rings, and where it ends."""
    order = "<" if blob[at] else ">"
    kind, count = struct.unpack_from(f"{order}II", blob, at + 1)
    at += 9
    rings: list[Ring] = []
    for _ in range(count):
        if kind % 1000 == _MULTIPOLYGON:
            inner, at = _read_geometry(blob, at)
            rings.extend(inner)
        elif kind % 1000 == _POLYGON:
            (points,) = struct.unpack_from(f"{order}I", blob, at)
            flat = struct.unpack_from(f"{order}{2 * points}d", blob, at + 4)
            rings.append(list(zip(flat[::2], flat[1::2], strict=True)))
            at += 4 + 16 * points
    return rings, at


def of_topology(path: Path, name: str) -> Iterator[Outline]:
    """The outlines of one object of a TopoJSON file; `names` is the feature's id."""
    topology = json.loads(path.read_bytes())
    arcs = [_decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    for geometry in topology["objects"][name]["geometries"]:
        polygons = geometry.get("arcs", [])
        if geometry["type"] == "Polygon":
            polygons = [polygons]
        rings = [_joined(ring, arcs) for polygon in polygons for ring in polygon]
        yield Outline((str(geometry.get("id", "")),), rings)


def _decoded(arc: list[list[int]], transform: dict[str, Any]) -> Ring:
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((x * kx + dx, y * ky + dy))
    return points


def _joined(numbers: list[int], arcs: list[Ring]) -> Ring:
    """The ring of these arcs; ~n is arc n from its end to its beginning."""
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring.extend(arc[1:] if ring else arc)
    return ring
