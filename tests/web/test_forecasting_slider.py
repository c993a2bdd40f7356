"""The slider of the scorecard in a browser: it says where it stands, and goes nowhere before it is told to."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from marsad.ledger.store import Store

from . import browsing, forecasts

pytestmark = browsing.NEEDED


def test_keys_move_the_slider_and_enter_goes_there(browser: Browser, tmp_path: Path) -> None:
    with Store.open(tmp_path / "w", create=True) as store:
        forecasts.fill(store)
        with browsing.serving(store) as here:
            opened = browsing.Opened(browser, here)
            page = opened.goto("/forecast/scorecard?level=admin1&actor=IS")
            slider, said = page.locator("#issue"), page.locator(".issue output")
            expect(said).to_contain_text("2144-12")
            slider.press("ArrowRight")
            expect(said).to_contain_text("2144-11")
            expect(slider).to_have_attribute("aria-valuetext", said.inner_text())
            assert "issue=" not in page.url
            slider.press("Enter")
            page.wait_for_url("**issue=2**")
            expect(page.locator(".issue output")).to_contain_text("2144-11")
            opened.close()
