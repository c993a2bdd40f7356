"""The page of a document, its inspector, traces, the map, and that no text of a report is ever run."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from marsad.ledger.asking.fields import KINDS
from marsad.ledger.store import Store
from marsad.web.evidence import PART, Evidence

from ..ledger import making
from .conftest import client_of
from .ledgers import PAYLOADS


class Elements(HTMLParser):
    """What a page is made of, with what could run in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.dangers: list[str] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag in ("iframe", "object", "embed", "base", "svg", "img", "template", "plaintext", "style"):
            self.dangers.append(tag)
        if tag == "script" and not (said.get("src") or "").startswith("/assets/"):
            self.dangers.append("script")
        for name, value in attrs:
            if name.startswith("on") or name in ("srcdoc", "style", "formaction"):
                self.dangers.append(name)
            if name in ("href", "src", "action") and not (value or "").startswith(("/", "#", "data:,")):
                self.dangers.append(f"{name}={value}")

    def handle_data(self, data: str) -> None:
        self.words += data


def addresses(client: TestClient) -> list[str]:
    found = [f"/{kind}?limit=100" for kind in KINDS] + ["/map", "/claims?limit=100&facet=publisher"]
    for row in client.get("/documents.json?limit=100").json()["rows"]:
        found += [f"/documents/{row['id']}", f"/trace/{row['id']}"]
    for row in client.get("/figures.json?limit=100").json()["rows"]:
        found.append(f"/documents/{row['document']}?at={row['id']}")
    return found


def test_no_text_of_a_report_becomes_an_element(hostile: TestClient) -> None:
    said = ""
    for address in addresses(hostile):
        answer = hostile.get(address)
        assert answer.status_code == 200, address
        elements = Elements(answer.text)
        assert elements.dangers == [], address
        said += elements.words
    for payload in PAYLOADS:
        assert " ".join(payload.split()).replace("\0", "\ufffd") in " ".join(said.split()), payload


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_of_an_address_becomes_an_element(client: TestClient, payload: str) -> None:
    for path, given in (
        ("/claims", {"holder": payload}),
        ("/claims", {"search": payload}),
        ("/claims", {payload: "1"}),
        ("/claims", {"as_known": payload}),
        ("/claims", {"lang": payload}),
        (f"/documents/{quote(payload, safe='')}", {}),
        (f"/trace/{quote(payload)}", {}),
    ):
        answer = client.get(path, params=given)
        assert answer.status_code < 500
        assert Elements(answer.text).dangers == []


@pytest.mark.parametrize(
    "path", ["..%2f..%2fpyproject.toml", "%2e%2e/%2e%2e/errors.py", "..\\..\\errors.py", "/etc/passwd"]
)
def test_no_path_leaves_the_assets(client: TestClient, path: str) -> None:
    assert client.get(f"/assets/{path}").status_code == 404


def test_words_and_records_lead_to_each_other(client: TestClient) -> None:
    figure = client.get("/figures.json?limit=1").json()["rows"][0]
    html = client.get(f"/documents/{figure['document']}?at={figure['id']}").text
    assert f'id="at-{figure["id"]}"' in html
    assert f'<li class="card attributed lit" id="{figure["claim"]}"' in html
    assert "Claims that state it" in html
    assert f"#at-{figure['claim']}" in html
    alone = client.get(f"/documents/{figure['document']}/inspector?at={figure['id']}").text
    assert "count.thing" in alone
    assert "<html" not in alone
    listed = client.get("/figures").text
    assert f"/documents/{figure['document']}?at={figure['id']}#at-{figure['id']}" in listed


def test_a_document_that_was_known_later_says_so(client: TestClient) -> None:
    later = client.get("/documents.json?publisher=Steppe%20Wire&sort=known&descending=yes").json()["rows"][0]
    html = client.get(f"/documents/{later['id']}?as_known=2019-04-01").text
    assert "became known on 2019-05-01, after 2019-04-01" in html


