"""Charts, comparisons, timeline and map in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from . import browsing, compared
from .browsing import Opened

pytestmark = browsing.NEEDED
LIT = re.compile(r"\blit\b")


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("figures")
    with compared.ledger(folder, nasty=compared.NASTY) as store, browsing.serving(store) as address:
        yield address


@pytest.fixture
def opened(browser: Browser, here: str) -> Iterator[Opened]:
    found = Opened(browser, here)
    yield found
    found.close()


def test_three_clicks_lead_from_the_list_of_series_to_the_words(opened: Opened) -> None:
    page = opened.goto("/series?measure=strength.fighters")
    page.get_by_role("link", name="fighters of Red Sand Front in Karoum").click()
    page.locator(".points .amount", has_text="at least 1,500").click()
    page.wait_for_url("**/documents/*")
    assert opened.lit()


def test_a_drawing_leads_to_the_words_too_and_no_key_stops_at_it(opened: Opened) -> None:
    page = opened.goto("/series?measure=strength.fighters")
    page.get_by_role("link", name="fighters of Red Sand Front in Karoum").click()
    page.wait_for_url("**/series/*")
    assert page.locator(".drawn[tabindex='-1'][aria-hidden=true]").count() == 4
    page.locator(".points .drawn").first.click()
    page.wait_for_url("**/documents/*")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_time_and_numbers_run_from_left_to_right_in_every_language(opened: Opened, language: str) -> None:
    page = opened.goto(f"/series?measure=strength.fighters&place=Karoum&lang={language}")
    page.locator("tbody th a").first.click()
    page.wait_for_url("**/series/*")
    marks = page.locator(".axis").nth(1).locator("text")
    places = marks.evaluate_all("all => all.map(each => each.getBoundingClientRect().left)")
    assert len(places) > 2 and places == sorted(places)
    assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")


@pytest.mark.parametrize(
    "path", ["/series", "/contradictions", "/agreements", "/timeline?of=claims", "/map", "/map?of=incidents"]
)
def test_it_fits_a_phone_in_both_directions(opened: Opened, path: str) -> None:
    opened.page.set_viewport_size({"width": 360, "height": 700})
    for language in ("en", "ar"):
        page = opened.goto(f"{path}{'&' if '?' in path else '?'}lang={language}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def drawn(opened: Opened, path: str) -> Page:
    page = opened.goto(path)
    page.wait_for_selector("#map[data-drawn]", timeout=60_000)
    return page


def test_the_map_and_its_table_light_each_other(opened: Opened) -> None:
    page = drawn(opened, "/map?kind=town")
    row = page.locator("tr[data-place]", has_text="Karoum")
    page.locator("#map").click()  # in its middle
    page.locator(".maplibregl-popup a", has_text="Karoum").wait_for()
    expect(row).to_have_class(LIT)
    page.evaluate("document.querySelector('tr.lit').classList.remove('lit')")
    row.get_by_role("button").focus()
    expect(row).to_have_class(LIT)
    page.keyboard.press("Enter")
    page.locator(".maplibregl-popup a", has_text="Karoum").wait_for()
    row.locator("a").click()
    page.wait_for_url("**/claims?place=*")


def test_without_a_script_the_table_says_all(browser: Browser, here: str) -> None:
    opened = Opened(browser, here, script=False)
    page = opened.goto("/map")
    assert page.locator("tr[data-place]").count() == 3
    assert page.locator("tr[data-place] button").count() == 0
    page = opened.goto("/series?measure=strength.fighters")
    page.locator("tbody th a").first.click()
    for view in ("Table", "Sources", "Chart"):
        page.locator(".tabs a", has_text=view).click()
        page.locator(f".tabs [aria-current]:text-is('{view}')").wait_for()
    opened.close()
