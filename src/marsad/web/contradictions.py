"""Contradictions: questions that sources answer in ways that exclude each other, with both sides' words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, get_args

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from marsad.assessment.contradiction import Contradiction, Kind, Side, listed
from marsad.errors import NotFound
from marsad.ledger.asking.found import Found
from marsad.records.reading import Claim
from marsad.web.assessed import Assessed
from marsad.web.listed import Listed, answered, as_csv, assessed, facet, page_of, routes
from marsad.web.narrowing import Narrowed
from marsad.web.rendering import page

router = APIRouter()
SHOWN = 20  # questions of a page
WORDS = 3  # claims of a side that the list shows
KINDS: tuple[Kind, ...] = get_args(Kind)
OWN = {"question": ("", *KINDS), "limit": ("", "all")}


def _found(request: Request, asked: Narrowed) -> Listed[Contradiction] | None:
    made = assessed(request, asked)
    if made is None:
        return None
    found: Iterable[Contradiction] = made.contradictions()
    if asked.is_narrowed:
        ids = made.ids(asked.query)
        found = (each for each in found if any(claim.id in ids for claim in _claims(each.sides)))
    if kind := asked.own["question"]:
        found = (each for each in found if each.kind == kind)
    return Listed(asked, made, list(found), lambda each: each.id, SHOWN)


def _claims(sides: Iterable[Side]) -> Iterator[Found[Claim]]:
    for side in sides:
        yield from side.claims


def _asked(request: Request) -> Narrowed:
    return Narrowed.of("/contradictions", "claims", request.query_params, OWN)


def _page(request: Request) -> Response:
    asked = _asked(request)
    found = _found(request, asked)
    facets = []
    if found:
        holders = (name for each in found.all for name in {claim.holder for claim in _claims(each.sides)})
        themes = (name for each in found.all for name in _themes(each))
        facets = [facet("holder", holders), facet("theme", themes)]
    return page_of(
        request,
        "contradictions.html",
        asked,
        found,
        narrowing=("theme", "holder"),
        facets=facets,
        kinds=("", *KINDS),
        words=WORDS,
    )


def _themes(each: Contradiction) -> set[str]:
    return {theme.theme for claim in _claims(each.sides) for theme in claim.record.themes}


def _json(request: Request) -> Response:
    asked = _asked(request)
    return answered(request, asked, _found(request, asked), listed)


def _csv(request: Request) -> Response:
    asked = _asked(request)
    return as_csv("contradictions", asked, _found(request, asked), _rows)


def _rows(each: Contradiction) -> Iterator[dict[str, Any]]:
    """A row for each claim of each side; the sides that exclude nothing come last."""
    said = {"question": each.id, "kind": each.kind, "words": each.question, "contested_since": each.known}
    for name, sides in (("side", each.sides), ("beside", each.beside)):
        for number, side in enumerate(sides, start=1):
            for claim in side.claims:
                yield said | {"place": f"{name} {number}", "answer": side.answer} | claim_cells(claim)


def claim_cells(found: Found[Claim]) -> dict[str, Any]:
    """A claim as cells, with its holder, its hedges and where it stands."""
    claim, document = found.record, found.found_in.document
    return {
        "holder": found.holder,
        "origin": found.origin and found.origin["name"],
        "said": claim.text,
        "polarity": claim.polarity,
        "certainty": claim.certainty,
        "hidden_source": claim.hidden_source,
        "known": found.found_in.known,
        "credibility": found.credibility and found.credibility.value,
        "claim": found.id,
        "document": document.id,
        "publisher": document.publisher,
        "genre": document.genre,
    }


routes(router, "contradictions", "claims", OWN, page=_page, as_json=_json, as_csv=_csv)


def _one(request: Request, question_id: str) -> tuple[Narrowed, Assessed, Contradiction]:
    """The question of an id, on the day in force.

    Raises:
        NotFound: there is none.
    """
    asked = Narrowed.of(f"/contradictions/{question_id}", "claims", request.query_params, OWN)
    made = assessed(request, asked)
    for each in made.contradictions() if made else ():
        if made and each.id == question_id:
            return asked, made, each
    raise NotFound(f"{question_id[:40]}: no such contradiction as of this day; see /contradictions")


@router.get("/contradictions/{question_id}.json", tags=["contradictions"])
def one_as_json(request: Request, question_id: str) -> Response:
    """A question with its sides, every claim of each with its words and holder."""
    _, _, found = _one(request, question_id)
    return Response(msgspec.json.encode(listed(found)), media_type="application/json")


@router.get("/contradictions/{question_id}", include_in_schema=False)
def one(request: Request, question_id: str) -> Response:
    """Its page, with all the words."""
    asked, made, found = _one(request, question_id)
    return page(
        request, "contradiction.html", asked.standing, asked=asked, each=found, is_behind=made.is_behind
    )
