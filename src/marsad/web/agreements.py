"""Agreements: claims and incidents that say the same, with the independent origins that they go back to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from marsad.assessment.agreement import Agreement, IncidentAgreement, listed
from marsad.errors import NotFound
from marsad.ledger.asking.fields import Kind
from marsad.ledger.asking.found import Found
from marsad.web.assessed import Assessed
from marsad.web.contradictions import claim_cells
from marsad.web.listed import Listed, answered, as_csv, assessed, facet, page_of, routes
from marsad.web.narrowing import Narrowed
from marsad.web.rendering import page

router = APIRouter()
Group = Agreement | IncidentAgreement
SHOWN = 20  # groups of a page
WORDS = 4  # records of a group that the list shows
OWN = {"of": ("claims", "incidents"), "origins": ("", "several"), "limit": ("", "all")}
SEVERAL = 2
NARROWING: dict[Kind, tuple[str, ...]] = {"claims": ("theme", "holder"), "incidents": ("type", "country")}


def _asked(request: Request, path: str = "/agreements") -> Narrowed:
    kind: Kind = "incidents" if request.query_params.get("of") == "incidents" else "claims"
    return Narrowed.of(path, kind, request.query_params, OWN)


def records(each: Group) -> Sequence[Found[Any]]:
    return each.claims if isinstance(each, Agreement) else each.incidents


def _all(made: Assessed, asked: Narrowed) -> Sequence[Group]:
    return made.incident_agreements() if asked.own["of"] == "incidents" else made.agreements()


def _found(request: Request, asked: Narrowed) -> Listed[Group] | None:
    made = assessed(request, asked)
    if made is None:
        return None
    found: Iterable[Group] = _all(made, asked)
    if asked.is_narrowed:
        ids = made.ids(asked.query)
        found = (each for each in found if any(record.id in ids for record in records(each)))
    if asked.own["origins"]:
        found = (each for each in found if len(each.origins) >= SEVERAL)
    return Listed(asked, made, list(found), lambda each: each.id, SHOWN)


def _page(request: Request) -> Response:
    asked = _asked(request)
    found = _found(request, asked)
    facets = []
    if found:
        named = (origin.name for each in found.all for origin in each.origins)
        facets = [facet("source", named, is_link=False)]
        if asked.own["of"] == "claims":
            themes = (
                name
                for each in found.all
                for name in {theme.theme for record in records(each) for theme in record.record.themes}
            )
            facets.insert(0, facet("theme", themes))
    return page_of(
        request,
        "agreements.html",
        asked,
        found,
        narrowing=NARROWING[asked.query.kind],
        facets=facets,
        own=OWN,
        records=records,
        words=WORDS,
    )


def _json(request: Request) -> Response:
    asked = _asked(request)
    return answered(request, asked, _found(request, asked), listed)


def _csv(request: Request) -> Response:
    asked = _asked(request)
    return as_csv("agreements", asked, _found(request, asked), _rows)


def _rows(each: Group) -> Iterator[dict[str, Any]]:
    """A row for each record of a group, the first known first."""
    said = {
        "group": each.id,
        "origins": len(each.origins),
        "echoes": each.echoes,
        "proposed_credibility": each.proposed,
        "reason": each.reason,
    }
    for found in records(each):
        if isinstance(each, Agreement):
            yield said | claim_cells(found)
            continue
        for account in found.accounts:
            yield said | {
                "incident": found.id,
                "type": found.record.type,
                "date": found.record.date and found.record.date.edtf,
                "holder": account.holder,
                "said": account.claim.text,
                "known": found.found_in.known,
                "document": found.found_in.id,
                "publisher": found.found_in.document.publisher,
            }


routes(router, "agreements", "claims", OWN, page=_page, as_json=_json, as_csv=_csv)


def _one(request: Request, group_id: str) -> tuple[Narrowed, Assessed, Group]:
    """The group of an id, that of its first record, on the day in force.

    Raises:
        NotFound: there is none.
    """
    asked = _asked(request, f"/agreements/{group_id}")
    made = assessed(request, asked)
    for each in _all(made, asked) if made else ():
        if made and each.id == group_id:
            return asked, made, each
    raise NotFound(f"{group_id[:40]}: no such agreement as of this day; see /agreements")


@router.get("/agreements/{group_id}.json", tags=["agreements"])
def one_as_json(request: Request, group_id: str) -> Response:
    """A group with its origins and every record of it."""
    _, _, found = _one(request, group_id)
    return Response(msgspec.json.encode(listed(found)), media_type="application/json")


@router.get("/agreements/{group_id}", include_in_schema=False)
def one(request: Request, group_id: str) -> Response:
    """Its page, with all the words."""
    asked, made, found = _one(request, group_id)
    return page(
        request,
        "agreement.html",
        asked.standing,
        asked=asked,
        each=found,
        records=records,
        is_behind=made.is_behind,
    )
