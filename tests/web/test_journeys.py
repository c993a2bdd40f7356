"""What an analyst does, in a real browser, on both kinds of database: from the sample to the report."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from marsad import samples
from marsad.ledger.store import Store
from marsad.web.messages import messages

from . import browsing
from .browsing import Opened

pytestmark = browsing.NEEDED
said = messages("en").say
# What only looks is the same page on either kind: test_beside and test_hostile ask PostgreSQL for it
LOOKS = pytest.mark.parametrize("here", ["sqlite"], indirect=True)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def here(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> Iterator[str]:
    """A workbench that was empty, and to which the sample was added by a click."""
    if request.param == "sqlite":
        with Store.open(tmp_path_factory.mktemp("desk") / "w", create=True) as store:
            yield from _begun(store, browser)
        return
    server = request.getfixturevalue("postgresql_server")
    with server.database() as address, Store.open(address, create=True) as store:
        yield from _begun(store, browser)


def _begun(store: Store, browser: Browser) -> Iterator[str]:
    with browsing.serving(store) as address:
        opened = Opened(browser, address)
        page = opened.goto("/")
        page.get_by_role("button", name=said("home.sample")).click()
        _is_read(page)
        opened.close()
        yield address


def _is_read(page: Page) -> None:
    page.locator("#job .progress .tag", has_text=said("job.state.done")).wait_for(timeout=90_000)


@pytest.fixture
def opened(browser: Browser, here: str) -> Iterator[Opened]:
    found = Opened(browser, here)
    yield found
    found.close()


class Clicks:
    """A hand that counts."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, what: Locator) -> None:
        self.number += 1
        what.click()


def _menu(page: Page, section: str) -> Locator:
    return page.locator("#sections").get_by_role("link", name=said(f"section.{section}"), exact=True)


def _first_document(opened: Opened) -> Page:
    """The page of the report of the agency."""
    page = opened.goto("/documents")
    page.locator("tbody th a").first.wait_for()
    rows = page.locator("tbody tr")
    most = max(range(rows.count()), key=lambda at: int(rows.nth(at).locator("td.n").first.inner_text()))
    rows.nth(most).locator("th a").first.click()
    page.wait_for_url("**/documents/*")
    return page


def test_from_the_start_to_the_words_behind_a_figure_in_three_clicks(opened: Opened) -> None:
    click, page = Clicks(), opened.goto("/")
    click(_menu(page, "figures"))
    amount = page.locator("tbody .amount").first
    stated = amount.inner_text()
    click(amount)
    page.wait_for_url("**/documents/*")
    digits = re.search(r"\d+", stated)
    assert digits
    assert digits[0] in opened.lit()
    assert click.number <= 3


