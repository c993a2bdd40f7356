"""CSV with HXL hashtags: valid to libhxl, harmless to a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
import warnings
from pathlib import Path
from typing import Any

import pytest

from marsad.exports.hxl import COLUMNS
from marsad.ledger.store import Store

from .making import exported

KINDS = list(COLUMNS)
TAG = re.compile(r"#[a-z][a-z0-9_]{0,20}(\+[a-z][a-z0-9_]{0,20}){0,5}")


def rows(ledger: Store, kind: str, **where: Any) -> list[dict[str, str]]:
    found = list(csv.reader(io.StringIO(exported(ledger, "csv", kind, **where).decode("utf-8-sig"))))
    return [dict(zip(found[0], row, strict=True)) for row in found[2:]]


@pytest.fixture(scope="module")
def hxl() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip("hxl", reason="pip install libhxl")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.filterwarnings("ignore")
def test_is_valid_to_libhxl(ledger: Store, empty: Store, hxl: Any, kind: Any) -> None:
    for each, number in ((ledger, len(rows(ledger, kind))), (empty, 0)):
        source = hxl.data(io.BytesIO(exported(each, "csv", kind)))
        assert len(source.columns) == len(COLUMNS[kind])
        assert len(list(source)) == number
        report = hxl.validate(hxl.data(io.BytesIO(exported(each, "csv", kind))))
        errors = [issue for issue in report["issues"] if issue["severity"] == "error"]
        assert not errors


def _sorted_tag(tag: str) -> str:
    name, *attributes = tag.split("+")
    return "+".join([name, *sorted(attributes)])


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_has_a_heading_and_a_tag_of_its_own(kind: str) -> None:
    columns = COLUMNS[kind]  # type: ignore[index]
    assert len({column.heading for column in columns}) == len(columns)
    assert len({_sorted_tag(column.tag) for column in columns}) == len(columns)
    assert all(TAG.fullmatch(column.tag) for column in columns)


def test_begins_with_the_mark_by_which_excel_knows_utf8(ledger: Store) -> None:
    assert exported(ledger, "csv", "claims").startswith(b"\xef\xbb\xbfid,")


def test_a_figure_keeps_all_that_bounds_it(ledger: Store) -> None:
    figure = rows(ledger, "figures", measure="strength.fighters")[0]
    kept = ("low", "best", "high", "bound", "unit", "status", "scope", "as_of_edtf", "holder", "subject")
    assert [figure[name] for name in kept] == [
        *("3000", "3000", "3000", "about", "fighter", "estimated", "in Odaland", "2024-02"),
        *("United Observers", "Tarn Front"),
    ]
    assert (figure["reliability"], figure["credibility"], figure["where_prec"]) == ("B", "6", "6")


def test_an_open_end_is_an_empty_cell(ledger: Store) -> None:
    incident = rows(ledger, "incidents")[0]
    assert [incident[f"deaths_{end}"] for end in ("low", "best", "high")] == ["12", "", "15"]


def test_accounts_stand_in_one_order_in_every_column(ledger: Store) -> None:
    incident = rows(ledger, "incidents")[0]
    assert incident["holder"] == "Wardak Army | Tarn Front"
    assert incident["status"] == "occurred | denied"
    assert incident["responsibility"] == "accused | denied"
    for name in ("claims", "polarity", "certainty", "words", "origin", "reliability", "credibility"):
        assert incident[name].count(" | ") == 1


def test_only_a_point_has_coordinates(ledger: Store) -> None:
    pinned = {row["where_prec"]: row["latitude"] for row in rows(ledger, "incidents")}
    assert pinned == {"2": "35.123456789", "3": "", "6": ""}


def test_what_people_coded_says_so(ledger: Store) -> None:
    for kind in KINDS:
        coded = {row["publisher"]: row["coded"] for row in rows(ledger, kind)}
        assert coded == {"Karrada Post": "false", "Valley Wire": "false", "ACLED": "true"}


def test_every_column_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")
    for columns in COLUMNS.values():
        for column in columns:
            assert f"| `{column.heading}` | `{column.tag}` |" in page
