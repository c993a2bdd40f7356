"""What other outputs mask and coarsen, whether that is lifted in this workspace, by whom, when and why."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import asdict
from typing import Annotated, Any, Literal, NamedTuple

import msgspec
from fastapi import APIRouter, Depends, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from marsad.disclosure import MARK
from marsad.errors import MarsadError
from marsad.ledger import state
from marsad.ledger.asking.counting import Count
from marsad.ledger.asking.found import FoundPlace
from marsad.ledger.asking.query import Query
from marsad.ledger.store import Store
from marsad.ledger.tracing.changes import Change, changes
from marsad.settings import load
from marsad.web.guard import trusted
from marsad.web.rendering import page
from marsad.web.standing import Standing

LOOKED, SHOWN = 500, 50  # places that are looked at, and of those that are told
SHELTERS = ("camp", "facility", "other")  # kinds of place among which those are that shelter people
_PATIENT = 10.0  # seconds that an answer waits for all documents to be shown anew

router = APIRouter(tags=["disclosure"])
Words = Annotated[str, Form(min_length=1, max_length=2_000)]


class Disclosed(NamedTuple):
    """What may be shown of this ledger."""

    is_lifted: bool  # whether camps, hospitals, schools and shelters are shown in full
    is_settled: bool  # whether every document is shown so by now
    changes: list[Change]  # lifts and what was taken back, the newest first
    redactions: list[Change]  # texts that were removed, the newest first
    private: Count  # claims of private persons, who are shown by their role
    shelters: list[FoundPlace]  # as they are shown now
    has_more: bool  # whether there are more of them


def disclosed(store: Store, standing: Standing) -> Disclosed:
    decided = list(changes(store, actions=("lift", "unlift", "redact")))[::-1]
    lifts = [each for each in decided if each.action != "redact"]
    places = store.find(Query.of("places", as_known=standing.as_known, kind=SHELTERS)).page(LOOKED)
    shelters = [each for each in places.items if each.kind == "camp" or MARK in each.name]
    private = store.find(Query.of("claims", as_known=standing.as_known, holder_kind="private"))
    return Disclosed(
        is_lifted=bool(lifts) and lifts[0].action == "lift",
        is_settled=state.is_settled(store),
        changes=lifts,
        redactions=[each for each in decided if each.action == "redact"],
        private=private.count(),
        shelters=shelters[:SHOWN],
        has_more=len(shelters) > SHOWN or places.next is not None,
    )


@router.get("/disclosure.json")
def as_json(request: Request) -> Response:
    """What is masked and coarsened in all that may be handed on, and every decision on it."""
    found = disclosed(request.app.state.store, Standing.of(request.query_params))
    body: dict[str, Any] = {
        **found._asdict(),
        "changes": [asdict(each) for each in found.changes],
        "redactions": [asdict(each) for each in found.redactions],
        "private": found.private._asdict(),
        "shelters": [each.listed() for each in found.shelters],
    }
    return Response(msgspec.json.encode(body), media_type="application/json")


@router.get("/disclosure", include_in_schema=False)
def disclosure(request: Request) -> Response:
    standing = Standing.of(request.query_params)
    found = disclosed(request.app.state.store, standing)
    return page(request, "disclosure.html", standing, found=found, decider=load().by or "")


@router.post("/disclosure", dependencies=[Depends(trusted)])
def lift(
    request: Request, action: Annotated[Literal["lift", "unlift"], Form()], by: Words, reason: Words
) -> Response:
    """Show camps, hospitals, schools and shelters in full in this workspace, or no longer; it is logged."""
    store: Store = request.app.state.store
    store.decide_lift(action == "lift", by=by.strip(), reason=reason)
    showing = threading.Thread(target=_show, args=(store,), daemon=True)
    showing.start()
    showing.join(_PATIENT)  # of a large ledger the page says that it is not done yet
    return RedirectResponse(Standing.of(request.query_params).link("/disclosure"), 303)


def _show(store: Store) -> None:
    with suppress(MarsadError):  # what is left is shown anew when the ledger is opened
        store.refresh()
