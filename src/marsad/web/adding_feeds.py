"""The page of the feeds that are followed: how each answers, what it brought, and how to follow one more.

A feed is asked when a person follows it or asks for what is due, and never by itself: that is what
`marsad follow --every` is for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from marsad.errors import BadInput
from marsad.following import Event, Follower
from marsad.ledger.coverage import Coverage
from marsad.ledger.store import Store
from marsad.sources import lists
from marsad.sources.pace import Visitor
from marsad.web.adding import started
from marsad.web.guard import trusted
from marsad.web.jobs import Tell, Work
from marsad.web.rendering import page
from marsad.web.standing import Standing

router = APIRouter(tags=["feeds"])
Address = Annotated[str, Form(min_length=1, max_length=2_000)]


@router.get("/feeds.json")
def as_json(request: Request) -> Response:
    """What is or was followed, each with its history: as `marsad feeds --format json`."""
    body = [each.listed() for each in _feeds(request.app.state.store)]
    return Response(msgspec.json.encode(body), media_type="application/json")


@router.get("/feeds", include_in_schema=False)
def feeds(request: Request) -> Response:
    """The page of all of them."""
    found = _feeds(request.app.state.store)
    return page(request, "adding_feeds.html", Standing.of(request.query_params), feeds=found)


def _feeds(store: Store) -> list[Coverage]:
    return [store.coverage(each.feed) for each in store.feeds()]


@router.post("/feeds", dependencies=[Depends(trusted)])
def follow(request: Request, feed: Address) -> Response:
    """Follow a feed from now on, and read what it lists; one that is followed is asked again."""
    where = lists.canonical(feed)
    return started(request, "feeds", [where], _asking(request, lambda follower: follower.follow(where)))


@router.post("/feeds/polls", dependencies=[Depends(trusted)])
def poll(request: Request) -> Response:
    """Ask every feed that may be asked now, and read what is new."""
    store: Store = request.app.state.store
    given = [each.feed for each in store.feeds() if each.ended is None]
    if not given:
        raise BadInput("nothing is followed yet; follow a feed first")
    return started(request, "feeds", given, _asking(request, _due))


@router.post("/feeds/ends", dependencies=[Depends(trusted)])
def end(request: Request, feed: Address) -> Response:
    """Follow a feed no longer. What it brought stays, and so does its history."""
    request.app.state.store.unfollow(lists.canonical(feed))
    return RedirectResponse(Standing.of(request.query_params).link("/feeds"), status_code=303)


def _due(follower: Follower) -> Iterator[Event]:
    for each in follower.due():
        yield from follower.poll(each)


def _asking(request: Request, ask: Callable[[Follower], Iterator[Event]]) -> Work:
    def work(tell: Tell) -> Iterator[Event]:
        with Visitor() as visitor:
            yield from ask(Follower(request.app.state.store, visitor))

    return work
