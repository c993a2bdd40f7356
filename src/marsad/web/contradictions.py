"""Contradictions: questions that sources answer in ways that exclude each other, with both sides' words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, get_args

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from marsad.assessment.contradiction import Contradiction, Kind, Side, listed
from marsad.ledger.asking.found import Found
from marsad.records.reading import Claim
from marsad.web.listed import Collection, facet, page_of
from marsad.web.rendering import page

router = APIRouter()
SHOWN = 20  # questions of a page
WORDS = 3  # claims of a side that the list shows
KINDS: tuple[Kind, ...] = get_args(Kind)
OWN = {"question": ("", *KINDS), "limit": ("", "all")}


def _claims(sides: Iterable[Side]) -> Iterator[Found[Claim]]:
    for side in sides:
        yield from side.claims


def _page(request: Request) -> Response:
    asked = LIST.asked(request)
    found = LIST.found(request, asked)
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


LIST = Collection(
    name="contradictions",
    one="contradiction",
    own=OWN,
    shown=SHOWN,
    all=lambda made, _: made.contradictions(),
    records=lambda each: (claim.id for claim in _claims(each.sides)),
    is_asked=lambda each, asked: asked.own["question"] in ("", each.kind),
    listed=listed,
    rows=_rows,
    part=lambda _: "contradictions",
    kind=lambda _: "claims",
)
LIST.install(router, _page)


@router.get("/contradictions/{question_id}.json", tags=["contradictions"])
def one_as_json(request: Request, question_id: str) -> Response:
    """A question with its sides, every claim of each with its words and holder."""
    return LIST.one_as_json(request, question_id)


@router.get("/contradictions/{question_id}", include_in_schema=False)
def one(request: Request, question_id: str) -> Response:
    """Its page, with all the words."""
    found, made, asked = LIST.find(request, question_id)
    return page(
        request, "contradiction.html", asked.standing, asked=asked, each=found, is_behind=made.is_behind
    )
