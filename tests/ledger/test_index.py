from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from sqlalchemy import select, text, update

from marsad.errors import BadInput
from marsad.ledger import keys
from marsad.ledger.reviewing import drafting
from marsad.ledger.schema import RECORDS, indexed, retired, shown_documents, terms
from marsad.ledger.showing import index
from marsad.ledger.showing.search import TABLES
from marsad.ledger.store import Store

from .making import canonical, everything, faults, frozen, given, put, read, read_all

NOTE = "Wardak: the group killed 7 men in Karoum in 2019,\nA fights B.\nSnow fell."


@pytest.fixture
def ledger(address: str) -> Iterator[Store]:
    with Store.open(address, create=True) as opened:
        yield opened


def add(ledger: Store, words: str, version: str = "reader@1", **fields: object) -> str:
    document = frozen(words, **fields)
    ledger.put(words.encode(), document, read_all(document, version=version))
    return document.id


def rows(ledger: Store) -> dict[str, int]:
    with ledger.database.reading() as connection:
        tables = [shown_documents, indexed, terms, *RECORDS.values()]
        found = {table.name: len(connection.execute(select(table)).all()) for table in tables}
        for name in TABLES:
            found[name] = len(connection.execute(text(f"SELECT 1 FROM {name}")).all())  # noqa: S608
        return found


def test_a_new_reading_takes_the_place_of_the_old_one_in_every_table(ledger: Store) -> None:
    add(ledger, NOTE)
    before = rows(ledger)
    assert all(before.values())
    add(ledger, NOTE, version="reader@2")
    assert rows(ledger) == before
    assert faults(ledger) == []


def test_a_record_that_a_new_reader_does_not_find_is_gone_and_its_id_leads_on(ledger: Store) -> None:
    document_id = add(ledger, NOTE)
    gone = [found.id for found in ledger.incidents()]
    document = frozen(NOTE)
    assert ledger.put(NOTE.encode(), document, read(document, version="reader@2"))
    assert list(ledger.incidents()) == []
    with ledger.database.reading() as connection:
        left = connection.execute(select(retired.c.id).where(retired.c.entry == 1)).scalars().all()
    assert set(gone) <= set(left)
    assert ledger.reading(document_id).document.reader == "reader@2"


def test_an_index_of_an_older_program_is_made_anew_when_the_ledger_is_opened(
    ledger: Store, address: str
) -> None:
    for number in range(3):
        add(ledger, f"{NOTE} {number}")
    before, counted = canonical(everything(ledger)), rows(ledger)
    with ledger.database.writing() as connection:
        connection.execute(update(indexed).values(version=index.VERSION - 1))
        connection.execute(update(shown_documents).values(title="as an older program showed it"))
    with Store.open(address) as again:
        assert canonical(everything(again)) == before
        assert rows(again) == counted
        assert faults(again) == []


def test_what_was_thrown_away_is_made_again_from_the_facts(ledger: Store, address: str) -> None:
    ids = [add(ledger, f"{NOTE} {number}") for number in range(3)]
    before = canonical(everything(ledger))
    with ledger.database.writing() as connection:
        index.remove(connection, ids)
    assert not any(rows(ledger).values())
    with ledger.database.reading() as connection:
        assert sorted(index.stale(connection)) == sorted(ids)
    ledger.refresh()
    assert canonical(everything(ledger)) == before
    assert faults(ledger) == []


def test_a_review_is_searched_and_found_at_once(ledger: Store) -> None:
    document_id = add(ledger, "Wardak: the group has 300 men. A storm came.")
    reading = ledger.reviewed(document_id).reading
    ledger.review(drafting.of_words(reading, "claim", "A storm came.", {}, "amy", "missed"))
    assert [found.review for found in ledger.claims(search="storm", review="added")] == ["added"]
    reading = ledger.reviewed(document_id).reading
    local = reading.claims[0].id
    ledger.review(drafting.of_record(reading, local, "reject", {}, "amy", "not said"))
    assert [found.record.text for found in ledger.claims()] == ["A storm came."]
    assert list(ledger.figures()) == []
    assert faults(ledger) == []


def test_a_document_with_more_records_than_a_key_can_number_is_refused(ledger: Store) -> None:
    document = frozen("Snow fell.")
    (claim,) = read(document).claims
    many = tuple(replace(claim, id=f"c{number}") for number in range(1, keys.ORDINALS + 1))
    with pytest.raises(BadInput, match="split it"):
        ledger.put(b"Snow fell.", document, replace(read(document), claims=many))
    assert list(ledger.documents()) == []


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("1700-01-01", "1900-01-02"),
        ("1999-12-31", "2000-01-01"),
        ("2079-06-05", "2079-06-06"),
        ("2079-01-01", "2200-01-01"),
    ],
)
def test_a_key_sorts_by_day_then_document_then_record(earlier: str, later: str) -> None:
    last = keys.last_of(keys.document_key(earlier, keys.SLOTS - 1))
    assert last < keys.after(earlier) <= keys.document_key(later, 0)
    assert keys.last_of(keys.document_key(later, 5)) < keys.document_key(later, 6)
    assert keys.last_of(keys.document_key("9999-12-31", keys.SLOTS - 1)) < 1 << 63


def test_two_documents_for_one_slot_both_find_a_place(ledger: Store) -> None:
    """Two ids whose hashes begin alike are hard to find; a slot that is taken is easy to make."""
    first = put(ledger, "One.", published=given("2020-01-01"))
    second = frozen("Two.", published=given("2020-01-01"))
    with ledger.database.writing() as connection:
        wanted = keys.first_slot(second.id)
        connection.execute(text("UPDATE documents SET slot = :slot"), {"slot": wanted})
        index.put(connection, [first.id])
    ledger.put(b"Two.", second, read(second))
    assert [found.id for found in ledger.documents()] == [first.id, second.id]
    assert ledger.claims(document=second.id).count().number == 1


@pytest.mark.parametrize(("genre", "pairs"), [("coded", 0), ("report", 2)])
def test_rows_of_one_table_are_no_copies_of_one_another(ledger: Store, genre: str, pairs: int) -> None:
    """They share the names of its columns, as two outlets share the words of one article."""
    table = "\n".join(f"the column with the long name {number} is yes" for number in range(30))
    for day in ("2020-01-01", "2020-01-02"):
        put(ledger, f"{table}\n{day}", genre=genre, published=given(day), publisher=f"Coder of {day}")
    with ledger.database.reading() as connection:  # each pair stands in both directions
        assert connection.execute(text("SELECT count(*) FROM copies")).scalar_one() == pairs
