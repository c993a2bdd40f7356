"""What came of forecasts, in the ledger: another state of the data is another entry, and none is changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import text

from marsad.errors import BadWorkspace, NotFound
from marsad.ledger.forecasts import issue
from marsad.ledger.store import Store
from marsad.ledger.tracing.changes import changes
from marsad.ledger.verdicts import keep, kept, load
from marsad.records.forecast import About, of
from marsad.records.verdict import DEATHS, NO_UNIT, Basis, Verdict, packed, unpacked

from .making import faults


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "w", create=True) as opened:
        yield opened


@pytest.fixture
def forecast(ledger: Store) -> str:
    about = About(
        model="pool", version="v1", data="GED 99.1", data_sha256="ab" * 32, violence="sb", level="country", cut=480,
        months=(481, 482), units=(7, 9), names=("A", "B"), draws=3, seed=0,
    )  # fmt: skip
    return issue(ledger, of(about, np.zeros((2, 2, 3))))[0].id


def verdict(forecast: str, deaths: float = 5.0, data: str = "GED 99.2") -> Verdict:
    basis = Basis(
        forecast=forecast, data=data, data_sha256=data, last=481, version="v1", layers=(DEATHS, "crps"), units=2,
        months=2,
    )  # fmt: skip
    came = np.array([[deaths, np.nan], [NO_UNIT, np.nan]])
    return Verdict(basis, {DEATHS: came, "crps": came / 2})


def test_a_verdict_comes_back_as_it_was_kept(ledger: Store, forecast: str) -> None:
    made, is_new = keep(ledger, verdict(forecast))
    assert is_new
    assert kept(ledger) == [made]
    found = load(ledger, made.id)
    assert found.basis == verdict(forecast).basis
    for name, figures in verdict(forecast).layers.items():
        assert np.array_equal(found.layers[name], figures, equal_nan=True)
    assert found.is_scored.tolist() == [[True, False], [False, False]]
    assert faults(ledger) == []


def test_other_data_is_another_entry_only_where_it_says_otherwise(ledger: Store, forecast: str) -> None:
    first, _ = keep(ledger, verdict(forecast))
    assert keep(ledger, verdict(forecast, data="GED 99.3")) == (first, False)
    second, is_new = keep(ledger, verdict(forecast, deaths=6, data="GED 99.3"))
    assert is_new
    third, is_new = keep(ledger, verdict(forecast, data="GED 99.4"))  # revised back: said anew
    assert is_new
    assert [each.id for each in kept(ledger)] == [first.id, second.id, third.id]
    with ledger.as_recorded(first.recorded_at) as then:
        assert kept(then) == [first]


def test_what_was_not_issued_has_no_verdict(ledger: Store) -> None:
    with pytest.raises(NotFound, match="not issued here"):
        keep(ledger, verdict("0" * 32))
    with pytest.raises(NotFound):
        load(ledger, "x")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE verdicts SET given = replace(given, '99.2', '99.9')",
        "UPDATE verdicts SET body = x'00'",
        "DELETE FROM verdicts",
    ],
)
def test_nothing_of_it_can_be_rewritten_unseen(ledger: Store, forecast: str, change: str) -> None:
    made, _ = keep(ledger, verdict(forecast))
    with ledger.database.writing() as connection:
        connection.execute(text(change))
    assert faults(ledger)
    if "given" in change:
        with pytest.raises(BadWorkspace, match="not what was kept"):
            kept(ledger)
    if "body" in change:
        with pytest.raises(BadWorkspace, match="damaged"):
            load(ledger, made.id)


def test_the_change_log_tells_of_it(ledger: Store, forecast: str) -> None:
    keep(ledger, verdict(forecast))
    change = list(changes(ledger))[-1]
    assert (change.action, change.subject, change.detail["known_to"]) == ("score", forecast, "2020-01")


@pytest.mark.parametrize("raw", [b"", b"x", packed(verdict("f"))[:-9]])
def test_damaged_figures_are_told(raw: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        unpacked(verdict("f").basis, raw)
