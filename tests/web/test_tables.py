"""Tables: filters, facets, order, pages, exports, and the day that stays in force."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from marsad.ledger.asking.fields import FIELDS, KINDS, Kind
from marsad.ledger.store import Store
from marsad.web.tables.columns import COLUMNS

from ..ledger import making
from .conftest import client_of


def rows(client: TestClient, address: str) -> list[dict[str, object]]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, object]] = answer.json()["rows"]
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_page_json_and_csv_of_the_same_rows(client: TestClient, kind: Kind) -> None:
    shown = rows(client, f"/{kind}.json?limit=2")
    html = client.get(f"/{kind}?limit=2")
    assert html.status_code == 200
    assert len(re.findall(r"<tr[ >]", html.text)) == 1 + (len(shown) or -1)
    listed = list(csv.DictReader(io.StringIO(client.get(f"/{kind}.csv?limit=2").text)))
    assert len(listed) == len(shown)
    for one, other in zip(shown, listed, strict=True):
        assert set(one) == set(other)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_filters_sorts_and_counts_without_an_error(client: TestClient, kind: Kind) -> None:
    values = {"number": "1..", "days": "2019", "flag": "no", "code": "x", "term": "x"}
    for each in FIELDS[kind]:
        assert client.get(f"/{kind}?{each.name}={values[each.form]}").status_code == 200
        if each.sorts:
            assert client.get(f"/{kind}?sort={each.name}&descending=yes").status_code == 200
        if each.counted:
            assert client.get(f"/{kind}?facet={each.name}").status_code == 200
    assert all(
        column.sort is None or column.sort in {f.name for f in FIELDS[kind]} for column in COLUMNS[kind]
    )


def test_pages_go_through_all_rows_once(client: TestClient) -> None:
    seen: list[object] = []
    address = "/claims.json?limit=2&sort=holder&kind=attributed"
    while address:
        answer = client.get(address).json()
        seen += [row["id"] for row in answer["rows"]]
        address = answer["next"]
    assert seen == [row["id"] for row in rows(client, "/claims.json?limit=all&sort=holder&kind=attributed")]
    assert len(set(seen)) == len(seen) == 4


def test_a_chip_takes_its_own_filter_away_and_nothing_else(client: TestClient) -> None:
    html = client.get(
        "/claims?kind=attributed&actor=Mayor&actor=The%20Front&as_known=2020-01-01&sort=known"
    ).text
    chips = re.findall(r'<li><a href="([^"]+)" title="Remove', html)
    assert len(chips) == 3
    without = next(chip.replace("&amp;", "&") for chip in chips if "Mayor" not in chip)
    assert "actor=The+Front" in without
    for kept in ("kind=attributed", "as_known=2020-01-01", "sort=known"):
        assert kept in without
    assert len(rows(client, without.replace("/claims?", "/claims.json?"))) == 2


def test_a_facet_counts_what_a_click_on_it_shows(client: TestClient) -> None:
    html = client.get("/claims?facet=kind").text
    links = re.findall(
        r'<a href="(/claims\?[^"]*kind=\w+[^"]*)" dir="auto">\w+</a> <span class="count">(\d+)', html
    )
    assert len(links) == 2
    for link, n in links:
        assert len(rows(client, link.replace("&amp;", "&").replace("/claims?", "/claims.json?"))) == int(n)


def test_the_day_stays_in_force_on_every_link(client: TestClient) -> None:
    for path in ("/documents", "/claims", "/figures", "/actors", "/map", "/places", "/sources"):
        html = client.get(f"{path}?as_known=2019-04-01").text
        links = re.findall(r'href="(/[^"]*)"', html)
        bare = [
            link for link in links if "as_known=2019-04-01" not in link and not link.startswith("/assets/")
        ]
        assert len(bare) == 1, bare  # the one that leads back to today
        assert "As known on 2019-04-01" in html


def test_as_known_shows_what_was_known(client: TestClient) -> None:
    assert len(rows(client, "/documents.json")) == 2
    assert [row["title"] for row in rows(client, "/documents.json?as_known=2019-04-01")] == [
        "Report of Karoum"
    ]


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/claims?holder=nobody", "None that all these filters let through"),
        ("/claims?as_known=2018-01-01", "None was known on 2018-01-01; 6 became known later"),
        ("/incidents", "This ledger holds no incidents yet"),
    ],
)
def test_an_empty_table_says_why(client: TestClient, address: str, says: str) -> None:
    assert says in client.get(address).text


@pytest.mark.parametrize(
    "query",
    ["nope=1", "sort=nope", "sort=actor", "limit=0", "limit=501", "limit=x", "limit=²", "after=x", "as_known=soon",
     "true_of=soon", "lang=xx", "facet=title", "facet=true_of", "descending=maybe", "sort=known&sort=holder",
     "after=WyJmaWd1cmVzKyIsMSwxXQ", "search=%22", "limit=all"],
)  # fmt: skip
def test_a_question_that_cannot_be_asked_gets_one_clear_line(client: TestClient, query: str) -> None:
    html, json = client.get(f"/claims?{query}"), client.get(f"/claims.json?{query}")
    if query in ("search=%22", "facet=title", "facet=true_of", "limit=all"):
        assert html.status_code in (200, 422)
        return
    assert html.status_code == json.status_code == 422
    assert "This cannot be shown" in html.text
    assert set(json.json()) == {"status", "error"}


def test_more_rows_than_a_page_are_declared(client: TestClient) -> None:
    html = client.get("/claims?limit=2").text
    assert "2 rows are shown. There are more." in html
    assert 'rel="next"' in html
    assert "There are more." not in client.get("/claims").text


def test_openapi_names_every_table_with_its_fields(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    for kind in KINDS:
        named = {each["name"] for each in paths[f"/{kind}.json"]["get"]["parameters"]}
        assert named >= {each.name for each in FIELDS[kind]} | {"as_known", "limit", "after"}
    assert client.get("/docs").status_code == 404


def test_a_flag_is_counted_and_asked_for_in_words(client: TestClient) -> None:
    html = client.get("/claims?facet=hidden_source").text
    assert 'hidden_source=no" dir="auto">no</a> <span class="count">6' in html.replace(
        "&amp;facet=hidden_source", ""
    )


def test_the_tables_are_the_same_on_either_database(address: str) -> None:
    with Store.open(address, create=True) as store:
        document = making.frozen(
            "A fights B\nMayor: in 2019, killed 7 men at Karoum\n", published=making.given("2019-03-01")
        )
        store.put(document.text.encode(), document, making.read_all(document))
        client = client_of(store)
        for kind in KINDS:
            counted = "".join(f"&facet={each.name}" for each in FIELDS[kind] if each.counted)
            for each in FIELDS[kind]:
                if each.sorts:
                    assert client.get(f"/{kind}?sort={each.name}{counted}").status_code == 200, each
            assert client.get(f"/{kind}.csv?limit=all").text.count("\n") >= 2
        assert client.get("/claims?search=Karoum").text.count("<tr id=") == 1


def test_all_values_of_a_facet_are_one_link_away(tmp_path: Path) -> None:
    """Ten of each facet are shown; the others where it is asked for alone."""
    with Store.open(tmp_path / "w", create=True) as store:
        making.put(store, "\n".join(f"Town {number}: holds {number} men" for number in range(10, 23)))
        client = client_of(store)
        html = client.get("/claims?certainty=unknown").text
        (link,) = re.findall(r'<a href="([^"]*)">3 more values</a>', html)
        html = client.get(unescape(link)).text
    assert "more values" not in html
    assert link == "/claims?certainty=unknown&amp;facet=holder"
    shown = html.partition('id="facets"')[2].partition("</aside>")[0]
    assert len(re.findall(r"[?;]holder=Town", shown)) == 13
