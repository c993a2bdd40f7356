from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given as for_any
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import select

from marsad.errors import BadInput, BadWorkspace, NotFound
from marsad.ledger import identity
from marsad.ledger.asking.fields import FIELDS
from marsad.ledger.asking.query import Query
from marsad.ledger.putting import Entry
from marsad.ledger.schema import metadata
from marsad.ledger.store import Store
from marsad.records.reading import Claim, Document, Published, Reading, encode

from .making import canonical, everything, faults, frozen, given, put, read, read_all

NOTE = "Wardak: the group has 300 men\nSnow fell."


@pytest.fixture
def ledger(address: str) -> Iterator[Store]:
    with Store.open(address, create=True) as opened:
        yield opened


def dump(ledger: Store) -> dict[str, list[Any]]:
    """Every row of every table."""
    with ledger.database.reading() as connection:
        return {
            table.name: list(map(tuple, connection.execute(select(table).order_by(*table.primary_key))))
            for table in metadata.sorted_tables
        }


def original(ledger: Store, sha256: str) -> bytes:
    with ledger.database.reading() as connection:
        return ledger.originals.get(connection, sha256)


# In and out


def test_what_is_put_in_comes_out_whole(ledger: Store) -> None:
    document = frozen(NOTE, url="https://a.example/1")
    reading = read(document)
    assert ledger.put(NOTE.encode(), document, reading)
    assert encode(ledger.reading(document.id)) == encode(reading)
    assert original(ledger, document.raw_sha256) == NOTE.encode()


def test_what_is_put_in_is_there_when_the_ledger_is_opened_again(address: str) -> None:
    with Store.open(address, create=True) as ledger:
        document = put(ledger, NOTE)
        shown = canonical(everything(ledger))
    with Store.open(address) as again:
        assert encode(again.reading(document.id)) == encode(read(document))
        assert canonical(everything(again)) == shown


def test_the_same_again_changes_nothing(ledger: Store) -> None:
    document = put(ledger, NOTE)
    before = dump(ledger)
    assert not ledger.put(NOTE.encode(), document, read(document))
    assert dump(ledger) == before


def test_the_same_twice_in_one_transaction_is_there_once(ledger: Store) -> None:
    document = frozen(NOTE)
    entry = Entry(NOTE.encode(), document, read(document))
    assert ledger.put_all([entry, entry]) == [True, False]
    assert ledger.documents().count().number == 1
    assert ledger.claims().count().number == 2


def test_a_new_version_of_the_reader_supersedes_and_the_old_reading_stays(ledger: Store) -> None:
    document = put(ledger, NOTE)
    assert ledger.put(NOTE.encode(), document, read(document, version="reader@2"))
    assert ledger.reading(document.id).document.reader == "reader@2"
    assert ledger.documents().count().number == 1
    assert ledger.claims().count().number == 2
    assert len(dump(ledger)["readings"]) == 2


def test_a_new_extraction_brings_its_text_and_the_bytes_stay(ledger: Store) -> None:
    document = put(ledger, NOTE)
    other = frozen(
        NOTE.replace("\n", " \n"), id=document.id, raw_sha256=document.raw_sha256, extractor="plain@2"
    )
    assert ledger.put(NOTE.encode(), other, read(other))
    assert ledger.reading(document.id).document.text == other.text
    assert original(ledger, document.raw_sha256) == NOTE.encode()
    assert len(dump(ledger)["texts"]) == 2


def test_two_documents_of_the_same_bytes_share_them(ledger: Store) -> None:
    one, two = (put(ledger, NOTE, url=f"https://a.example/{n}") for n in (1, 2))
    assert one.id != two.id
    assert len(dump(ledger)["texts"]) == 1
    assert ledger.documents().count().number == 2


