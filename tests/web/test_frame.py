"""The frame of every page: sections that answer, day and language that stay, and the first page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from marsad.ledger.store import Store
from marsad.web.messages import languages, messages
from marsad.web.rendering import SECTIONS

from .conftest import HERE, client_of

NAMES = [name for names in SECTIONS.values() for name in names]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", NAMES)
def test_every_section_answers_in_every_language_and_knows_where_it_is(
    client: TestClient, name: str, language: str
) -> None:
    path = "/" if name == "home" else f"/{name}"
    answer = client.get(path, params={"lang": language})
    assert answer.status_code == 200
    page = answer.text
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page
    assert page.count("<h1") == 1
    assert page.count('aria-current="page"') == 1
    assert re.search(rf"<title>\s*\S.* · {messages(language).say('name')}</title>", page)
    assert 'class="skip" href="#main"' in page


@pytest.mark.parametrize("name", NAMES)
def test_day_and_language_stay_in_force_on_every_link_of_the_head(client: TestClient, name: str) -> None:
    path = "/" if name == "home" else f"/{name}"
    page = client.get(path, params={"lang": "ar", "as_known": "2019-04-01"}).text
    head = page[page.index("<header") : page.index("</header>")]
    links = [link for link in re.findall(r'href="([^"]+)"', head) if link.startswith("/")]
    assert len(links) > len(NAMES)
    assert all("as_known=2019-04-01" in link for link in links)
    assert sum("lang=ar" not in link for link in links) == 1  # the one that changes the language
    assert "2019-04-01" in page[page.index('role="status"') : page.index("<main")]


def test_another_language_keeps_what_is_asked_for(client: TestClient) -> None:
    page = client.get("/claims?holder=Mayor&holder=The+Front&after=x&as_known=2019-04-01").text
    link = re.search(r'class="language" href="([^"]+)"', page)
    if link is None:  # a cursor that is none is refused; without it the page is there
        page = client.get("/claims?holder=Mayor&holder=The+Front&as_known=2019-04-01").text
        link = re.search(r'class="language" href="([^"]+)"', page)
    assert link
    there = client.get(link[1].replace("&amp;", "&"))
    assert there.status_code == 200
    assert 'dir="rtl"' in there.text
    assert "holder=Mayor" in link[1]
    assert "after=" not in link[1]


def test_leaving_the_day_keeps_the_language(client: TestClient) -> None:
    page = client.get("/watches?lang=ar&as_known=2019-04-01").text
    moment = page[page.index('role="status"') : page.index("<main")]
    assert 'href="/watches?lang=ar"' in moment


def test_words_of_other_scripts_are_isolated_in_arabic(client: TestClient) -> None:
    page = client.get("/claims?lang=ar&as_known=2019-04-01").text
    assert "\u20682019-04-01\u2069" in page
    assert "\u2068" not in client.get("/claims?as_known=2019-04-01").text


# The first page


def test_home_says_what_is_in_the_ledger_and_what_is_new(client: TestClient) -> None:
    page = client.get("/").text
    assert "Report of Altai" in page
    body = client.get("/home.json").json()
    assert body["counts"]["documents"] == {"number": 2, "is_capped": False}
    assert body["documents"][0]["title"] == "Report of Altai"
    then = client.get("/home.json?as_known=2019-04-01").json()
    assert then["counts"]["documents"]["number"] == 1
    assert [each["title"] for each in then["documents"]] == ["Report of Karoum"]


def test_home_leads_to_the_words_of_a_figure_at_once(client: TestClient) -> None:
    link = re.search(r'class="amount" href="([^"#]+)#(at-[^"]+)"', client.get("/").text)
    assert link
    assert f'id="{link[2]}"' in client.get(link[1].replace("&amp;", "&")).text


def test_home_of_a_day_before_everything_says_so(client: TestClient) -> None:
    page = client.get("/?as_known=2000-01-01").text
    assert "Nothing was known on 2000-01-01." in page


def test_an_empty_ledger_says_what_to_do_on_every_page(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True, command="test") as store:
        empty = client_of(store)
        page = empty.get("/").text
        assert "Nothing has been read into this ledger yet." in page
        assert 'href="/add"' in page
        assert 'action="/sample"' in page
        for name in NAMES:
            assert empty.get("/" if name == "home" else f"/{name}").status_code == 200
        assert empty.get("/watches/isis").status_code == 200
        assert empty.get("/reports?watch=isis&from=2024-01-01&to=2024-02-01").status_code == 200


def test_the_sample_is_read_only_with_the_token(client: TestClient) -> None:
    assert client.post("/sample").status_code == 403


@pytest.mark.parametrize(
    ("asked_on", "leads_to"),
    [
        (f"{HERE}/figures?low=many&lang=ar", "/figures?low=many&amp;lang=ar"),
        (f"{HERE}//news.example/", "/documents"),
        ("http://news.example/figures", "/documents"),
        ("", "/documents"),
    ],
)
def test_a_failure_leads_back_to_our_own_page(client: TestClient, asked_on: str, leads_to: str) -> None:
    answer = client.get("/figures?low=many", headers={"referer": asked_on})
    assert answer.status_code == 422
    assert re.findall(r'<a href="([^"]*)">', answer.text.partition("<main")[2]) == [leads_to]
