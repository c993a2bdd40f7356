"""The workbench as one ASGI application over one ledger."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from marsad.errors import MarsadError
from marsad.ledger.database import SQLite
from marsad.ledger.store import Store
from marsad.settings import MIB, load
from marsad.version import VERSION
from marsad.web import (
    actors,
    adding,
    adding_feeds,
    agreements,
    contradictions,
    documents,
    failures,
    forecasting,
    home,
    lifting,
    mapping,
    pages,
    rating,
    reporting,
    reviewing,
    series,
    timeline,
    tracing,
    views,
    watching,
)
from marsad.web.boards import Boards
from marsad.web.guard import Guard, new_token
from marsad.web.jobs import Jobs
from marsad.web.recent import Recent
from marsad.web.reporting import Drafts
from marsad.web.tables import exported
from marsad.web.tables import routes as tables

ASSETS = Path(__file__).parent / "assets"
PAGES = (
    home,
    adding,
    adding_feeds,
    tables,
    exported,
    actors,
    rating,
    lifting,
    views,
    series,
    contradictions,
    agreements,
    timeline,
    documents,
    mapping,
    pages,
    reviewing,
    tracing,
    watching,
    reporting,
    forecasting,
)
_FORM = MIB  # bytes that a form may be larger than the document in it


def application(
    store: Store,
    *,
    port: int,
    jobs: Jobs | None = None,
    folder: Path | None = None,
    token: str | None = None,
    patience: float | None = None,
) -> Guard:
    """The workbench over `store`, as it answers on `port` of this machine.

    Args:
        jobs: reads what is added; without, jobs of its own.
        folder: of the workspace, for its watches; without, that of the ledger's file.
        token: that its forms bear; without, one of its own.
        patience: seconds that a reader waits for what is compared; without, until it is there.

    Raises:
        MarsadError: its scripts and styles were not built.
    """
    if not (ASSETS / "style.css").is_file():
        raise MarsadError("the workbench's scripts and styles are not built; run: python scripts/assets.py")
    app = FastAPI(
        title="Marsad",
        version=VERSION,
        description="Who claimed what: the ledger's records, as they may be shown.",
        docs_url=None,  # its page would load scripts from elsewhere
        redoc_url=None,
    )
    app.state.store, app.state.token = store, token or new_token()
    app.state.folder, app.state.boards, app.state.drafts = folder or _folder(store), Boards(store), Drafts()
    app.state.patience, app.state.recent = patience, Recent(store)
    app.state.workspace, app.state.jobs = store.database.name, jobs or Jobs(store)
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=4)  # 9 costs twice as much for 1 %
    failures.install(app)
    for part in PAGES:
        app.include_router(part.router)
    app.mount("/assets", _Assets(directory=ASSETS), name="assets")
    return Guard(app, port=port, largest=load().document_bytes + _FORM)


def _folder(store: Store) -> Path:
    return store.database.folder if isinstance(store.database, SQLite) else Path()


class _Assets(StaticFiles):
    """Files that the browser keeps, and asks for anew only where they have changed."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        answer = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        answer.headers["cache-control"] = "no-cache"
        return answer
