"""Series, contradictions and agreements: nothing is drawn across bases, and every number leads to its words."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from marsad.ledger.store import Store
from marsad.web.messages import languages, messages

from ..assessment.watched import ledger_of, report, said
from . import compared
from .conftest import client_of


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with compared.ledger(tmp_path_factory.mktemp("compared"), nasty=compared.NASTY) as found:
        yield found


@pytest.fixture(scope="module")
def asking(store: Store) -> TestClient:
    return client_of(store)


def html(client: TestClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    assert "<script>alert" not in answer.text
    return answer.text


def one(client: TestClient, **where: str) -> str:
    """The address of the first series that filters let through."""
    query = "&".join(f"{name}={value}" for name, value in where.items())
    found = client.get(f"/series.json?{query}").json()["rows"]
    return f"/series/{found[0]['id']}"


def test_a_panel_holds_one_basis_and_an_axis_of_its_own(asking: TestClient) -> None:
    text = html(asking, one(asking, place="Karoum", measure="strength.fighters"))
    panels = re.findall(r'<section class="panel.*?</section>', text, re.S)
    assert len(panels) == 2
    main, other = panels
    assert main.count("<li>") == 3 and "at least 1,500" in main and "300" not in main.split('class="axes"')[0]
    assert other.count("<li>") == 1 and "Differs in:" in other and ">where<" in other
    assert "Not comparable with it" in text
    assert main.count('class="axes"') == other.count('class="axes"') == 1
    assert "polyline" not in text and "<path" not in text


def test_every_point_leads_to_its_words(asking: TestClient) -> None:
    text = html(asking, one(asking, place="Karoum", measure="strength.fighters"))
    links = set(re.findall(r'<a class="amount" href="(/documents/[^"]+)"', text))
    assert len(links) == 4
    for link in links:
        page = html(asking, link.partition("#")[0].replace("&amp;", "&"))
        assert 'class="inspector"' in page or 'id="inspector"' in page


def test_the_best_range_stands_with_its_rule_and_its_dissent(asking: TestClient) -> None:
    text = html(asking, one(asking, place="Karoum", measure="strength.fighters"))
    assert "900 to 1,200" in text and "majority" in text
    assert "Outside this range" in text and 'Ilan Voss, <span class="day">2024-02-01</span>' in text


def test_what_must_not_be_parted_from_a_number_is_beside_it(asking: TestClient) -> None:
    text = html(asking, one(asking, place="Karoum", measure="strength.fighters"))
    for badge in ("opinion", "outside the range", "estimated"):
        assert f">{badge}<" in text
    assert ">nobody named<" in html(asking, one(asking, place="Odaland"))


@pytest.mark.parametrize("view", ["chart", "table", "sources"])
@pytest.mark.parametrize("order", ["holder", "day"])
def test_each_view_has_its_address(asking: TestClient, view: str, order: str) -> None:
    address = one(asking, place="Karoum", measure="strength.fighters")
    text = html(asking, f"{address}?show={view}&by={order}&as_known=2024-03-31")
    assert text.count('aria-current="page">') == 1
    assert "River Panel" in text
    links = re.findall(r'href="(/(?:series|claims|documents)[^"]*)"', text.partition("<main")[2])
    assert links and all("as_known=2024-03-31" in link for link in links)


def test_a_series_as_a_file(asking: TestClient) -> None:
    address = one(asking, place="Karoum", measure="strength.fighters")
    listed = asking.get(f"{address}.json").json()
    rows = list(csv.DictReader(io.StringIO(asking.get(f"{address}.csv").text)))
    assert [row["holder"] for row in rows] == [point["holder"] for point in listed["points"]]
    assert [row["dissent"] for row in rows] == ["false", "false", "true"]
    picture = asking.get(f"{address}.svg")
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert "fighters of Red Sand Front in Karoum" in "".join(ElementTree.fromstring(picture.text).itertext())  # noqa: S314


def test_as_known_leaves_out_what_came_later(asking: TestClient) -> None:
    address = one(asking, place="Karoum", measure="strength.fighters")
    assert len(asking.get(f"{address}.json?as_known=2024-02-15").json()["points"]) == 2
    missing = asking.get(f"{address}?as_known=2023-01-01")
    assert missing.status_code == 404 and "as known on 2023-01-01" in missing.text


def test_the_filters_are_those_of_the_table(asking: TestClient) -> None:
    every = asking.get("/series.json").json()
    assert every["total"] == 3
    assert asking.get("/series.json?holder=River Panel").json()["total"] == 1
    assert asking.get("/series.json?estimates=one").json()["total"] == 2
    assert asking.get("/series.json?search=Odaland").json()["total"] == 1
    assert asking.get("/series?sort=known").status_code == 422
    assert asking.get("/series?estimates=many").status_code == 422
    text = html(asking, "/series?holder=River Panel&measure=strength.fighters")
    chips = re.findall(r'<li><a href="([^"]+)" title="Remove', text)
    assert len(chips) == 2 and "measure=strength.fighters" in chips[0]


def test_parts_go_through_all_once(asking: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("marsad.web.series.SHOWN", 1)
    seen, address = [], "/series.json?as_known=2024-04-01"
    while address:
        answer = asking.get(address).json()
        seen += [row["id"] for row in answer["rows"]]
        address = answer["next"]
    assert len(seen) == len(set(seen)) == 3
    assert asking.get("/series.json?after=none-such").status_code == 422


# Contradictions and agreements


def test_both_sides_stand_side_by_side_with_their_words(asking: TestClient) -> None:
    text = html(asking, "/contradictions")
    assert text.count('<section class="side-of">') == 2
    for words in ("900–1,200", "1,500", "Dara Nour", "Ilan Voss", "contested since", "2024-02-01"):
        assert words in text
    (row,) = asking.get("/contradictions.json").json()["rows"]
    page = html(asking, f"/contradictions/{row['id']}")
    assert page.count('class="said-claim"') == 3
    assert asking.get(f"/contradictions/{row['id']}.json").json() == row
    rows = list(csv.DictReader(io.StringIO(asking.get("/contradictions.csv").text)))
    assert {each["place"] for each in rows} == {"side 1", "side 2"}


def test_contradictions_are_narrowed_by_the_claims_on_their_sides(asking: TestClient) -> None:
    assert asking.get("/contradictions.json?holder=Ilan Voss").json()["total"] == 1
    assert asking.get("/contradictions.json?holder=Mayor").json()["total"] == 0
    assert asking.get("/contradictions.json?question=denial").json()["total"] == 0
    assert "A contradiction needs two voices" in html(asking, "/contradictions?question=denial")
    assert "Look from today" in html(asking, "/contradictions?as_known=2024-01-15")


def test_an_agreement_counts_origins_and_says_who_was_first(asking: TestClient) -> None:
    text = html(asking, "/agreements")
    assert "2 independent origins" in text and "credibility 1 proposed" in text
    group = text.split('class="compared"')[1]
    assert group.index("Dara Nour") < group.index("River Panel")
    assert group.count(">first<") == 1
    (row,) = asking.get("/agreements.json").json()["rows"]
    assert asking.get(f"/agreements/{row['id']}.json").json() == row
    assert html(asking, f"/agreements/{row['id']}").count('class="said-claim"') == 2
    assert len(list(csv.DictReader(io.StringIO(asking.get("/agreements.csv").text)))) == 2


def test_agreements_of_incidents_have_the_filters_of_incidents(asking: TestClient) -> None:
    assert asking.get("/agreements?of=incidents&type=ASSAULT").status_code == 200
    assert asking.get("/agreements?type=ASSAULT").status_code == 422


@pytest.mark.parametrize("page", ["/series", "/contradictions", "/agreements", "/timeline", "/map"])
def test_an_empty_ledger_says_what_to_do(page: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    with Store.open(tmp_path_factory.mktemp("empty"), create=True) as empty:
        answer = client_of(empty).get(page)
        assert answer.status_code == 200
        assert "marsad add" in answer.text or page == "/map"
        assert client_of(empty).get(f"{page}.csv").status_code == 200


def test_what_the_assessment_says_is_said_in_the_language_of_the_page(asking: TestClient) -> None:
    english = asking.get("/agreements").text
    arabic = asking.get("/agreements?lang=ar").text
    assert "named origin" in english and "named origin" not in arabic
    (found,) = (each for each in asking.get("/series.json").json()["rows"] if len(each["points"]) > 1)
    assert found["current"]["reason"] in asking.get(f"/series/{found['id']}").text
    assert found["current"]["reason"] not in asking.get(f"/series/{found['id']}?lang=ar").text


def test_the_sides_of_a_question_are_named_in_the_language_of_the_page(tmp_path: Path) -> None:
    growing = said("Red Sand Front is growing in Karoum.", by="Dara Nour", up="strength")
    weaker = said("Red Sand Front is weaker than ever in Karoum.", by="Ilan Voss", down="strength")
    several = report("Harbour Post", "2024-01-10", growing), report("Steppe Wire", "2024-01-12", weaker)
    with ledger_of(Store.open(tmp_path / "w", create=True, command="test"), *several) as store:
        asking = client_of(store)
        for language in languages():
            page = asking.get(f"/contradictions?lang={language}").text
            assert all(messages(language).say(f"answer.{way}") in page for way in ("up", "down"))
