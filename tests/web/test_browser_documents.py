"""Documents in a real browser: files are added and followed, pages are looked at, records edited and added."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from marsad.ledger.store import Store

from ..ledger import making
from . import browsing
from .browsing import Opened
from .test_pages import put

pytestmark = browsing.NEEDED
REPORT = "The mayor of Karoum said on Monday that 40 men had left the town.\n"


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with Store.open(tmp_path_factory.mktemp("documents"), create=True) as store:
        put(store, "report.pdf")
        text = "Mayor: Karoum holds 300 men and 50 carts\nThe Front: we lost 12 carts\n"
        document = making.frozen(text, title="Report of Karoum", published=making.given("2019-03-01"))
        store.put(text.encode(), document, making.read_all(document))
        with browsing.serving(store) as address:
            yield address


@pytest.fixture
def opened(browser: Browser, here: str) -> Iterator[Opened]:
    found = Opened(browser, here)
    yield found
    found.close()


def report(opened: Opened, title: str = "Report of Karoum") -> Page:
    page = opened.goto("/documents")
    page.get_by_role("link", name=title).first.click()
    page.wait_for_url("**/documents/*")
    return page


def test_from_a_file_to_an_exported_table_in_six_clicks(opened: Opened, tmp_path: Path) -> None:
    files = [tmp_path / "report.txt", tmp_path / "empty.txt"]
    files[0].write_text(REPORT)
    files[1].write_text("")
    page = opened.goto("/")
    page.get_by_role("link", name="Add", exact=True).first.click()  # 1
    page.wait_for_url("**/add")
    page.set_input_files("#files", files)
    expect(page.locator(".dropped")).to_have_text("Chosen: report.txt, empty.txt")
    page.get_by_role("button", name="Read the files").click()  # 2
    page.locator(".refusals >> text=empty.txt").wait_for()
    added = page.locator("#job").get_by_role("link", name="report.txt")
    added.wait_for()
    page.reload()  # a job survives it
    added.click()  # 3
    page.get_by_role("link", name="Claims as a table").click()  # 4
    with page.expect_download() as saved:
        page.get_by_role("link", name="CSV").first.click()  # 5
    assert "40 men had left the town" in Path(saved.value.path()).read_text("utf-8")


def test_files_are_added_without_a_script(browser: Browser, here: str, tmp_path: Path) -> None:
    file = tmp_path / "other.txt"
    file.write_text(f"Again. {REPORT}")
    opened = Opened(browser, here, script=False)
    page = opened.goto("/add")
    page.set_input_files("#files", file)
    page.get_by_role("button", name="Read the files").click()
    page.locator("#job").get_by_role("link", name="other.txt").wait_for(
        timeout=30_000
    )  # it loads itself anew
    opened.close()


def test_boxes_on_a_page_and_records_lead_to_each_other(opened: Opened) -> None:
    listed = opened.goto("/documents.json?search=calm").evaluate("JSON.parse(document.body.innerText).rows")
    page = opened.goto(f"/documents/{listed[0]['id']}")
    page.get_by_role("link", name="Pages", exact=True).click()
    shown = page.locator(".sheet img").first
    shown.evaluate("image => image.decode()")
    assert shown.evaluate("image => image.naturalWidth") > 1000
    page.locator("a.b.figure").first.click()
    page.locator("#inspector >> text=count.thing").wait_for()
    assert page.locator("a.b.lit title").first.text_content() == "figure: 300"
    assert page.locator(".card.lit").count() == 1
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.wait_for_function(
        """() => {
          const box = [...document.querySelectorAll("a.b.lit rect")].at(-1)?.getBoundingClientRect();
          const sheet = document.querySelectorAll(".sheet img")[1].getBoundingClientRect();
          return box && sheet.top < box.top && box.bottom < sheet.bottom;
        }"""
    )
    assert "view=pages" in page.url


def test_a_record_is_edited_by_keyboard_and_its_history_is_beside_it(opened: Opened) -> None:
    page = report(opened)
    page.locator(".card .figure-tag").last.click()
    page.locator("#inspector >> text=count.thing").wait_for()
    page.keyboard.press("e")
    page.fill("#edit-low", "10")
    page.fill("#edit-high", "14")
    page.fill("#edit-best", "")
    page.fill("#edit-reason", "a range in the original")
    page.fill("#edit-by", "amy")
    page.keyboard.press("Enter")
    page.wait_for_url("**done=r*")
    expect(page.locator("#inspector .slots")).to_contain_text("10")
    past = page.locator("#inspector .past").inner_text()
    assert "edited by amy" in past
    assert "a range in the original" in past
    assert page.input_value("#by") == "amy"
    page.locator("#inspector .past summary").click()
    page.locator("#inspector .past input[name=reason]").fill("no, as it was")
    before = page.url
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "done=r" in url and url != before)
    expect(page.locator(".card .figure-tag").last).to_have_text(re.compile(r"\s*12\b"))


def test_what_is_refused_stands_in_its_form_still(opened: Opened) -> None:
    page = report(opened)
    page.locator(".card .figure-tag").last.click()
    page.locator("#inspector >> text=count.thing").wait_for()
    page.keyboard.press("e")
    page.fill("#edit-low", "a dozen")
    page.fill("#edit-reason", "because")
    page.fill("#edit-by", "amy")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    assert "low: cannot be" in page.get_by_role("alert").inner_text()
    assert page.input_value("#edit-low") == "a dozen"
    assert page.input_value("#edit-reason") == "because"
    opened.complaints.clear()  # the browser says that the answer was 422


def test_no_record_is_judged_that_is_not_shown_and_nothing_typed_is_lost(opened: Opened) -> None:
    page = report(opened)
    silent = page.locator("#inspector .silent")
    page.keyboard.press("j")
    page.locator("#inspector form.judge").first.wait_for()
    page.context.set_offline(True)
    page.keyboard.press("j")
    expect(silent).to_be_visible()  # and the form of the claim before it is gone
    expect(page.locator("#inspector form")).to_have_count(0)
    page.context.set_offline(False)
    page.keyboard.press("k")
    page.locator("#inspector form.judge").first.wait_for()
    page.keyboard.press("a")
    page.keyboard.type("heard it")
    page.fill("#by", "amy")
    page.context.set_offline(True)
    page.get_by_role("button", name="Accept").click()
    expect(silent).to_be_visible()
    assert page.input_value("#reason") == "heard it"
    page.context.set_offline(False)
    page.get_by_role("button", name="Accept").click()
    page.wait_for_url("**done=r*")
    assert "heard it" in page.locator("#inspector .past").inner_text()
    opened.complaints.clear()  # the browser says that it was offline


def test_a_figure_that_was_missed_is_added_by_selecting_its_words(opened: Opened) -> None:
    page = report(opened)
    page.locator(".text [data-b]", has_text="50 carts").last.evaluate("""element => {
        const node = element.firstChild, range = document.createRange(), at = node.data.indexOf("50 carts");
        range.setStart(node, at); range.setEnd(node, at + 8);
        getSelection().removeAllRanges(); getSelection().addRange(range);
        element.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
    }""")
    page.locator("#adding[open]").wait_for()
    assert page.input_value("#adding-words") == "50 carts"
    page.select_option("#adding-kind", "figure")
    assert page.locator("#adding fieldset:visible").count() == 1
    page.fill("#adding-figure-measure", "count.cart")
    page.fill("#adding-reason", "missed")
    page.fill("#adding-by", "amy")
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url("**done=r*")
    assert opened.lit() == "50 carts"
    assert "added by amy" in page.locator("#inspector .past").inner_text()


@pytest.mark.skipif(
    not browsing.AXE.is_file(), reason="axe-core is fetched by: python scripts/assets.py check"
)
def test_axe_finds_no_serious_fault_in_the_pages_of_a_pdf_on_a_phone(browser: Browser, here: str) -> None:
    opened = Opened(browser, here, color_scheme="dark", viewport=browsing.PHONE)
    first = "JSON.parse(document.body.innerText).rows[0].id"
    document = opened.goto("/documents.json?search=calm").evaluate(first)
    figure = opened.goto(f"/figures.json?document={document}").evaluate(first)
    opened.goto(f"/documents/{document}?view=pages&at={figure}")
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= browsing.PHONE["width"]
    assert opened.faults() == []
    opened.close()
