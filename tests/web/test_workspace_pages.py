"""What a person keeps and decides outside documents: views, actors, sources, disclosure, exports."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from marsad.exports import FORMATS
from marsad.ledger.store import Store
from marsad.web.tables.exported import FILES

from ..ledger import making
from .conftest import client_of

TEXT = """Vale Brigade / Vale Front: in 2019, killed 7 men at Karoum
Hill Guard: the Vale Brigade holds Karoum
Mrs Huda: they came at night
Guard fights Wardens
Guard: the Wardens came
Agency: food came to Zarf camp
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "w", create=True, command="test") as made:
        for day, text in (("2019-03-01", TEXT), ("2019-05-01", "Vale Guard: we are here\nHill Guard: no\n")):
            document = making.frozen(text, title=day, publisher="Steppe Wire", published=making.given(day))
            made.put(text.encode(), document, making.read_all(document))
        yield made


@pytest.fixture
def client(store: Store) -> TestClient:
    made = client_of(store)
    found = re.search(r'name="marsad-token" content="([^"]+)"', made.get("/claims").text)
    assert found
    made.headers["x-marsad-token"] = found[1]
    return made


WHY = {"by": "amy", "reason": "told on <the> phone"}


# Views


def test_a_view_is_saved_listed_followed_and_deleted(client: TestClient) -> None:
    address = "/claims?kind=attributed&sort=holder&descending=yes"
    there = client.post(
        "/views", data={"name": " The  <b>said</b> ", "address": address + "&lang=ar&after=x"}
    )
    assert there.status_code == 303
    assert there.headers["location"] == address
    html = client.get(address).text
    assert "&lt;b&gt;said&lt;/b&gt;</a>" in html
    assert 'aria-current="true">The' in html
    assert client.get("/views.json").json()[0]["address"] == address
    assert "/claims?kind=attributed" in client.get("/views").text
    assert "The &lt;b&gt;" not in client.get("/figures").text
    assert client.post("/views/deletions", data={"name": "The <b>said</b>"}).status_code == 303
    assert client.get("/views.json").json() == []
    assert client.post("/views/deletions", data={"name": "The <b>said</b>"}).status_code == 404


def test_a_view_of_one_name_is_replaced_and_keeps_its_own_day(client: TestClient) -> None:
    for address in ("/claims?sort=holder", "/figures?as_known=2019-04-01"):
        client.post("/views", data={"name": "mine", "address": address})
    assert [each["address"] for each in client.get("/views.json").json()] == ["/figures?as_known=2019-04-01"]
    assert "/figures?as_known=2019-04-01" in client.get("/views?as_known=2019-06-01").text


@pytest.mark.parametrize(
    "address",
    ["//news.example/claims", "https://news.example/claims", "/documents/abc", "javascript:alert(1)", "/claims?nope=1", "claims", "/"],
)  # fmt: skip
def test_nothing_but_the_address_of_a_table_is_saved(client: TestClient, store: Store, address: str) -> None:
    assert client.post("/views", data={"name": "x", "address": address}).status_code == 422
    assert client.get("/views.json").json() == []


def test_a_damaged_file_of_views_is_told_in_one_line(client: TestClient, tmp_path: Path) -> None:
    (tmp_path / "w" / "views.json").write_text("[{}]")
    answer = client.get("/views")
    assert answer.status_code >= 400
    assert "mend it or remove it" in answer.text


def test_nothing_is_written_without_the_token(client: TestClient) -> None:
    for path in ("/views", "/views/deletions", "/actors", "/sources", "/disclosure"):
        assert client.post(path, data={"name": "x"}, headers={"x-marsad-token": "no"}).status_code == 403


# Actors


def test_the_page_of_an_actor_tells_names_with_their_words_relations_and_claims(client: TestClient) -> None:
    html = client.get("/actors/vale brigade").text
    assert "Vale Front" in html
    assert re.search(r'/documents/\w+\?at=\w+#at-\w+">first in a report of 2019-03-01', html)
    sides = client.get("/actors/guard (SY)").text.partition("Others stand to it")
    assert "fights" in sides[0]
    assert "fights" not in sides[2]
    assert "killed 7 men" in html
    told = client.get("/actors/vale brigade.json").json()
    assert {each["name"] for each in told["aliases"]} >= {"Vale Brigade", "Vale Front"}
    assert client.get("/actors/nobody").status_code == 404
    assert client.get("/actors/vale brigade?as_known=2019-01-01").status_code == 404


