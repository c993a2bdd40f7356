"""Real browsers for the tests of the workbench: one Chromium a worker, and a workbench that answers it."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, Request, ViewportSize, expect

from marsad.ledger.database import SQLite
from marsad.ledger.store import Store
from marsad.web.application import application
from marsad.web.rendering import SECTIONS
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
LISTS = [f"/{name}".replace("/home", "/") for names in SECTIONS.values() for name in names]
BELOW = ("documents", "series", "contradictions", "agreements", "watches", "actors", "sources", "trace")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]  # target-size is of WCAG 2.2
SERIOUS = f"""() => axe.run({{ resultTypes: ["violations"], preload: false, runOnly: {TAGS} }}).then(found => found.violations
    .filter(each => ["serious", "critical"].includes(each.impact))
    .map(each => [each.id, ...each.nodes.slice(0, 2).map(node => node.html.slice(0, 160))].join(" ")))"""
WIDTH: ViewportSize = {"width": 1300, "height": 700}
PHONE: ViewportSize = {"width": 390, "height": 800}
NEEDED = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here; on Debian: apt install chromium")


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


def pages_of(here: str) -> list[str]:
    """What the head of a page leads to, the first of each kind below it, one looked into, and none at all."""
    below: dict[str, str] = {}
    for path in LISTS:
        for link in _links(here + path):
            kind, _, rest = urlsplit(link).path.strip("/").partition("/")
            if rest and kind in BELOW and "." not in rest.rpartition("/")[2]:
                below.setdefault(f"{kind} {'at=' in link}", link.partition("#")[0])
    assert {name.partition(" ")[0] for name in below} == set(BELOW)
    return [*LISTS, *below.values(), "/no"]


def _links(url: str) -> list[str]:
    with urlopen(url) as answer:  # noqa: S310 - of this machine
        main = answer.read().decode().partition("<main")[2]
    return [unescape(link) for link in re.findall(r'<a [^<>]*href="([^"]*)"', main)]


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

    def faults(self) -> list[str]:
        """What axe-core calls serious or critical in the page as it is."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text("utf-8"))
        found: list[str] = self.page.evaluate(SERIOUS)
        return found

    def lit(self) -> str:
        return "|".join(self.page.locator(".text .lit").all_text_contents())

    def close(self) -> None:
        """Leave, and hold that nothing was wrong."""
        self.page.context.close()
        assert self.complaints == []
        assert self.elsewhere == []
