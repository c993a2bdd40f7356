"""Backtests, their intervals, and the command."""

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner

from marsad.cli import run
from marsad.cli.forecast import command
from marsad.errors import BadInput
from marsad.forecast.backtest import METRICS, Scored, backtest, score_of_base_rates
from marsad.forecast.benchmarks import BENCHMARKS
from marsad.forecast.history import HISTORY
from marsad.forecast.intervals import difference, mean
from marsad.forecast.models import MODELS
from marsad.forecast.months import Window, windows
from marsad.forecast.panel import Panel
from marsad.forecast.past import Past
from tests.forecast.violence import FIRST, invented

YEAR = 1998


def constant(deaths: np.ndarray) -> Panel:
    return Panel(tuple(range(len(deaths))), FIRST, {"sb": deaths}, {}, {})


def test_benchmarks_by_hand() -> None:
    months = 12 * 9  # January 1990 to December 1998; the cut of 1998 is October 1997
    deaths = np.zeros((2, months))
    deaths[1, :] = 6
    found = {each.model: each.means() for each in backtest(constant(deaths), [Window(YEAR)], BENCHMARKS)}
    assert found["zero"]["crps"] == 3
    assert found["conflictology"]["crps"] == 0
    assert found["conflictology"]["ign"] == pytest.approx(-np.log2(1001 / 1011))
    assert found["bootstrap"]["brier1"] == pytest.approx(0.25, abs=0.01)
    assert found["zero"]["coverage90_positive"] == 0
    assert found["zero"]["coverage90"] == 0.5


def test_months_that_are_not_known_are_not_scored() -> None:
    deaths = np.zeros((2, 12 * 9))
    deaths[0, -12:] = np.nan
    deaths[1, -5:] = np.nan
    (scored,) = backtest(constant(deaths), [Window(YEAR)], [BENCHMARKS[0]])
    assert len(scored.units) == 7
    assert set(scored.units) == {1}
    assert scored.means()["coverage90_positive"] is None


def test_bootstrap_draws_from_twenty_years_of_all_units_as_the_challenge_does() -> None:
    deaths = np.zeros((1, 300))  # the cut is October 2013
    deaths[0, 46:106] = 50  # the first of 240 months to the cut, and those after
    deaths[0, :46] = 900
    window = Window(2014)
    (scored,) = backtest(constant(deaths), [window], [BENCHMARKS[2]])
    assert scored.means()["brier25"] == pytest.approx((60 / 240) ** 2, abs=0.01)
    assert scored.means()["brier100"] == 0


def test_base_rates_are_of_the_ten_years_to_the_cut() -> None:
    deaths = np.full((2, 12 * 14), 3.0)
    deaths[0, -14 - 30 : -14] = 120  # a quarter of 120 months
    deaths[1, :-14] = np.nan  # nothing is known of the second unit
    found = score_of_base_rates(constant(deaths), Window(2003))
    assert found.means()["brier100"] == 0.25**2
    assert found.means()["crps"] is None


def test_months_of_which_nothing_is_known_are_none_to_learn_from() -> None:
    deaths = np.ones((2, 12 * 10))
    deaths[:, 40:106] = np.nan  # to November 1998: the cut is October
    with pytest.raises(BadInput, match=r"window 1999: the panel has deaths of 40 months to 1998-10"):
        list(backtest(constant(deaths), [Window(1999)], BENCHMARKS))
    deaths = np.full((2, 12 * 60), np.nan)
    deaths[:, ::11] = 1
    with pytest.raises(BadInput, match="nothing can be learnt"):
        Past(constant(deaths), range(1, 4)).rows  # noqa: B018 - made when it is asked for


