"""Pictures of every page of a running workbench, so that people look at them.

    marsad serve --workspace DIR &
    python benchmarks/screenshots.py http://127.0.0.1:8000 OUT [--only documents]

The pages are those that the head leads to, and the first of each kind that they lead to: a document, a
record looked into in one, a series, a contradiction, a forecast. Each is taken at the width of a desktop and
of a phone, in light and dark, in English and Arabic: `OUT/desktop-light-en/claims.png`.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

SIZES = {"desktop": (1400, 900), "phone": (390, 844)}
SCHEMES = ("light", "dark")
LANGUAGES = ("en", "ar")
BELOW = (
    "documents", "series", "contradictions", "agreements", "watches", "actors", "sources", "forecast",
    "trace",
)  # fmt: skip
TALLEST = 2400  # of a picture; a page that is longer is cut


def main() -> None:
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("url", help="where the workbench answers")
    asked.add_argument("out", type=Path)
    asked.add_argument("--only", help="pages whose name holds this")
    options = asked.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        here = options.url.rstrip("/")
        pages = {name: path for name, path in _pages(browser, here).items() if (options.only or "") in name}
        for folder, settings, language in _ways():
            (options.out / folder).mkdir(parents=True, exist_ok=True)
            page = browser.new_context(**settings).new_page()
            for name, path in pages.items():
                _take(page, here + _in(path, language), options.out / folder / f"{name}.png")
            page.context.close()
            print(f"{options.out / folder}: {len(pages)} pages", flush=True)
        browser.close()


def _ways() -> Iterator[tuple[str, dict[str, Any], str]]:
    """Each folder with how the browser is set, and the language."""
    for size, (width, height) in SIZES.items():
        for scheme in SCHEMES:
            for language in LANGUAGES:
                settings = {"viewport": {"width": width, "height": height}, "color_scheme": scheme}
                yield f"{size}-{scheme}-{language}", settings, language


def _pages(browser: Browser, here: str) -> dict[str, str]:
    """Addresses by names: what the head leads to, then the first of each kind below it."""
    page = browser.new_page()
    page.goto(here)
    found = {(urlsplit(path).path.strip("/") or "home"): path for path in _links(page, "nav a")}
    for path in list(found.values()):
        page.goto(here + path)
        for each in _links(page, "main a"):
            kind, _, rest = urlsplit(each).path.strip("/").partition("/")
            if rest and kind in BELOW and "." not in rest.rpartition("/")[2]:
                found.setdefault(f"{kind}-{'record' if 'at=' in each else 'one'}", each)
    page.close()
    return found


def _links(page: Page, which: str) -> list[str]:
    found: list[str] = page.locator(which).evaluate_all("all => all.map(a => a.getAttribute('href') ?? '')")
    return [each.partition("#")[0] for each in found if each.startswith("/")]


def _in(path: str, language: str) -> str:
    return path if language == "en" else f"{path}{'&' if '?' in path else '?'}lang={language}"


def _take(page: Page, url: str, path: Path) -> None:
    answer = page.goto(url, wait_until="load")
    while answer and "refresh" in answer.headers:  # it is being made, and loads itself until it is there
        with page.expect_navigation(timeout=300_000) as loaded:
            pass
        answer = loaded.value
    if page.locator("#map").count():
        page.wait_for_selector("#map[data-drawn]", timeout=60_000)
    size = page.viewport_size or {"width": 0, "height": 0}
    tall = min(int(page.evaluate("document.documentElement.scrollHeight")), TALLEST)
    whole = {"x": 0, "y": 0, "width": size["width"], "height": max(tall, size["height"])}
    page.screenshot(path=path, full_page=True, clip=whole)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
