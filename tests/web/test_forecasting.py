"""Pages of forecasts: what was issued, by unit and month, beside the benchmark; nothing of later days."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from marsad.forecast.areas import area, name
from marsad.ledger.store import Store

from . import forecasts
from .conftest import client_of
from .forecasts import CELLS, Ids


@pytest.fixture(scope="module")
def ids(store: Store) -> Ids:
    return forecasts.fill(store)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("forecasts") / "w", create=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(store: Store, ids: Ids) -> TestClient:
    return client_of(store)


def test_all_that_were_issued_are_listed(client: TestClient, ids: Ids) -> None:
    listed = {each["id"] for each in client.get("/forecast.json").json()["forecasts"]}
    assert listed > set(ids.values())
    assert f"/forecast/{ids['pool']}" in client.get("/forecast").text


def test_a_ledger_without_one_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Store.open(tmp_path_factory.mktemp("none") / "w", create=True) as store:
        empty = client_of(store)
        assert "There is no forecast" in empty.get("/forecast").text
        assert "There is no forecast" in empty.get("/forecast/scorecard").text
        assert empty.get("/forecast/scorecard.json").json()["scores"] == []


def test_a_chance_stands_beside_the_usual_one_and_the_base_rate(client: TestClient, ids: Ids) -> None:
    first, second = client.get(f"/forecast/{ids['pool']}.json", params={"month": "2020-02"}).json()["rows"]
    assert (first["name"], first["month"], first["best"]) == ("Arcadia", "2020-02", 30.0)
    assert first["chances"][1] == pytest.approx(0.59, abs=0.01)
    assert first["usual"][1] == 0.0
    assert first["base"] == [0.5, 0.25, 0.125]
    assert second["chances"] == [0.0, 0.0, 0.0]
    html = client.get(f"/forecast/{ids['pool']}").text
    assert "usual" in html
    assert "base rate" in html
    assert "<b>Bohemia" not in html


def test_what_a_forecast_cannot_know_well_is_marked(client: TestClient, ids: Ids) -> None:
    rows = client.get(f"/forecast/{ids['pool']}.json").json()["rows"]
    assert [row["marks"] for row in rows] == [["outside.high"], ["thin"]]
    assert "Outside the training range" in client.get(f"/forecast/{ids['pool']}/7").text
    assert "short history" in client.get(f"/forecast/{ids['pool']}/9").text


def test_one_unit_by_month_with_what_came(client: TestClient, ids: Ids) -> None:
    html = client.get(f"/forecast/{ids['pool']}/7").text
    assert html.count('class="wide"') == 2
    assert html.count('<circle class="came"') == 2  # of January, in either chart
    assert "2020-01" in html
    assert html.count('class="was"') == 2  # of three months, one is missing
    assert "2019-10</th>" in html
    void = client.get(f"/forecast/{ids['pool']}/9").text
    assert void.count('class="void"') == 1
    assert '<circle class="came"' not in void


@pytest.mark.parametrize(
    "path",
    [
        "zz",
        "{pool}?month=1999-01",
        "{pool}?as_known=1999-01-01",
        "{pool}/8",
        "{pool}/x",
        "{pool}.json?month=x",
        "{cells}/176341",
        "scorecard?issue=0",
        "scorecard?issue=9999999999",
        "scorecard?level=cell&actor=x",
        "scorecard?by=x",
        "scorecard?deaths=x",
        "scorecard?model=x",
    ],
)
def test_what_is_not_there_is_told(client: TestClient, ids: Ids, path: str) -> None:
    answer = client.get("/forecast/" + path.format(**ids))
    assert answer.status_code in (400, 404, 422)
    assert "Traceback" not in answer.text


def test_nothing_is_shown_before_it_was_issued(client: TestClient, ids: Ids) -> None:
    assert client.get("/forecast.json", params={"as_known": "1999-01-01"}).json() == {"forecasts": []}
    card = client.get("/forecast/scorecard.json", params={"as_known": "1999-01-01"}).json()
    assert (card["scores"], card["rests_on"]) == ([], [])


# Cells


def test_cells_are_shown_in_areas_alone(client: TestClient, ids: Ids) -> None:
    rows = client.get(f"/forecast/{ids['cells']}.json").json()["rows"]
    assert [(row["unit"], row["cells"]) for row in rows] == [(area(CELLS[0]), 2), (area(CELLS[2]), 1)]
    assert rows[0]["expected"] == pytest.approx(30, abs=0.1)
    assert rows[0]["chances"][1] == pytest.approx(0.59, abs=0.01)
    assert (rows[0]["came"], rows[0]["reached"]) == (42.0, [True, True, False])
    for path in ("", f"/{area(CELLS[0])}"):
        html = client.get(f"/forecast/{ids['cells']}{path}").text
        assert "points at no target" in html
        assert not any(str(cell) in html for cell in CELLS)


def test_void_cells_are_told_by_their_area(client: TestClient, ids: Ids) -> None:
    voids = client.get("/forecast/scorecard.json").json()["voids"]
    assert [(v["unit"], v["units"]) for v in voids if v["id"] == ids["gone"]] == [(name(area(CELLS[0])), 2)]
    html = client.get("/forecast/scorecard?level=cell").text
    assert f"{name(area(CELLS[0]))}</bdi> (<bdi>2</bdi>)" in html
    assert not any(str(cell) in html for cell in CELLS)


# The scorecard


def test_scores_stand_beside_benchmark_zero_and_base_rate(client: TestClient, ids: Ids) -> None:
    rows = client.get("/forecast/scorecard.json").json()["scores"]
    country = {row["model"]: row for row in rows if row["level"] == "country"}
    assert set(country) == {"pool", "conflictology", "zero", "base rate"}
    assert country["zero"]["crps"] == 40.0
    assert country["base rate"]["brier25"] == pytest.approx(0.75**2)
    assert country["pool"]["crps_low"] is None  # of one unit alone no interval is told
    cells = next(row for row in rows if (row["level"], row["model"]) == ("cell", "pool"))
    assert cells["crps_low"] <= cells["crps"] <= cells["crps_high"]
    assert {row["forecasts"] for row in country.values()} == {1}
    assert not any(row["in_time"] for row in country.values())
    assert client.get("/forecast/scorecard.csv").text.count("\n") == len(rows) + 1


def test_what_was_issued_afterwards_is_told_apart(client: TestClient, ids: Ids) -> None:
    assert "Issued afterwards" in client.get("/forecast/scorecard").text
    in_time = client.get("/forecast/scorecard?level=admin1&actor=IS").text
    assert "Issued afterwards" not in in_time
    assert "No month has come of a forecast" not in in_time


def test_voids_and_what_they_rest_on_are_told(client: TestClient, ids: Ids) -> None:
    html = client.get("/forecast/scorecard").text
    assert "2 void forecasts" in html
    assert "the data has no such unit" in html
    assert "GED 99.2" in html


def test_the_slider_goes_back_to_what_was_said_then(client: TestClient, ids: Ids) -> None:
    asked = "/forecast/scorecard?level=admin1&actor=IS"
    now, later = client.get(asked).text, client.get(f"{asked}&issue=2").text
    assert 'max="2"' in now
    assert 'value="1" list="issues"' in now  # the newest of which something has come
    assert "known to 2144-12" in now
    assert '<circle class="came"' in now
    assert 'value="2" list="issues"' in later
    assert '<circle class="came"' not in later
    assert 'name="actor" value="IS"' in later  # kept by the form


@pytest.mark.parametrize("by", ["model", "year", "horizon"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_scorecard_can_be_told_apart_in_every_language(
    client: TestClient, ids: Ids, by: str, language: str
) -> None:
    answer = client.get("/forecast/scorecard", params={"by": by, "lang": language, "deaths": "1"})
    assert answer.status_code == 200
    assert "conflictology" in answer.text
    assert 'class="fan reliability"' in answer.text
