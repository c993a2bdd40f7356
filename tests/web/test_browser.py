"""The workbench in a real browser. On a machine without Chromium these are skipped; in the gate that fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Route, expect

from marsad.ledger.store import Store

from . import browsing, ledgers, poison
from .browsing import LISTS, PHONE, Opened, pages_of

pytestmark = browsing.NEEDED


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with ledgers.quiet(tmp_path_factory.mktemp("quiet")) as store, browsing.serving(store) as here:
        yield here


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with poison.poisoned(tmp_path_factory.mktemp("poisoned") / "w") as store, browsing.serving(store) as here:
        yield here


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with (
        Store.open(tmp_path_factory.mktemp("empty") / "w", create=True) as store,
        browsing.serving(store) as here,
    ):
        yield here


@pytest.fixture
def opened(browser: Browser, quiet: str) -> Iterator[Opened]:
    found = Opened(browser, quiet)
    yield found
    found.close()


def test_words_claims_and_inspector_follow_each_other(opened: Opened) -> None:
    page = opened.goto("/documents")
    page.get_by_text("Report of Karoum").click()
    page.locator(".card blockquote").nth(1).click()
    assert "lost" in opened.lit()
    page.locator("#inspector >> text=The Front").first.wait_for()
    page.locator(".text .figure").first.click()
    page.locator("#inspector >> text=count.thing").wait_for()
    assert opened.lit() == "300"
    assert page.locator(".card.lit").count() == 1
    page.reload()
    assert opened.lit() == "300"


def test_the_keys_go_through_the_claims(opened: Opened) -> None:
    page = opened.goto("/documents")
    page.get_by_text("Report of Karoum").click()
    page.wait_for_url("**/documents/*")
    for key in "jjjk":
        page.keyboard.press(key)
    assert page.locator(".card.lit blockquote").inner_text() == "we lost 12 carts"
    assert page.evaluate("document.activeElement.className").startswith("card")
    page.keyboard.press("Escape")
    assert opened.lit() == ""


def test_a_kind_of_mark_can_be_put_out(opened: Opened) -> None:
    page = opened.goto("/documents")
    page.get_by_text("Report of Karoum").click()
    figure = page.locator(".text .figure").first
    assert "underline" in figure.evaluate("element => getComputedStyle(element).textDecorationLine")
    page.locator("input[data-kind=figure]").uncheck()
    assert figure.evaluate("element => getComputedStyle(element).textDecorationLine") == "none"


def test_a_claim_is_accepted_and_taken_back(opened: Opened) -> None:
    page = opened.goto("/documents")
    page.get_by_text("Report of Altai").click()
    page.locator(".card blockquote").first.click()
    page.fill("#reason", "checked")
    page.fill("#by", "amy")
    page.get_by_role("button", name="Accept").click()
    expect(page.locator(".card.lit .person")).to_have_text("accepted")
    page.fill("#undo-by", "amy")
    page.fill("#undo-reason", "a slip")
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator(".card .person")).to_have_count(0)


def test_claims_are_judged_by_keyboard_alone(opened: Opened) -> None:
    page = opened.goto("/documents")
    page.get_by_text("Report of Altai").click()
    page.wait_for_url("**/documents/*")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.locator("#inspector >> text=The Front").first.wait_for()
    page.fill("#by", "amy")
    page.locator(".card.lit").focus()
    page.keyboard.press("r")
    page.keyboard.type("jar of words, not theirs")
    page.keyboard.press("Enter")
    page.wait_for_url("**done=r*")
    assert page.locator(".card blockquote").all_inner_texts() == [
        "Altai holds 300 men",
        "The road to Altai is closed",
    ]
    page.fill("#undo-by", "amy")
    page.fill("#undo-reason", "a slip")
    page.keyboard.press("Enter")
    page.locator(".card").nth(2).wait_for()


def test_the_map_is_drawn_without_a_network(opened: Opened) -> None:
    page = opened.goto("/map")
    page.wait_for_selector("#map[data-drawn]", timeout=60_000)
    assert "Natural Earth" in page.locator(".maplibregl-ctrl-attrib").inner_text()


def test_everything_works_without_scripts(browser: Browser, quiet: str) -> None:
    opened = Opened(browser, quiet, script=False)
    page = opened.goto("/figures")
    page.locator("tbody .amount").first.click()
    page.wait_for_url("**/documents/*")
    assert opened.lit() == "300"
    page.locator(".card .figure-tag").last.click()
    expect(page.locator("#inspector")).to_contain_text("12")
    page.context.close()


# All pages


def test_no_payload_runs_and_nothing_is_asked_of_a_network(browser: Browser, poisoned: str) -> None:
    pages = pages_of(poisoned)
    opened = Opened(browser, poisoned)
    for path in pages:
        page = opened.goto(f"{path}?limit=500" if path in LISTS[1:2] + LISTS[3:10] else path)
        if page.locator("#map").count():
            page.wait_for_selector("#map[data-drawn]", timeout=60_000)
        wrong = page.evaluate(ESCAPED)
        assert wrong == [], path
        assert urlsplit(page.url).path == urlsplit(path).path
    opened.close()


ESCAPED = """[...document.querySelectorAll("*")].flatMap(each => [
    ...[...each.attributes].filter(a => a.name.startsWith("on") || a.name === "style" || a.name === "srcdoc"
        || ["href", "src", "action", "formaction"].includes(a.name) && !/^(\\/(?![\\/\\\\])|#|\\?|data:,|$)/.test(a.value)),
    ...(["OBJECT", "EMBED", "BASE", "MATH", "TEMPLATE"].includes(each.tagName) ? [each] : []),
    ...(each.tagName === "SCRIPT" && !each.getAttribute("src")?.startsWith("/assets/") ? [each] : []),
]).filter(each => !(each.ownerElement ?? each).closest("#map")).map(each => each.ownerElement?.outerHTML ?? each.outerHTML)"""


def test_documents_with_payloads_are_read_and_looked_into(browser: Browser, poisoned: str) -> None:
    opened = Opened(browser, poisoned)
    links = opened.goto("/documents?limit=500").locator("tbody th a")
    for path in links.evaluate_all("all => all.map(a => a.pathname)")[::7]:
        page = opened.goto(path)
        page.locator(".card blockquote").first.click()
        page.locator("#inspector dl").first.wait_for()
        page.locator(".text .figure").first.click()
        page.locator("#inspector dl").first.wait_for()
        assert page.evaluate(ESCAPED) == []
    opened.close()


def test_an_empty_ledger_says_what_to_do_on_every_page(browser: Browser, empty: str) -> None:
    opened = Opened(browser, empty, viewport=PHONE)
    for path in LISTS:
        page = opened.goto(path)
        assert page.locator("h1").count() == 1, path
        assert page.locator("main a, main form, main code").count() > 0, path
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
    opened.close()


# Other sites


def test_another_site_in_the_same_browser_neither_reads_nor_writes(browser: Browser, quiet: str) -> None:
    page = browser.new_context().new_page()

    def away(route: Route) -> None:
        route.fulfill(content_type="text/html", body="<!doctype html><title>away</title><body>")

    page.route("http://away.example/**", away)
    answers: dict[str, int] = {}
    page.on("response", lambda answer: answers.__setitem__(answer.url, answer.status))
    page.goto("http://away.example/")
    told = page.evaluate(
        """async (here) => {
            const ask = (path, how) => fetch(here + path, how).then(a => a.text(), () => "refused");
            const read = [await ask("/claims.json"), await ask("/claims.json", {mode: "no-cors"}),
                await ask("/sample", {method: "POST", mode: "no-cors", body: new URLSearchParams({token: "x"})})];
            const answered = each => new Promise(done => each.onload = each.onerror = done);
            const waiting = [];
            for (const [tag, name] of [["img", "src"], ["script", "src"], ["iframe", "src"], ["link", "href"], ["embed", "src"]]) {
                const each = document.createElement(tag);
                each[name] = here + "/claims?tag=" + tag;
                each.rel = "stylesheet";
                if (tag !== "embed") waiting.push(answered(each)); // it may say nothing
                document.body.append(each);
            }
            const form = document.createElement("form");
            Object.assign(form, {method: "post", action: here + "/sample", target: "inside"});
            const frame = document.createElement("iframe");
            frame.name = "inside";
            document.body.append(frame, form);
            waiting.push(answered(frame));
            form.submit();
            await Promise.all(waiting);
            return read;
        }""",
        quiet,
    )
    assert set(told) <= {"refused", ""}
    assert {status for url, status in answers.items() if url.startswith(quiet)} <= {403}
    port = urlsplit(quiet).port
    answer = page.goto(
        f"http://rebound.example:{port}/claims.json"
    )  # a name of theirs that leads to this machine
    assert answer
    assert answer.status == 403
    assert re.fullmatch(r"[^<>{}]+\n", answer.text())
    page.context.close()
