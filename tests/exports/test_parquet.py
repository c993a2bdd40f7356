"""Parquet: read back by pyarrow and polars, with the documented columns and nothing flattened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from marsad.errors import BadInput, MarsadError
from marsad.exports import FORMATS, parquet, queries, write
from marsad.ledger.asking.fields import KINDS
from marsad.ledger.store import Store

from .making import folder

polars = pytest.importorskip("polars", reason="pip install 'marsad[frames]'")
arrow = pytest.importorskip("pyarrow.parquet", reason="pip install pyarrow")


@pytest.fixture(scope="module")
def out(ledger: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder(ledger, tmp_path_factory.mktemp("parquet") / "out")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_reads_back_with_its_columns(
    out: Path, ledger: Store, empty: Store, kind: Any, tmp_path: Path
) -> None:
    found = polars.read_parquet(out / f"{kind}.parquet")
    assert dict(found.schema) == parquet.schema(kind)
    assert arrow.read_table(out / f"{kind}.parquet").num_rows == len(found)
    assert len(found) == getattr(ledger, kind)().count().number
    nothing = polars.read_parquet(folder(empty, tmp_path / "none", kind) / f"{kind}.parquet")
    assert dict(nothing.schema) == parquet.schema(kind)


def test_records_keep_who_says_so(out: Path) -> None:
    incident = polars.read_parquet(out / "incidents.parquet").row(0, named=True)
    accounts = [(each["holder"], each["status"], each["responsibility"]) for each in incident["accounts"]]
    assert accounts == [
        ("Wardak Army", ["occurred"], ["accused"]),
        ("Tarn Front", ["denied"], ["denied"]),
    ]
    assert incident["deaths"] == {"low": 12.0, "best": None, "high": 15.0}
    assert incident["date"]["edtf"] == "2024-03-10"
    relation = polars.read_parquet(out / "relations.parquet").row(1, named=True)
    assert (relation["polarity"], relation["accounts"][0]["holder"]) == ("denied", "Sand Brigade")


def test_figures_keep_all_that_bounds_them(out: Path) -> None:
    figure = polars.read_parquet(out / "figures.parquet").row(1, named=True)
    assert (figure["low"], figure["bound"], figure["status"]) == (3000.0, "about", "estimated")
    assert figure["scope"]["text"] == "in Odaland"
    assert figure["as_of"]["edtf"] == "2024-02"
    assert figure["accounts"][0]["reliability"] == "B"


def test_only_a_point_has_coordinates(out: Path) -> None:
    incidents = polars.read_parquet(out / "incidents.parquet").to_dicts()
    assert [len(each["points"]) for each in incidents[:3]] == [1, 0, 0]
    places = polars.read_parquet(out / "places.parquet").to_dicts()
    assert {each["name"] for each in places if each["latitude"] is not None} == {"Karoum"}


def test_some_kinds_alone(ledger: Store, tmp_path: Path) -> None:
    made = folder(ledger, tmp_path / "some", "claims", "figures", actor="Tarn Front")
    assert sorted(each.name for each in made.iterdir()) == ["claims.parquet", "figures.parquet"]


def test_again_takes_the_place_of_what_was_there(ledger: Store, empty: Store, tmp_path: Path) -> None:
    made = folder(ledger, tmp_path / "out")
    folder(empty, made, "claims")
    assert [each.name for each in made.iterdir()] == ["claims.parquet"]
    assert [each.name for each in tmp_path.iterdir()] == ["out"]


def test_a_folder_with_other_files_is_left_alone(ledger: Store, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(BadInput, match="holds other files"):
        folder(ledger, tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["thesis.txt"]


def test_nothing_stays_where_it_fails(ledger: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = folder(ledger, tmp_path / "out", "claims")
    before = (made / "claims.parquet").read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(parquet.tables, "write", full)
    with pytest.raises(MarsadError, match="No space left"):
        folder(ledger, made, "claims")
    assert (made / "claims.parquet").read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["out"]


def test_is_a_folder_and_no_stream(ledger: Store) -> None:
    form = FORMATS["parquet"]
    with pytest.raises(BadInput, match="name one with --out"):
        write(ledger, form, queries(form), lambda part: None)


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_is_documented(kind: Any) -> None:
    page = (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")
    columns = ", ".join(f"`{column}`" for column in parquet.schema(kind))
    assert f"| `{kind}.parquet` | {columns} |" in page
