"""The page of a document: its words with every record in place, its claims beside them, one looked into."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from marsad.errors import BadInput, NotFound
from marsad.ledger.asking.found import FoundDocument
from marsad.ledger.store import Store
from marsad.records.reading import Reading
from marsad.records.review import CREDIBILITIES, ReviewKind
from marsad.reports.marks import KINDS
from marsad.settings import load
from marsad.web import reviewing_forms
from marsad.web.evidence import Evidence, Item
from marsad.web.evidence_map import small_map
from marsad.web.pages import Sheets, is_pdf
from marsad.web.rendering import page
from marsad.web.standing import Standing

router = APIRouter()


class Refusal(NamedTuple):
    """A review that was not recorded, with what was typed for it, so that nobody types it twice."""

    form: Literal["review", "edit", "judge", "add", "none"]
    message: str = ""
    typed: Mapping[str, str] = {}  # slots by their names
    reason: str = ""
    kind: ReviewKind = "claim"  # of what was to be added, with its words and where they stand
    words: str = ""
    begin: str = ""


NOTHING_REFUSED = Refusal("none")


class View(NamedTuple):
    """What of a document is looked at."""

    at: str = ""  # the record that is looked into
    part: int | None = None  # of a long text, or of many pages, from 1
    as_pages: bool = False
    done: str = ""  # the review that was just made
    by: str = ""  # who decides
    refusal: Refusal = NOTHING_REFUSED


@router.get("/documents/{document_id}.json", tags=["documents"])
def as_json(request: Request, document_id: str) -> Response:
    """The reading of a document as people left it, whole: the contract's `marsad.reading/1`."""
    return Response(msgspec.json.encode(_reading(request, document_id)), media_type="application/json")


def _reading(request: Request, document_id: str) -> Reading:
    return Evidence.of(request.app.state.store, document_id).reading


@router.get("/documents/{document_id}", include_in_schema=False)
def document(
    request: Request,
    document_id: str,
    at: str = "",
    part: int | None = None,
    view: Literal["", "pages"] = "",
    done: str = "",
    by: str = "",
) -> Response:
    """Its page.

    Args:
        at: the record that is looked into.
        part: of a long text, or of many pages, from 1.
        view: of a PDF, its pages instead of its text.
        done: the review that was just made here.
        by: who made it.
    """
    return shown(request, document_id, View(at, part, view == "pages", done, by))


def shown(request: Request, document_id: str, view: View, *, status: int = 200) -> Response:
    """The page of a document, also where a review was refused."""
    standing = Standing.of(request.query_params)
    store: Store = request.app.state.store
    try:
        evidence = Evidence.of(store, document_id)
    except NotFound:
        found = store.documents(document=document_id).first()
        if found is None or not found.redacted:
            raise
        return page(request, "redacted.html", standing, found=found)
    item = evidence.item(view.at) if view.at else None
    return page(
        request,
        "document.html",
        standing,
        status=status,
        **_shown_part(store, evidence, item, view),
        **_looked_into(evidence, item, view),
        document=evidence.reading.document,
        kinds=KINDS,
        chosen={item.id, *(claim.id for claim in evidence.claims_of(item))} if item else set(),
        is_later=_is_later(evidence.found, standing),
        versions=evidence.versions_by(standing.as_known),
        is_pdf=is_pdf(evidence.reading.document),
        as_pages=view.as_pages,
        done=view.done,
        added=reviewing_forms.blank(
            evidence.reading, view.refusal.typed if view.refusal.form == "add" else {}
        ),
    )


@router.get("/documents/{document_id}/inspector", include_in_schema=False)
def inspector(
    request: Request, document_id: str, at: str, view: Literal["", "pages"] = "", by: str = ""
) -> Response:
    """What the page says of one record, alone: the script puts it in the page's place for it."""
    evidence = Evidence.of(request.app.state.store, document_id)
    standing = Standing.of(request.query_params)
    of = View(at, as_pages=view == "pages", by=by)
    said = _looked_into(evidence, evidence.item(at), of)
    return page(request, "inspector.html", standing, as_pages=of.as_pages, **said)


def _looked_into(evidence: Evidence, item: Item | None, view: View) -> dict[str, Any]:
    """What the inspector says of a record."""
    reading = evidence.reading
    typed = view.refusal.typed if view.refusal.form == "edit" else {}
    before = reviewing_forms.slots(reading, item.kind, item.record, {}) if item else ()
    return {
        "evidence": evidence,
        "item": item,
        "slots": reviewing_forms.slots(reading, item.kind, item.record, typed) if item and typed else before,
        "before": before,
        "map": small_map(evidence.places_of(item), reading.document.text) if item else None,
        "refusal": view.refusal,
        "credibilities": tuple(CREDIBILITIES),
        "decider": view.by or load().by or "",
    }


def _shown_part(store: Store, evidence: Evidence, item: Item | None, view: View) -> dict[str, Any]:
    """The paragraphs of a part of the text, or the sheets of a part of the pages, with its claims."""
    sheets = Sheets.of(store, evidence) if view.as_pages else None
    parts = sheets.parts if sheets else len(evidence.parts)
    if view.part is not None and not 1 <= view.part <= parts:
        raise BadInput(f"part={view.part}: there are {parts}")
    first = (sheets or evidence).part_of(item) if item else 0
    part = first if view.part is None else view.part - 1
    return {
        "part": part + 1,
        "parts": parts,
        "sheets": sheets.shown(part) if sheets else (),
        "is_placed": sheets.is_placed if sheets else True,
        "blocks": () if sheets else evidence.blocks(part),
        "claims": sheets.claims(part) if sheets else evidence.claims(part),
    }


def _is_later(found: FoundDocument, standing: Standing) -> bool:
    """Whether the document was not yet known on the day in force."""
    return standing.as_known is not None and found.known > standing.as_known