def test_the_ids_in_a_list_are_those_of_the_records(ledger: Store) -> None:
    text = "Wardak: the group killed 7 men in Karoum in 2019,\nWardak fights Odaland"
    document = frozen(text)
    reading = read_all(document)
    ledger.put(text.encode(), document, reading)
    wanted = {
        found.id for found in identity.numbered(reading) if found.kind not in ("actor", "place", "time")
    }
    lists = (ledger.claims(), ledger.figures(), ledger.incidents(), ledger.relations())
    assert {found.id for listing in lists for found in listing} == wanted
    assert len(wanted) == 5


def test_an_unknown_document_is_not_found(ledger: Store) -> None:
    with pytest.raises(NotFound, match="no document beef"):
        ledger.reading("beef")
    assert ledger.current(["beef"]) == {}


def test_a_document_is_named_by_how_its_id_begins(ledger: Store) -> None:
    one, two = (put(ledger, NOTE, id=f"ab{letter}0").id for letter in "cd")
    assert ledger.document_id("abc") == one
    assert ledger.document_id(two) == two
    for start, reason in (("ab", "more than one"), ("b", "no such"), ("%", "no such"), ("a_c", "no such")):
        with pytest.raises(NotFound, match=reason):
            ledger.document_id(start)


# Revisions


def test_new_bytes_at_a_known_address_are_a_revision(ledger: Store) -> None:
    first = put(ledger, "Two died.", url="https://a.example/1")
    second = put(ledger, "Three died.", url="https://a.example/1")
    third = put(ledger, "Four died.", url="https://a.example/1")
    elsewhere = put(ledger, "Five died.", url="https://a.example/2")
    revised = {found.id: found.document.revision_of for found in ledger.documents()}
    assert revised == {first.id: None, second.id: first.id, third.id: second.id, elsewhere.id: None}
    assert ledger.reading(second.id).document.revision_of == first.id


def test_a_revision_is_of_what_was_known_before_it_whatever_the_order_of_adding(ledger: Store) -> None:
    at = "https://a.example/1"
    late = put(ledger, "Four died.", url=at, published=given("2020-01-03"))
    early = put(ledger, "Two died.", url=at, published=given("2020-01-01"))
    evening = put(ledger, "Three and one died.", url=at, retrieved="2020-01-02T20:00:00+00:00")
    morning = put(ledger, "Three died.", url=at, retrieved="2020-01-02T23:00:00+07:00")
    revised = {found.id: found.document.revision_of for found in ledger.documents()}
    assert revised == {early.id: None, morning.id: early.id, evening.id: morning.id, late.id: evening.id}


def test_documents_without_an_address_are_no_revisions(ledger: Store) -> None:
    put(ledger, "Two died.")
    put(ledger, "Three died.")
    assert [found.document.revision_of for found in ledger.documents()] == [None, None]


# What is refused


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"spans": ()}, "has no span"),
        ({"spans": ((0, 999),)}, "outside the text"),
        ({"spans": ((3, 3),)}, "outside the text"),
        ({"text": "other words"}, "does not quote"),
        ({"id": "c2"}, "two records"),
    ],
)
def test_a_record_that_does_not_stand_on_the_text_is_refused(
    tmp_path: Path, change: dict[str, object], reason: str
) -> None:
    document = frozen(NOTE)
    reading = read(document)
    bad = replace(reading.claims[0], **change)
    with Store.open(tmp_path, create=True) as ledger:
        with pytest.raises(BadInput, match=reason):
            ledger.put(NOTE.encode(), document, replace(reading, claims=(bad, *reading.claims[1:])))
        assert not any(dump(ledger).values())


def test_a_party_that_is_not_in_the_text_is_refused(tmp_path: Path) -> None:
    document = frozen(NOTE)
    reading = read(document)
    source = reading.claims[0].source
    assert source is not None
    invented = replace(reading.claims[0], source=replace(source, text="Omar"))
    with Store.open(tmp_path, create=True) as ledger:
        with pytest.raises(BadInput, match="does not quote"):
            ledger.put(NOTE.encode(), document, replace(reading, claims=(invented,)))
        assert list(ledger.documents()) == []


