"""Pages of forecasts: what was issued, by unit and month, beside the benchmark; nothing of later days."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from starlette.testclient import TestClient

from marsad.ledger.forecasts import issue
from marsad.ledger.store import Store
from marsad.records.forecast import About, of

from .conftest import client_of

NAMES = ("Arcadia", "<b>Bohemia</b>")


@pytest.fixture(scope="module")
def ids(store: Store) -> dict[str, str]:
    made = {}
    for model, most in (("pool", 60), ("conflictology", 2)):
        about = About(
            model=model, version="v1", data="GED 99.1", data_sha256="ab" * 32, violence="sb", level="country", cut=480,
            months=(481, 482), units=(7, 9), names=NAMES, draws=1000, seed=0,
        )  # fmt: skip
        samples = np.zeros((2, 2, 1000))
        samples[0] = np.linspace(0, most, 1000)
        made[model] = issue(store, of(about, samples))[0].id
    return made


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("forecasts") / "w", create=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(store: Store, ids: dict[str, str]) -> TestClient:
    return client_of(store)


def test_all_that_were_issued_are_listed(client: TestClient, ids: dict[str, str]) -> None:
    assert {each["id"] for each in client.get("/forecast.json").json()["forecasts"]} == set(ids.values())
    assert f"/forecast/{ids['pool']}" in client.get("/forecast").text


def test_a_ledger_without_one_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Store.open(tmp_path_factory.mktemp("none") / "w", create=True) as store:
        assert "There is no forecast" in client_of(store).get("/forecast").text


def test_a_chance_stands_beside_the_usual_one(client: TestClient, ids: dict[str, str]) -> None:
    first, second = client.get(f"/forecast/{ids['pool']}.json", params={"month": "2020-02"}).json()["rows"]
    assert (first["name"], first["month"], first["best"]) == ("Arcadia", "2020-02", 30.0)
    assert first["chances"][1] == pytest.approx(0.59, abs=0.01)
    assert first["usual"][1] == 0.0
    assert second["chances"] == [0.0, 0.0, 0.0]
    html = client.get(f"/forecast/{ids['pool']}").text
    assert "usual" in html
    assert "<b>Bohemia" not in html


def test_one_unit_by_month(client: TestClient, ids: dict[str, str]) -> None:
    html = client.get(f"/forecast/{ids['pool']}/7").text
    assert html.count('class="strip') == 2
    assert "2020-01" in html


@pytest.mark.parametrize(
    "path",
    [
        "zz",
        "{pool}?month=1999-01",
        "{pool}?as_known=1999-01-01",
        "{pool}/8",
        "{pool}/x",
        "{pool}.json?month=x",
    ],
)
def test_what_is_not_there_is_told(client: TestClient, ids: dict[str, str], path: str) -> None:
    answer = client.get("/forecast/" + path.format(**ids))
    assert answer.status_code in (404, 422)
    assert "Traceback" not in answer.text


def test_nothing_is_shown_before_it_was_issued(client: TestClient, ids: dict[str, str]) -> None:
    assert client.get("/forecast.json", params={"as_known": "1999-01-01"}).json() == {"forecasts": []}
