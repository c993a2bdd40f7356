"""The builder of reports: a watch, a period and the parts are chosen, and the report is looked at first.

The analyst's own paragraphs are kept by this run of the program alone, under their hash, which stands in the
address: so whatever is previewed and whatever is taken is of one address.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib.util import find_spec
from threading import Lock
from typing import Annotated, Any, Self

import msgspec
from fastapi import APIRouter, Depends, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from marsad.errors import BadInput, MarsadError, NotFound
from marsad.ledger import state
from marsad.ledger.asking.query import last_day
from marsad.reports import notes as analyst
from marsad.reports.lint import Fault, Unfit
from marsad.reports.model import Report, sentences_of
from marsad.reports.phrases import phrases
from marsad.reports.rendering import FORMS, render
from marsad.reports.rendering import Form as Written
from marsad.reports.self_contained import asset, policy
from marsad.reports.situation_report import PARTS, report_on
from marsad.web.guard import trusted
from marsad.web.rendering import page
from marsad.web.standing import Standing
from marsad.web.watching import listed, loaded

router = APIRouter()
DAYS = 90  # of a report where nobody says
KEPT = 6  # reports, and analysts' paragraphs, that are remembered
_MEDIA: dict[Written, str] = {
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
_NEEDS: dict[Written, tuple[str, ...]] = {"docx": ("docx", "typst"), "pdf": ("typst",)}  # of an extra
Short = Annotated[str, Form(max_length=200)]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of a report asks for."""

    standing: Standing
    watch: str
    first: str
    last: str
    parts: tuple[str, ...]
    notes: str  # the hash of the analyst's paragraphs; empty: none

    @classmethod
    def of(cls, request: Request, watch: str = "") -> Self:
        """
        Raises:
            BadInput: there is no such part, or the period ends after the day in force.
        """
        given = request.query_params
        standing = Standing.of(given)
        parts = tuple(each for each in given.getlist("part") if each) or PARTS
        for each in parts:
            if each not in PARTS:
                raise BadInput(f"part={each[:40]}: no part of a report; there are {', '.join(PARTS)}")
        last = given.get("to", "").strip()
        if last and standing.as_known and (last_day(last) or "") > standing.as_known:
            raise BadInput(
                f"to={last[:20]}: is after {standing.as_known}, the day in force; look from today first"
            )
        first = given.get("from", "").strip()
        return cls(standing, watch or given.get("watch", ""), first, last, parts, given.get("notes", ""))

    @property
    def is_whole(self) -> bool:
        return bool(self.watch and self.first and self.last)

    def link(self, path: str, *, with_watch: bool = False) -> str:
        return self.standing.link(
            path,
            **{"watch": self.watch if with_watch else None, "from": self.first, "to": self.last},
            part=None if self.parts == PARTS else self.parts,
            notes=self.notes,
        )


