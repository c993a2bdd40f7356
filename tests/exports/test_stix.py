"""STIX 2.1: valid to OASIS' own validator and to stix2, and nobody's word becomes a fact."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import pytest

from marsad.exports.stix.objects import EXTENSION
from marsad.ledger.reviewing.judging import credible
from marsad.ledger.store import Store

from .making import exported, put

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    stix2 = pytest.importorskip("stix2", reason="pip install stix2")
    stix2validator = pytest.importorskip("stix2validator", reason="pip install stix2-validator")

pytestmark = pytest.mark.filterwarnings("ignore")
Object = dict[str, Any]


@pytest.fixture(scope="module")
def bundle(ledger: Store) -> Object:
    made: Object = json.loads(exported(ledger, "stix"))
    return made


def of(bundle: Object, kind: str) -> list[Object]:
    return [each for each in bundle["objects"] if each["type"] == kind]


def extra(each: Object) -> Object:
    found: Object = each["extensions"][EXTENSION]
    return found


def test_is_valid(ledger: Store, empty: Store) -> None:
    for each in (ledger, empty):
        text = exported(each, "stix").decode()
        options = stix2validator.ValidationOptions(version="2.1", enforce_refs=True)
        result = stix2validator.validate_string(text, options)
        assert result.is_valid, [str(error) for error in result.errors]
        stix2.parse(text, allow_custom=False, version="2.1")


def test_ids_are_those_of_the_records(bundle: Object, tmp_path: Path) -> None:
    with Store.open(tmp_path / "again", create=True) as again:
        put(again)
        found = json.loads(exported(again, "stix"))["objects"]
    assert len(found) >= 20
    assert {each["id"] for each in found} <= {each["id"] for each in bundle["objects"]}


def test_refers_to_nothing_that_is_not_there(bundle: Object) -> None:
    told = [each["id"] for each in bundle["objects"]]
    assert len(told) == len(set(told))
    for each in bundle["objects"]:
        refs = [each.get("source_ref"), each.get("target_ref"), *each.get("object_refs", [])]
        assert {ref for ref in refs if ref} <= set(told)


def test_an_armed_group_is_a_threat_actor_and_nobody_else(bundle: Object) -> None:
    assert {each["name"] for each in of(bundle, "threat-actor")} == {"Tarn Front", "Sand Brigade"}


def test_each_account_is_a_note_and_a_denial_an_opinion(bundle: Object) -> None:
    incident = of(bundle, "incident")[0]
    notes = [each for each in of(bundle, "note") if incident["id"] in each["object_refs"]]
    opinions = [each for each in of(bundle, "opinion") if incident["id"] in each["object_refs"]]
    assert [each["authors"] for each in notes] == [["Wardak Army"]]
    assert [(each["authors"], each["opinion"]) for each in opinions] == [(["Tarn Front"], "disagree")]
    assert extra(notes[0])["responsibility"] == ["accused"]
    assert "Wardak Army (affirmed, certain)" in incident["description"]


def test_a_relation_names_its_holder_and_a_denied_one_is_no_edge(bundle: Object) -> None:
    allied = [each for each in of(bundle, "relationship") if each["relationship_type"] == "allied-with"]
    assert len(allied) == 3  # one a document
    for each in allied:
        assert "Elias Brandt (affirmed, probable)" in each["description"]
        assert [said["holder"] for said in extra(each)["accounts"]] == ["Elias Brandt"]
    denied = [each for each in of(bundle, "note") if each["abstract"] == "Sand Brigade denies: allied with"]
    assert len(denied) == 3


def test_confidence_is_left_out_where_nobody_judged(bundle: Object) -> None:
    assert not [each for each in bundle["objects"] if "confidence" in each]


def test_only_a_point_has_coordinates_and_no_shelter_is_a_location(bundle: Object) -> None:
    pinned = {each["name"]: "latitude" in each for each in of(bundle, "location")}
    assert pinned == {"Karoum": True, "Odaland": False}
    hospital = next(each for each in of(bundle, "incident") if extra(each)["where_prec"] == 3)
    edges = [each for each in of(bundle, "relationship") if each["source_ref"] == hospital["id"]]
    assert not edges


def test_numbers_and_precision_stand_in_the_extension(bundle: Object) -> None:
    first = extra(of(bundle, "incident")[0])
    assert (first["deaths_low"], first["deaths_high"], first["date_prec"]) == (12, 15, 1)
    assert "deaths_best" not in first
    assert {extra(each)["coded"] for each in of(bundle, "incident")} == {True, False}
    assert first["tolls"][0]["bound"] == "range"


def test_confidence_is_the_credibility_that_a_person_gave(tmp_path: Path) -> None:
    with Store.open(tmp_path / "w", create=True) as store:
        put(store)
        claims = {found.holder: found.id for found in store.claims()}
        credible(store, claims["Wardak Army"], 2, by="amy", reason="fits the pictures")
        credible(store, claims["Tarn Front"], 6, by="amy", reason="no way to tell")
        objects = json.loads(exported(store, "stix"))["objects"]
        said = exported(store, "csv", "incidents").decode()
    sure = {each["authors"][0]: each.get("confidence") for each in objects if "authors" in each}
    assert sure["Wardak Army"] == 70  # STIX 2.1, appendix A: Admiralty credibility, probably true
    assert sure["Tarn Front"] is None
    assert "2 | 6" in said
