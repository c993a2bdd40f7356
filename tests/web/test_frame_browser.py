"""The frame in a real browser: the sections on a phone, light and dark, and the preview of a report."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from . import browsing
from .browsing import PHONE, Opened
from .watched import HOSTILE, watched

pytestmark = browsing.NEEDED
REPORT = "/reports?watch=red-sand&from=2024-02-01&to=2024-03-31"


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with watched(tmp_path_factory.mktemp("frame")) as store, browsing.serving(store) as address:
        yield address


def background(opened: Opened) -> str:
    return str(opened.page.evaluate("getComputedStyle(document.body).backgroundColor"))


@pytest.mark.parametrize("script", [True, False])
def test_on_a_phone_the_sections_open_and_close_by_keyboard(
    browser: Browser, here: str, script: bool
) -> None:
    opened = Opened(browser, here, script=script, viewport=PHONE)
    page = opened.goto("/watches")
    link = page.get_by_role("link", name="Reports", exact=True)
    expect(link).to_be_hidden()
    page.get_by_role("button", name="Sections").press("Enter")
    expect(link).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    page.get_by_role("button", name="Sections").press("Enter")
    link.press("Enter")
    page.wait_for_url("**/reports")
    opened.close()


def test_light_and_dark_follow_the_system_until_somebody_chooses(browser: Browser, here: str) -> None:
    opened = Opened(browser, here, color_scheme="dark")
    page = opened.goto("/watches")
    dark = background(opened)
    page.get_by_label("Light or dark").select_option("light")
    light = background(opened)
    assert light != dark
    opened.goto("/")
    assert background(opened) == light  # kept, and in no address
    assert page.url == f"{here}/"
    page.get_by_label("Light or dark").select_option("")
    assert background(opened) == dark
    opened.close()


def test_without_a_script_the_system_decides_and_nothing_is_offered(browser: Browser, here: str) -> None:
    opened = Opened(browser, here, script=False)
    expect(opened.goto("/").locator("#theme")).to_be_hidden()
    opened.close()


def test_the_first_key_leads_past_the_head(browser: Browser, here: str) -> None:
    opened = Opened(browser, here)
    page = opened.goto("/watches/red-sand")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="To the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    opened.close()


def test_a_report_is_shown_in_its_frame_with_its_style_and_leads_to_its_words(
    browser: Browser, here: str
) -> None:
    opened = Opened(browser, here)
    page = opened.goto(REPORT)
    frame = page.frame_locator("iframe")
    expect(frame.locator("h1")).to_contain_text("The Red Sand Front")
    expect(frame.locator("body")).to_contain_text(HOSTILE)  # as words
    assert frame.locator("h1").evaluate("each => parseFloat(getComputedStyle(each).fontSize)") > 20
    assert opened.complaints == []  # its style is not refused
    with page.expect_download() as told:
        page.get_by_role("link", name="MD", exact=True).click()
    assert told.value.suggested_filename == "red-sand-2024-03-31.md"
    opened.close()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_is_wider_than_a_phone(browser: Browser, here: str, language: str) -> None:
    opened = Opened(browser, here, viewport=PHONE)
    for path in ("/", "/watches", "/watches/red-sand?since=2024-02-01", REPORT, "/forecast"):
        page = opened.goto(f"{path}{'&' if '?' in path else '?'}lang={language}")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
    opened.close()
