"""Panels from tables."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from marsad.errors import BadInput, NotFound
from marsad.forecast.files import note
from marsad.forecast.tables import read_panel

ROWS = {"month_id": [121, 122, 124, 121], "country_id": [7, 7, 7, 3], "sb": [0.0, 5.0, None, 2.0]}


def written(folder: Path, **columns: list) -> Path:
    path = folder / "panel.parquet"
    pl.DataFrame({**ROWS, **columns}, strict=False).write_parquet(path)
    return path


def test_a_month_without_a_row_or_a_figure_is_missing_and_never_zero(tmp_path: Path) -> None:
    panel = read_panel(written(tmp_path))
    assert (panel.units, panel.first, panel.last) == ((3, 7), 121, 124)
    np.testing.assert_array_equal(panel.deaths("sb"), [[2, np.nan, np.nan, np.nan], [0, 5, np.nan, np.nan]])
    assert np.isnan(panel.deaths("ns")).all()


def test_bounds_are_kept(tmp_path: Path) -> None:
    panel = read_panel(written(tmp_path, sb_low=[0, 4, 0, 1], sb_high=[0, 9, 3, 2]))
    assert panel.low["sb"][1].tolist()[:2] == [0, 4]
    assert panel.high["sb"][1].tolist()[:2] == [0, 9]


def test_a_csv_is_read_by_its_name(tmp_path: Path) -> None:
    pl.DataFrame(ROWS).write_csv(tmp_path / "panel.csv")
    assert read_panel(tmp_path / "panel.csv").fingerprint() == read_panel(written(tmp_path)).fingerprint()


def test_a_figure_that_is_no_whole_number_may_come_late(tmp_path: Path) -> None:
    rows = [f"{month},7,{month}" for month in range(1, 150)]
    (tmp_path / "panel.csv").write_text("\n".join(["month_id,country_id,sb", *rows, "150,7,2.5"]))
    assert read_panel(tmp_path / "panel.csv").deaths("sb")[0, -1] == 2.5


def test_rows_are_of_the_finest_unit_that_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, priogrid_gid=[9, 8, 8, 8])
    assert read_panel(path).units == (8, 9)
    assert note(path).level == "cell"


def test_the_order_of_rows_says_nothing(tmp_path: Path) -> None:
    whole = read_panel(written(tmp_path)).fingerprint()
    pl.read_parquet(tmp_path / "panel.parquet").reverse().write_parquet(tmp_path / "other.parquet")
    assert read_panel(tmp_path / "other.parquet").fingerprint() == whole


def test_no_figure_goes_unseen_by_the_fingerprint(tmp_path: Path) -> None:
    whole = read_panel(written(tmp_path)).fingerprint()
    assert read_panel(written(tmp_path, sb=[0, 5, 0, 2])).fingerprint() != whole


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"sb": [0, -1, 0, 0]}, "negative"),
        ({"sb": [0, float("inf"), 0, 0]}, "infinite"),
        ({"sb": ["a", "b", "c", "d"]}, "no numbers"),
        ({"month_id": [121, 121, 124, 121]}, "two rows in one month"),
        ({"month_id": [121, 122, None, 121]}, "no whole number"),
        ({"country_id": [7.5, 7, 7, 3]}, "no whole number"),
        ({"month_id": [1, 999999, 3, 4]}, "months"),
        ({"priogrid_gid": [1, 259201, 3, 4]}, "no cell"),
    ],
)
def test_a_broken_column_is_told(tmp_path: Path, columns: dict[str, list], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read_panel(written(tmp_path, **columns))


@pytest.mark.parametrize("column", ["month_id", "country_id", "sb"])
def test_a_missing_column_is_named(tmp_path: Path, column: str) -> None:
    path = written(tmp_path)
    pl.read_parquet(path).drop(column).write_parquet(path)
    with pytest.raises(BadInput, match=column):
        read_panel(path)


def test_an_empty_panel_a_broken_file_and_none_are_told(tmp_path: Path) -> None:
    path = written(tmp_path)
    pl.read_parquet(path).clear().write_parquet(path)
    with pytest.raises(BadInput, match="empty"):
        read_panel(path)
    path.write_bytes(b"PAR1 and nothing else")
    with pytest.raises(BadInput, match="no Parquet"):
        read_panel(path)
    with pytest.raises(NotFound):
        read_panel(tmp_path / "none.parquet")
