"""The page of one actor: its names and where each was learnt, why they are one, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated, Any, Literal, NamedTuple

import msgspec
from fastapi import APIRouter, Depends, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from marsad.errors import BadInput
from marsad.ledger.asking.counting import Count
from marsad.ledger.asking.fields import Kind
from marsad.ledger.asking.found import Found, FoundActor
from marsad.ledger.asking.query import Query
from marsad.ledger.reviewing import pointing
from marsad.ledger.store import Store
from marsad.linkage.origins import folded_name
from marsad.records.reading import Relation
from marsad.reports import cells
from marsad.settings import load
from marsad.web.guard import trusted
from marsad.web.rendering import page
from marsad.web.standing import Standing
from marsad.web.tables.routes import BRIEF

SHOWN = 8  # records of a part of the page
_RELATIONS = 200  # of which so many are looked at, the newest

router = APIRouter(tags=["actors"])
Words = Annotated[str, Form(min_length=1, max_length=2_000)]


class Part(NamedTuple):
    """Some records that have to do with an actor, newest first, and the table of all of them."""

    name: str
    kind: Kind
    items: list[Found[Any]]
    total: Count
    where: dict[str, str | list[str]]  # the filters of that table


class Relations(NamedTuple):
    """The newest relations of an actor, by the side on which it stands."""

    of: list[Found[Relation]]  # who it is said to fight, lead, support, ...
    to: list[Found[Relation]]  # who is said to do so to it
    total: Count


@router.get("/actors/{key:path}.json")
def as_json(request: Request, key: str) -> Response:
    """One actor of all visible documents: its names, why they are one, and who else may be meant."""
    standing = Standing.of(request.query_params)
    found = _actor(request, key, standing)
    return Response(msgspec.json.encode(found.listed()), media_type="application/json")


@router.get("/actors/{key:path}", include_in_schema=False)
def actor(request: Request, key: str) -> Response:
    """Its page; a key may hold any character."""
    standing = Standing.of(request.query_params)
    found = _actor(request, key, standing)
    store: Store = request.app.state.store
    with store.at_one_moment() as held:  # who it is, is told once
        relations = _relations(held, found, standing)
        parts = [part for part in _parts(held, found, standing) if part.items]
    return page(
        request,
        "actor.html",
        standing,
        found=found,
        relations=relations,
        parts=parts,
        decided=[join for join in found.joins if join.by],
        decider=load().by or "",
    )


@router.post("/actors", dependencies=[Depends(trusted)])
def decide(
    request: Request,
    actor: Words,
    action: Annotated[Literal["merge", "split", "unmerge"], Form()],
    by: Words,
    reason: Words,
    into: Annotated[str, Form(max_length=2_000)] = "",
) -> Response:
    """Say that an actor, by its key, is one with another or is no other; or take back what was said last."""
    store: Store = request.app.state.store
    if action == "merge":
        if not into.strip():
            raise BadInput("nobody is named whom it is one with; give a name or a key of an actor")
        store.merge(actor, pointing.actor(store, into.strip()).key, by=by.strip(), reason=reason)
    elif action == "split":
        store.split(actor, by=by.strip(), reason=reason)
    else:
        store.merge(actor, None, by=by.strip(), reason=reason)
    return RedirectResponse(Standing.of(request.query_params).link(f"/actors/{actor}"), 303)


def _actor(request: Request, key: str, standing: Standing) -> FoundActor:
    store: Store = request.app.state.store
    return store.actor(key, as_known=standing.as_known, brief=BRIEF)


def _parts(store: Store, found: FoundActor, standing: Standing) -> Iterable[Part]:
    names = sorted({found.name, *(each.name for each in found.aliases)})
    yield _part(store, "by", "claims", standing, {"holder": names})
    about = _part(store, "about", "claims", standing, {"actor": found.key})
    others = [each for each in about.items if each.holder not in names]
    yield about._replace(items=others[:SHOWN])
    yield _part(store, "figures", "figures", standing, {"actor": found.key})
    yield _part(store, "incidents", "incidents", standing, {"actor": found.key})


def _part(store: Store, name: str, kind: Kind, standing: Standing, where: dict[str, str | list[str]]) -> Part:
    query = Query.of(kind, as_known=standing.as_known, descending=True, **where)  # type: ignore[arg-type]
    looked = store.find(query).overview(SHOWN * 4 if name == "about" else SHOWN)
    return Part(name, kind, looked.page.items, looked.total, where)


def _relations(store: Store, found: FoundActor, standing: Standing) -> Relations:
    query = Query.of("relations", as_known=standing.as_known, actor=found.key)
    looked = store.find(replace(query, descending=True)).overview(_RELATIONS)
    names = {folded_name(name) for name in (found.name, *(each.name for each in found.aliases))}
    of, to = [], []
    for each in looked.page.items:
        if folded_name(cells.party_name(each, each.record.source)) in names:
            of.append(each)
        if folded_name(cells.party_name(each, each.record.target)) in names:
            to.append(each)
    return Relations(of, to, looked.total)
