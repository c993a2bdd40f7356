"""A series as a JSON object: nothing of its basis, its points, its echoes or its dissent is left out."""

from __future__ import annotations

from typing import Any

import msgspec

from marsad.assessment.series.records import Basis, Current, Point, Series

Listed = dict[str, Any]


def listed(series: Series) -> Listed:
    return {
        "id": series.id,
        "title": series.title,
        "basis": _basis(series.basis),
        "current": series.current and _current(series.current),
        "points": [_point(point) for point in series.points],
    }


def _basis(basis: Basis) -> Listed:
    """Its fields; a place has coordinates only where it is a point."""
    plain = {name: getattr(basis, name) for name in basis.__slots__ if name not in ("places", "key")}
    return plain | {"places": [place._asdict() for place in basis.places]}


def _current(current: Current) -> Listed:
    """The points by the ids of their figures."""
    return {
        "low": current.low,
        "best": current.best,
        "high": current.high,
        "rule": current.rule,
        "reason": str(current.reason),
        "points": [point.figure.id for point in current.points],
        "dissent": [point.figure.id for point in current.dissent],
    }


def _point(point: Point) -> Listed:
    return {
        "low": point.low,
        "best": point.best,
        "high": point.high,
        "holder": point.holder,
        "origin": point.origin._asdict(),
        "unsourced": point.unsourced,
        "by_outlet": point.by_outlet,
        "as_of": point.as_of and msgspec.to_builtins(point.as_of),
        "known": point.known,
        "assumed": list(point.assumed),
        "superseded_by": point.superseded_by,
        "figure": point.figure.listed(),
        "echoes": [echo.listed() for echo in point.echoes],
    }