def test_actors_are_joined_taken_apart_and_it_is_undone(client: TestClient) -> None:
    def names() -> set[str]:
        return {each["name"] for each in client.get("/actors.json").json()["rows"]}

    before = names()
    said = {"actor": "vale guard", "action": "merge", "into": "Vale Brigade", **WHY}
    assert client.post("/actors", data=said).status_code == 303
    assert names() == before - {"Vale Guard"}
    html = client.get("/actors/vale guard").text
    assert "told on &lt;the&gt; phone" in html
    assert client.post("/actors", data=said).status_code == 422  # they are one already
    undone = {"actor": "vale guard", "action": "unmerge", **WHY}
    assert client.post("/actors", data=undone).headers["location"] == "/actors/vale%20guard"
    assert names() == before
    assert client.post("/actors", data={**said, "into": "nobody at all"}).status_code == 404
    assert client.post("/actors", data={**said, "into": " "}).status_code == 422


# Sources


def test_a_source_is_rated_with_a_reason_and_its_history_stays(client: TestClient) -> None:
    key = next(
        each["key"] for each in client.get("/sources.json").json()["rows"] if each["name"] == "Hill Guard"
    )
    assert "Nobody has judged it yet" in client.get(f"/sources/{key}").text
    for letter in ("B", "D"):
        assert client.post("/sources", data={"source": key, "reliability": letter, **WHY}).status_code == 303
    told = client.get(f"/sources/{key}.json").json()
    assert told["reliability"] == "D"
    assert [each["reliability"] for each in told["ratings"]] == ["B", "D"]
    assert client.get(f"/sources/{key}").text.count("told on &lt;the&gt; phone") == 2
    assert ">D</strong>" in client.get("/sources").text
    wrong = {"source": key, "reliability": "G", **WHY}
    assert client.post("/sources", data=wrong).status_code == 422
    assert client.post("/sources", data={**wrong, "reliability": "A", "reason": " "}).status_code == 422
    assert client.post("/sources", data={**wrong, "reliability": "A", "source": "x"}).status_code == 404


# Disclosure


def test_disclosure_is_lifted_and_taken_back_with_a_reason_that_is_logged(client: TestClient) -> None:
    assert "Zarf" not in client.get("/disclosure").text
    assert client.post("/disclosure", data={"action": "lift", "by": "amy", "reason": " "}).status_code == 422
    assert client.post("/disclosure", data={"action": "lift", **WHY}).status_code == 303
    told = client.get("/disclosure.json").json()
    assert told["is_lifted"] and told["is_settled"]
    assert [each["name"] for each in told["shelters"]] == ["Zarf camp"]
    assert "Huda" not in client.get("/claims").text  # a person is never lifted
    assert client.post("/disclosure", data={"action": "unlift", **WHY}).status_code == 303
    html = client.get("/disclosure").text
    assert "Zarf" not in html
    assert html.count("told on &lt;the&gt; phone") == 3  # what is so now, and two in its history
    assert "Zarf" not in client.get("/places").text


# Exports


@pytest.mark.parametrize("form", list(FORMATS))
def test_every_format_is_linked_from_its_tables_and_holds_what_they_show(
    client: TestClient, form: str
) -> None:
    for kind in FORMATS[form].kinds:
        link = f"/export/{form}/{kind}"
        assert f'href="{link}"' in client.get(f"/{kind}").text
        answer = client.get(link)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-disposition"].endswith(f'{kind}.{FILES[form].ending}"')
        assert b"Zarf" not in answer.content and b"Huda" not in answer.content
    assert client.get(f"/export/{form}/nothing").status_code == 404


def test_an_export_has_the_rows_that_the_filters_let_through(client: TestClient) -> None:
    lines = client.get(
        "/export/csv/claims?holder=Hill+Guard&sort=holder&as_known=2019-04-01"
    ).text.splitlines()
    shown = client.get("/claims.json?holder=Hill+Guard&as_known=2019-04-01").json()["rows"]
    assert len(lines) == 2 + len(shown) > 2
    annotations = json.loads(client.get("/export/annotations/claims?holder=Hill+Guard").text)
    assert annotations["first"]["items"]
    archive = zipfile.ZipFile(io.BytesIO(client.get("/export/parquet/claims").content))
    assert archive.namelist() == ["claims.parquet"]
    assert client.get("/export/csv/claims?nope=1").status_code == 422


def test_an_export_passes_through_disclosure(client: TestClient) -> None:
    assert "Huda" not in client.get("/export/csv/claims").text


# Pages of a table


def test_pages_go_back_as_they_went_forward(client: TestClient) -> None:
    for query in ("sort=holder", "sort=publisher&descending=yes", "sort=true_of", "", "descending=yes"):
        seen: list[list[str]] = []
        address: str | None = f"/claims.json?limit=2&{query}"
        previous = None
        while address:
            answer = client.get(address).json()
            seen.append([row["id"] for row in answer["rows"]])
            address, previous = answer["next"], answer["previous"]
        back = []
        while previous:
            answer = client.get(previous).json()
            back.append([row["id"] for row in answer["rows"]])
            previous = answer["previous"]
        assert back[::-1] == seen[:-1], query
        assert len(seen) >= 3
    both = client.get("/claims?after=x&before=y")
    assert both.status_code == 422
