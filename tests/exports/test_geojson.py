"""GeoJSON by RFC 7946: what a map may show, and what it must be told beside it."""

from __future__ import annotations

import json
import warnings
from typing import Any

import pytest

from marsad.ledger.store import Store

from .making import exported

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    geojson_validator = pytest.importorskip("geojson_validator", reason="pip install geojson-validator")


def features(ledger: Store, *kinds: str, **where: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(exported(ledger, "geojson", *kinds, **where))["features"]
    return found


@pytest.fixture(scope="module")
def incidents(ledger: Store) -> list[dict[str, Any]]:
    return features(ledger)


@pytest.mark.parametrize("kind", ["incidents", "places"])
def test_is_valid(ledger: Store, empty: Store, kind: str) -> None:
    made = json.loads(exported(ledger, "geojson", kind))
    assert made["features"]
    assert not geojson_validator.validate_structure(made)
    with_points = [each for each in made["features"] if each["geometry"]]
    found = geojson_validator.validate_geometries({"type": "FeatureCollection", "features": with_points})
    assert not found["invalid"]
    assert not {name: at for name, at in found["problematic"].items() if at}
    assert json.loads(exported(empty, "geojson", kind))["features"] == []


def test_one_exact_or_near_place_is_a_point(incidents: list[dict[str, Any]]) -> None:
    (near,) = (each for each in incidents if each["properties"]["known"] == "2024-03-12" and each["geometry"])
    assert near["geometry"] == {"type": "Point", "coordinates": [40.25, 35.123457]}
    assert near["properties"]["where_prec"] == 2


def test_an_area_and_a_shelter_are_never_pinned(incidents: list[dict[str, Any]]) -> None:
    unpinned = [each["properties"] for each in incidents if each["geometry"] is None]
    assert {each["where_prec"] for each in unpinned} == {3, 6}
    assert {(each["place"], each["country"]) for each in unpinned} == {("Karoum", "SY"), ("Odaland", "OM")}
    assert all("latitude" not in str(each) and "40.25" not in str(each) for each in unpinned)


def test_places_that_shelter_or_are_areas_have_no_point(ledger: Store) -> None:
    pinned = {each["properties"]["name"] for each in features(ledger, "places") if each["geometry"]}
    assert pinned == {"Karoum"}


def test_each_incident_says_who_says_so_and_how(incidents: list[dict[str, Any]]) -> None:
    said = incidents[0]["properties"]
    accounts = [
        (each["holder"], each["polarity"], each["status"], each["responsibility"])
        for each in said["accounts"]
    ]
    assert accounts == [
        ("Wardak Army", "affirmed", ["occurred"], ["accused"]),
        ("Tarn Front", "denied", ["denied"], ["denied"]),
    ]
    assert said["holder"] == "Wardak Army; Tarn Front"
    assert all(each["properties"]["accounts"] for each in incidents)


def test_numbers_keep_their_range_and_days_their_precision(incidents: list[dict[str, Any]]) -> None:
    first, _, last = (each["properties"] for each in incidents[:3])
    assert (first["deaths_low"], first["deaths_best"], first["deaths_high"]) == (12, None, 15)
    (toll,) = first["tolls"]
    assert (toll["low"], toll["high"], toll["bound"], toll["unit"]) == (12, 15, "range", "soldier")
    assert (toll["status"], toll["holder"]) == ("observed", "Wardak Army")
    assert (first["date"], first["date_prec"]) == ("2024-03-10", 1)
    assert last["date"] == "[2024-01-01..2024-03-12]"
    assert (last["date_earliest"], last["date_latest"]) == ("2024-01-01", "2024-03-12")


def test_ratings_are_kept_and_apart(incidents: list[dict[str, Any]]) -> None:
    rated = {
        each["holder"]: (each["reliability"], each["credibility"])
        for feature in incidents
        for each in feature["properties"]["accounts"]
    }
    assert rated["United Observers"] == ("B", 6)
    assert rated["Wardak Army"] == ("F", 6)


def test_what_people_coded_says_so(incidents: list[dict[str, Any]]) -> None:
    coded = {each["properties"]["publisher"]: each["properties"]["coded"] for each in incidents}
    assert coded == {"Karrada Post": False, "Valley Wire": False, "ACLED": True}


def test_a_day_leaves_out_what_was_not_known(ledger: Store) -> None:
    known = features(ledger, as_known="2024-03-31")
    assert {each["properties"]["publisher"] for each in known} == {"Karrada Post"}


def test_filters_are_those_of_the_list(ledger: Store) -> None:
    found = features(ledger, country="OM", publisher="Valley Wire")
    assert [each["properties"]["place"] for each in found] == ["Odaland"]
