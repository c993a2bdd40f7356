from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from marsad.ledger.queries import Filter
from marsad.ledger.store import Ledger

from .making import given, put


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path, create=True) as opened:
        put(opened, "Wardak: the group has 300 men\nSnow fell.", published=given("2020-01-01"), title="One")
        put(opened, "Nuri: there were 40 dead", published=given("2021-01-01"), publisher="Agency")
        put(opened, "The road to Wardak is shut.")
        yield opened


def words(ledger: Ledger, wanted: Filter) -> list[str]:
    return [found.claim.text.strip() for found in ledger.claims(wanted)]


def test_all_claims_come_in_the_order_of_adding(ledger: Ledger) -> None:
    assert words(ledger, Filter()) == [
        "the group has 300 men", "Snow fell.", "there were 40 dead", "The road to Wardak is shut.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(kind="attributed"), ["the group has 300 men", "there were 40 dead"]),
        (Filter(kind="narrated"), ["Snow fell.", "The road to Wardak is shut."]),
        (Filter(actor="WARDAK"), ["the group has 300 men"]),
        (Filter(actor="ward"), []),
        (Filter(source="ward"), ["the group has 300 men"]),
        (Filter(source="ur", kind="narrated"), []),
        (Filter(as_known="2020-06-01"), ["the group has 300 men", "Snow fell."]),
        (Filter(as_known="2021-01-01", kind="attributed"), ["the group has 300 men", "there were 40 dead"]),
        (Filter(as_known="2019-12-31"), []),
        (Filter(document="%"), []),
    ],
)
def test_a_filter_lets_through(ledger: Ledger, wanted: Filter, found: list[str]) -> None:
    assert words(ledger, wanted) == found


def test_a_document_is_found_by_the_start_of_its_id(ledger: Ledger) -> None:
    second = list(ledger.documents())[1].document.id
    assert words(ledger, Filter(document=second[:10])) == ["there were 40 dead"]


def test_a_listed_claim_has_its_document_its_figures_and_ids_of_the_ledger(ledger: Ledger) -> None:
    found = next(iter(ledger.claims(Filter(source="nuri")))).listed()
    assert found["publisher"] == "Agency"
    assert found["published"] == {"earliest": "2021-01-01", "latest": "2021-01-01", "basis": "given"}
    assert found["known"] == "2021-01-01"
    assert found["figures"][0]["best"] == 40
    assert found["figures"][0]["claim"] == found["id"]
    assert found["source"]["actor"] == found["about"][0]
    assert found["names"] == {found["source"]["actor"]: "Nuri"}
    assert len({found["id"], found["source"]["actor"], found["figures"][0]["id"]}) == 3
    assert all(len(each) == 32 for each in (found["id"], found["source"]["actor"], found["document"]))


def test_a_listed_document_counts_its_records_and_leaves_out_its_text(ledger: Ledger) -> None:
    first = next(ledger.documents()).listed()
    assert (first["title"], first["claims"], first["figures"]) == ("One", 2, 1)
    assert "text" not in first
