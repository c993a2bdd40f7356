"""Forecasts that were issued: the list, one of them by unit, and one unit by month.

Only what the ledger holds is shown, so that a page shows what was said when it was said. Beside every chance
stands that of the benchmark of the same months, where one was issued with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
import numpy as np
from fastapi import APIRouter
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from marsad.errors import NotFound
from marsad.ledger import forecasts
from marsad.ledger.forecasts import Issued
from marsad.ledger.store import Store
from marsad.records.forecast import About, Forecast, month_name
from marsad.reports.axes import Values
from marsad.reports.strips import axis_strip, value_strip
from marsad.web.rendering import page
from marsad.web.standing import Standing

router = APIRouter()
BENCHMARK = "conflictology"
LEVELS = (1, 25, 100)  # deaths that a chance is told of
SHOWN = 60  # units of a page


class Row(NamedTuple):
    """What a forecast says of one unit and month."""

    unit: int
    name: str
    month: str
    low: float  # the ends of the central 90 %
    best: float  # the median
    high: float
    chances: tuple[float, ...]  # of LEVELS
    usual: tuple[float, ...] | None  # the same by the benchmark


@router.get("/forecast", include_in_schema=False)
def every(request: Request) -> Response:
    standing = Standing.of(request.query_params)
    found = _issued(request.app.state.store, standing)
    return page(request, "forecasts.html", standing, issued=found[::-1], month_name=month_name)


@router.get("/forecast.json", tags=["forecast"])
def every_json(request: Request) -> Response:
    standing = Standing.of(request.query_params)
    return _json({"forecasts": [each.listed() for each in _issued(request.app.state.store, standing)]})


@router.get("/forecast/{id}.json", tags=["forecast"])
def one_json(request: Request, id: str) -> Response:  # noqa: A002 - the name in the address
    standing = Standing.of(request.query_params)
    found, beside = _with_benchmark(request.app.state.store, id, standing)
    at = _month(found.about, request.query_params.get("month"))
    return _json({"levels": LEVELS, "rows": [row._asdict() for row in _rows(found, beside, at)]})


@router.get("/forecast/{id}", include_in_schema=False)
def one(request: Request, id: str) -> Response:  # noqa: A002 - the name in the address
    standing = Standing.of(request.query_params)
    found, beside = _with_benchmark(request.app.state.store, id, standing)
    at = _month(found.about, request.query_params.get("month"))
    rows = sorted(_rows(found, beside, at), key=lambda row: (-row.chances[1], -row.chances[0], row.name))
    axis = Values(rows[:SHOWN])
    told = {"at": found.about.months[at], "more": len(rows) - SHOWN, "coarse": found.about.level == "cell"}
    return page(request, "forecast.html", standing, **told, **_shown(id, found, rows[:SHOWN], axis))


@router.get("/forecast/{id}/{unit}", include_in_schema=False)
def of_unit(request: Request, id: str, unit: int) -> Response:  # noqa: A002 - the name in the address
    standing = Standing.of(request.query_params)
    found, beside = _with_benchmark(request.app.state.store, id, standing)
    if unit not in found.about.units:
        raise NotFound(f"forecast {id}: has no unit {unit}")
    place = found.about.units.index(unit)
    rows = [_row(found, beside, place, at) for at in range(len(found.about.months))]
    axis = Values(rows)
    name = found.about.names[place]
    return page(request, "forecast_unit.html", standing, name=name, **_shown(id, found, rows, axis))


def _json(body: dict[str, Any]) -> Response:
    return Response(msgspec.json.encode(body), media_type="application/json")


def _issued(store: Store, standing: Standing) -> list[Issued]:
    """The forecasts that were there on the day in force."""
    day = standing.as_known
    return [each for each in forecasts.issued(store) if day is None or each.recorded_at[:10] <= day]


def _with_benchmark(store: Store, start: str, standing: Standing) -> tuple[Forecast, Forecast | None]:
    """A forecast, and the benchmark's of the same months from the same data."""
    here = _issued(store, standing)
    found = forecasts.load(store, start)
    if found.id not in {each.id for each in here}:
        raise NotFound(f"forecast {start}: was not issued by {standing.as_known}")
    same = (each for each in here if _same(each.about, found.about))
    beside = next((forecasts.load(store, each.id) for each in same), None)
    return found, beside


def _same(usual: About, about: About) -> bool:
    names = ("data_sha256", "violence", "level", "actor", "cut", "months", "units")
    alike = all(getattr(usual, name) == getattr(about, name) for name in names)
    return usual.model == BENCHMARK != about.model and alike


def _month(about: About, asked: str | None) -> int:
    """Which of its months is asked for; the first, where none is."""
    names = [month_name(month) for month in about.months]
    if asked is None:
        return 0
    if asked not in names:
        raise NotFound(f"{asked}: not a month of this forecast, {names[0]} to {names[-1]}")
    return names.index(asked)


def _rows(found: Forecast, beside: Forecast | None, at: int) -> Iterator[Row]:
    return (_row(found, beside, place, at) for place in range(len(found.about.units)))


def _row(found: Forecast, beside: Forecast | None, place: int, at: int) -> Row:
    drawn = found.samples[place, at]
    low, best, high = (round(float(each), 1) for each in np.quantile(drawn, (0.05, 0.5, 0.95)))
    usual = None if beside is None else _chances(beside.samples[place, at])
    about = found.about
    name, month = about.names[place], month_name(about.months[at])
    return Row(about.units[place], name, month, low, best, high, _chances(drawn), usual)


def _chances(drawn: np.ndarray) -> tuple[float, ...]:
    return tuple(round(float((drawn >= level).mean()), 3) for level in LEVELS)


def _shown(key: str, found: Forecast, rows: Sequence[Row], axis: Values) -> dict[str, Any]:
    """What pages of one forecast have in common: rows, and a strip of each on one axis."""
    strips = [value_strip(row, axis, f"{row.low:g} to {row.high:g}") for row in rows]
    return {
        "id": key,
        "about": found.about,
        "rows": rows,
        "drawn": list(map(Markup, strips)),  # strips escapes its words
        "axis": Markup(axis_strip(axis.marks())),  # noqa: S704 - as above
        "month_name": month_name,
        "levels": LEVELS,
    }
