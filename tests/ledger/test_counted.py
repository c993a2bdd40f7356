"""What is counted over all documents is what a look at each of them counts, whatever came and went."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from marsad.ledger.asking.fields import Kind
from marsad.ledger.asking.query import AGGREGATED, Query
from marsad.ledger.reviewing import drafting
from marsad.ledger.schema import COUNTED, counted_places
from marsad.ledger.showing import counted
from marsad.ledger.store import Store

from .making import facets, faults, frozen, given, put, read, read_all

BY = {"by": "amy", "reason": "told so"}
LATER = "2050-01-01"  # a look from then is at every document
TEXTS = [
    "Vale Brigade / VB: the group killed 7 men in Karoum\nOda: food came to Zarf camp",
    "VB: nobody fled Karoum\nVale Brigade: 40 men left Odaland",
    "Oda: they met in Nowhere\nMrs Huda: food came to Zarf camp",
]


@pytest.fixture
def ledger(address: str) -> Iterator[Store]:
    with Store.open(address, create=True) as opened:
        for at, words in enumerate(TEXTS, 1):
            add(opened, words, at)
        yield opened


def add(ledger: Store, words: str, day: int, version: str = "reader@1") -> None:
    document = frozen(words, published=given(f"2020-01-0{day}"), publisher="Agency")
    ledger.put(words.encode(), document, read_all(document, version=version))


def listed(ledger: Store, kind: Kind, as_known: str | None = None) -> list[Any]:
    return [each.listed() for each in ledger.find(Query.of(kind, as_known=as_known))]


def rows(ledger: Store) -> dict[str, set[Any]]:
    with ledger.database.reading() as connection:
        return {table.name: {tuple(row) for row in connection.execute(select(table))} for table in COUNTED}


def assert_counted(ledger: Store) -> None:
    """By each of three ways: from the tables, by a look at every document, and made anew."""
    for kind in AGGREGATED:
        assert listed(ledger, kind) == listed(ledger, kind, LATER)
    assert facets(ledger) == facets(ledger, LATER)
    before = rows(ledger)
    with ledger.database.writing() as connection:
        counted.renew(connection)
    assert rows(ledger) == before


def test_documents_that_come_are_counted(ledger: Store) -> None:
    assert_counted(ledger)
    place = next(each for each in ledger.places() if each.name == "Karoum")
    assert (place.documents, place.first_known, place.last_known) == (2, "2020-01-01", "2020-01-02")
    assert next(each for each in ledger.sources() if each.name == "Oda").claims == 2


def test_what_a_new_reading_does_not_find_is_counted_no_more(ledger: Store) -> None:
    document = frozen(TEXTS[2], published=given("2020-01-03"), publisher="Agency")
    ledger.put(TEXTS[2].encode(), document, read(document, version="reader@2"))
    assert "Nowhere" not in {each.name for each in ledger.places()}
    assert_counted(ledger)


def test_what_is_redacted_is_counted_no_more(ledger: Store) -> None:
    for found in list(ledger.documents()):
        ledger.redact(found.document.id, **BY)
        assert_counted(ledger)
    assert not any(rows(ledger).values())


def test_decisions_are_counted(ledger: Store) -> None:
    reading = ledger.reading(next(iter(ledger.documents())).document.id)
    ledger.review(drafting.of_record(reading, "c1", "reject", {}, "amy", "not said"))
    assert_counted(ledger)
    ledger.lift(True, **BY)
    assert "Zarf camp" in {each.name for each in ledger.places()}
    assert_counted(ledger)
    ledger.merge("oda", "vale brigade", **BY)
    assert_counted(ledger)


def test_a_ledger_of_an_earlier_program_is_counted_when_it_is_opened(ledger: Store, address: str) -> None:
    before = rows(ledger)
    with ledger.database.writing() as connection:
        for table in COUNTED:
            connection.execute(delete(table))
    with Store.open(address) as again:
        assert rows(again) == before


def test_a_check_finds_what_is_counted_wrongly(ledger: Store) -> None:
    assert faults(ledger) == []
    with ledger.database.writing() as connection:
        connection.execute(
            update(counted_places).values(documents=9).where(counted_places.c.name == "Nowhere")
        )
    (fault,) = faults(ledger)
    assert fault.startswith("counted_places: counts other documents than there are")


def test_a_document_that_is_read_again_counts_once(ledger: Store) -> None:
    before = {kind: listed(ledger, kind) for kind in AGGREGATED}
    add(ledger, TEXTS[0], 1, version="reader@2")
    assert {kind: listed(ledger, kind) for kind in AGGREGATED} == before
    put(ledger, "Oda: no", published=given("2019-01-01"))
    assert next(each for each in ledger.sources() if each.name == "Oda").first_known == "2019-01-01"
    assert_counted(ledger)