def test_what_fails_inside_a_transaction_leaves_nothing_of_it(ledger: Store) -> None:
    removed = put(ledger, "Before.")
    ledger.redact(removed.id, by="amy", reason="a court order")
    before = dump(ledger)
    document = frozen(NOTE)
    again = Entry(b"Before.", removed, read(removed))
    with pytest.raises(BadInput, match="was redacted"):
        ledger.put_all([Entry(NOTE.encode(), document, read(document)), again])
    assert dump(ledger) == before
    assert put(ledger, NOTE) == document  # and it can still be written
    assert faults(ledger) == []


def test_where_there_is_no_ledger_none_is_made_by_asking(new_address: str) -> None:
    for _ in range(2):
        with pytest.raises(BadWorkspace, match="no workspace here"):
            Store.open(new_address)
    assert not Path(new_address).exists()


def test_a_file_is_no_workspace(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(BadWorkspace):
        Store.open(tmp_path / "file", create=True)
    assert (tmp_path / "file").read_text() == "x"


def test_a_database_that_is_none_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "marsad.db").write_bytes(b"not a database at all, but long enough to have a header " * 40)
    with pytest.raises(BadWorkspace, match="not a database") as refused:
        Store.open(tmp_path)
    assert "\n" not in str(refused.value)


def test_a_server_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(BadWorkspace, match="postgresql") as refused:
        Store.open(f"postgresql://amy:secret@/none?host={tmp_path}", create=True)
    assert "\n" not in str(refused.value)
    assert "secret" not in str(refused.value)


# Every text


def test_every_text_can_be_stored_and_asked_for(ledger: Store) -> None:
    odd = "a\0b \N{RIGHT-TO-LEFT OVERRIDE}'\"\\%_ \U0001f9d1 e\u0301"
    text = f"Oda\0{odd}: {odd} 7 killed 3 in Karoum in 2019,\n\0"
    facts = dict.fromkeys(("title", "author", "publisher", "source", "url", "dateline", "language"), odd)
    document = frozen(text, **facts)
    reading = read_all(document)
    ledger.put(text.encode(), document, reading)
    assert encode(ledger.reading(document.id)) == encode(reading)
    assert ledger.documents().count().number == 1
    shown = everything(ledger)
    assert shown["claims"][0]["text"] == odd + " 7 killed 3 in Karoum in 2019,"
    for kind, fields in FIELDS.items():
        for each in fields:
            if each.sorts:
                assert len(list(ledger.find(Query.of(kind, sort=each.name)))) == len(shown[kind])


@pytest.mark.parametrize("publisher", ["\0", " ", "—", "A\0"])
def test_a_publisher_without_a_letter_is_stored(ledger: Store, publisher: str) -> None:
    document = put(ledger, NOTE, publisher=publisher)
    assert ledger.claims().count().number == 2
    assert ledger.documents(document=document.id).count().number == 1
    assert len(ledger.claims().origins()) == 2


# Readers beside a writer


def test_a_second_ledger_reads_while_the_first_is_open(ledger: Store, address: str) -> None:
    put(ledger, NOTE)
    with Store.open(address) as other:
        assert other.claims().count().number == 2
        put(ledger, "More snow fell.")
        assert other.claims().count().number == 3


def test_a_list_is_of_one_moment(ledger: Store, address: str) -> None:
    for number in range(3):
        put(ledger, f"Snow fell {number}.")
    with Store.open(address) as other:
        found = iter(other.claims())
        next(found)
        put(ledger, "More snow fell.")
        assert len(list(found)) == 2
        assert other.claims().count().number == 4


def test_two_ledgers_of_one_workspace_take_turns(ledger: Store, address: str) -> None:
    with Store.open(address) as other:
        for number, one in enumerate((ledger, other, ledger, other)):
            put(one, f"Snow fell {number}.")
            assert len(list(other.claims())) == number + 1
        assert faults(other) == []


# Disclosure


