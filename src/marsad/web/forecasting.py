"""Forecasts that were issued: the list, one of them by unit, and one unit by month.

Only what the ledger holds is shown, so that a page shows what was said when it was said; what came stands
beside it as soon as it was recorded (`marsad forecast score --keep`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from fastapi import APIRouter
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from marsad.forecast.areas import DEGREES, south_west
from marsad.records.forecast import month_name
from marsad.records.verdict import LEVELS
from marsad.reports import coarse
from marsad.reports.fans import Deaths
from marsad.reports.strips import axis_strip, value_strip
from marsad.web import scoring, spoken
from marsad.web.fan_charts import chance_chart, fan_of
from marsad.web.foretold import Area, Foretold, Row, issued_by
from marsad.web.rendering import page
from marsad.web.standing import Standing

router = APIRouter()
router.include_router(scoring.router)  # before the forecasts by their ids
SHOWN = 60  # units of a page


@router.get("/forecast", include_in_schema=False)
def every(request: Request) -> Response:
    standing = Standing.of(request.query_params)
    found = issued_by(request.app.state.store, standing.as_known)
    return page(request, "forecasts.html", standing, issued=found[::-1], month_name=month_name)


@router.get("/forecast.json", tags=["forecast"])
def every_json(request: Request) -> Response:
    found = issued_by(request.app.state.store, Standing.of(request.query_params).as_known)
    return _json({"forecasts": [each.listed() for each in found]})


@router.get("/forecast/{id}.json", tags=["forecast"])
def one_json(request: Request, id: str) -> Response:  # noqa: A002 - the name in the address
    _, found = _asked(request, id)
    at = found.month(request.query_params.get("month"))
    rows = found.areas_of_month(at) if found.is_coarse else found.rows_of_month(at)
    return _json({"levels": LEVELS, "rows": [row._asdict() for row in rows]})


@router.get("/forecast/{id}", include_in_schema=False)
def one(request: Request, id: str) -> Response:  # noqa: A002 - the name in the address
    standing, found = _asked(request, id)
    at = found.month(request.query_params.get("month"))
    shared = _shared(id, found) | {"at": found.about.months[at]}
    if found.is_coarse:
        return page(request, "forecast_areas.html", standing, **shared, **_mapped(found, at, standing))
    rows = sorted(found.rows_of_month(at), key=lambda row: (-row.chances[1], -row.chances[0], row.name))
    shown = rows[:SHOWN]
    return page(
        request, "forecast.html", standing, more=len(rows) - SHOWN, **shared, **_strips(shown, standing)
    )


@router.get("/forecast/{id}/{unit}", include_in_schema=False)
def of_unit(request: Request, id: str, unit: int) -> Response:  # noqa: A002 - the name in the address
    standing, found = _asked(request, id)
    shared = _shared(id, found)
    if found.is_coarse:
        months = found.area_by_month(unit)
        shared |= {"charts": [chance_chart(months, level, standing) for level in range(len(LEVELS))]}
        return page(request, "forecast_area.html", standing, name=months[0].name, rows=months, **shared)
    place = found.place(unit)
    rows, before = found.rows_of_unit(place), found.before(place)
    shared |= {"fan": fan_of(rows, before, standing), "chart": chance_chart(rows, 1, standing)}
    shared |= {"before": before}
    return page(request, "forecast_unit.html", standing, name=rows[0].name, rows=rows, **shared)


def _json(body: dict[str, Any]) -> Response:
    return Response(msgspec.json.encode(body), media_type="application/json")


def _asked(request: Request, start: str) -> tuple[Standing, Foretold]:
    standing = Standing.of(request.query_params)
    return standing, Foretold.of(request.app.state.store, start, standing.as_known)


def _shared(key: str, found: Foretold) -> dict[str, Any]:
    """What pages of one forecast have in common."""
    return {"id": key, "about": found.about, "month_name": month_name, "levels": LEVELS}


def _strips(rows: Sequence[Row], standing: Standing) -> dict[str, Any]:
    """Rows, and a strip of each on one axis."""
    axis = Deaths(max(row.high for row in rows))
    marks = axis.marks(spoken.language(standing.language))
    strips = [value_strip(row, axis, f"{row.low:g} to {row.high:g}") for row in rows]
    return {
        "rows": rows,
        "drawn": list(map(Markup, strips)),  # strips escapes its words
        "axis": Markup(axis_strip(marks)),  # noqa: S704 - as above
    }


def _mapped(found: Foretold, at: int, standing: Standing) -> dict[str, Any]:
    """Areas, highest chance first, and a map of them."""
    rows = sorted(found.areas_of_month(at), key=lambda row: (-row.chances[1], -row.chances[0], row.unit))
    squares = [_square(row) for row in rows]
    title = standing.messages.say("forecast.map", month=rows[0].month)
    told = "; ".join(each.words for each in squares[:SHOWN])
    drawn = coarse.coarse_map(squares, DEGREES, title, told)
    return {
        "rows": rows[:SHOWN],
        "more": len(rows) - SHOWN,
        "drawn": Markup(drawn),  # noqa: S704 - it escapes
        "classes": coarse.CLASSES,
    }


def _square(row: Area) -> coarse.Square:
    south, west = south_west(row.unit)
    chance = row.chances[0]
    return coarse.Square(south, west, chance, f"{row.name}: {100 * chance:.1f} %")
