"""The page of one source: what it says, and how reliable people have judged it, by whom, when and why."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from marsad.ledger.asking.found import FoundSource
from marsad.ledger.asking.query import Query
from marsad.ledger.decisions import RELIABILITIES
from marsad.ledger.store import Store
from marsad.settings import load
from marsad.web.guard import trusted
from marsad.web.rendering import page
from marsad.web.standing import Standing
from marsad.web.tables.routes import BRIEF

SHOWN = 10  # claims of the page

router = APIRouter(tags=["sources"])
Words = Annotated[str, Form(min_length=1, max_length=2_000)]


@router.get("/sources/{key:path}.json")
def as_json(request: Request, key: str) -> Response:
    """One origin of claims with every judgement of its reliability, the newest last."""
    found = _source(request, key, Standing.of(request.query_params))
    return Response(msgspec.json.encode(found.listed()), media_type="application/json")


@router.get("/sources/{key:path}", include_in_schema=False)
def source(request: Request, key: str) -> Response:
    """Its page; a key may hold any character."""
    standing = Standing.of(request.query_params)
    query = Query.of("claims", as_known=standing.as_known, origin=key, descending=True)
    looked = request.app.state.store.find(query).overview(SHOWN)
    return page(
        request,
        "source.html",
        standing,
        found=_source(request, key, standing),
        claims=looked.page.items,
        total=looked.total,
        letters=RELIABILITIES,
        decider=load().by or "",
    )


@router.post("/sources", dependencies=[Depends(trusted)])
def rate(request: Request, source: Words, reliability: Words, by: Words, reason: Words) -> Response:
    """Judge the reliability of a source, by its key, from A to F (NATO Admiralty). Earlier ones stay."""
    store: Store = request.app.state.store
    store.rate(source, reliability, by=by.strip(), reason=reason)
    return RedirectResponse(Standing.of(request.query_params).link(f"/sources/{source}"), 303)


def _source(request: Request, key: str, standing: Standing) -> FoundSource:
    store: Store = request.app.state.store
    return store.source(key, as_known=standing.as_known, brief=BRIEF)
