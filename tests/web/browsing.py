"""Real browsers for the tests of the workbench: one Chromium a worker, and a workbench that answers it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, Request, expect

from marsad.ledger.database import SQLite
from marsad.ledger.store import Store
from marsad.web.application import application
from marsad.web.serving import HOST, listen

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
NAMES = "MAP rebound.example 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
ALONE = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-component-update",
    f"--host-resolver-rules={NAMES}",
]
PATIENCE = 30_000  # milliseconds: the machine of a gate does other work
expect.set_options(timeout=PATIENCE)
WIDTH, PHONE = {"width": 1300, "height": 700}, {"width": 390, "height": 800}


def marks(module: str) -> list[pytest.MarkDecorator]:
    """What every module of browser tests is marked with: its tests share what they have opened."""
    reason = "no Chromium here; on Debian: apt install chromium"
    return [pytest.mark.skipif(CHROMIUM is None, reason=reason), pytest.mark.xdist_group(module)]


@contextmanager
def serving(store: Store) -> Iterator[str]:
    """The address of a workbench that answers as long as it is needed."""
    with listen(0) as listening, TemporaryDirectory() as folder:
        port = listening.getsockname()[1]
        own = None if isinstance(store.database, SQLite) else Path(folder)  # else it would be where tests run
        app = application(store, port=port, folder=own)
        config = uvicorn.Config(app, log_level="error", lifespan="off", ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://{HOST}:{port}"
        finally:
            server.should_exit = True
            thread.join()


class Opened:
    """A page, with what it wrote to the console and what it asked of others than the workbench."""

    def __init__(self, browser: Browser, here: str, *, script: bool = True, **options: Any) -> None:
        self.complaints: list[str] = []
        self.elsewhere: list[str] = []
        self.here = here
        # without motion: what scrolls smoothly is somewhere else each time that it is measured
        kept = {"viewport": WIDTH, "reduced_motion": "reduce"} | options
        context = browser.new_context(java_script_enabled=script, **kept)
        context.set_default_timeout(PATIENCE)
        self.page: Page = context.new_page()
        self.page.on("console", lambda message: self._said(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", self._asked_a_person)
        context.on("request", self._asked)

    def _said(self, words: str) -> None:
        if "GL Driver Message" not in words and "404 (Not Found)" not in words:
            self.complaints.append(words)

    def _asked_a_person(self, dialog: Any) -> None:
        self.complaints.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self.here}/", "data:", f"blob:{self.here}/")):
            self.elsewhere.append(request.url)

    def goto(self, path: str) -> Page:
        self.page.goto(self.here + path)
        return self.page

    def lit(self) -> str:
        return "|".join(self.page.locator(".text .lit").all_text_contents())

    def close(self) -> None:
        """Leave, and hold that nothing was wrong."""
        self.page.context.close()
        assert self.complaints == []
        assert self.elsewhere == []
