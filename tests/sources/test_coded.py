"""Tables of UCDP GED and ACLED become one document a row, whatever shape of file they come in."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad import documents
from marsad.reading.coded.cells import cells
from marsad.records.original import Frozen, Original, Refused
from marsad.sources import coded
from marsad.sources.coded import _GED_COLUMNS
from tests.coding import ACLED, GED, frozen, originals, table


def found(raw: bytes, name: str = "GEDEvent_v26_1.csv") -> list[Original | Refused]:
    rows = coded.rows(io.BytesIO(raw), name)
    assert rows is not None
    return list(rows)


def test_a_row_is_its_cells_in_lines_without_empty_ones() -> None:
    (row,) = originals(table(GED | {"adm_2": "", "adm_1": "  "}))
    lines = row.raw.decode().split("\n")
    assert lines[:3] == ["id: 9001", "relid: RUR-2019-1-11-1", "year: 2019"]
    assert not any(line.startswith(("adm_1", "adm_2")) for line in lines)
    assert row.source == "GEDEvent_v26_1.csv:row 2"  # as a spreadsheet numbers it
    assert row.row == "coded"


def test_the_text_is_the_bytes() -> None:
    (document,) = (each.document for each in frozen(GED))
    assert document.text_sha256 == document.raw_sha256
    assert document.genre == "coded"
    assert document.title == "UCDP GED 26.1, event 9001"  # a headline is another's


def test_cells_of_several_lines_come_back_as_they_were() -> None:
    (row,) = originals(table(GED))
    assert cells(row.raw.decode())["where_description"].value == GED["where_description"]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), min_size=3, max_size=3))
def test_any_cell_comes_back_as_it_was(values: list[str]) -> None:
    row = GED | dict(zip(("notes", "country", "region"), values, strict=True))
    (original,) = originals(table(row))
    read = cells(original.raw.decode())
    for column, value in row.items():
        kept = value.isspace() or not value
        assert (column in read) != kept
        if not kept:
            assert read[column].value == value


@pytest.mark.parametrize(
    ("name", "publisher"),
    [
        ("GEDEvent_v26_1.csv", "UCDP GED 26.1"),
        ("data/ged261-csv.zip#GEDEvent_v26_1.csv", "UCDP GED 26.1"),
        ("ged251.csv", "UCDP GED 25.1"),
        ("GEDEvent_v26_0_3.csv", "UCDP GED 26.0.3"),
        ("GEDEvent_v25_01_25_12.csv", "UCDP GED 25.01.25.12"),
        ("events.csv", "UCDP GED"),
        ("imaged2610.csv", "UCDP GED"),
    ],
)
def test_the_version_is_told_by_the_name_of_the_file(name: str, publisher: str) -> None:
    (row,) = originals(table(GED), name)
    assert row.listed is not None
    assert row.listed.publisher == publisher


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_acled_comes_with_commas_semicolons_or_tabs(delimiter: str) -> None:
    (row,) = originals(b"\xef\xbb\xbf" + table(ACLED, delimiter=delimiter), "export.csv")
    assert row.listed is not None
    assert (row.listed.publisher, row.listed.published) == ("ACLED", "2019-03-26")
    assert row.listed.title == "ACLED, event RUR42"


def test_acleds_old_names_in_capitals_are_known() -> None:
    old = {name.upper(): value for name, value in ACLED.items()}
    old["DATA_ID"] = old.pop("EVENT_ID_CNTY")
    (row,) = originals(table(old), "export.csv")
    assert b"data_id: RUR42" in row.raw


def test_terms_of_use_before_the_header_are_passed_over() -> None:
    (row,) = originals(b"Please cite us.\n\n" + table(ACLED), "export.csv")
    assert row.source == "export.csv:row 4"


def test_a_candidate_file_without_a_header_has_the_columns_of_a_yearly_one() -> None:
    row = dict.fromkeys(_GED_COLUMNS, "") | {name: GED[name] for name in _GED_COLUMNS if name in GED}
    (made,) = originals(table(row, header=False), "GEDEvent_v18_0_1.csv")
    assert b"side_b: Hill Front" in made.raw
    assert made.source.endswith(":row 1")


@pytest.mark.parametrize(
    "raw", [b"", b"name,age\nx,3\n", b"id,year\n", b"\x00\x01\x02" * 999, b"," * 100_000]
)
def test_any_other_table_is_none_of_ours(raw: bytes) -> None:
    assert coded.rows(io.BytesIO(raw), "x.csv") is None


def test_a_bad_row_costs_itself_only() -> None:
    good = table(GED, GED | {"id": "2"})
    head, first, second = (
        good.split(b"\r\n9001")[0],
        table(GED, header=False),
        table(GED | {"id": "2"}, header=False),
    )
    latin = table(GED | {"id": "3"}, header=False).replace(b"Strelsau", b"Strels\xe4u")
    rows = found(head + b"\r\n" + first + b"too,few\r\n\r\n" + latin + second)
    assert [type(row) for row in rows] == [Original, Refused, Refused, Original]
    assert [row.source[-5:] for row in rows] == ["row 2", "row 3", "row 5", "row 6"]
    reasons = [row.reason for row in rows if isinstance(row, Refused)]
    assert reasons[0] == f"has 2 cells where the table has {len(GED)} columns"
    assert reasons[1].startswith("not valid UTF-8")


def test_an_open_quote_does_not_take_the_rest_of_the_file() -> None:
    broken = table(GED).removesuffix(b"\r\n") + b'\r\n"9002,' + b"x" * 200_000 + b"\r\n"
    rows = found(broken + table(GED | {"id": "7"}, header=False) * 3)
    assert isinstance(rows[0], Original)
    assert isinstance(rows[1], Refused)
    assert isinstance(rows[-1], Original)
    assert len(rows) <= 6


def test_a_row_without_an_end_is_taken_in_pieces() -> None:
    rows = found(table(GED) + b"," * 3_000_000)
    assert isinstance(rows[0], Original)
    assert all(isinstance(row, Refused) for row in rows[1:])


def test_a_table_with_types_gives_the_same_bytes() -> None:
    typed: dict[str, object] = {
        **GED,
        "id": 9001.0,
        "best": 5,
        "latitude": 33.5,
        "adm_2": None,
        "deaths_b": float("nan"),
        "date_start": datetime(2019, 3, 23),  # as Parquet holds it
    }
    rows = coded.table(list(typed), [list(typed.values())], "ged.parquet", first=10)
    assert rows is not None
    (row,) = rows
    assert isinstance(row, Original)
    assert row.source == "ged.parquet:row 11"
    read = cells(row.raw.decode())
    assert (read["id"].value, read["latitude"].value, read["date_start"].value) == (
        "9001",
        "33.5",
        "2019-03-23",
    )
    assert "adm_2" not in read
    assert "deaths_b" not in read


def test_words_in_the_place_of_an_events_number_are_no_title() -> None:
    (row,) = originals(table(GED | {"id": "Ada Moreau of the mill"}))
    assert row.listed is not None
    assert row.listed.title == "UCDP GED 26.1"


def test_a_header_alone_is_empty() -> None:
    (refused,) = found(table(GED).split(b"\r\n")[0])
    assert isinstance(refused, Refused)
    assert refused.reason == "empty: there is no row in it"


def test_a_columns_name_cannot_pass_for_a_cell() -> None:
    (row,) = originals(table(GED | {"x\nbest: 900": "1"}))
    assert cells(row.raw.decode())["best"].value == "5"


@given(st.binary(max_size=300))
def test_no_bytes_after_a_header_make_it_fail(tail: bytes) -> None:
    for row in found(table(GED) + tail):
        if isinstance(row, Original):
            assert all(isinstance(each, Frozen | Refused) for each in documents.freeze(row))
