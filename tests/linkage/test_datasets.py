"""Rows that people coded never corroborate the reports that they cite, nor one another."""

from __future__ import annotations

from typing import Any

from marsad.linkage.origins import Group, Origin, independent, origins, voice
from marsad.reading.pipeline import read as read_document
from marsad.records.reading import Document, Reading
from tests.coding import ACLED, GED, read
from tests.linkage.articles import OUTLETS


def counted(*readings: Reading) -> tuple[Group, ...]:
    said = [(each, reading.document.id) for reading in readings for each in origins(reading)]
    return independent(said, {}, {})


def report(text: str, publisher: str) -> Reading:
    facts: dict[str, Any] = {"id": publisher, "raw_sha256": "", "text_sha256": "", "extractor": "plain@1"}
    return read_document(Document(text=text, publisher=publisher, **facts))


def acled() -> Reading:
    return read(ACLED, name="export.csv")


def test_the_origin_of_a_row_is_its_dataset_whichever_version() -> None:
    older, newer = read(GED, name="GEDEvent_v25_1.csv"), read(GED, name="GEDEvent_v26_1.csv")
    assert voice(older.document) == voice(newer.document)
    assert voice(newer.document) == Origin("dataset:ucdp ged", "UCDP GED", "dataset", own=True)


def test_all_rows_of_a_dataset_are_one_origin() -> None:
    (group,) = counted(*(read(GED | {"id": str(n)}) for n in range(5)))
    assert (group.name, group.kind, group.claims, len(group.documents)) == ("UCDP GED", "dataset", 5, 5)


def test_a_row_adds_no_origin_to_the_report_that_it_cites() -> None:
    told = report("Gunmen killed five people near the mill on Saturday.", "Coast Herald")
    (group,) = counted(told, read(GED), acled())
    assert (group.name, group.documents) == ("Coast Herald", ("Coast Herald",))


def test_nor_to_any_other_reports() -> None:
    told = [report("Gunmen killed five people near the mill.", outlet) for outlet in OUTLETS[:2]]
    assert counted(*told, read(GED)) == counted(*told)


def test_two_datasets_are_one_origin() -> None:
    (group,) = counted(read(GED), acled())
    assert (group.name, group.kind, group.claims) == ("ACLED, UCDP GED", "dataset", 2)


def test_a_text_that_calls_itself_coded_corroborates_nothing() -> None:
    facts: dict[str, Any] = {"id": "d9", "raw_sha256": "", "text_sha256": "", "extractor": "jsonl@1"}
    nobodys = Document(text="x: y", genre="coded", **facts)
    assert voice(nobodys).kind == "dataset"
