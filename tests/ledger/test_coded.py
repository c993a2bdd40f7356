"""Coded rows in a ledger: their bytes once, their prose nowhere, their words found, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from marsad import ingest
from marsad.errors import NotFound
from marsad.ledger import packing, schema
from marsad.ledger.backup import backup, restore
from marsad.ledger.putting import Entry
from marsad.ledger.store import Store
from marsad.ledger.workspace import Place
from marsad.reading import pipeline
from marsad.records.original import Refused
from tests.coding import ACLED, GED, frozen, ged_rows, originals, table

from .making import canonical, everything, faults
from .making import put as put_plain


@pytest.fixture
def ledger(address: str) -> Iterator[Store]:
    with Store.open(address, create=True) as opened:
        yield opened


def put(ledger: Store, *rows: dict[str, str], name: str = "GEDEvent_v26_1.csv") -> list[str]:
    found = frozen(*rows, name=name)
    entries = [Entry(each.raw, each.document, pipeline.read(each.document)) for each in found]
    assert all(ledger.put_all(entries))
    return [each.document.id for each in found]


def rows_of(ledger: Store, table: Any) -> int:
    with ledger.database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def original(ledger: Store, document_id: str) -> bytes:
    with ledger.database.reading() as connection:
        return ledger.originals.get(connection, ledger.reading(document_id).document.raw_sha256)


def test_bytes_that_are_the_text_are_stored_once(ledger: Store, tmp_path: Path) -> None:
    ids = put(ledger, GED, GED | {"id": "2"})
    assert original(ledger, ids[0]) == frozen(GED)[0].raw
    assert rows_of(ledger, schema.originals) == 0
    assert not list((tmp_path / "workspace" / "originals").rglob("*"))
    assert faults(ledger) == []


def test_a_changed_byte_of_a_row_is_found(ledger: Store) -> None:
    (document,) = put(ledger, GED)
    sha256 = ledger.reading(document).document.text_sha256
    body = original(ledger, document).replace(b"best: 5", b"best: 9")
    with ledger.database.writing() as connection:
        connection.execute(update(schema.texts).filter_by(sha256=sha256).values(body=body))
    assert any("is not what was stored" in fault for fault in faults(ledger))


def test_what_is_redacted_is_gone_as_an_original_too(ledger: Store) -> None:
    gone, kept = put(ledger, GED, GED | {"id": "2"})
    sha256 = ledger.reading(gone).document.raw_sha256
    ledger.redact(gone, by="zoe", reason="a court order")
    with ledger.database.reading() as connection, pytest.raises(NotFound):
        ledger.originals.get(connection, sha256)
    assert original(ledger, kept)
    assert faults(ledger) == []


def test_a_backup_holds_the_rows_without_files(ledger: Store, tmp_path: Path) -> None:
    ids = put(ledger, *ged_rows(3))
    copied = backup(ledger, tmp_path / "copy")
    assert copied.documents == 3
    assert not [path for path in (tmp_path / "copy" / "originals").rglob("*") if path.is_file()]
    restore(tmp_path / "copy", Place(tmp_path / "again"))
    with Store.open(tmp_path / "again") as again:
        assert original(again, ids[1]) == original(ledger, ids[1])
        assert faults(again) == []


def test_prose_is_in_no_list_and_found_by_no_search(ledger: Store) -> None:
    put(ledger, GED)
    put(ledger, ACLED, name="export.csv")
    assert b"Moreau" not in canonical(everything(ledger))
    for word in ("moreau", "baker", "cousin"):
        assert ledger.documents(search=word).count().number == 0
        assert ledger.claims(search=word).count().number == 0
    assert ledger.documents(search="strelsau").count().number == 2
    assert ledger.claims(search="hill front").count().number == 2


def test_rows_are_asked_for_like_any_other_document(ledger: Store) -> None:
    put(ledger, *ged_rows(14))
    found = ledger.incidents(actor="Hill Front 3", country="SY", date="2019-03", ucdp_type="1")
    assert sorted(each.record.deaths.best or 0 for each in found if each.record.deaths) == [5, 6]
    assert ledger.incidents(place="Zenda").count().number == 14
    assert ledger.figures(measure="casualties.killed", status="estimated", best="7..").count().number == 4
    assert {each.holder for each in ledger.claims()} == {"UCDP GED"}
    assert [(each.name, each.kind) for each in ledger.sources()] == [("UCDP GED", "dataset")]
    assert sorted(each.key for each in ledger.places(kind="admin1")) == ["zenda:SY:admin1"]


def test_a_report_and_the_row_that_cites_it_are_one_origin(ledger: Store) -> None:
    put_plain(ledger, "Gunmen killed five at the mill.", publisher="Coast Herald")
    put(ledger, GED)
    assert [group.name for group in ledger.claims().origins()] == ["Coast Herald"]


def test_a_second_time_nothing_changes(ledger: Store) -> None:
    rows = originals(table(*ged_rows(50)))
    first = [type(each) for each in ingest.add_originals(ledger, rows)]
    assert first == [ingest.Added] * 50
    before = rows_of(ledger, schema.journal)
    assert [type(each) for each in ingest.add_originals(ledger, rows)] == [ingest.Unchanged] * 50
    assert rows_of(ledger, schema.journal) == before
    assert faults(ledger) == []


def test_a_row_that_comes_twice_in_a_batch_is_there_once(ledger: Store) -> None:
    twice = originals(table(GED, GED))
    outcomes = list(ingest.add_originals(ledger, [*twice, Refused("x", "y")]))
    assert [type(each) for each in outcomes] == [ingest.Added, ingest.Unchanged, Refused]


def test_a_changed_row_of_acled_is_a_document_beside_the_earlier_one(ledger: Store) -> None:
    put(ledger, ACLED, name="export.csv")
    put(ledger, ACLED | {"fatalities": "3", "timestamp": "1563558400"}, name="export.csv")
    tolls = [each.record.deaths for each in ledger.incidents(as_known="2019-06-01")]
    assert [toll.best for toll in tolls if toll] == [5]  # as it was known then
    assert ledger.incidents().count().number == 2


@pytest.mark.parametrize("body", [b"", b"{}", b'{"schema":"marsad.reading/1"}', b"x" * 100_000])
def test_what_is_packed_comes_back(body: bytes) -> None:
    assert packing.unpacked(packing.packed(body)) == body