def test_the_page_is_whole_and_everything_else_is_masked(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Store.open(tmp_path_factory.mktemp("private"), create=True) as store:
        text = "Mayor: Mrs Huda fled with 300 men\n"
        document = making.frozen(text, title="Mrs Huda fled", published=making.given("2019-03-01"))
        store.put(text.encode(), document, making.read_all(document))
        client = client_of(store)
        page = client.get(f"/documents/{document.id}").text
        assert "Huda" in page
        assert "do not hand it on" in page
        assert "masked" in page
        record = client.get("/claims.json").json()["rows"][0]["id"]
        for kind in KINDS:
            for form in ("", ".json", ".csv"):
                assert "Huda" not in client.get(f"/{kind}{form}").text, kind
        for address in (f"/trace/{record}", f"/trace/{record}.json", "/map", "/map.json"):
            assert "Huda" not in client.get(address).text
        assert client.get("/claims.json?search=Huda").json()["rows"] == []


def test_a_redacted_document_is_a_tombstone(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Store.open(tmp_path_factory.mktemp("redacted"), create=True) as store:
        document = making.put(store, "Mayor: we lost 12 carts\n", title="Carts")
        store.redact(document.id, by="amy", reason="court order")
        client = client_of(store)
        html = client.get(f"/documents/{document.id}").text
        assert "court order" in html
        assert "carts" not in html
        assert client.get(f"/documents/{document.id}.json").status_code == 404
        assert "court order" in client.get("/documents").text


def test_a_newer_version_is_told_and_versions_lead_to_each_other(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with Store.open(tmp_path_factory.mktemp("versions"), create=True) as store:
        where = {"url": "https://news.example/a", "title": "Carts"}
        said = "Mayor: we lost {} carts\n"
        first, second, third = (
            making.put(store, said.format(number), published=making.given(day), **where)
            for number, day in ((12, "2019-03-01"), (11, "2019-04-01"), (10, "2019-05-01"))
        )
        client = client_of(store)
        html = client.get(f"/documents/{first.id}").text
        assert "A newer version of this document became known on 2019-05-01" in html
        assert f'href="/documents/{second.id}"' in html
        assert "A newer version" not in client.get(f"/documents/{third.id}").text
        early = client.get(f"/documents/{first.id}?as_known=2019-04-15").text
        assert "became known on 2019-04-01" in early
        assert third.id not in early


def test_what_a_document_says_of_its_own_corrections_is_told(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with Store.open(tmp_path_factory.mktemp("corrected"), create=True) as store:
        notice = "Correction: it was <12> carts, not 11."
        document = making.put(store, "Mayor: we lost 12 carts\n", corrections=(notice,))
        html = client_of(store).get(f"/documents/{document.id}").text
        assert "Correction: it was &lt;12&gt; carts, not 11." in html


def test_a_record_is_mapped_by_its_precision_and_no_camp_is(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with Store.open(tmp_path_factory.mktemp("mapped"), create=True) as store:
        text = "Mayor: Karoum holds 300 men\nThe Front: Odaland lost 12\nMayor: Zarf camp has 4 and Nowhere\n"
        document = making.frozen(text, published=making.given("2019-03-01"))
        store.put(text.encode(), document, making.read_all(document))
        client = client_of(store)
        drawn = {}
        for each in store.reviewed(document.id).reading.places:
            record = Evidence.of(store, document.id).items[each.id].id
            drawn[each.name] = client.get(f"/documents/{document.id}/inspector?at={record}").text
        assert drawn["Karoum"].count("<circle") == 1
        assert "land shaded" not in drawn["Karoum"]
        assert "<circle" not in drawn["Odaland"]
        assert drawn["Odaland"].count('class="land shaded"') == 1
        assert "<svg" not in drawn["Zarf camp"]
        assert "<svg" not in drawn["Nowhere"]


def test_a_long_text_is_shown_in_parts_that_say_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Store.open(tmp_path_factory.mktemp("long"), create=True) as store:
        line = "Mayor: we lost carts and mules on the road\n"
        text = line * (2 * PART // len(line)) + "Mayor: at last 77 came back\n"
        document = making.put(store, text, title="Long")
        client = client_of(store)
        first = client.get(f"/documents/{document.id}").text
        assert "Part 1 of 3" in first or "Part 1 of 2" in first
        assert "77 came" not in first
        last = client.get("/figures.json").json()["rows"][-1]["id"]
        assert f'id="at-{last}"' in client.get(f"/documents/{document.id}?at={last}").text
        assert client.get(f"/documents/{document.id}?part=99").status_code == 422


@pytest.mark.parametrize(
    "address", ["/documents/00ff", "/documents/00ff.json", "/trace/00ffee", "/nowhere", "/a/b.json"]
)
def test_what_is_not_there_is_a_clear_404(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert ("error" in answer.json()) if address.endswith(".json") else ("cannot be shown" in answer.text)
