from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given as for_any
from hypothesis import strategies as st

from marsad.errors import BadInput, BadWorkspace, NotFound
from marsad.ledger import identity
from marsad.ledger.queries import Filter
from marsad.ledger.store import Ledger
from marsad.records.reading import Claim, Document, Reading, encode

from .making import frozen, given, put, read

NOTE = "Wardak: the group has 300 men\nSnow fell."


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "work", create=True) as opened:
        yield opened


def dump(folder: Path) -> list[str]:
    """Every row of every table, in the words of SQL."""
    connection = sqlite3.connect(folder / "marsad.db")
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def test_what_is_put_in_comes_out_whole(ledger: Ledger) -> None:
    document = frozen(NOTE, url="https://a.example/1")
    reading = read(document)
    assert ledger.put(NOTE.encode(), document, reading)
    assert encode(ledger.reading(document.id)) == encode(reading)
    assert ledger.originals.get(document.raw_sha256) == NOTE.encode()


def test_the_same_again_changes_nothing(ledger: Ledger) -> None:
    document = put(ledger, NOTE)
    before = dump(ledger.folder)
    assert not ledger.put(NOTE.encode(), document, read(document))
    assert dump(ledger.folder) == before


def test_a_new_version_of_the_reader_supersedes_and_the_old_reading_stays(ledger: Ledger) -> None:
    document = put(ledger, NOTE)
    assert ledger.put(NOTE.encode(), document, read(document, version="reader@2"))
    assert ledger.reading(document.id).document.reader == "reader@2"
    assert len(list(ledger.documents())) == 1
    assert sum(line.startswith('INSERT INTO "readings"') for line in dump(ledger.folder)) == 2


def test_new_bytes_at_a_known_address_are_a_revision(ledger: Ledger) -> None:
    first = put(ledger, "Two died.", url="https://a.example/1")
    second = put(ledger, "Three died.", url="https://a.example/1")
    third = put(ledger, "Four died.", url="https://a.example/1")
    elsewhere = put(ledger, "Five died.", url="https://a.example/2")
    revised = {found.document.id: found.document.revision_of for found in ledger.documents()}
    assert revised == {first.id: None, second.id: first.id, third.id: second.id, elsewhere.id: None}
    assert ledger.reading(second.id).document.revision_of == first.id


def test_documents_without_an_address_are_no_revisions(ledger: Ledger) -> None:
    put(ledger, "Two died.")
    put(ledger, "Three died.")
    assert [found.document.revision_of for found in ledger.documents()] == [None, None]


def test_every_record_is_stored_as_the_reading_has_it(ledger: Ledger) -> None:
    document = put(ledger, NOTE)
    reading = read(document)
    connection = sqlite3.connect(ledger.folder / "marsad.db")
    rows = connection.execute("SELECT kind, local, id, body FROM records").fetchall()
    connection.close()
    wanted = [
        (found.kind, found.record.id, found.id, msgspec.json.encode(found.record).decode())
        for found in identity.numbered(reading)
    ]
    assert sorted(rows) == sorted(wanted)
    assert len(rows) == 4


def test_an_unknown_document_is_not_found(ledger: Ledger) -> None:
    with pytest.raises(NotFound, match="no document beef"):
        ledger.reading("beef")
    assert ledger.current("beef") is None


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
    ledger: Ledger, change: dict[str, object], reason: str
) -> None:
    document = frozen(NOTE)
    reading = read(document)
    bad = msgspec.structs.replace(reading.claims[0], **change)
    with pytest.raises(BadInput, match=reason):
        ledger.put(
            NOTE.encode(), document, msgspec.structs.replace(reading, claims=(bad, *reading.claims[1:]))
        )
    assert list(ledger.documents()) == []


