"""The watches and their boards: each indicator with its direction, figures, voices, changes and gaps."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Annotated, Any, NamedTuple

import msgspec
from fastapi import APIRouter, Depends, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from marsad.assessment.alerts import CALLED, alerts, feed
from marsad.assessment.board import Board, Standing
from marsad.assessment.board.records import told_of_point
from marsad.assessment.contradiction import Contradiction
from marsad.assessment.series import Point, Series
from marsad.assessment.watch import Watch, files, making
from marsad.assessment.watch.definition import is_name
from marsad.errors import BadInput, MarsadError, NotFound
from marsad.ledger.asking.found import Found
from marsad.web.boards import Boards
from marsad.web.guard import trusted
from marsad.web.making import patience
from marsad.web.rendering import page
from marsad.web.standing import Standing as Asked

router = APIRouter()
SHOWN = {"voices": 8, "claims": 3, "series": 6, "questions": 4, "changes": 30, "silent": 10, "evidence": 50}
_RECENT = 256  # watches that are kept as they were read
Several = Annotated[str, Form(max_length=5_000)]


class Listed(NamedTuple):
    """A watch in the list of them."""

    name: str
    title: str
    subjects: tuple[str, ...]
    area: tuple[str, ...]
    indicators: int
    is_own: bool  # of the workspace; else it ships
    error: str | None = None  # why its file cannot be read


class Given(NamedTuple):
    """What the form of a new watch holds."""

    name: str = ""
    subjects: str = ""
    countries: str = ""
    places: str = ""


# The list


@router.get("/watches", include_in_schema=False)
def watches(request: Request) -> Response:
    return _watches(request, Given())


@router.get("/watches.json", tags=["watches"])
def watches_as_json(request: Request) -> Response:
    """The watches of the workspace, and those that ship."""
    return _json([each._asdict() for each in listed(request)])


@router.post("/watches", dependencies=[Depends(trusted)], tags=["watches"])
def new(
    request: Request, name: Several, subjects: Several = "", countries: Several = "", places: Several = ""
) -> Response:
    """Write a watch with all indicators of the one that ships, as `marsad watch new` does."""
    given = Given(name.strip(), subjects, countries, places)
    try:
        making.write(
            request.app.state.folder,
            given.name,
            subjects=_lines(subjects),
            countries=_lines(countries),
            places=_lines(places),
        )
    except BadInput as error:
        return _watches(request, given, str(error))
    return RedirectResponse(Asked.of(request.query_params).link(f"/watches/{given.name}"), status_code=303)


def _watches(request: Request, given: Given, error: str | None = None) -> Response:
    return page(
        request,
        "watches.html",
        Asked.of(request.query_params),
        status=BadInput.http_status if error else 200,
        watches=listed(request),
        given=Given(*map(_printable, given)),
        error=error,
    )


def _printable(given: str) -> str:
    """What was typed, as a page can show it again."""
    return "".join(c if c.isprintable() or c in "\r\n" else "\ufffd" for c in given)


def _lines(given: str) -> list[str]:
    """What stands on the lines of a field, or between its commas."""
    return [" ".join(each.split()) for each in given.replace(",", "\n").splitlines() if each.strip()]


def listed(request: Request) -> list[Listed]:
    """The watches of the workspace, and those that ship and that it does not replace."""
    own = files.own_watches(request.app.state.folder)
    names = [*own, *(name for name in files.shipped() if name not in own)]
    return [_listed(request, name, is_own=name in own) for name in names]


def _listed(request: Request, name: str, *, is_own: bool) -> Listed:
    try:
        watch = loaded(request, name)
    except MarsadError as error:
        return Listed(name, "", (), (), 0, is_own, " ".join(str(error).split()))
    area = (*watch.countries, *watch.places)
    return Listed(name, watch.title, watch.subjects, area, len(watch.indicators), is_own)


def loaded(request: Request, name: str) -> Watch:
    """A watch by its name; no path is taken for one.

    Raises:
        NotFound: there is none.
        BadInput: its file is none.
    """
    if not is_name(name):
        raise NotFound(f"{name[:60]!r}: no name of a watch; see the list of watches")
    return _parsed(*files.found(name, request.app.state.folder))


@lru_cache(_RECENT)
def _parsed(raw: bytes, file: str) -> Watch:
    """The watch that a file holds: to read it takes longer than all else of the list of watches."""
    return Watch.parse(raw, file)


# A board


@router.get("/watches/{name}.json", tags=["watches"])
def board_as_json(request: Request, name: str, since: str = "") -> Response:
    """The board as `marsad watch` prints it as JSON; with `since` also what changed after that day."""
    found = board(request, name, since)
    return _json(found.listed() | {"alerts": [each.listed() for each in _alerts(found)]})


@router.get("/watches/{name}.atom", tags=["watches"])
def board_as_feed(request: Request, name: str, since: str) -> Response:
    """The alerts of a board as an Atom 1.0 feed (RFC 4287)."""
    return Response(feed(board(request, name, since)), media_type="application/atom+xml")


@router.get("/watches/{name}", include_in_schema=False)
def shown(request: Request, name: str, since: str = "") -> Response:
    asked = Asked.of(request.query_params)
    boards: Boards = request.app.state.boards
    found, is_behind = boards.of(
        loaded(request, name), asked.as_known, since.strip() or None, patience(request)
    )
    return page(
        request,
        "watch.html",
        asked,
        board=found,
        is_behind=is_behind,
        called=[each for each in found.changes if each.kind in CALLED],
        others=[each for each in found.changes if each.kind not in CALLED],
        documents=documents(found),
        newest=_newest,
        most=SHOWN,
    )


def board(request: Request, name: str, since: str) -> Board:
    """The board of a watch as of the day in force, of the ledger as it is.

    Raises:
        NotFound: there is no such watch.
        BadInput: a day is none, or they are not in order.
    """
    known = Asked.of(request.query_params).as_known
    boards: Boards = request.app.state.boards
    return boards.exact(loaded(request, name), known, since.strip() or None)


def _alerts(found: Board) -> tuple[Any, ...]:
    return alerts(found) if found.since else ()


def _newest(series: Series) -> Point:
    return max(series.points, key=lambda point: (told_of_point(point), point.known))


def documents(found: Board) -> dict[str, str]:
    """The document of each record that a board names, by the record's id."""
    records: list[Found[Any]] = [*found.gathered.claims, *found.gathered.figures, *found.gathered.incidents]
    records += (each for standing in found.standings for each in _records(standing))
    records += (each.last for each in found.silent)
    return {each.id: each.found_in.id for each in records}


def _records(standing: Standing) -> Iterator[Found[Any]]:
    yield from standing.claims
    yield from standing.incidents
    for voice in standing.voices:
        yield from voice.claims
    for series in standing.series:
        for point in series.points:
            yield from (point.figure, *point.echoes)
    for question in standing.contradictions:
        yield from _answers(question)


def _answers(question: Contradiction) -> Iterator[Found[Any]]:
    for side in (*question.sides, *question.beside):
        yield from side.claims


def _json(body: object) -> Response:
    return Response(msgspec.json.encode(body), media_type="application/json")
