"""The timeline: incidents or claims, each with the stretch of time that it is said to be of.

A day is a day and a year is a year: what is told as "2018" is drawn from January to December, and what
happened on some day within a stretch is drawn otherwise than what went on throughout. Rows stand under
days, months or years, whichever the span of what is shown allows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

import msgspec
from fastapi import APIRouter
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from marsad.errors import BadInput
from marsad.ledger.asking.fields import Kind
from marsad.ledger.asking.found import Found
from marsad.ledger.asking.listing import Count, Listing, Page
from marsad.ledger.asking.query import Query
from marsad.records.reading import Interval
from marsad.reports import cells, strips
from marsad.reports.axes import Days, Grain
from marsad.web.contradictions import claim_cells
from marsad.web.listed import csv_of, routes
from marsad.web.narrowing import Narrowed
from marsad.web.rendering import page

router = APIRouter()
SHOWN = 80  # rows of a page
DATED: dict[Kind, str] = {"incidents": "date", "claims": "true_of"}
EVER = "0001/9999"  # what has a day at all
OWN = {"of": ("incidents", "claims"), "order": ("newest", "oldest"), "limit": ("", "all")}
_ASIDE = 2  # how many times the stretch in which its rows begin an axis may be long
_LEAST = 14  # days of an axis
_UNREAL = frozenset({"planned", "threatened", "hypothetical", "denied"})


class Row(NamedTuple):
    """One record with its drawing, which repeats what stands in words beside it."""

    found: Found[Any]
    when: Interval
    sureness: tuple[str, ...]  # within, approximate, uncertain
    drawn: Markup


class Stretch(NamedTuple):
    """Rows that begin in one day, month, year or decade."""

    name: str  # as EDTF, by which the page is narrowed to it
    rows: list[Row]


def _asked(request: Request) -> Narrowed:
    kind: Kind = "claims" if request.query_params.get("of") == "claims" else "incidents"
    return Narrowed.of("/timeline", kind, request.query_params, OWN)


def _query(asked: Narrowed) -> Query:
    """What has a day, in its order."""
    name = DATED[asked.query.kind]
    query = replace(asked.query, sort=name, descending=asked.own["order"] == "newest")
    if name in dict(query.where):
        return query
    return replace(query, where=(*query.where, (name, (EVER,))))


def _shown(request: Request, asked: Narrowed) -> Page[Found[Any]]:
    listing: Listing[Found[Any]] = request.app.state.store.find(_query(asked))
    return listing.page(SHOWN, asked.after)


def _exported(request: Request, asked: Narrowed) -> tuple[Iterable[Found[Any]], str | None]:
    """The rows of a file, and the cursor of the next one; of all of them, memory does not grow with them."""
    if asked.own["limit"] == "all":
        return request.app.state.store.find(_query(asked)), None
    shown = _shown(request, asked)
    return shown.items, shown.next


def when(found: Found[Any]) -> Interval:
    """When a record is said to be of."""
    record = found.record
    stated: Interval | None = getattr(record, DATED["incidents" if hasattr(record, "shape") else "claims"])
    return stated or Interval(earliest=None, latest=None, edtf=None)


def _page(request: Request) -> Response:
    asked = _asked(request)
    if asked.own["limit"] == "all":
        raise BadInput("limit=all: a page shows a part; .json and .csv give all")
    shown = _shown(request, asked)
    axis = _axis([when(each) for each in shown.items])
    rows = [_row(each, axis) for each in shown.items]
    store = request.app.state.store
    return page(
        request,
        "timeline.html",
        asked.standing,
        asked=asked,
        own=OWN,
        shown=shown,
        stretches=list(_stretches(rows, axis.grain)),
        axis=Markup(strips.axis_strip(axis.marks())),  # noqa: S704 - strips escapes its words
        total=store.find(_query(asked)).count(),
        undated=_undated(store.find(asked.query).count(), store.find(_query(asked)).count(), asked),
        is_nothing_read=not shown.items and store.find(Query("documents")).first() is None,
        unreal=_UNREAL,
    )


def _undated(every: Count, dated: Count, asked: Narrowed) -> int:
    """How many have no day at all; 0 where they are too many to be counted, or days are asked for."""
    is_asked = DATED[asked.query.kind] in dict(asked.query.where)
    return 0 if every.is_capped or is_asked else every.number - dated.number


def _axis(several: Sequence[Interval]) -> Days:
    """From where the first begins until a while after the last begins: longer ones run out of it."""
    firsts = [found for found in map(_first, several) if found]
    if not firsts:
        return Days([])
    begin, end = min(firsts), max(firsts)
    most = max(_LEAST, _ASIDE * (end - begin).days)
    lasts = [last for _, last in map(strips.ends, several) if last and (last - begin).days <= most]
    return Days([begin, max([end, *lasts])])


def _first(stated: Interval) -> date | None:
    first, last = strips.ends(stated)
    return first or last


def _row(found: Found[Any], axis: Days) -> Row:
    stated = when(found)
    kind = "planned" if statuses(found) & _UNREAL else ""
    drawn = strips.day_strip(stated, axis, cells.days(stated), kind=kind)
    return Row(found, stated, tuple(strips.sureness(stated)), Markup(drawn))  # noqa: S704 - as above


def statuses(found: Found[Any]) -> set[str]:
    """What its accounts say of an incident: occurred, planned, denied and so on."""
    return {each.value for each in getattr(found.record, "statuses", ())}


def _stretches(rows: Sequence[Row], grain: Grain) -> Iterator[Stretch]:
    for name, several in groupby(rows, key=lambda row: _stretch(row.when, grain)):
        yield Stretch(name, list(several))


def _stretch(stated: Interval, grain: Grain) -> str:
    """The day, month, year or decade in which it begins; of a wider one its year or decade."""
    day = stated.earliest or stated.latest or ""
    if grain == "decade":
        return f"{day[:3]}X"
    return day[: {"day": 10, "month": 7, "year": 4}[grain]]


def _json(request: Request) -> Response:
    asked = _asked(request)
    rows, after = _exported(request, asked)
    head = {
        "as_known": asked.query.as_known,
        "of": asked.query.kind,
        "filters": {name: list(values) for name, values in asked.query.where},
        "next": asked.link(".json", after=after) if after else None,
    }
    return StreamingResponse(_streamed(head, rows), media_type="application/json")


def _streamed(head: dict[str, Any], rows: Iterable[Found[Any]]) -> Iterator[bytes]:
    """One object, row by row."""
    yield msgspec.json.encode(head)[:-1] + b',"rows":['
    for place, found in enumerate(rows):
        stated = when(found)
        told = {"when": msgspec.to_builtins(stated), "meant": list(strips.sureness(stated))}
        yield (b",\n" if place else b"\n") + msgspec.json.encode(told | found.listed())
    yield b"]}"


def _csv(request: Request) -> Response:
    rows, _ = _exported(request, _asked(request))
    return csv_of("timeline", map(_cells, rows))


def _cells(found: Found[Any]) -> dict[str, Any]:
    stated = when(found)
    said = {"edtf": stated.edtf, "earliest": stated.earliest, "latest": stated.latest}
    if not hasattr(found.record, "shape"):
        return said | claim_cells(found)
    record = found.record
    return said | {
        "type": record.type,
        "mode": record.mode,
        "status": "; ".join(sorted(statuses(found))),
        "who": cells.sides(found),
        "where": "; ".join(found.names[place] for place in record.places if place in found.names),
        "where_prec": record.where_prec,
        "date_prec": record.date_prec,
        "harm": cells.harm(found),
        "holder": found.accounts[0].holder if found.accounts else None,
        "known": found.found_in.known,
        "incident": found.id,
        "document": found.found_in.id,
        "publisher": found.found_in.document.publisher,
    }


routes(router, "timeline", "incidents", OWN, page=_page, as_json=_json, as_csv=_csv)
