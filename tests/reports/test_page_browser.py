"""The page in a real browser. On a machine without Chromium these are skipped; in the gate that fails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from marsad.reports.page import page
from tests.web.browsing import CHROMIUM, NEEDED

from .readings import reading

ALONE = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-component-update"]

pytestmark = NEEDED


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=ALONE)
        yield found
        found.close()


class Opened:
    """The page, with what it wrote to the console and what it asked of the network."""

    def __init__(self, browser: Browser, path: Path, *, script: bool = True) -> None:
        self.complaints: list[str] = []
        self.requests: list[str] = []
        path.write_text(page(reading()), encoding="utf-8")
        context = browser.new_context(java_script_enabled=script, viewport={"width": 1300, "height": 500})
        self.page: Page = context.new_page()
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(path.as_uri())

    def lit(self) -> str:
        return "|".join(self.page.locator(".document .lit").all_text_contents())


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    found = Opened(browser, tmp_path / "page.html")
    yield found
    found.page.context.close()


def test_it_shows_without_a_complaint_and_asks_the_network_for_nothing(opened: Opened) -> None:
    assert opened.page.locator(".card").count() == 6
    assert opened.page.locator(".document p").count() == 3
    assert opened.complaints == []
    assert [url for url in opened.requests if not url.startswith("file:")] == []
    assert len(opened.requests) == 1


def test_a_click_on_a_claim_lights_its_words_its_source_and_its_cue(opened: Opened) -> None:
    opened.page.locator("#c2 blockquote").click()
    assert opened.lit() == "“We counted them twice,”|said|Colonel |Dorj Sukh"
    assert opened.page.locator("#c2.lit").count() == 1
    opened.page.locator("#c5 blockquote").click()
    assert opened.lit().endswith("“the road is closed.”")


def test_a_click_on_words_opens_their_claim(opened: Opened) -> None:
    opened.page.get_by_text("it had ", exact=True).first.click()
    assert opened.page.locator(".card.lit").get_attribute("id") == "c3"
    assert opened.page.url.endswith("#c3")


def test_a_click_on_a_figure_lights_the_figure_alone(opened: Opened) -> None:
    opened.page.locator("#c1 .figure-row .amount").click()
    assert opened.lit() == "between 900 and 1,200 fighters"


def test_the_keys_go_through_the_claims_that_are_listed(opened: Opened) -> None:
    for _ in range(3):
        opened.page.keyboard.press("j")
    opened.page.keyboard.press("k")
    assert opened.page.locator(".card.lit").get_attribute("id") == "c2"
    opened.page.locator("label[for=only-figures]").click()
    opened.page.keyboard.press("Escape")
    opened.page.keyboard.press("j")
    opened.page.keyboard.press("j")
    assert opened.page.locator(".card.lit").get_attribute("id") == "c4"


@pytest.mark.parametrize("script", [True, False])
def test_the_switches_and_the_links_need_no_script(browser: Browser, tmp_path: Path, script: bool) -> None:
    opened = Opened(browser, tmp_path / "page.html", script=script)
    visible = opened.page.locator(".card:visible")
    opened.page.locator("label[for=only-denied]").click()
    assert visible.count() == 1
    opened.page.locator("label[for=only-all]").click()
    assert visible.count() == 6
    opened.page.locator(".document .note").first.click()
    assert opened.page.url.endswith("#c6")
    opened.page.context.close()


def test_nothing_is_wider_than_a_small_screen(opened: Opened) -> None:
    opened.page.set_viewport_size({"width": 360, "height": 700})
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 360
