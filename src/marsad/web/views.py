"""Saved views: tables as somebody has narrowed and sorted them, under a name.

A view is an address. It is kept in a file of the workspace, beside the ledger: it says what to look at,
and nothing of what is so.
"""

from __future__ import annotations

import tempfile
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NamedTuple
from urllib.parse import parse_qs, urlsplit

import msgspec
from fastapi import APIRouter, Depends, Form
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from marsad.errors import BadInput, BadWorkspace, NotFound
from marsad.ledger.asking.fields import KINDS, Kind
from marsad.ledger.workspace import VIEWS
from marsad.web.guard import trusted
from marsad.web.rendering import page
from marsad.web.standing import Given, Standing
from marsad.web.tables.asked import Asked

MOST = 200  # views of a workspace
_OF_A_LOOK = ("after", "before", "lang")  # of an address, but of no view
_writing = threading.Lock()

router = APIRouter(tags=["views"])
Name = Annotated[str, Form(min_length=1, max_length=80)]
Address = Annotated[str, Form(min_length=1, max_length=10_000)]


class View(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    address: str  # a path with its parameters, without language and page
    saved_at: str

    @property
    def kind(self) -> str:
        return urlsplit(self.address).path.strip("/")

    def link(self, standing: Standing) -> str:
        """Its address; the day in force stays in force unless the view has one of its own."""
        parts = urlsplit(self.address)
        given: dict[str, Given] = dict(parse_qs(parts.query))
        return standing.link(parts.path, **given)


class Link(NamedTuple):
    """A view as the head of a table names it."""

    name: str
    address: str
    is_here: bool


def saved(folder: Path) -> list[View]:
    """The views of a workspace, by name.

    Raises:
        BadWorkspace: their file cannot be read.
    """
    path = folder / VIEWS
    try:
        return msgspec.json.decode(path.read_bytes(), type=list[View])
    except FileNotFoundError:
        return []
    except (OSError, msgspec.MsgspecError) as error:
        raise BadWorkspace(f"{path}: cannot be read ({error}); mend it or remove it") from None


def of_kind(folder: Path, asked: Asked) -> list[Link]:
    """The views of a kind, as links from one of its tables."""
    here = asked.link()
    found = [(view.name, view.link(asked.standing)) for view in saved(folder) if view.kind == asked.kind]
    return [Link(name, address, address == here) for name, address in found]


def _write(folder: Path, views: list[View]) -> None:
    path = folder / VIEWS
    body = msgspec.json.format(msgspec.json.encode(sorted(views, key=lambda view: view.name)))
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".views-", delete=False) as file:
            file.write(body)
        Path(file.name).replace(path)
    except OSError as error:
        raise BadWorkspace(f"{path}: cannot be written: {error.strerror or error}") from None


def _checked(address: str) -> tuple[Kind, str]:
    """What an address is a table of, and the address as it is kept.

    Raises:
        BadInput: it is none of a table.
    """
    parts = urlsplit(address)
    kind = next((kind for kind in KINDS if parts.path == f"/{kind}"), None)
    if kind is None or parts.scheme or parts.netloc:
        raise BadInput(f"{address[:80]}: no table of the workbench")
    pairs = [pair for pair in QueryParams(parts.query).multi_items() if pair[0] not in _OF_A_LOOK]
    return kind, Asked.of(kind, QueryParams(pairs)).link()


@router.get("/views.json")
def as_json(request: Request) -> Response:
    """The saved views of the workspace, by name."""
    return Response(msgspec.json.encode(saved(request.app.state.folder)), media_type="application/json")


@router.get("/views", include_in_schema=False)
def listed(request: Request) -> Response:
    standing = Standing.of(request.query_params)
    return page(request, "views.html", standing, views=saved(request.app.state.folder))


@router.post("/views", dependencies=[Depends(trusted)])
def save(request: Request, name: Name, address: Address) -> Response:
    """Keep the address of a table under a name; one of the same name is replaced."""
    folder, name = request.app.state.folder, " ".join(name.split())
    if not name:
        raise BadInput("a view has no name; give one")
    _, kept = _checked(address)
    made = View(name, kept, datetime.now(UTC).isoformat(timespec="seconds"))
    with _writing:
        others = [view for view in saved(folder) if view.name != name]
        if len(others) >= MOST:
            raise BadInput(f"there are {MOST} views; delete one first")
        _write(folder, [*others, made])
    return RedirectResponse(made.link(Standing.of(request.query_params)), 303)


@router.post("/views/deletions", dependencies=[Depends(trusted)])
def delete(request: Request, name: Name) -> Response:
    folder = request.app.state.folder
    with _writing:
        views = saved(folder)
        left = [view for view in views if view.name != name]
        if len(left) == len(views):
            raise NotFound(f"{name}: no such view")
        _write(folder, left)
    return RedirectResponse(Standing.of(request.query_params).link("/views"), 303)