def test_from_a_file_to_an_exported_table_in_six_clicks(opened: Opened, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(
        "ALTAI, 4 May 2024 (Steppe Wire) - The mayor, Dara Nour, said that 40 fighters of the Valley Guard had "
        "entered the town of Altai.\n"
    )
    click, page = Clicks(), opened.goto("/")
    click(_menu(page, "add"))
    click.number += 1  # the browser's own window, in which the file is chosen
    page.locator("input[type=file]").set_input_files(report)
    click(page.get_by_role("button", name=said("adding.read_files")))
    _is_read(page)
    click(page.locator("#job a[href*='/documents/']").first)
    click(page.get_by_role("link", name=said("document.table", what=said("section.figures"))))
    with page.expect_download() as download:
        click(page.get_by_role("link", name="CSV").first)
    (row,) = csv.DictReader(download.value.path().read_text("utf-8").splitlines())
    assert row["best"] == "40"
    assert row["measure"] == "strength.fighters"
    assert click.number <= 6


@LOOKS
def test_who_said_what(opened: Opened) -> None:
    page = opened.goto("/claims?kind=attributed")
    row = page.locator("tbody tr").first
    words, holder = row.locator("th").inner_text(), row.locator("td").first.inner_text()
    row.locator("th a").first.click()
    page.wait_for_url("**/documents/*")
    card = page.locator(".card.lit")
    assert card.locator("blockquote").inner_text()[:30] in words
    assert card.locator(".party").first.inner_text().split("\n")[0] in holder
    assert page.locator(".text .lit").count() > 0
    page.locator("#inspector dl").first.wait_for()


@LOOKS
def test_a_point_of_a_chart_leads_to_its_words(opened: Opened) -> None:
    page = opened.goto("/series")
    page.locator("tbody th a").first.click()
    page.wait_for_url("**/series/*")
    point = page.locator("#main-panel .points a.amount").first
    stated = point.inner_text()
    point.click()
    page.wait_for_url("**/documents/*")
    digits = re.findall(r"\d[\d,]*", stated)
    assert any(each in opened.lit() for each in digits), (stated, opened.lit())
    page.go_back()
    for view in ("table", "sources"):
        page.locator(".tabs").get_by_role("link", name=said(f"show.{view}"), exact=True).click()
        page.wait_for_url(f"**show={view}*")
        assert page.locator("main .amount").count() > 0


def test_ten_claims_are_judged_by_keyboard_and_one_taken_back(opened: Opened) -> None:
    page = _first_document(opened)
    assert page.locator(".card").count() >= 10
    accepted = page.locator(".card .tag.person", has_text=said("review.accepted"))
    for number in range(10):
        page.keyboard.press("j")
        card = page.locator(".card.lit").get_attribute("id")
        page.locator(f"#inspector input[name=record][value='{card}']").first.wait_for(state="attached")
        if not number:
            page.fill("#by", "amy")
            page.locator(".card.lit").focus()
        page.keyboard.press("a")
        page.keyboard.type("read")
        page.keyboard.press("Enter")
        expect(accepted).to_have_count(number + 1)
        page.wait_for_load_state()
    page.locator(".undo input[name=reason]").fill("a slip")
    page.get_by_role("button", name=said("judge.undo")).click()
    expect(accepted).to_have_count(9)
    page.goto(f"{opened.here}/claims?review=accepted&sort=review")
    assert page.locator("tbody tr").count() == 9


@LOOKS
def test_a_table_is_narrowed_and_exported_as_it_is_shown(opened: Opened, tmp_path: Path) -> None:
    page = opened.goto("/claims")
    page.locator(".facets a", has_text="attributed").first.click()
    page.wait_for_url("**kind=attributed*")
    shown = page.locator("tbody tr").count()
    assert shown < int(page.locator("h1 .count").inner_text()) + 1
    with page.expect_download() as download:
        page.locator(".export").get_by_role("link", name="CSV").first.click()
    rows = list(csv.DictReader(download.value.path().read_text("utf-8").splitlines()))
    assert len(rows) == shown
    assert {row["kind"] for row in rows} == {"attributed"}
    page.locator(".chips a").first.click()
    expect(page.locator(".chips")).to_have_count(0)


@LOOKS
def test_the_day_as_of_which_one_looks_stays_in_force(opened: Opened) -> None:
    page = opened.goto("/documents")
    days = sorted(page.locator("tbody .day").all_inner_texts())
    everything = page.locator("tbody tr").count()
    page.fill("#as-known", days[0])
    page.get_by_role("button", name=said("known.look")).click()
    page.wait_for_url(f"**as_known={days[0]}*")
    for section in ("documents", "claims", "series", "contradictions", "map", "watches"):
        _menu(page, section).click()
        page.wait_for_url(f"**/{section}*")
        assert f"as_known={days[0]}" in page.url
        assert days[0] in page.locator(".moment").inner_text()
    _menu(page, "documents").click()
    page.wait_for_url("**/documents?*")
    assert page.locator("tbody tr").count() < everything
    page.locator(".moment a").click()
    expect(page.locator(".moment")).to_have_count(0)


@LOOKS
def test_both_sides_of_a_contradiction_stand_beside_each_other(opened: Opened) -> None:
    page = opened.goto("/contradictions")
    page.locator(".compared h2 a").first.click()
    page.wait_for_url("**/contradictions/*")
    sides = page.locator(".sides").first.locator(".side-of")
    tops = sides.evaluate_all("all => all.map(each => each.getBoundingClientRect().top)")
    assert len(tops) >= 2
    assert abs(tops[0] - tops[1]) < 5  # not one below the other
    words = sides.first.locator("a.words").first
    text = words.inner_text()
    words.click()
    page.wait_for_url("**/documents/*")
    assert text.strip(" …“”")[:20] in page.locator(".card.lit blockquote").first.inner_text()


def test_a_watch_is_made_and_its_board_and_report_are_read(opened: Opened) -> None:
    page = opened.goto("/watches")
    page.fill("#name", "front")
    page.fill("#subjects", _group(opened))
    page.get_by_role("button", name=said("watch.make")).click()
    page.wait_for_url("**/watches/front*")
    board = page.locator("table.board tbody tr")
    assert board.count() > 0
    page.locator("main a.amount, main a.trace").first.click()
    page.wait_for_url("**/documents/*")
    assert page.locator(".lit").count() > 0
    page.go_back()
    page.get_by_role("link", name=said("watch.report")).first.click()
    page.wait_for_url("**/reports?*")
    with page.expect_navigation():  # a report stands there already
        page.get_by_role("button", name=said("report.preview")).click()
    inside = page.frame_locator("iframe")
    inside.locator("h1").first.wait_for(timeout=30_000)
    assert inside.locator("a[href*='at']").count() > 0
    with page.expect_download() as download:
        page.locator(".export").get_by_role("link", name="MD", exact=True).click()
    assert download.value.path().read_text("utf-8").startswith("#")


def _group(opened: Opened) -> str:
    """The actor of most documents."""
    page = opened.page.context.new_page()
    page.goto(f"{opened.here}/actors?kind=armed_group&sort=documents&descending=yes")
    name: str = page.locator("tbody th a").first.inner_text()
    page.close()
    return name


def test_a_missed_claim_is_added_by_selecting_its_words(opened: Opened) -> None:
    page = _first_document(opened)
    piece = page.locator(".text [data-b]").first
    words: str = piece.evaluate("""element => {
        const node = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode();
        const begin = node.data.search(/\\S/), end = begin + node.data.slice(begin).search(/\\W|$/);
        const range = document.createRange();
        range.setStart(node, begin); range.setEnd(node, end);
        getSelection().removeAllRanges(); getSelection().addRange(range);
        element.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
        return node.data.slice(begin, end);
    }""")
    box = page.locator("#adding")
    expect(box.locator("[name=words]")).to_have_value(words.strip())
    box.locator("[name=by]").fill("amy")
    box.locator("[name=reason]").fill("missed")
    box.get_by_role("button", name=said("judge.add")).click()
    page.wait_for_url("**done=r*")
    assert page.locator(".card.lit .tag.person").first.inner_text() == said("review.added")
    assert opened.lit().strip() == words.strip()


def test_every_sample_is_there(opened: Opened) -> None:
    page = opened.goto("/documents")
    assert page.locator("tbody tr").count() >= len(samples.NAMES)
