"""Forecasts in the ledger: what was issued stays as it was issued, and a change of it is found."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sqlalchemy import text

from marsad.errors import BadWorkspace, NotFound
from marsad.ledger.backup import backup, restore
from marsad.ledger.forecasts import issue, issued, load
from marsad.ledger.store import Store
from marsad.ledger.tracing.changes import changes
from marsad.ledger.workspace import Place
from marsad.records.forecast import About, Forecast, of, opened, packed, summary_of, unpacked
from marsad.records.forecast import given as told

from .making import faults


def about(**known: Any) -> About:
    usual: dict[str, Any] = {
        "model": "pool", "version": "marsad@1/pool@1", "data": "UCDP GED 26.1", "data_sha256": "ab" * 32,
        "violence": "sb", "level": "country", "cut": 480, "months": (483, 484), "units": (645, 652),
        "names": ("Iraq", "Syria"), "draws": 5, "seed": 0,
    }  # fmt: skip
    return About(**(usual | known))


def forecast(**known: Any) -> Forecast:
    return of(
        about(**known),
        np.array([[[0, 7, 0, 3, 1], [0, 0, 0, 0, 0]], [[9, 8, 7, 6, 5], [2**31 - 1, 0, 1, 1, 1]]]),
    )


@pytest.fixture
def ledger(address: str) -> Iterator[Store]:
    with Store.open(address, create=True) as opened:
        yield opened


def test_a_forecast_comes_back_as_it_was_issued(ledger: Store) -> None:
    made, is_new = issue(ledger, forecast())
    assert is_new
    assert issued(ledger) == [made]
    found = load(ledger, made.id[:8])
    assert found.about == forecast().about
    assert np.array_equal(found.samples, forecast().samples)
    assert found.id == made.id
    assert faults(ledger) == []


def test_a_forecast_that_was_issued_before_later_fields_came_keeps_its_id(ledger: Store) -> None:
    plain = (
        b'{"model":"pool","version":"v","data":"x","data_sha256":"x","violence":"sb","level":"cell","actor":null,'
        b'"cut":480,"months":[483],"units":[1],"names":["1"],"draws":1,"seed":0}'
    )
    old = msgspec.json.decode(plain, type=About)
    assert told(old) == plain.decode()
    later = about(rates=((0.5, None, 0.0), (1.0, 1.0, 1.0)), thin=(645,), outside=((652, "new"),))
    made, _ = issue(ledger, of(later, forecast().samples))
    assert load(ledger, made.id).about == later
    assert faults(ledger) == []


@settings(max_examples=25)
@given(
    draws=arrays(np.int64, (2, 2, 5), elements=st.integers(0, 10**6)),
    known=arrays(np.float64, (2, 3), elements=st.one_of(st.just(np.nan), st.integers(0, 10**6).map(float))),
)
def test_a_summary_stands_before_the_samples_and_says_the_same(draws: np.ndarray, known: np.ndarray) -> None:
    made = of(about(before=3), draws, known)
    found, summary = opened(made.about, made.body), summary_of(made.about, made.body)
    assert np.array_equal(found.samples, made.samples)
    assert np.array_equal(summary.before, known, equal_nan=True)
    old = of(about(), draws)
    for told_then in (summary, summary_of(old.about, old.body)):
        assert np.allclose(told_then.layers["q95"], np.quantile(draws, 0.95, axis=2), rtol=1e-6)
        assert np.allclose(told_then.layers["mean"], draws.mean(axis=2), rtol=1e-6)
        assert np.allclose(told_then.layers["chance25"], (draws >= 25).mean(axis=2))
    with pytest.raises(ValueError, match="figures"):
        summary_of(made.about, made.body[:5])


def test_the_same_forecast_again_is_no_other_one(ledger: Store) -> None:
    first, _ = issue(ledger, forecast())
    assert issue(ledger, forecast()) == (first, False)
    issue(ledger, forecast(seed=1))
    assert [each.about.seed for each in issued(ledger)] == [0, 1]


def test_an_id_that_is_not_there_or_is_of_several_is_told(ledger: Store) -> None:
    for seed in range(40):
        issue(ledger, forecast(seed=seed))
    for start in ("zz", "", "%", issued(ledger)[0].id + "0"):
        with pytest.raises(NotFound):
            load(ledger, start)
    several = next(
        each.id[0] for each in issued(ledger) if sum(o.id[0] == each.id[0] for o in issued(ledger)) > 1
    )
    with pytest.raises(NotFound, match="several"):
        load(ledger, several)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE forecasts SET given = replace(given, 'pool', 'last')",
        "UPDATE forecasts SET body_sha256 = 'x'",
        "UPDATE forecasts SET body = :body",
        "UPDATE forecasts SET id = 'x'",
        "DELETE FROM forecasts",
    ],
)
def test_nothing_of_it_can_be_rewritten_unseen(ledger: Store, change: str) -> None:
    issue(ledger, forecast())
    with ledger.database.writing() as connection:
        body = {"body": packed(forecast().samples[:, ::-1])} if ":body" in change else {}
        connection.execute(text(change), body)
    assert faults(ledger)


def test_samples_that_were_damaged_are_not_shown(ledger: Store) -> None:
    made, _ = issue(ledger, forecast())
    with ledger.database.writing() as connection:
        connection.execute(text("UPDATE forecasts SET body = :body"), {"body": b"x"})
    with pytest.raises(BadWorkspace, match="damaged"):
        load(ledger, made.id)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE forecasts SET given = replace(given, 'pool', 'last')",
        "UPDATE forecasts SET given = substr(given, 1, 40)",
        "UPDATE forecasts SET body = :body, body_sha256 = :sha256",  # another good body, with its own hash
    ],
)
def test_what_is_not_what_was_issued_is_neither_listed_nor_opened(ledger: Store, change: str) -> None:
    made, _ = issue(ledger, forecast())
    other = packed(forecast().samples[:, ::-1])
    values = {"body": other, "sha256": hashlib.sha256(other).hexdigest()} if ":body" in change else {}
    with ledger.database.writing() as connection:
        connection.execute(text(change), values)
    with pytest.raises(BadWorkspace, match="not what was issued"):
        issued(ledger)
    with pytest.raises(BadWorkspace, match="not what was issued"):
        load(ledger, made.id)


def test_the_change_log_tells_of_it(ledger: Store) -> None:
    made, _ = issue(ledger, forecast())
    (change,) = changes(ledger)
    assert (change.action, change.subject, change.recorded_at) == ("forecast", made.id, made.recorded_at)
    assert change.detail["months"] == [483, 484]


def test_a_backup_holds_it(ledger: Store, tmp_path: Path) -> None:
    made, _ = issue(ledger, forecast())
    backup(ledger, tmp_path / "copy")
    restore(tmp_path / "copy", Place.at(tmp_path / "other"))
    with Store.open(tmp_path / "other") as other:
        assert np.array_equal(load(other, made.id).samples, forecast().samples)


def test_a_moment_before_it_does_not_have_it(ledger: Store) -> None:
    first, _ = issue(ledger, forecast())
    issue(ledger, forecast(seed=1))
    with ledger.as_recorded(first.recorded_at) as then:
        assert issued(then) == [first]


# Samples


@settings(max_examples=30)
@given(arrays(np.int64, (2, 2, 5), elements=st.integers(0, 2**31 - 1)))
def test_samples_are_kept_exactly_in_any_order(samples: np.ndarray[Any, Any]) -> None:
    found = unpacked(about(), packed(of(about(), samples).samples))
    assert np.array_equal(found, np.sort(samples, axis=2))


@pytest.mark.parametrize("bad", [-1.0, float("nan"), float("inf"), 2.0**40])
def test_what_is_no_number_of_deaths_is_no_forecast(bad: float) -> None:
    samples = np.zeros((2, 2, 5))
    samples[1, 0, 3] = bad
    with pytest.raises(ValueError, match="no number of deaths"):
        of(about(), samples)
    with pytest.raises(ValueError, match="shape"):
        of(about(draws=4), np.zeros((2, 2, 5)))


@pytest.mark.parametrize(
    "raw",
    [b"", b"x", packed(np.zeros((2, 2, 4), dtype=np.int64)), packed(np.zeros((3, 2, 5), dtype=np.int64))],
)
def test_damaged_samples_are_told(raw: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        unpacked(about(), raw)
