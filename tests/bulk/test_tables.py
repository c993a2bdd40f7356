"""The columns of the tables are those that `docs/bulk.md` promises, and any reader opens them."""

from __future__ import annotations

from pathlib import Path

import polars
import pytest

from marsad.bulk.tables import RECORDS, TABLES, schema

from .conftest import Done

PAGE = Path(__file__).parent.parent.parent / "docs" / "bulk.md"
NAMES = {
    polars.String: "text",
    polars.Int64: "integer",
    polars.Float64: "number",
    polars.Boolean: "boolean",
    polars.Binary: "bytes",
}


def named(kind: polars.DataType) -> str:
    """The type as the page writes it."""
    if isinstance(kind, polars.List):
        return f"[{named(kind.inner)}]"
    if isinstance(kind, polars.Struct):
        return "{" + ", ".join(f"{field.name} {named(field.dtype)}" for field in kind.fields) + "}"
    return NAMES[type(kind)]


def shortened(name: str) -> str:
    """With the three types that come again and again by their names."""
    spans = "[[integer]]"
    party = f"{{text text, spans {spans}, actor text, kind text}}"
    interval = "{earliest text, latest text, edtf text, time text}"
    return name.replace(party, "party").replace(interval, "interval").replace(spans, "spans")


@pytest.mark.parametrize("table", TABLES)
def test_the_page_lists_every_column(table: str) -> None:
    section = PAGE.read_text(encoding="utf-8").partition(f"\n### {table}\n")[2].partition("\n### ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    assert rows == [f"| `{name}` | {shortened(named(kind))} |" for name, kind in schema(table).items()]


@pytest.mark.parametrize("table", TABLES)
def test_the_files_have_the_columns(done: Done, table: str) -> None:
    found = polars.read_parquet_schema(done.out / f"{table}.parquet")
    assert dict(found) == schema(table)


def test_documents_come_first() -> None:
    assert all(next(iter(schema(table))) == "document" for table in RECORDS)
    assert next(iter(schema("documents"))) == "id"


def test_tables_are_joined_by_document_and_id(done: Done) -> None:
    claims = polars.read_parquet(done.out / "claims.parquet")
    figures = polars.read_parquet(done.out / "figures.parquet")
    joined = figures.join(claims, left_on=["document", "claim"], right_on=["document", "id"])
    assert joined.height == figures.height > 0