def test_what_is_shown_passed_through_disclosure(ledger: Store) -> None:
    text = "Huda: we fled\nSnow fell on Huda."
    document = frozen(text, title="Huda speaks", url="https://a.example/huda-speaks")
    reading = replace(read(document), private=((0, 4), (28, 32)))
    ledger.put(text.encode(), document, reading)
    assert b"huda" not in canonical(everything(ledger)).lower()
    assert list(ledger.claims(actor="Huda")) == []
    assert list(ledger.claims(source="huda")) == []
    assert list(ledger.claims(search="huda")) == []
    assert list(ledger.documents(search="huda")) == []
    assert ledger.claims(search="fell").count().number == 1
    assert ledger.reading(document.id).claims[0].source == reading.claims[0].source


# Identity


def test_an_id_does_not_change_when_another_record_is_found() -> None:
    document = frozen(NOTE)
    reading = read(document)
    fewer = replace(reading, claims=reading.claims[1:])
    ids = {found.record.id: found.id for found in identity.numbered(reading) if found.kind == "claim"}
    left = {found.record.id: found.id for found in identity.numbered(fewer) if found.kind == "claim"}
    assert left == {"c2": ids["c2"]}


def test_two_records_on_the_same_words_have_two_ids() -> None:
    document = frozen("Snow fell.")
    claim = read(document).claims[0]
    twice = Reading(document=document, claims=(claim, replace(claim, id="c2")))
    assert len({found.id for found in identity.numbered(twice)}) == 2


@for_any(st.lists(st.sampled_from(["reader@1", "reader@2"]), max_size=3), st.sampled_from(["a", "b"]))
def test_ids_hash_document_and_reader(readers: list[str], name: str) -> None:
    document = frozen("Snow fell.", id=name)
    claims = tuple(
        Claim(id=f"c{n}", spans=((0, 4),), text="Snow", kind="narrated", reader=reader)
        for n, reader in enumerate(readers, 1)
    )
    ids = [found.id for found in identity.numbered(Reading(document=document, claims=claims))]
    other = frozen("Snow fell.", id="other")
    others = [found.id for found in identity.numbered(Reading(document=other, claims=claims))]
    assert len(set(ids)) == len(ids)
    assert not set(ids) & set(others)


def test_what_was_known_before_is_not_forgotten() -> None:
    before = frozen(NOTE, published=given("2020-01-02"), source="a.txt", title="Snow")
    again = identity.completed(frozen(NOTE, source="b.txt", author="Ann"), before)
    assert (again.published, again.source, again.title, again.author) == (
        before.published, "a.txt", "Snow", "Ann",
    )  # fmt: skip
    assert again.text == NOTE
    assert identity.completed(before, again).author == "Ann"


INFERRED = Published(earliest="2020-01-02", latest="2020-01-02", basis="inferred")


@pytest.mark.parametrize(
    ("document", "day"),
    [
        (frozen("x", published=given("2020-01-02"), retrieved="2021-05-06T07:08:09Z"), "2020-01-02"),
        (frozen("x", retrieved="2021-05-06T23:08:09-04:00"), "2021-05-07"),
        (frozen("x"), "2022-09-09"),
        (frozen("x", published=INFERRED), "2022-09-09"),
    ],
)
def test_a_document_is_known_when_it_was_published_else_retrieved_else_recorded(
    document: Document, day: str
) -> None:
    assert identity.known_day(document, "2022-09-09T10:00:00+00:00") == day


def test_a_day_that_is_given_later_moves_the_document_in_time(ledger: Store) -> None:
    document = put(ledger, NOTE)
    assert ledger.claims(as_known="2020-06-01").count().number == 0
    dated = msgspec.structs.replace(document, published=given("2020-02-03"))
    assert ledger.put(NOTE.encode(), dated, read(dated))
    assert ledger.claims(as_known="2020-06-01").count().number == 2
    assert ledger.claims(as_known="2020-02-02").count().number == 0


def test_the_store_does_not_load_alembic_to_open_what_is_up_to_date(tmp_path: Path) -> None:
    Store.open(tmp_path, create=True).close()
    program = (
        "import sys; from marsad.ledger.store import Store; Store.open(sys.argv[1]).close(); "
        "sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False).returncode == 0