def test_a_party_that_is_not_in_the_text_is_refused(ledger: Ledger) -> None:
    document = frozen(NOTE)
    reading = read(document)
    source = reading.claims[0].source
    assert source is not None
    invented = msgspec.structs.replace(reading.claims[0], source=msgspec.structs.replace(source, text="Omar"))
    with pytest.raises(BadInput, match="does not quote"):
        ledger.put(NOTE.encode(), document, msgspec.structs.replace(reading, claims=(invented,)))
    assert list(ledger.documents()) == []


def test_a_failure_inside_the_transaction_leaves_nothing(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(ledger, "Before.")
    before = dump(ledger.folder)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr("marsad.ledger.store._put_reading", fail)
    with pytest.raises(RuntimeError):
        put(ledger, "After.")
    assert dump(ledger.folder) == before


def test_a_folder_without_a_workspace_is_refused_and_not_made_one(tmp_path: Path) -> None:
    with pytest.raises(BadWorkspace, match="no workspace here"):
        Ledger.open(tmp_path / "none")
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_no_workspace(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(BadWorkspace):
        Ledger.open(tmp_path / "file", create=True)
    assert (tmp_path / "file").read_text() == "x"


def test_a_database_that_is_none_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "marsad.db").write_bytes(b"not a database at all, but long enough to have a header " * 40)
    with pytest.raises(BadWorkspace, match="not a database"):
        Ledger.open(tmp_path)


def test_a_second_ledger_reads_while_the_first_is_open(ledger: Ledger) -> None:
    put(ledger, NOTE)
    with Ledger.open(ledger.folder) as other:
        assert len(list(other.claims())) == 2
        put(ledger, "More snow fell.")
        assert len(list(other.claims())) == 3


def test_what_is_shown_passed_through_disclosure(ledger: Ledger) -> None:
    text = "Huda: we fled\nSnow fell on Huda."
    document = frozen(text, title="Huda speaks")
    reading = msgspec.structs.replace(read(document), private=((0, 4), (28, 32)))
    ledger.put(text.encode(), document, reading)
    found = list(ledger.claims())
    assert "Huda" not in "".join(str(each.listed()) for each in found)
    assert "Huda" not in "".join(str(each.listed()) for each in ledger.documents())
    assert list(ledger.claims(Filter(actor="Huda"))) == []
    assert list(ledger.claims(Filter(source="huda"))) == []
    assert ledger.reading(document.id).claims[0].source == reading.claims[0].source


def test_an_id_does_not_change_when_another_record_is_found() -> None:
    document = frozen(NOTE)
    reading = read(document)
    fewer = msgspec.structs.replace(reading, claims=reading.claims[1:])
    ids = {found.record.id: found.id for found in identity.numbered(reading) if found.kind == "claim"}
    left = {found.record.id: found.id for found in identity.numbered(fewer) if found.kind == "claim"}
    assert left == {"c2": ids["c2"]}


def test_two_records_on_the_same_words_have_two_ids() -> None:
    document = frozen("Snow fell.")
    claim = read(document).claims[0]
    twice = Reading(document=document, claims=(claim, msgspec.structs.replace(claim, id="c2")))
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


@pytest.mark.parametrize(
    ("document", "day"),
    [
        (frozen("x", published=given("2020-01-02"), retrieved="2021-05-06T07:08:09Z"), "2020-01-02"),
        (frozen("x", retrieved="2021-05-06T23:08:09-04:00"), "2021-05-07"),
        (frozen("x"), "2022-09-09"),
        (
            frozen("x", published=msgspec.structs.replace(given("2020-01-02"), basis="inferred")),
            "2022-09-09",
        ),
    ],
)
def test_a_document_is_known_when_it_was_published_else_retrieved_else_recorded(
    document: Document, day: str
) -> None:
    assert identity.known_day(document, "2022-09-09T10:00:00+00:00") == day


def test_the_store_does_not_load_alembic_to_open_what_is_up_to_date(tmp_path: Path) -> None:
    Ledger.open(tmp_path, create=True).close()
    program = (
        "import sys; from marsad.ledger.store import Ledger; Ledger.open(sys.argv[1]).close(); "
        "sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False).returncode == 0