@pytest.mark.parametrize(("year", "said"), [(1994, "46 months to 1993-10"), (2005, "ends in 1999-02")])
def test_a_window_outside_the_panel_is_refused(year: int, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        list(backtest(invented(), [Window(year)], BENCHMARKS))


def test_later_windows_do_not_change_earlier_ones() -> None:
    panel = invented(months=130)
    (alone,) = backtest(panel, windows("1998"), [HISTORY])
    first, _ = backtest(panel, windows("1998,1999"), [HISTORY])
    assert all(np.array_equal(alone.of[name], first.of[name], equal_nan=True) for name in METRICS)


def scored(values: list[float], units: list[int]) -> Scored:
    found = np.array(values)
    return Scored(Window(YEAR), "m", np.array(units), np.arange(len(units)), {"crps": found})


def test_an_interval_is_taken_over_units_not_months() -> None:
    few = mean([scored([0, 1] * 50, [0, 1] * 50)], "crps")
    many = mean([scored([0, 1] * 50, list(range(100)))], "crps")
    assert few.mean == many.mean == 0.5
    assert few.high - few.low == 1
    assert many.high - many.low < 0.25


def test_a_difference_is_paired() -> None:
    units = list(range(30))
    found = difference(
        [scored([float(u) for u in units], units)], [scored([u + 1.0 for u in units], units)], "crps"
    )
    assert found == pytest.approx((-1, -1, -1))
    with pytest.raises(BadInput):
        difference([scored([1], [0])], [scored([1], [1])], "crps")


# The command


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    panel = invented(months=112)
    units, months = (each.ravel() for each in np.indices(panel.deaths("sb").shape))
    columns = {kind: figures.ravel() for kind, figures in panel.best.items()}
    found = pl.DataFrame({"month_id": months + FIRST, "country_id": units + 101, **columns}, nan_to_null=True)
    path = tmp_path_factory.mktemp("panel") / "country_month.parquet"
    found.write_parquet(path)
    return path


def test_the_command_prints_every_model_and_metric(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["forecast", "backtest", "--panel", str(table), "--windows", str(YEAR), "--format"]
    assert run([*asked, "json"]) == 0
    found = json.loads(capsys.readouterr().out)["windows"]
    assert list(found) == [str(YEAR)]
    assert list(found[str(YEAR)]) == [model.name for model in MODELS]
    assert all(list(each) == list(METRICS) for each in found[str(YEAR)].values())


def test_a_table_tells_differences_with_intervals_and_what_is_missing(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["forecast", "backtest", "--panel", str(table), "--windows", "1998-1999"]) == 0
    shown = capsys.readouterr()
    assert shown.err == "window 1999: 4 of its 12 months are known, and scored\n"
    assert re.search(r"\n  base rate( +–){4}( +0\.\d{3}){3}( +–){2} ", shown.out)
    assert "All windows" in shown.out
    number = r"-?\d+\.\d{1,3}"
    assert re.search(rf"\n +conflictology( +{number} \[{number}, {number}\]){{4}} ", shown.out)


def test_the_command_prints_forecasts_with_base_rates(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["forecast", "predict", "--panel", str(table), "--to", "1999-06", "--model", "history"]
    assert run([*asked, "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["month"] for row in rows[:2]] == ["1999-05", "1999-06"]
    assert len(rows) == 24
    assert all(0 <= row["chance_25"] <= row["chance_1"] <= 1 for row in rows)
    assert all(0 <= row["base_rate_1"] <= 1 and row["thin"] is False for row in rows)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["backtest", "--windows", "soon"], "no list of windows"),
        (["backtest", "--windows", "2031"], "ends in"),
        (["predict", "--to", "1990-01"], "later month"),
        (["predict", "--to", "2099-01"], "ahead of the last one known, 1999-04"),
        (["fit", "--output", "."], "is a directory"),
        (["panel", "--output", "p.csv"], "written as Parquet"),
        (["predict", "--to", "1999-06", "--known", "2040-01"], "outside the panel"),
        (["predict", "--to", "1999-06", "--model", "tarot"], "no model"),
    ],
)
def test_bad_input_is_one_line(
    table: Path, options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    panel = [] if options[0] == "panel" else ["--panel", str(table)]
    assert run(["forecast", options[0], *panel, *options[1:]]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert said in shown.err
    assert shown.err.count("\n") == 1


def test_without_the_extra_a_command_says_what_to_install() -> None:
    without = (
        "import sys; sys.modules['polars'] = None; from marsad.cli import run; sys.exit(run(sys.argv[1:]))"
    )
    asked = [sys.executable, "-c", without, "forecast", "predict", "--to", "2023-01"]
    found = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert found.returncode != 0
    assert found.stderr == "marsad: forecasts need polars: pip install 'marsad[forecast]'\n"


def test_help_names_the_commands() -> None:
    assert "backtest" in CliRunner().invoke(command, ["--help"]).output
