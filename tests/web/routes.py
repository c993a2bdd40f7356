"""Every route of the workbench with the rule that it must keep, and an address of each over a ledger.

The rules are written by hand. A route that has none fails the build: whoever adds one says here what it may do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount
from starlette.testclient import TestClient

from marsad.ledger.asking.fields import KINDS

# What a GET gives: a page, a part of one, or, by the end of its path, data. Nothing of it changes anything.
PAGES = {
    "/",
    "/documents",
    "/claims",
    "/figures",
    "/incidents",
    "/relations",
    "/actors",
    "/places",
    "/sources",
    "/add",
    "/feeds",
    "/forecast",
    "/forecast/scorecard",
    "/forecast/{id}",
    "/forecast/{id}/{unit}",
    "/map",
    "/series",
    "/series/{series_id}",
    "/contradictions",
    "/contradictions/{question_id}",
    "/agreements",
    "/timeline",
    "/agreements/{group_id}",
    "/watches",
    "/watches/{name}",
    "/actors/{key:path}",
    "/sources/{key:path}",
    "/disclosure",
    "/reports",
    "/views",
    "/documents/{document_id}",
    "/jobs/{job_id}",
    "/trace/{record_id:path}",
}
PARTS = {"/documents/{document_id}/inspector", "/jobs/{job_id}/told"}
PREVIEWS = {"/reports/{name}/preview"}  # shown in a frame of ours, with a policy of its own
DATA = {
    ".json": "application/json",
    ".csv": "text/csv",
    ".svg": "image/svg+xml",
    ".atom": "application/atom+xml",
    ".png": "image/png",
}
DOWNLOADS = {
    "/documents/{document_id}/original",
    "/export/{name}/{kind}",
    *(f"/reports/{{name}}.{form}" for form in ("html", "docx", "md", "pdf")),
}

# What changes something: POST alone, with the token of the run.
WRITES = {
    "/actors",
    "/disclosure",
    "/reports",
    "/sources",
    "/views",
    "/views/deletions",
    "/sample",
    "/add/files",
    "/add/addresses",
    "/add/text",
    "/feeds",
    "/feeds/ends",
    "/feeds/polls",
    "/watches",
    "/documents/{document_id}/additions",
    "/documents/{document_id}/judgements",
    "/documents/{document_id}/reviews",
    "/documents/{document_id}/withdrawals",
}


def of(app: Starlette) -> list[tuple[str, str]]:
    """Method and path of each route; HEAD goes with GET."""
    found = {
        (method, getattr(route, "path", ""))
        for route in walk(app.routes)
        if not isinstance(route, Mount)
        for method in getattr(route, "methods", None) or {"GET"}
        if method != "HEAD"
    }
    return sorted(found, key=lambda each: (each[1], each[0]))


def walk(routes: Iterable[BaseRoute]) -> Iterator[BaseRoute]:
    """All routes, those of the routers that FastAPI includes among them."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is None:
            yield route
        else:
            yield from walk(inner.routes)


def rule(method: str, path: str) -> str | None:
    """What a route may do, in a word; `None` where nobody has said."""
    if method == "POST":
        return "write" if path in WRITES else None
    if method != "GET":
        return None
    if any(path.endswith(end) for end in DATA):
        return "data"
    named = {"page": PAGES, "part": PARTS, "download": DOWNLOADS, "preview": PREVIEWS}
    return next((word for word, paths in named.items() if path in paths), None)


# Addresses

_ROWS: dict[str, Callable[[TestClient], list[str]]] = {
    "{document_id}": lambda client: _ids(client, "documents")[::6],
    "{record_id:path}": lambda client: [
        *_ids(client, "claims")[:3], *_ids(client, "incidents")[:1], *_ids(client, "documents")[:1],
        *_keys(client, "actors")[::16],
    ],
    "{series_id}": lambda client: _ids(client, "series")[::16],
    "{question_id}": lambda client: _ids(client, "contradictions")[:3],
    "{group_id}": lambda client: _ids(client, "agreements")[:3],
    "{name}": lambda client: ["isis"],
    "{id}": lambda client: [],  # of forecasts: test_forecasting.py has them
    "/actors/{key:path}": lambda client: _keys(client, "actors")[::16],
    "/sources/{key:path}": lambda client: _keys(client, "sources")[::16],
    "{job_id}": lambda client: [],  # of this run alone: test_adding.py has them
}  # fmt: skip


def addresses(client: TestClient, *paths: str) -> Iterator[str]:
    """Addresses of routes, their parameters filled with all that the ledger has for them."""
    for path in paths:
        begin, brace, rest = path.partition("{")
        if not brace:
            yield path
            continue
        name, _, end = rest.partition("}")
        values = _ROWS.get(f"{begin}{{{name}}}") or _ROWS[f"{{{name}}}"]
        for value in values(client):
            yield begin + quote(value, safe="") + end + _at(client, path, value)


def _at(client: TestClient, path: str, document: str) -> str:
    """A record to look into, for the parts and pages of a document."""
    if path not in ("/documents/{document_id}", "/documents/{document_id}/inspector"):
        return ""
    return f"?at={_rows(client, f'figures.json?document={document}&limit=1')[0]['id']}"


def _rows(client: TestClient, kind: str) -> list[dict[str, str]]:
    asked = kind if ".json" in kind else f"{kind}.json{'?limit=500' if kind in KINDS else ''}"
    found: list[dict[str, str]] = client.get(f"/{asked}").json()["rows"]
    return found


def _ids(client: TestClient, kind: str) -> list[str]:
    return [row["id"] for row in _rows(client, kind)]


def _keys(client: TestClient, kind: str) -> list[str]:
    return [row["key"] for row in _rows(client, kind)]