class Drafts:
    """What a run of the program remembers of reports: those made last, and analysts' paragraphs."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._reports: OrderedDict[Hashable, Report] = OrderedDict()
        self._notes: OrderedDict[str, str] = OrderedDict()

    def keep(self, notes: str) -> str:
        """The key of some paragraphs; of none, nothing."""
        if not notes.strip():
            return ""
        key = hashlib.sha256(notes.encode()).hexdigest()[:16]
        with self._lock:
            self._notes[key] = notes
            _trim(self._notes)
        return key

    def notes(self, key: str) -> str:
        """
        Raises:
            NotFound: they are of an earlier run of the program.
        """
        if key and key not in self._notes:
            raise NotFound("the paragraphs of your own are no longer here; go back and paste them again")
        return self._notes.get(key, "")

    def report(self, request: Request, asked: Asked) -> Report:
        """The report that is asked for, made once for a state of the ledger.

        Raises:
            NotFound: there is no such watch.
            BadInput: a day is none, or the period ends before it begins.
            Unfit: the report says what it may not.
        """
        watch, notes = loaded(request, asked.watch), self.notes(asked.notes)
        store, boards = request.app.state.store, request.app.state.boards
        what = (watch, asked.first, asked.last, asked.parts, notes)
        if found := self._reports.get((state.number(store), *what)):
            return found
        with boards.lock, store.at_one_moment() as ledger:
            key = (state.number(ledger), *what)
            if key not in self._reports:
                own = analyst.parse(notes) if notes else None
                made = report_on(
                    ledger, watch, asked.first, asked.last, own, parts=asked.parts, board=boards.made
                )
                if not state.is_settled(ledger):
                    return made
                self._reports[key] = made
                _trim(self._reports)
            return self._reports[key]


def _trim(kept: OrderedDict[Any, Any]) -> None:
    while len(kept) > KEPT:
        kept.popitem(last=False)


@router.get("/reports", include_in_schema=False)
def builder(request: Request) -> Response:
    """The form, and the report as far as one is asked for."""
    asked = Asked.of(request)
    made: Report | None = None
    faults: tuple[Fault, ...] = ()
    error, status = "", 200
    if asked.is_whole:
        try:
            made = request.app.state.drafts.report(request, asked)
        except Unfit as unfit:
            faults = unfit.faults
        except MarsadError as failed:
            error, status = " ".join(str(failed).split()), failed.http_status
    return page(
        request,
        "reports.html",
        asked.standing,
        status=status,
        asked=asked if asked.is_whole else _first(request, asked),
        watches=[each for each in listed(request) if not each.error],
        parts={name: phrases().titles[name] for name in PARTS},
        notes=request.app.state.drafts.notes(asked.notes) if status == 200 else "",
        made=made,
        said=_sentences(made) if made else 0,
        faults=faults,
        error=error,
        forms={form: _missing(form) for form in FORMS},
    )


def _first(request: Request, asked: Asked) -> Asked:
    """What the form begins with: the newest days that the ledger knows."""
    newest = request.app.state.store.documents(
        as_known=asked.standing.as_known, sort="known", descending=True
    ).first()
    last = asked.last or (newest.known if newest else date.today().isoformat())
    first = asked.first
    if not first and len(last) == len("2000-01-01"):
        first = (date.fromisoformat(last) - timedelta(days=DAYS - 1)).isoformat()
    return replace(asked, first=first, last=last)


def _sentences(report: Report) -> int:
    blocks = (block for section in report.sections for block in section.every_block())
    return sum(1 for block in blocks for _ in sentences_of(block))


def _missing(form: Written) -> bool:
    """Whether a form needs an extra that is not installed."""
    return any(find_spec(name) is None for name in _NEEDS.get(form, ()))


@router.post("/reports", dependencies=[Depends(trusted)], include_in_schema=False)
def draft(
    request: Request,
    watch: Short,
    first: Annotated[str, Form(alias="from", max_length=40)],
    last: Annotated[str, Form(alias="to", max_length=40)],
    part: Annotated[list[str] | None, Form()] = None,
    notes: Annotated[str, Form(max_length=analyst.LARGEST)] = "",
) -> Response:
    """Keep the analyst's paragraphs, and go to the address of the report with them.

    Raises:
        BadInput: no part of the report is chosen.
    """
    parts = tuple(each for each in PARTS if each in (part or ()))
    if not parts:
        raise BadInput("part: choose at least one part of the report")
    key = request.app.state.drafts.keep(notes.replace("\r\n", "\n"))
    asked = Asked(Standing.of(request.query_params), watch, first.strip(), last.strip(), parts, key)
    return RedirectResponse(asked.link("/reports", with_watch=True), status_code=303)


@router.get("/reports/{name}/preview", include_in_schema=False)
def preview(request: Request, name: str) -> Response:
    """The report as HTML, with the policy that it brings: it is shown in a frame of the builder."""
    made = request.app.state.drafts.report(request, Asked.of(request, name))
    headers = {"content-security-policy": policy(asset("report.css"))}
    return Response(render(made, "html"), media_type=_MEDIA["html"], headers=headers)


@router.get("/reports/{name}.json", tags=["reports"])
def as_json(request: Request, name: str) -> Response:
    """The report as data: sections of sentences, each with the ids of what it cites, and the words of those.

    The parameters are `from` and `to`, and `part`, several times, for some of its parts alone.
    """
    made = _whole(request, name)
    return Response(msgspec.json.encode(made), media_type="application/json")


def _taken(form: Written) -> Any:  # noqa: ANN401 - an endpoint
    def endpoint(request: Request, name: str) -> Response:
        made = _whole(request, name)
        where = f'attachment; filename="{made.watch}-{made.last}.{form}"'
        return Response(render(made, form), media_type=_MEDIA[form], headers={"content-disposition": where})

    endpoint.__doc__ = f"The report as a file of {form.upper()}."
    return endpoint


def _whole(request: Request, name: str) -> Report:
    asked = Asked.of(request, name)
    if not asked.is_whole:
        raise BadInput("give the period of the report: from and to")
    made: Report = request.app.state.drafts.report(request, asked)
    return made


for _form in FORMS:
    router.add_api_route(
        f"/reports/{{name}}.{_form}", _taken(_form), name=f"report_{_form}", tags=["reports"]
    )
