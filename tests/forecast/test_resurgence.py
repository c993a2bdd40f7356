"""Risk of a return of violence: what is quiet, what came, and that nobody peeks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike

from marsad.errors import BadInput
from marsad.forecast.panel import Floats, Panel
from marsad.forecast.resurgence import Target, backtest, cases, now, targets

TARGET = Target(name="t", quiet=2, under=5, reach=10, within=2)


def panel(deaths: ArrayLike) -> Panel:
    return of(np.asarray(deaths, dtype=np.float64))


def of(deaths: Floats) -> Panel:
    return Panel(tuple(range(1, len(deaths) + 1)), 1, {"sb": deaths}, {}, {})


def generated(units: int = 12, length: int = 120, seed: int = 1) -> Floats:
    """Deaths of units of which a half falls back into violence again and again."""
    random = np.random.default_rng(seed)
    often = np.where(np.arange(units) % 2, 0.15, 0.01)[:, None]
    fell_back = random.random((units, length)) < often
    found: Floats = np.where(fell_back, random.poisson(20, (units, length)), 0.0)
    return found


def test_a_unit_is_quiet_under_the_limit_and_violence_returns_at_or_over_it() -> None:
    found = cases(panel([[0, 4, 1, 0, 9, 1, 0]]), TARGET)
    #  months 2 and 4 (from 0: 1 and 3) look back on 4 and 1; the others on 5 and more
    assert found.month.tolist() == [1, 3, 6]
    assert found.returned[:2].tolist() == [0.0, 1.0]  # 1 + 0 deaths follow, then 9 + 1
    assert np.isnan(found.returned[2])


def test_months_that_are_not_known_make_neither_quiet_nor_an_outcome() -> None:
    found = cases(panel([[np.nan, 0, 0, 0, np.nan, 0]]), TARGET)
    assert found.month.tolist() == [2, 3]
    assert np.isnan(found.returned).all()


def test_nothing_is_known_before_the_months_looked_back_on() -> None:
    assert 0 not in cases(panel([[0, 0, 0, 0]]), TARGET).month


def test_the_risk_tells_units_apart_that_history_tells_apart() -> None:
    scored = backtest(panel(generated()), TARGET, 60)
    assert scored.skill > 0
    low, high = scored.interval()
    assert low <= scored.skill <= high
    assert scored.risk[scored.unit % 2 == 1].mean() > scored.risk[scored.unit % 2 == 0].mean()
    assert sum(each[2] for each in scored.reliability()) == len(scored.risk)


@settings(max_examples=5)
@given(st.integers(0, 2**32 - 1))
def test_what_comes_later_changes_no_risk(seed: int) -> None:
    deaths = generated()
    changed = deaths.copy()
    changed[:, 84:] = np.random.default_rng(seed).poisson(3, changed[:, 84:].shape)
    before, after = (now(panel(each).until(84), TARGET) for each in (deaths, changed))
    assert before == after


def test_a_backtest_learns_from_nothing_that_was_not_known() -> None:
    deaths = generated()
    changed = deaths.copy()
    changed[:, 71:] = 50  # from the last month before the second year of forecasts
    first, second = (backtest(panel(each), TARGET, 60) for each in (deaths, changed))
    months = cases(panel(deaths), TARGET).month  # the first year of forecasts has months 59 to 70, from 0
    early = int(((months >= 59) & (months < 71)).sum())
    assert np.array_equal(first.risk[:early], second.risk[:early])


def test_a_base_rate_stands_beside_every_risk_of_today() -> None:
    found = now(panel(generated()), TARGET)
    assert found == sorted(found, key=lambda each: (-each.risk, each.unit))
    assert len({each.base for each in found}) == 1
    assert all(0 < each.risk < 1 and each.quiet < TARGET.under for each in found)


def test_thin_data_is_refused_or_gives_the_base_rate() -> None:
    with pytest.raises(BadInput, match="give a longer panel"):
        now(panel([[0, 0]]), TARGET)
    found = now(panel(np.zeros((3, 12))), TARGET)
    assert [each.risk for each in found] == [0.0, 0.0, 0.0]
    never = backtest(panel(np.zeros((3, 60))), TARGET, 30)
    assert np.isnan([never.skill, *never.interval()]).all()  # and no warning of a library


def test_targets_are_a_file(tmp_path: Path) -> None:
    assert len(targets()) == 12
    own = tmp_path / "own.toml"
    own.write_text('[[target]]\nname = "mine"\nquiet = 3\nunder = 1\nreach = 100\nwithin = 12\n')
    assert targets(own) == (Target(name="mine", quiet=3, under=1, reach=100, within=12),)


@pytest.mark.parametrize(
    "text", ["", "[[target]]\nname = 1", "target = 3", "\xff", '[[target]]\nname = "a"\nquiet = 0']
)
def test_a_file_that_is_none_of_targets_gets_one_line(tmp_path: Path, text: str) -> None:
    own = tmp_path / "own.toml"
    own.write_bytes(text.encode("latin-1"))
    with pytest.raises(BadInput, match="a target has name"):
        targets(own)
    with pytest.raises(BadInput, match="No such file"):
        targets(tmp_path / "none.toml")
