"""The first page: what the ledger holds, what became known last, and where to begin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec
from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from marsad import ingest, samples
from marsad.following import Event
from marsad.ledger.asking.fields import Kind
from marsad.ledger.asking.found import Found, FoundDocument
from marsad.ledger.asking.listing import Count
from marsad.ledger.asking.query import Query
from marsad.ledger.store import Store
from marsad.records.original import Original
from marsad.records.reading import Figure
from marsad.web.adding import started
from marsad.web.guard import trusted
from marsad.web.jobs import Tell
from marsad.web.rendering import page
from marsad.web.standing import Standing

router = APIRouter()
COUNTED: tuple[Kind, ...] = ("documents", "claims", "figures", "incidents", "relations")
BEGINNINGS = ("claims", "figures", "contradictions", "watches", "reports")  # pages with a word on what for
NEWEST = 6  # documents, and figures


class Held(NamedTuple):
    """What a ledger holds as of a day."""

    counts: dict[Kind, Count]
    documents: list[FoundDocument]  # those that became known last
    figures: list[Found[Figure]]

    @classmethod
    def of(cls, store: Store, standing: Standing) -> Held:
        known = standing.as_known
        return cls(
            {kind: store.find(Query.of(kind, as_known=known)).count() for kind in COUNTED},
            store.documents(as_known=known, sort="known", descending=True).page(NEWEST).items,
            store.figures(as_known=known, sort="known", descending=True).page(NEWEST).items,
        )


@router.get("/", include_in_schema=False)
def home(request: Request) -> Response:
    store, standing = request.app.state.store, Standing.of(request.query_params)
    held = Held.of(store, standing)
    is_empty = not held.documents and store.documents().first() is None
    return page(request, "home.html", standing, held=held, is_empty=is_empty, beginnings=BEGINNINGS)


@router.get("/home.json", tags=["home"])
def as_json(request: Request) -> Response:
    """How many records of each kind there are, and the documents and figures that became known last."""
    standing = Standing.of(request.query_params)
    held = Held.of(request.app.state.store, standing)
    body: dict[str, Any] = {
        "as_known": standing.as_known,
        "counts": {kind: count._asdict() for kind, count in held.counts.items()},
        "documents": [each.listed() for each in held.documents],
        "figures": [each.listed() for each in held.figures],
    }
    return Response(msgspec.json.encode(body), media_type="application/json")


@router.post("/sample", dependencies=[Depends(trusted)], tags=["add"])
def sample(request: Request) -> Response:
    """Read the three sample reports that come with Marsad; the group and the events in them are invented."""

    def work(tell: Tell) -> Iterator[Event]:
        yield from ingest.add_originals(request.app.state.store, _samples(tell))

    return started(request, "files", samples.NAMES, work)


def _samples(tell: Tell) -> Iterator[Original]:
    for name in samples.NAMES:
        tell(name)
        yield Original(samples.read_bytes(name), name, published=samples.PUBLISHED.get(name))
