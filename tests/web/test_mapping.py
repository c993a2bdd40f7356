"""The map: nothing is drawn finer than it is known, nothing that shelters people is a point, nothing is lost."""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from starlette.testclient import TestClient

from marsad.ledger.store import Store
from marsad.web.application import ASSETS
from marsad.web.mapping import RADIUS, disc_ring

from ..ledger import making
from . import compared
from .conftest import client_of

PROVINCE = {"kind": "admin1", "gazetteer_id": "170792", "country": "SY", "where_prec": 4}


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with compared.ledger(tmp_path_factory.mktemp("map"), nasty=compared.NASTY) as store:
        _province(store, "Deir ez-Zor", "Steppe Wire")
        yield client_of(store)


def _province(store: Store, name: str, publisher: str, **fields: Any) -> None:
    """A report that names a wide place."""
    document = making.frozen(f"Mayor: {name} is calm, Karoum too\n", publisher=publisher)
    reading = making.read_all(document)
    begin = document.text.index(name)
    place = replace(reading.places[0], id="p9", text=name, name=name, spans=((begin, begin + len(name)),))
    wide = replace(place, gazetteer="geonames", latitude=35.0, longitude=40.0, **(PROVINCE | fields))
    store.put(document.text.encode(), document, replace(reading, places=(*reading.places, wide)))


def test_only_what_is_known_to_a_village_is_a_point(asking: TestClient) -> None:
    found = asking.get("/map.json").json()
    points = {each["properties"]["name"] for each in found["points"]["features"]}
    assert all(each["properties"]["where_prec"] <= 2 for each in found["points"]["features"])
    assert "Karoum" in points and "Deir ez-Zor" not in points
    assert [each["name"] for each in found["unplaced"]] == ["Nowhere"]
    assert all("latitude" not in each and "coordinates" not in each for each in found["wide"])


def test_a_province_is_a_disc_that_says_it_is_no_border(asking: TestClient) -> None:
    (area,) = asking.get("/map.json").json()["areas"]["features"]
    assert area["properties"]["name"] == "Deir ez-Zor" and area["geometry"]["type"] == "Polygon"
    assert "not its border" in area["properties"]["drawn_as"]
    text = asking.get("/map").text
    assert "It is no border" in text and "Natural Earth" in text


def test_a_province_that_the_gazetteer_does_not_have_shades_its_country(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        _province(store, "Nosuchland", "Steppe Wire", gazetteer_id="1")
        found = client_of(store).get("/map.json").json()
    assert found["areas"]["features"] == [] and found["countries"][0]["code"] == "SY"


def test_a_camp_is_never_a_point_nor_named(asking: TestClient) -> None:
    for address in ("/map", "/map.json", "/map.csv", "/map?of=incidents", "/map.json?of=incidents"):
        answer = asking.get(address)
        assert answer.status_code == 200 and "Zarf" not in answer.text and "<script>alert" not in answer.text
    found = asking.get("/map.json").json()
    assert not [each for each in found["points"]["features"] if "camp" in each["properties"]["name"]]


def test_every_place_stands_in_the_table_beside_the_map(asking: TestClient) -> None:
    text, found = asking.get("/map").text, asking.get("/map.json").json()
    rows = re.findall(r'<tr data-place="([^"]+)"', text)
    drawn = [each["properties"]["key"] for name in ("points", "areas") for each in found[name]["features"]]
    assert rows == [*drawn, *(each["key"] for each in found["unplaced"])]
    listed = list(csv.DictReader(io.StringIO(asking.get("/map.csv").text)))
    assert len(listed) == len(rows) + len(found["wide"])
    assert all(bool(row["latitude"]) == (row["drawn_as"] == "point") for row in listed)


def test_incidents_stand_at_the_finest_place_that_they_name(asking: TestClient) -> None:
    found = asking.get("/map.json?of=incidents").json()
    points = {each["properties"]["name"]: each["properties"] for each in found["points"]["features"]}
    assert points["Karoum"]["count"] == 1 and points["Karoum"]["href"].startswith("/incidents?place=")
    assert asking.get(points["Karoum"]["href"]).status_code == 200


def test_the_map_is_narrowed_by_the_filters_of_its_records(asking: TestClient) -> None:
    assert asking.get("/map.json?kind=village").json()["points"]["features"] == []
    assert asking.get("/map.json?of=incidents&type=NONE").json()["points"]["features"] == []
    assert asking.get("/map?type=ASSAULT").status_code == 422
    text = asking.get("/map?kind=town&as_known=2024-12-31").text
    assert 'data-from="/map.json?as_known=2024-12-31&amp;kind=town"' in text


def test_a_first_view_is_small_enough_for_a_slow_line() -> None:
    """Compressed, in kilobytes: what a page loads, and what the map loads besides."""
    sizes = {path.name: len(gzip.compress(path.read_bytes())) / 1000 for path in ASSETS.iterdir()}
    script = sum(size for name, size in sizes.items() if name.endswith(".js") and not name.startswith("map"))
    assert script < 150
    assert sum(size for name, size in sizes.items() if name.startswith(("map", "countries"))) < 700


@given(st.floats(-85, 85), st.floats(-179, 179), st.sampled_from(sorted(RADIUS.values())))
def test_a_disc_is_a_closed_ring_around_its_middle(latitude: float, longitude: float, radius: int) -> None:
    ring = disc_ring((latitude, longitude), radius)
    assert ring[0] == ring[-1] and len(set(ring)) == len(ring) - 1
    assert min(y for _, y in ring) < latitude < max(y for _, y in ring)
    assert max(y for _, y in ring) - min(y for _, y in ring) == pytest.approx(2 * radius / 111.2, abs=0.01)
