"""Signals from text: what each month heard by its end, and whether that makes a risk better."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from marsad.assessment.watch import Indicator, Watch
from marsad.cli import run
from marsad.errors import BadInput, NotFound
from marsad.forecast.gain import EVERY, Gain, gains
from marsad.forecast.months import month_id
from marsad.forecast.panel import Panel
from marsad.forecast.resurgence import Scored, Target
from marsad.forecast.signals import Signals, heard, read_signals
from marsad.ledger.store import Store

from .telling import Told, put, report

JANUARY = month_id(2020, 1)
WATCH = Watch(
    name="gb",
    title="The Grey Banner",
    subjects=("Grey Banner",),
    indicators=(Indicator(name="capability", title="Capability", themes=("capability",)),),
)
NINEVEH = 92877  # GeoNames


def columns(ledger: Store, *, by_unit: bool = False) -> list[tuple]:
    return heard(ledger, WATCH, by_unit=by_unit).rows()


def test_origins_are_counted_and_copies_are_not(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as ledger:
        put(
            ledger,
            report("2020-01-09", [Told("2020-01-05"), Told("2020-01-06", "Tikrit")]),
            report("2020-01-20", [Told("2020-01-08", toll=(9, 9, 9))], publisher="The Post"),
            report("2020-03-09", [Told("2020-03-05", theme="strength")]),
            report("2020-04-01", []),
        )
        assert columns(ledger) == [(JANUARY, 2, 2.0, 2.0), (JANUARY + 2, 1, 0.0, 0.0)]
        of_units = columns(ledger, by_unit=True)
    assert (JANUARY, NINEVEH, 2, 2.0, 2.0) in of_units
    assert [row[1] for row in of_units if row[0] == JANUARY + 2] == [None]


def test_what_comes_later_changes_no_earlier_month(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as ledger:
        put(ledger, report("2020-01-31", [Told("2020-01-05")]), report("2020-02-01", []))
        before = columns(ledger)
        put(ledger, report("2020-02-09", [Told("2020-01-05", "Tikrit")], publisher="The Post"))
        put(ledger, report("2020-04-09", []))
        assert columns(ledger)[: len(before)] == before == [(JANUARY, 1, 1.0, 1.0)]


def test_a_ledger_of_one_month_has_no_signal(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as ledger:
        put(ledger, report("2020-01-09", [Told("2020-01-05")]))
        with pytest.raises(BadInput, match="two months"):
            heard(ledger, WATCH)


# Files


def test_signals_come_back_as_rates_and_silence_is_zero(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_text(
        "month_id,admin1_id,documents,finance,finance.balance\n481,,4,2,0\n481,7,4,1,-1\n483,,2,0,0\n"
    )
    found = read_signals(path)
    assert (found.months, found.names) == ((481, 483), ("finance", "finance.balance"))
    assert found.at(7, 481).tolist() == [0.25, -0.25]
    assert found.at(8, 481).tolist() == [0, 0]
    assert np.isnan(found.at(7, 482)).all()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"month_id,documents\n1,2\n",
        b"month_id,documents,a\n",
        b"month_id,documents,a\n1,0,1\n",
        b"month_id,documents,a\n1,2,much\n",
        b"month_id,documents,a\n,2,1\n",
        b"month_id,documents,a\n1,2,1\n1,2,3\n",
        b"month_id,a\n1,2\n",
        b"\xff\xfe",
    ],
)
def test_what_is_no_file_of_signals_gets_one_line(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "s.csv"
    path.write_bytes(raw)
    with pytest.raises(BadInput) as refused:
        read_signals(path)
    assert str(path) in str(refused.value)
    assert "\n" not in str(refused.value)
    with pytest.raises(NotFound):
        read_signals(tmp_path / "none.csv")


# What they add

MONTHS, UNITS = 40, 30
TARGET = Target(name="t", quiet=6, under=10, reach=10, within=3)


def scored(seed: int, effect: float) -> tuple[Scored, Panel, Signals]:
    """Risks of 10 % throughout, of which the outcomes follow a signal by so much."""
    random = np.random.default_rng(seed)
    told = random.normal(size=MONTHS)
    unit, month = (each.ravel() for each in np.indices((UNITS, MONTHS)))
    usual = np.full(len(unit), 0.1)
    odds = np.log(0.1 / 0.9) + effect * told[month]
    came = (random.random(len(unit)) < 1 / (1 + np.exp(-odds))).astype(float)
    panel = Panel(tuple(range(UNITS)), JANUARY, {"sb": np.zeros((UNITS, MONTHS))}, {}, {})
    rows = {(None, JANUARY + at): np.array([each]) for at, each in enumerate(told)}
    signals = Signals(tuple(JANUARY + at for at in range(MONTHS)), ("finance",), rows, by_unit=False)
    return Scored(TARGET, usual, usual, came, unit, month), panel, signals


def test_a_signal_that_tells_is_kept_and_noise_is_not() -> None:
    telling, noise = (next(gains(*scored(3, effect))) for effect in (1.5, 0.0))
    assert telling.is_kept
    assert telling.skill is not None
    assert telling.skill > 0.1
    assert not noise.is_kept
    assert noise.skill == pytest.approx(0, abs=0.02)


def test_nothing_is_learnt_from_outcomes_that_were_not_known() -> None:
    risks, panel, signals = scored(3, 1.5)
    judged = next(gains(risks, panel, signals))
    assert judged.months == MONTHS - 6 - TARGET.within + 1  # six months whose outcomes are known, and on
    later = risks.month >= MONTHS - 1
    changed = risks._replace(returned=np.where(later, 1 - risks.returned, risks.returned))
    kept = [each._replace(month=each.month) for each in (risks, changed)]
    cut = [_until(each, MONTHS - 1) for each in kept]
    assert next(gains(cut[0], panel, signals)) == next(gains(cut[1], panel, signals))


def _until(risks: Scored, month: int) -> Scored:
    kept = risks.month < month
    return Scored(risks.target, *(part[kept] for part in risks[1:]))


def test_few_months_say_nothing() -> None:
    risks, panel, signals = scored(3, 1.5)
    found = list(gains(_until(risks, 19), panel, signals))
    assert [each.signal for each in found] == ["finance", EVERY]
    assert found[0] == Gain("t", "finance", 11, 11 * UNITS, None, None, None)
    assert not found[0].is_kept


def test_signals_of_other_units_are_refused() -> None:
    risks, panel, signals = scored(3, 1.5)
    with pytest.raises(BadInput, match="no unit of the panel"):
        next(gains(risks, panel, signals._replace(by_unit=True)))


def test_signals_go_with_a_backtest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["forecast", "resurgence", "--signals", "s.csv"]) == 2
    assert "--backtest" in capsys.readouterr().err
