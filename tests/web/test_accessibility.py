"""Every page in real Chromium against WCAG 2.2 AA, as axe-core tells it, and against the width of a phone.

A page is loaded twice: wide, light and from left to right; narrow, dark and from right to left.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from . import browsing, compared
from .browsing import AXE, PHONE, WIDTH, Opened

pytestmark = [
    browsing.NEEDED,
    pytest.mark.skipif(not AXE.is_file(), reason="axe-core is fetched by: python scripts/assets.py check"),
]
OPEN = "document.querySelectorAll('details').forEach(each => { each.open = true })"

ASTRAY = """() => [...document.querySelectorAll(":is(dd, h1, h2, h3, small)[dir=auto]")]
    .filter(each => getComputedStyle(each).textAlign !== "right").map(each => each.outerHTML.slice(0, 80))"""

# What is looked into has to be beside the words, not under all of them
FAR = """() => [...document.querySelectorAll(".inspector:has(.slots)")].map(each => each.getBoundingClientRect())
    .filter(box => box.bottom > innerHeight + 1 || box.top < innerHeight / 2).map(box => `inspector at ${box.top}`)"""


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Invented reports of which every page has something to show."""
    with compared.ledger(tmp_path_factory.mktemp("rich") / "w") as store, browsing.serving(store) as address:
        yield address


@pytest.fixture(scope="module")
def pages(here: str) -> list[str]:
    return browsing.pages_of(here)


def test_no_page_has_a_serious_fault_in_light(browser: Browser, here: str, pages: list[str]) -> None:
    opened = with_axe(browser, here, color_scheme="light")
    faults = {}
    for path in pages:
        opened.page.set_viewport_size(WIDTH)
        opened.goto(path)
        faults[path] = opened.faults()
        opened.page.set_viewport_size(PHONE)
        faults[path] += too_wide(opened)
    assert {path: found for path, found in faults.items() if found} == {}
    opened.close()


def test_no_page_has_a_serious_fault_on_a_phone_in_the_dark_from_right_to_left(
    browser: Browser, here: str, pages: list[str]
) -> None:
    """With every form open, too."""
    opened = with_axe(browser, here, color_scheme="dark", viewport=PHONE)
    faults = {}
    for path in pages:
        opened.goto(f"{path}{'&' if '?' in path else '?'}lang=ar")
        faults[path] = too_wide(opened) + opened.page.evaluate(FAR)
        opened.page.evaluate(OPEN)
        faults[path] += too_wide(opened) + opened.faults() + opened.page.evaluate(ASTRAY)
    assert {path: found for path, found in faults.items() if found} == {}
    opened.close()


def with_axe(browser: Browser, here: str, **options: Any) -> Opened:
    opened = Opened(browser, here, **options)
    opened.page.add_init_script(AXE.read_text("utf-8"))
    return opened


def too_wide(opened: Opened) -> list[str]:
    width = opened.page.evaluate("document.documentElement.scrollWidth")
    return [f"{width} pixels wide"] if width > PHONE["width"] else []
