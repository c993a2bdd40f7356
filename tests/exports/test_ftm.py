"""FollowTheMoney: every entity is one of its model, and no value is lost when it is read."""

from __future__ import annotations

import json
import warnings
from collections import Counter
from typing import Any

import pytest

from marsad.ledger.store import Store

from .making import exported

Entity = dict[str, Any]


@pytest.fixture(scope="module")
def model() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip("followthemoney", reason="pip install followthemoney; it needs ICU").model


@pytest.fixture(scope="module")
def entities(ledger: Store) -> list[Entity]:
    return [json.loads(line) for line in exported(ledger, "ftm").splitlines()]


def of(entities: list[Entity], schema: str) -> list[Entity]:
    return [each for each in entities if each["schema"] == schema]


@pytest.mark.filterwarnings("ignore")
def test_is_valid_to_the_model(entities: list[Entity], model: Any) -> None:
    for each in entities:
        proxy = model.get_proxy(each, cleaned=False)
        kept = {name: sorted(values) for name, values in proxy.to_dict()["properties"].items()}
        assert kept == {name: sorted(values) for name, values in each["properties"].items()}, each
        assert proxy.schema.validate(each) is None


def test_refers_to_nothing_that_is_not_there(entities: list[Entity]) -> None:
    told = Counter(each["id"] for each in entities)
    assert set(told.values()) == {1}
    references = ("document", "entity", "resolved", "subject", "object", "involved", "proof")
    for each in entities:
        for name in references:
            assert set(each["properties"].get(name, [])) <= told.keys()


def test_an_event_is_documented_by_each_account(entities: list[Entity]) -> None:
    event = of(entities, "Event")[0]
    accounts = [
        each for each in of(entities, "Documentation") if each["properties"]["entity"] == [event["id"]]
    ]
    assert [each["properties"]["role"] for each in accounts] == [
        ["account of Wardak Army"],
        ["account of Tarn Front"],
    ]
    assert "responsibility accused" in accounts[0]["properties"]["status"]
    assert "denied, probable" in accounts[1]["properties"]["status"]


def test_numbers_stand_in_words_with_all_that_bounds_them(entities: list[Entity]) -> None:
    notes = of(entities, "Event")[0]["properties"]["notes"]
    (toll,) = (note for note in notes if note.startswith("casualties.killed"))
    for words in ("low 12", "high 15", "bound range", "unit soldier", "status observed", "Wardak Army"):
        assert words in toll
    assert "UCDP where_prec 2; single" in notes


def test_a_denied_relation_is_no_link(entities: list[Entity]) -> None:
    links, notes = of(entities, "UnknownLink"), of(entities, "Note")
    assert len(links) == len(notes) == 3
    assert all(each["properties"]["description"] == ["said by Elias Brandt"] for each in links)
    assert all("Sand Brigade (denied" in each["properties"]["description"][0] for each in notes)


def test_who_holds_an_office_is_a_person_and_a_group_an_organization(entities: list[Entity]) -> None:
    named = {each["properties"]["name"][0]: each["schema"] for each in entities if each["schema"] in _ACTORS}
    assert named == {"Tarn Front": "Organization", "Sand Brigade": "Organization"}


_ACTORS = ("Organization", "Person", "LegalEntity")


def test_an_empty_ledger_has_no_entities(empty: Store) -> None:
    assert exported(empty, "ftm") == b""
