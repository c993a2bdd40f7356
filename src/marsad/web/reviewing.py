"""What a person says on the page of a document: accepts, edits, rejects, judges or adds a record, or takes
that back.

The rules and the errors are those of `marsad review`. What is refused is told on the page itself, with all
that was typed still in its form.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from marsad.errors import BadInput, NotFound
from marsad.ledger.reviewing import judging
from marsad.ledger.reviewing.anchors import places
from marsad.ledger.reviewing.judging import Judged
from marsad.ledger.store import Store
from marsad.records.review import ReviewKind
from marsad.web import reviewing_typed
from marsad.web.documents import Refusal, View, shown
from marsad.web.evidence import Evidence
from marsad.web.guard import trusted
from marsad.web.standing import Standing

router = APIRouter(dependencies=[Depends(trusted)], tags=["review"])
Words = Annotated[str, Form(min_length=1, max_length=2_000)]
FORM = "form."  # before the name of a slot in what a browser sends


async def _sent(request: Request) -> list[tuple[str, str]]:
    """The slots of the form that was sent, by their names."""
    form: FormData = await request.form()
    slots = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    return [(name.removeprefix(FORM), value) for name, value in slots if name.startswith(FORM)]


Sent = Annotated[list[tuple[str, str]], Depends(_sent)]


@router.post("/documents/{document_id}/reviews")
def review(
    request: Request,
    document_id: str,
    record: Words,
    action: Annotated[Literal["accept", "edit", "reject"], Form()],
    by: Words,
    reason: Words,
    sent: Sent,
) -> Response:
    """Append a review of a record, and go back to its page. An edit sets each `form.FIELD` that differs from
    its `form.was.FIELD`.
    """
    store = request.app.state.store
    typed = reviewing_typed.changed(sent) if action == "edit" else {}

    def judged() -> Judged:
        fields = {}
        if action == "edit":
            item = Evidence.of(store, document_id).item(record)
            fields = reviewing_typed.fields(typed, item.record)
        return judging.of_record(store, record, action, fields, by=by.strip(), reason=reason)

    refusal = Refusal("edit" if action == "edit" else "review", typed=typed, reason=reason)
    near = _near(store, document_id, record) if action == "reject" else []
    return _done(request, document_id, judged, View(record, by=by.strip(), refusal=refusal), near)


def _near(store: Store, document_id: str, record: str) -> list[str]:
    """Where one goes on when a record is gone: at the claims that it stands on, else at those before it."""
    evidence = Evidence.of(store, document_id)
    item = evidence.item(record)
    claims = [evidence.items[claim.id].id for claim in evidence.reading.claims]
    before = claims[: claims.index(item.id)] if item.kind == "claim" else []
    return [*(each.id for each in evidence.claims_of(item)), *reversed(before)]


@router.post("/documents/{document_id}/judgements")
def judge(
    request: Request,
    document_id: str,
    record: Words,
    credibility: Annotated[int, Form()],
    by: Words,
    reason: Words,
) -> Response:
    """Say how credible a claim is, from 1 to 6 (NATO Admiralty)."""
    store = request.app.state.store

    def judged() -> Judged:
        return judging.credible(store, record, credibility, by=by.strip(), reason=reason)

    return _done(
        request, document_id, judged, View(record, by=by.strip(), refusal=Refusal("judge", reason=reason))
    )


@router.post("/documents/{document_id}/additions")
def add(
    request: Request,
    document_id: str,
    words: Annotated[str, Form(min_length=1, max_length=10_000)],
    by: Words,
    reason: Words,
    sent: Sent,
    kind: Annotated[ReviewKind, Form()] = "claim",
    begin: Annotated[str, Form(max_length=12)] = "",
    end: Annotated[str, Form(max_length=12)] = "",
) -> Response:
    """Add a record that the reader missed, with its `form.KIND.FIELD`, or mask words (`private`).

    Args:
        begin: where the words were selected, in code points; they may stand in several places.
        end: of them.
    """
    store = request.app.state.store
    words = words.replace("\r\n", "\n").strip()
    typed = {name: value.strip() for name, value in sent if name.startswith(f"{kind}.")}

    def judged() -> Judged:
        reading = store.reading(document_id)
        exact = _exact(reading.document.text, words, begin, end)
        there = [str(first) for first, _ in places(reading.document.text, exact)]
        given = {name.removeprefix(f"{kind}."): value for name, value in typed.items() if value}
        is_everywhere = kind in ("actor", "private")  # on every place of the name
        return judging.of_words(
            store,
            document_id,
            kind,
            exact,
            reviewing_typed.fields(given),
            by=by.strip(),
            reason=reason,
            occurrence=there.index(begin) + 1 if begin in there and not is_everywhere else None,
        )

    refusal = Refusal("add", typed=typed, reason=reason, kind=kind, words=words, begin=begin)
    return _done(request, document_id, judged, View(by=by.strip(), refusal=refusal))


def _exact(text: str, words: str, begin: str, end: str) -> str:
    """Selected words as they stand in the text: a browser leaves out what parts paragraphs."""
    if begin.isdecimal() and end.isdecimal():
        there = text[int(begin) : int(end)].strip()
        if "".join(there.split()) == "".join(words.split()):
            return there
    return words


@router.post("/documents/{document_id}/withdrawals")
def withdraw(request: Request, document_id: str, review: Words, by: Words, reason: Words) -> Response:
    """Take a review back, which is a review too."""
    store = request.app.state.store
    was = [each.record for each in Evidence.of(store, document_id).past if each.review == review]
    done = judging.withdrawn(store, review, by=by.strip(), reason=reason)
    return _back(request, document_id, done, by, [*(record for _, record in done.new), *filter(None, was)])


def _done(
    request: Request, document_id: str, judged: Callable[[], Judged], view: View, near: Sequence[str] = ()
) -> Response:
    """Back to the page, or the page at once with what was refused."""
    try:
        done = judged()
    except NotFound as error:
        if not view.at:
            raise
        why = "somebody may have edited or rejected it since this page was opened; open the document again"
        raise NotFound(f"{error}. Nothing is recorded: {why}") from None
    except BadInput as error:
        if "text/html" not in request.headers.get("accept", ""):
            raise
        as_pages = request.query_params.get("view") == "pages"
        view = view._replace(refusal=view.refusal._replace(message=str(error)), as_pages=as_pages)
        return shown(request, document_id, view, status=error.http_status)
    return _back(request, document_id, done, view.by, near)


def _back(request: Request, document_id: str, done: Judged, by: str, near: Sequence[str]) -> Response:
    """To the record as it is now, or to what is near; who decided is kept in the address, and need not be
    typed again.
    """
    standing = Standing.of(request.query_params)
    there = Evidence.of(request.app.state.store, document_id).local if near and not done.record else {}
    at = done.record or next((each for each in near if each in there), None)
    part = f"at-{at}" if at else ""
    seen = request.query_params.get("view")
    where = standing.link(
        f"/documents/{document_id}", part, at=at, done=done.told.review.id, by=by.strip(), view=seen
    )
    return RedirectResponse(where, 303)
