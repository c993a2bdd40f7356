"""The timeline: intervals as they are told, in pages, and what has no day is counted beside it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from html import unescape

import pytest
from starlette.testclient import TestClient

from marsad.ledger.store import Store
from marsad.web import timeline

from ..ledger import making
from . import compared
from .conftest import client_of


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with compared.ledger(tmp_path_factory.mktemp("timeline"), nasty=compared.NASTY) as store:
        yield client_of(store)


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Three reports of attacks in years, with claims that have one."""
    with Store.open(tmp_path_factory.mktemp("dated"), create=True, command="test") as store:
        for year in (2019, 2021, 2020):
            text = f"Mayor: in {year}, somebody killed {year - 2010} people\nMayor: in {year - 1}, there was food\n"
            document = making.frozen(text, publisher="Harbour Post", published=making.given("2024-03-05"))
            store.put(text.encode(), document, making.read_all(document))
        yield client_of(store)


def test_claims_stand_under_the_stretch_in_which_they_begin(asking: TestClient) -> None:
    text = asking.get("/timeline?of=claims&order=oldest").text
    assert "<script>alert" not in text
    assert re.findall(r'<h2 id="in-\d+"><a [^>]+>([^<]+)</a>', text) == ["2019", "2024"]
    assert "2 have no day" in text


def test_an_approximate_interval_is_drawn_and_said_otherwise(asking: TestClient) -> None:
    text = asking.get("/timeline?of=claims&order=newest&true_of=2024").text
    strips = re.findall(r'<svg class="strip days([^"]*)"', text)
    assert sorted(strips) == ["", "", "", " approximate"]
    assert ">about then<" in text


def test_a_stretch_narrows_the_page_to_itself(asking: TestClient) -> None:
    text = asking.get("/timeline?of=claims&order=oldest").text
    link = re.findall(r'<h2 id="in-1"><a href="([^"]+)"', text)[0].replace("&amp;", "&")
    narrowed = asking.get(link).text
    assert "of=claims" in link and "true_of=2019" in link
    assert re.findall(r'<h2 id="in-\d+"><a [^>]+>([^<]+)</a>', narrowed) == ["2019-01"] or "2019" in narrowed
    assert "have no day" not in narrowed


def test_incidents_without_a_day_are_on_no_timeline(asking: TestClient) -> None:
    text = asking.get("/timeline").text
    assert "None that all these filters let through has a day." in text
    assert "2 have no day" in text and 'href="/incidents"' in text


def test_pages_json_and_csv_have_the_same_rows(asking: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeline, "SHOWN", 2)
    seen, address = [], "/timeline.json?of=claims&as_known=2024-04-01"
    while address:
        answer = asking.get(address).json()
        seen += [row["id"] for row in answer["rows"]]
        address = answer["next"]
    every = asking.get("/timeline.json?of=claims&as_known=2024-04-01&limit=all").json()["rows"]
    assert seen == [row["id"] for row in every] and len(seen) == 5
    rows = list(csv.DictReader(io.StringIO(asking.get("/timeline.csv?of=claims&limit=all").text)))
    assert [row["edtf"] for row in rows][-1] == "2019"
    assert asking.get("/timeline?limit=all").status_code == 422


def test_its_filters_are_those_of_its_records(asking: TestClient) -> None:
    assert asking.get("/timeline?type=ASSAULT").status_code == 200
    assert asking.get("/timeline?of=claims&type=ASSAULT").status_code == 422
    assert len(asking.get("/timeline.json?of=claims&holder=River Panel").json()["rows"]) == 1
    assert asking.get("/timeline?of=nothing").status_code == 422


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_incidents_and_claims_stand_together_in_the_order_of_their_days(
    dated: TestClient, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    monkeypatch.setattr(timeline, "SHOWN", 2)
    seen, address = [], f"/timeline.json?of=both&order={order}"
    while address:
        answer = dated.get(address).json()
        seen += answer["rows"]
        address = answer["next"]
    days = [row["when"]["earliest"] for row in seen]
    assert days == sorted(days, reverse=order == "newest")
    alone = [dated.get(f"/timeline.json?of={of}&limit=all").json()["rows"] for of in ("incidents", "claims")]
    assert all(alone) and len(seen) == sum(map(len, alone))
    assert {row["id"] for row in seen} == {row["id"] for rows in alone for row in rows}
    every = dated.get(f"/timeline.json?of=both&order={order}&limit=all").json()["rows"]
    assert [row["id"] for row in every] == [row["id"] for row in seen]


def test_both_are_asked_for_by_what_both_have(dated: TestClient) -> None:
    text = dated.get("/timeline?of=both").text
    assert 'name="publisher"' in text and 'name="polarity"' not in text and 'id="search"' not in text
    rows = list(csv.DictReader(io.StringIO(dated.get("/timeline.csv?of=both&limit=all").text)))
    assert {row["kind"] for row in rows} == {"claims", "incidents"} and all(row["what"] for row in rows)
    assert dated.get("/timeline?of=both&publisher=Harbour Post").status_code == 200
    for refused in ("polarity=denied", "search=sand", "after=x", "after=x~y", "type=ASSAULT"):
        assert dated.get(f"/timeline?of=both&{refused}").status_code == 422


@pytest.mark.parametrize(
    "path",
    [
        "/timeline?date=2019&country=SY&place=Karoum",
        "/timeline?of=claims&search=food&true_of=2019&polarity=affirmed",
        "/agreements?search=food&certainty=certain",
        "/map?kind=city&country=SY",
    ],
)
def test_what_is_shown_is_changed_whatever_narrows_it(dated: TestClient, path: str) -> None:
    html = dated.get(path).text
    ways = [unescape(way) for way in re.findall(r'<a href="([^"]*)"', html.partition('class="choice"')[2])]
    ways = ways[: 3 if "timeline" in path else 2]
    for way in ways:
        assert dated.get(way).status_code == 200, way
        assert ("country=SY" in way) == ("country=SY" in path)
