"""Agreements: claims and incidents that say the same, with the independent origins that they go back to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from marsad.assessment.agreement import Agreement, IncidentAgreement, listed
from marsad.ledger.asking.fields import Kind
from marsad.ledger.asking.found import Found
from marsad.web.assessed import Assessed
from marsad.web.contradictions import claim_cells
from marsad.web.listed import Collection, facet, page_of
from marsad.web.narrowing import Narrowed
from marsad.web.rendering import page

router = APIRouter()
Group = Agreement | IncidentAgreement
SHOWN = 20  # groups of a page
WORDS = 4  # records of a group that the list shows
OWN = {"of": ("claims", "incidents"), "origins": ("", "several"), "limit": ("", "all")}
SEVERAL = 2
NARROWING: dict[Kind, tuple[str, ...]] = {"claims": ("theme", "holder"), "incidents": ("type", "country")}


def records(each: Group) -> Sequence[Found[Any]]:
    return each.claims if isinstance(each, Agreement) else each.incidents


def _all(made: Assessed, asked: Narrowed) -> Sequence[Group]:
    return made.incident_agreements() if asked.own["of"] == "incidents" else made.agreements()


def _page(request: Request) -> Response:
    asked = LIST.asked(request)
    found = LIST.found(request, asked)
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


def _rows(each: Group) -> Iterator[dict[str, Any]]:
    """A row for each record of a group, the first known first."""
    said = {
        "group": each.id,
        "origins": len(each.origins),
        "echoes": each.echoes,
        "proposed_credibility": each.proposed,
        "reason": str(each.reason),
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


LIST = Collection(
    name="agreements",
    one="agreement",
    own=OWN,
    shown=SHOWN,
    all=_all,
    records=lambda each: (found.id for found in records(each)),
    is_asked=lambda each, asked: not asked.own["origins"] or len(each.origins) >= SEVERAL,
    listed=listed,
    rows=_rows,
    part=lambda asked: "incident_agreements" if asked.own["of"] == "incidents" else "agreements",
    kind=lambda given: "incidents" if given.get("of") == "incidents" else "claims",
)
LIST.install(router, _page)


@router.get("/agreements/{group_id}.json", tags=["agreements"])
def one_as_json(request: Request, group_id: str) -> Response:
    """A group, by the id of its first record, with its origins and every record of it."""
    return LIST.one_as_json(request, group_id)


@router.get("/agreements/{group_id}", include_in_schema=False)
def one(request: Request, group_id: str) -> Response:
    """Its page, with all the words."""
    found, made, asked = LIST.find(request, group_id)
    return page(
        request,
        "agreement.html",
        asked.standing,
        asked=asked,
        each=found,
        records=records,
        is_behind=made.is_behind,
    )
