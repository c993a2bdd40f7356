"""The scorecard: what has come is scored, what cannot be is listed, and nothing is scored as zero."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from msgspec.structs import replace

from marsad.errors import BadInput
from marsad.forecast.backtest import BASE_RATE
from marsad.forecast.files import Note, note, packed
from marsad.forecast.issuing import issuable
from marsad.forecast.judging import judge
from marsad.forecast.panel import Panel
from marsad.forecast.scorecard import ZERO, Line, Scorecard, estimates, scorecard
from marsad.forecast.tables import read_panel
from marsad.forecast.units import Units
from marsad.ledger.forecasts import Issued
from marsad.records.forecast import Forecast, of

CUT = 480


def panel(deaths: np.ndarray, first: int = 421, units: tuple[int, ...] = (7, 9)) -> Panel:
    return Panel(units, first, {"sb": deaths}, {}, {})


def made(model: str = "pool", value: float = 2.0, *, rates: tuple[tuple[float, ...], ...] = ()) -> Forecast:
    held = panel(np.zeros((2, 60)))
    about = Note(data="GED 99.1", data_sha256="x", level="country", names=((7, "Arcadia"), (9, "Bohemia")))
    forecast = issuable(held, range(1, 4), about, model, np.full((2, 3, 1000), value), seed=0)
    return of(replace(forecast.about, rates=rates), forecast.samples, forecast.known)


def scored(
    came: np.ndarray,
    units: tuple[int, ...] = (7, 9),
    *,
    at: str = "2019-12-31",
    forecast: Forecast | None = None,
) -> Scorecard:
    """The card of a forecast of January to March 2020."""
    found = forecast or made()
    verdict = judge(found.id, found, panel(came, CUT + 1, units), "GED 99.2")
    return scorecard([(Issued(found.id, at, found.about), verdict)])


def lines(card: Scorecard, *by: str) -> dict[tuple[object, ...], Line]:
    return {line.key: line for line in card.lines(*by)}


def test_what_came_is_scored_and_what_has_not_come_waits() -> None:
    card = scored(np.array([[2.0, 5.0], [2.0, 2.0]]))
    found = lines(card, "model", "horizon")
    assert found["pool", 1].scores["crps"].mean == 0.0
    assert found["pool", 2].scores["crps"] == (1.5, 0.0, 3.0)  # (5 − 2 and 0) / 2; of two units, either alone
    assert found["pool", 2].forecasts == 2
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
    found = lines(card, "model")["pool",]
    assert (found.forecasts, found.scores["crps"].mean) == (2, 0.0)


def test_a_forecast_says_what_it_was_made_from() -> None:
    about = made().about
    assert (about.cut, about.months, about.names) == (CUT, (481, 482, 483), ("Arcadia", "Bohemia"))
    assert about.data_sha256 == panel(np.zeros((2, 60))).fingerprint()


def test_a_score_where_nothing_counts_is_none() -> None:
    found = lines(scored(np.zeros((2, 3))), "model")["pool",].scores
    assert found["coverage90_positive"] == (None, None, None)
    assert found["coverage90"].mean == 0.0


def test_nobody_dies_and_the_base_rate_are_scored_beside() -> None:
    forecast = made(rates=((0.5, 0.1, 0.0), (0.0, 0.0, 0.0)))
    found = lines(scored(np.array([[40.0] * 3, [0.0] * 3]), forecast=forecast), "model")
    assert found[ZERO,].scores["crps"].mean == 20.0
    assert found[BASE_RATE,].scores["brier1"].mean == 0.125  # ((.5 − 1)² + 0) / 2
    assert found[BASE_RATE,].scores["brier25"].mean == pytest.approx(0.405)
    assert found[BASE_RATE,].scores["crps"].mean is None
    assert (BASE_RATE,) not in lines(scored(np.zeros((2, 3))), "model")  # where no rates were told


def test_a_score_stands_beside_the_benchmark_s_of_the_same_forecasts() -> None:
    verdicts = []
    for model, value in (("pool", 2.0), ("conflictology", 4.0)):
        found = made(model, value)
        came = panel(np.full((2, 3), 2.0), CUT + 1)
        verdicts.append(
            (Issued(found.id, "2019-12-31", found.about), judge(found.id, found, came, "GED 99.2"))
        )
    found = lines(scorecard(verdicts), "model")
    assert found["pool",].than_usual["crps"] == (-2.0, -2.0, -2.0)
    assert found["conflictology",].than_usual["crps"].mean is None
    other = lines(scorecard([*verdicts, verdicts[0]]), "model")  # of more forecasts than the benchmark
    assert other["pool",].than_usual["crps"].mean is None


def test_what_was_issued_after_a_month_had_ended_is_told_apart() -> None:
    found = lines(scored(np.zeros((2, 3)), at="2020-02-15"), "model", "in_time", "horizon")
    assert [key[1:] for key in found if key[0] == "pool"] == [(False, 1), (True, 2), (True, 3)]


def test_twelve_draws_score_as_the_thousand_that_they_stand_for() -> None:
    twelve = made()
    draws = np.sort(np.tile([0] * 6 + [30] * 6, (2, 3, 1)), axis=2)
    few = of(replace(twelve.about, draws=12, before=0), draws)
    came = np.array([[0.0] * 3, [30.0] * 3])
    found = lines(scored(came, forecast=few), "model")["pool",].scores
    assert found["ign"].mean == pytest.approx(-np.log2(501 / 1011), abs=0.001)


@given(arrays(np.float64, (2, 5), elements=st.floats(0, 100)))
def test_an_interval_holds_what_units_alone_would_say(sums: np.ndarray) -> None:
    for row, found in zip(sums, estimates(sums, np.ones((2, 5))), strict=True):
        assert found.mean == pytest.approx(row.mean())
        assert row.min() - 1e-9 <= found.low <= found.high <= row.max() + 1e-9  # type: ignore[operator]


# Panels as files


def test_a_panel_comes_back_with_what_it_is_of(tmp_path: Path) -> None:
    deaths = np.array([[1.0, np.nan, 0.0], [4.0, 5.0, 6.0]])
    units = Units(
        Panel((7, 9), 421, {"sb": deaths}, {}, {"sb": deaths + 1}), {7: "Arcadia", 9: "Böhmen"}, {"sb": 3.0}
    )
    path = tmp_path / "p.parquet"
    path.write_bytes(packed(units, Note(data="GED 99.1", data_sha256="x", level="admin1", actor="IS")))
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
    with pytest.raises(BadInput, match="no Parquet table") as refused:
        note(path)
    assert "\n" not in str(refused.value)
