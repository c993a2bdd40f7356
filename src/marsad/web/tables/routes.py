"""The addresses of the tables: each kind's page, and the same rows as JSON and as CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from marsad.errors import BadInput
from marsad.ledger.asking.counting import Count, Facet
from marsad.ledger.asking.fields import KINDS, Kind, field
from marsad.ledger.asking.listing import ALL as EVERYTHING
from marsad.ledger.asking.listing import Brief, Listing
from marsad.ledger.asking.query import Query
from marsad.ledger.asking.selecting import COUNTED
from marsad.web import views
from marsad.web.rendering import page
from marsad.web.tables import exported, flat
from marsad.web.tables.asked import ALL, MOST, Asked
from marsad.web.tables.columns import headings
from marsad.web.tables.described import parameters

BRIEF = Brief(patience=60.0, names=1_000)  # of a page, where it is one of many

router = APIRouter()
Answer = Callable[[Request], Response]


class Absence(NamedTuple):
    """Why a table is empty."""

    is_nothing_read: bool  # the ledger holds no such thing at all
    later: int  # how many there would be, had one not asked for what was known by some day


def _listing(request: Request, asked: Asked, brief: Brief = EVERYTHING) -> Listing[Any]:
    found: Listing[Any] = request.app.state.store.find(asked.query, brief)
    return found


def _page(request: Request, kind: Kind) -> Response:
    asked = Asked.of(kind, request.query_params)
    if asked.limit is None:
        raise BadInput(f"limit={ALL}: a page shows {MOST} rows at most; .json and .csv give all")
    listing = _listing(request, asked, BRIEF)
    looked = listing.overview(asked.limit, asked.after, before=asked.before, facets=asked.facets)
    return page(
        request,
        "table.html",
        asked.standing,
        asked=asked,
        kind=kind,
        columns=headings(kind, asked.standing.messages),
        rows=looked.page.items,
        after=looked.page.next,
        before=looked.page.previous,
        total=looked.total,
        facets=[_worded(kind, facet) for facet in looked.facets],
        is_behind=looked.is_behind,
        views=views.of_kind(request.app.state.folder, asked),
        formats=exported.formats(kind),
        counted=COUNTED,
        absence=None if looked.page.items else _absence(request, asked),
    )


def _worded(kind: Kind, facet: Facet) -> Facet:
    """The values of a flag as they are asked for."""
    if field(kind, facet.field).form != "flag":
        return facet
    return facet._replace(values=[(("no", "yes")[int(value)], n) for value, n in facet.values])


def _absence(request: Request, asked: Asked) -> Absence:
    store = request.app.state.store
    later = 0
    if asked.query.as_known:
        later = store.find(replace(asked.query, as_known=None)).count().number
    return Absence(store.find(Query(asked.kind)).first() is None, later)


def _json(request: Request, kind: Kind) -> Response:
    asked = Asked.of(kind, request.query_params)
    listing = _listing(request, asked, EVERYTHING if asked.limit is None else BRIEF)
    if asked.limit is None:
        return StreamingResponse(_streamed(asked, listing), media_type="application/json")
    looked = listing.overview(asked.limit, asked.after, before=asked.before)
    shown = looked.page
    body = {
        **_head(asked, looked.total),
        "is_behind": looked.is_behind,
        "next": shown.next and asked.link(".json", after=shown.next),
        "previous": shown.previous and asked.link(".json", before=shown.previous),
        "rows": [each.listed() for each in shown.items],
    }
    return Response(msgspec.json.encode(body), media_type="application/json")


def _head(asked: Asked, total: Count) -> dict[str, Any]:
    """What a list is a list of."""
    query = asked.query
    return {
        "kind": asked.kind,
        "as_known": query.as_known,
        "filters": {name: list(values) for name, values in query.where},
        "search": query.search,
        "document": query.document,
        "sort": query.sort,
        "descending": query.descending,
        "total": {"number": total.number, "is_capped": total.is_capped},
    }


def _streamed(asked: Asked, listing: Listing[Any]) -> Iterator[bytes]:
    """The same object, some rows at a time: memory does not grow with it."""
    head = msgspec.json.encode({**_head(asked, listing.count()), "next": None, "previous": None})
    yield head[:-1] + b',"rows":[\n'
    before = b""
    for rows in flat.several(listing):
        yield before + b",\n".join(msgspec.json.encode(found.listed()) for found in rows)
        before = b",\n"
    yield b"]}"


def _csv(request: Request, kind: Kind) -> Response:
    asked = Asked.of(kind, request.query_params)
    listing = _listing(request, asked)
    found: Iterable[Any] = listing
    if asked.limit is not None:
        found = listing.page(asked.limit, asked.after, before=asked.before).items
    return StreamingResponse(
        flat.lines(each.listed() for each in found),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{kind}.csv"'},
    )


def _of(kind: Kind, answer: Callable[[Request, Kind], Response]) -> Answer:
    def endpoint(request: Request) -> Response:
        return answer(request, kind)

    return endpoint


for _kind in KINDS:
    _described = {"parameters": parameters(_kind)}
    router.add_api_route(f"/{_kind}", _of(_kind, _page), include_in_schema=False)
    router.add_api_route(
        f"/{_kind}.json", _of(_kind, _json), name=f"{_kind}_json", openapi_extra=_described, tags=["tables"]
    )
    router.add_api_route(
        f"/{_kind}.csv", _of(_kind, _csv), name=f"{_kind}_csv", openapi_extra=_described, tags=["tables"]
    )
