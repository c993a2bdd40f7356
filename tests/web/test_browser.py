"""The workbench in a real browser. On a machine without Chromium these are skipped; in the gate that fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Route

from marsad.ledger.store import Store
from marsad.web.rendering import SECTIONS

from . import browsing, compared, ledgers, poison
from .browsing import AXE, PHONE, Opened

pytestmark = browsing.marks(__name__)
LISTS = [f"/{name}".replace("/home", "/") for names in SECTIONS.values() for name in names]
BELOW = ("documents", "series", "contradictions", "agreements", "watches", "actors", "sources", "trace")


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


def test_from_the_start_to_the_words_behind_a_figure_in_three_clicks(opened: Opened) -> None:
    page = opened.goto("/")
    page.get_by_role("link", name="Figures", exact=True).first.click()
    page.locator("tbody .amount").first.click()
    assert opened.lit() == "300"
    assert "count.thing" in page.locator("#inspector").inner_text()
    assert page.locator(".card.lit blockquote").inner_text() == "Karoum holds 300 men"


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


def test_the_day_is_chosen_once_and_stays(opened: Opened) -> None:
    page = opened.goto("/claims?kind=attributed")
    page.fill("#as-known", "2019-04-01")
    page.get_by_role("button", name="Look").click()
    assert "kind=attributed" in page.url
    page.get_by_role("link", name="Documents", exact=True).first.click()
    assert "as_known=2019-04-01" in page.url
    assert page.locator("tbody tr").count() == 1
    page.get_by_role("link", name="Look from today").click()
    assert page.locator("tbody tr").count() == 2


def test_a_claim_is_accepted_and_taken_back(opened: Opened) -> None:
    page = opened.goto("/documents")
    page.get_by_text("Report of Altai").click()
    page.locator(".card blockquote").first.click()
    page.fill("#reason", "checked")
    page.fill("#by", "amy")
    page.get_by_role("button", name="Accept").click()
    assert page.locator(".card.lit .person").inner_text() == "accepted"
    page.fill("#undo-by", "amy")
    page.fill("#undo-reason", "a slip")
    page.get_by_role("button", name="Take it back").click()
    assert page.locator(".card .person").count() == 0


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
    assert opened.lit() == "300"
    page.locator(".card .figure-tag").last.click()
    assert "12" in page.locator("#inspector").inner_text()
    page.context.close()


# All pages


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Invented reports of which every page has something to show."""
    with compared.ledger(tmp_path_factory.mktemp("rich") / "w") as store, browsing.serving(store) as here:
        yield here


@pytest.fixture(scope="module")
def pages(browser: Browser, rich: str) -> list[str]:
    return pages_of(browser, rich)


def pages_of(browser: Browser, here: str) -> list[str]:
    """What the head of a page leads to, and the first of each kind below it."""
    opened = Opened(browser, here, script=False)
    found = dict.fromkeys(LISTS)
    below: dict[str, str] = {}
    for path in LISTS:
        links = (
            opened.goto(path).locator("main a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        )
        for link in links:
            kind, _, rest = urlsplit(link).path.strip("/").partition("/")
            if rest and kind in BELOW and "." not in rest.rpartition("/")[2]:
                below.setdefault(kind, link.partition("#")[0])
    opened.close()
    assert below.keys() == set(BELOW)
    return [*found, *below.values(), "/no"]


def test_no_payload_runs_and_nothing_is_asked_of_a_network(browser: Browser, poisoned: str) -> None:
    pages = pages_of(browser, poisoned)
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


LOOKS = {
    "light": ({}, "", "axe.run({resultTypes: ['violations']})"),
    "dark": ({"color_scheme": "dark"}, "", "axe.run({runOnly: ['color-contrast']})"),
    "arabic": ({}, "ar", "axe.run({resultTypes: ['violations']})"),
    "phone": (
        {"viewport": PHONE},
        "",
        "axe.run({runOnly: ['scrollable-region-focusable', 'label', 'link-name']})",
    ),
}


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is fetched by: python scripts/assets.py check")
@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_no_serious_fault(browser: Browser, rich: str, pages: list[str], look: str) -> None:
    options, language, run = LOOKS[look]
    opened = Opened(browser, rich, **options)
    opened.page.add_init_script(AXE.read_text("utf-8"))
    faults = {}
    for path in pages:
        page = opened.goto(_in(path, language))
        found = page.evaluate(f"{run}.then(found => found.violations)")
        serious = [each for each in found if each["impact"] in ("serious", "critical")]
        if serious:
            faults[path] = [
                (each["id"], [node["html"][:160] for node in each["nodes"]][:2]) for each in serious
            ]
    assert faults == {}
    opened.close()


@pytest.mark.parametrize("language", ["", "ar"])
def test_nothing_is_wider_than_a_small_screen(
    browser: Browser, rich: str, pages: list[str], language: str
) -> None:
    opened = Opened(browser, rich, viewport=PHONE)
    wide = {}
    for path in pages:
        width = opened.goto(_in(path, language)).evaluate("document.documentElement.scrollWidth")
        if width > PHONE["width"]:
            wide[path] = width
    assert wide == {}
    opened.close()


def _in(path: str, language: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang={language}" if language else path


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
            for (const [tag, name] of [["img", "src"], ["script", "src"], ["iframe", "src"], ["link", "href"], ["embed", "src"]]) {
                const each = document.createElement(tag);
                each[name] = here + "/claims?tag=" + tag;
                each.rel = "stylesheet";
                document.body.append(each);
            }
            const form = document.createElement("form");
            Object.assign(form, {method: "post", action: here + "/sample", target: "inside"});
            const frame = document.createElement("iframe");
            frame.name = "inside";
            document.body.append(frame, form);
            form.submit();
            await new Promise(done => setTimeout(done, 700));
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
