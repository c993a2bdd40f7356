"""The page of where a record comes from, and the same as PROV-JSON."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from marsad.ledger.tracing.provenance import Item, Link, Trace
from marsad.ledger.tracing.trace import trace
from marsad.web.rendering import page
from marsad.web.standing import Standing

router = APIRouter()
_ALIKE = 5  # things of one type in one relation that are shown; the others are counted


class Node(NamedTuple):
    """A thing in a trace with what it comes from; what stands above already has nothing below it here."""

    item: Item
    link: Link | None  # by which it hangs off the one above
    is_above: bool
    below: list[Node]
    more: list[tuple[str, str, int]]  # relation, type and how many more of them there are


def tree(found: Trace) -> list[Node]:
    """What a person reads first, each with all that hangs off it, everything once."""
    shown: set[str] = set()
    return [_node(found, start, None, shown) for start in found.starts if start not in shown]


def _node(found: Trace, key: str, link: Link | None, shown: set[str]) -> Node:
    if key in shown:
        return Node(found.items[key], link, True, [], [])
    shown.add(key)
    alike: Counter[tuple[str, str]] = Counter()
    below = []
    for each in found.of(key):
        kind = each.relation, found.items[each.object].type
        alike[kind] += 1
        if alike[kind] <= _ALIKE:
            below.append(_node(found, each.object, each, shown))
    more = [(*kind, n - _ALIKE) for kind, n in alike.items() if n > _ALIKE]
    return Node(found.items[key], link, False, below, more)


@router.get("/trace/{record_id:path}.json", tags=["trace"])
def as_json(request: Request, record_id: str) -> Response:
    """The whole origin of a record, a document, a review, an actor or a source, as PROV-JSON (W3C)."""
    found = trace(request.app.state.store, record_id)
    return Response(msgspec.json.encode(found.document()), media_type="application/json")


@router.get("/trace/{record_id:path}", include_in_schema=False)
def traced(request: Request, record_id: str) -> Response:
    """Its page; ids of actors and sources may hold any character."""
    standing = Standing.of(request.query_params)
    found = trace(request.app.state.store, record_id)
    return page(request, "trace.html", standing, found=found, nodes=tree(found))
