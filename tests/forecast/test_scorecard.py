"""The scorecard: what has come is scored, what cannot be is listed, and nothing is scored as zero."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from marsad.errors import BadInput
from marsad.forecast.files import Note, note, write
from marsad.forecast.panel import Panel
from marsad.forecast.scorecard import Scorecard, issuable, scorecard
from marsad.forecast.tables import read_panel
from marsad.forecast.units import Units
from marsad.ledger.forecasts import Issued

CUT = 480


def panel(deaths: np.ndarray, first: int = 421, units: tuple[int, ...] = (7, 9)) -> Panel:
    return Panel(units, first, {"sb": deaths}, {}, {})


def made(model: str = "pool", value: float = 2.0) -> tuple[Issued, object]:
    held = panel(np.zeros((2, 60)))
    about = Note(data="GED 99.1", data_sha256="x", level="country", names=((7, "Arcadia"), (9, "Bohemia")))
    forecast = issuable(held, range(1, 4), about, model, np.full((2, 3, 1000), value), seed=0)
    return Issued(forecast.id, "2020-01-01", forecast.about), forecast


def scored(came: np.ndarray, units: tuple[int, ...] = (7, 9)) -> Scorecard:
    return scorecard([made()], panel(came, CUT + 1, units))  # type: ignore[list-item]


def test_what_came_is_scored_and_what_has_not_come_waits() -> None:
    card = scored(np.array([[2.0, 5.0], [2.0, 2.0]]))
    found = card.means("model", "horizon")
    assert found["pool", 1]["crps"] == 0.0
    assert found["pool", 2]["crps"] == 1.5  # (5 − 2 and 0) / 2
    assert found["pool", 2]["forecasts"] == 2
    assert card.waiting == 2
    assert card.voids == ()


def test_a_month_that_the_data_does_not_have_is_void_and_never_zero() -> None:
    card = scored(np.array([[np.nan, 2.0, 2.0]]), units=(7,))
    assert [(void.unit, void.month - CUT, void.reason) for void in card.voids] == [
        ("Arcadia", 1, "the data has no such month"),
        ("Bohemia", 1, "the data has no such unit"),
        ("Bohemia", 2, "the data has no such unit"),
        ("Bohemia", 3, "the data has no such unit"),
    ]
    (found,) = card.means("model").values()
    assert (found["forecasts"], found["crps"]) == (2, 0.0)


def test_a_forecast_says_what_it_was_made_from() -> None:
    (issued, _) = made()
    about = issued.about
    assert (about.cut, about.months, about.names) == (CUT, (481, 482, 483), ("Arcadia", "Bohemia"))
    assert about.data_sha256 == panel(np.zeros((2, 60))).fingerprint()


def test_a_score_where_nothing_counts_is_none() -> None:
    (found,) = scored(np.zeros((2, 3))).means("model").values()
    assert found["coverage90_positive"] is None
    assert found["coverage90"] == 0.0


# Panels as files


def test_a_panel_comes_back_with_what_it_is_of(tmp_path: Path) -> None:
    deaths = np.array([[1.0, np.nan, 0.0], [4.0, 5.0, 6.0]])
    units = Units(
        Panel((7, 9), 421, {"sb": deaths}, {}, {"sb": deaths + 1}), {7: "Arcadia", 9: "Böhmen"}, {"sb": 3.0}
    )
    path = tmp_path / "p.parquet"
    write(path, units, Note(data="GED 99.1", data_sha256="x", level="admin1", actor="IS"))
    read = read_panel(path)
    assert read.units == (7, 9)
    assert np.array_equal(read.best["sb"], deaths, equal_nan=True)
    assert np.array_equal(read.high["sb"], deaths + 1, equal_nan=True)
    told = note(path)
    assert (told.level, told.actor, dict(told.names)) == ("admin1", "IS", {7: "Arcadia", 9: "Böhmen"})
    assert dict(told.unplaced) == {"sb": 3.0}


def test_a_panel_of_another_hand_is_told_by_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "cells.csv"
    path.write_text("month_id,priogrid_gid,sb\n421,7,1\n")
    told = note(path)
    assert (told.level, told.data, told.names) == ("cell", "cells.csv", ())


def test_a_file_that_is_no_panel_gets_one_line(tmp_path: Path) -> None:
    path = tmp_path / "p.parquet"
    path.write_bytes(b"PAR1nothing")
    with pytest.raises(BadInput, match="cannot be read as a panel") as refused:
        note(path)
    assert "\n" not in str(refused.value)
