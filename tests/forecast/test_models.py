"""Every model, on an invented panel: what holds whatever the data."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.errors import BadInput, NotFound
from marsad.forecast.donors import allotted, donors, drawn
from marsad.forecast.features import features
from marsad.forecast.hazards import hazards, questions, shares
from marsad.forecast.model import Model
from marsad.forecast.models import MODELS, POOL, SINGLE, named
from marsad.forecast.panel import Panel
from marsad.forecast.past import Past
from marsad.forecast.pool import fitted
from marsad.forecast.predicting import base_rates, check, thin
from marsad.forecast.scores import BINS
from tests.forecast.violence import invented

HORIZONS = range(1, 4)
NAMES = [model.name for model in MODELS]


@pytest.fixture(scope="module")
def panel() -> Panel:
    return invented()


def drawn_from(panel: Panel, model: Model, seed: int = 0) -> np.ndarray:
    return fitted(model, Past(panel, HORIZONS, seed)).sample()


@pytest.fixture(scope="module")
def past(panel: Panel) -> Past:
    return Past(panel, HORIZONS)


@pytest.mark.parametrize("name", NAMES)
def test_draws_are_deaths_within_what_was_seen(past: Past, name: str) -> None:
    samples = fitted(named(name), past).sample()
    draws = 12 if name == "conflictology" else 1000
    assert samples.shape == (12, 3, draws)
    most = np.nanmax(past.deaths)
    assert (samples >= 0).all()
    assert (samples <= most * (2 if name == "last" else 1)).all()  # a Poisson draw may pass its mean


@pytest.mark.parametrize("model", SINGLE, ids=lambda model: model.name)
def test_shares_add_up_and_leave_nothing_impossible(past: Past, model: object) -> None:
    found = fitted(model, past).shares
    assert found.sum(axis=2) == pytest.approx(1, abs=1e-3)
    assert (found > 0).all()


def test_the_same_seed_gives_the_same_draws_and_another_seed_others(panel: Panel) -> None:
    model = named("boosting")
    first, again, other = (drawn_from(panel, model, seed) for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_violent_units_are_forecast_more_deaths_than_peaceful_ones(past: Past) -> None:
    means = fitted(POOL, past).sample().mean(axis=(1, 2))
    assert means[-1] > 10 * means[0]


def test_weights_of_the_pool_are_learnt_and_add_up(past: Past) -> None:
    weights = POOL.weights(past)
    assert weights.sum() == pytest.approx(1)
    assert (weights > 0).all()
    assert len(set(np.round(weights, 6))) > 1


def test_where_nobody_died_no_member_earns_weight(panel: Panel) -> None:
    peace = replace(panel, best={"sb": np.zeros_like(panel.deaths("sb"))})
    assert POOL.weights(Past(peace, HORIZONS)) == pytest.approx(1 / len(SINGLE))


@pytest.mark.parametrize("seed", range(2))
def test_what_is_later_than_the_cut_changes_nothing(panel: Panel, seed: int) -> None:
    cut = panel.last - 14
    noise = np.random.default_rng(seed)
    best = {kind: figures.copy() for kind, figures in panel.best.items()}
    for figures in best.values():
        figures[:, cut - panel.first + 1 :] = noise.integers(0, 9999, figures[:, -14:].shape)
    changed = replace(panel, best=best)
    model = (POOL, named("boosting"))[seed]
    forecast = drawn_from(panel.until(cut), model)
    assert np.array_equal(forecast, fitted(model, Past(changed, HORIZONS).until(cut)).sample())


def test_a_short_panel_and_far_months_are_refused(panel: Panel) -> None:
    with pytest.raises(BadInput, match="needed"):
        check(panel.until(panel.first + 40), HORIZONS)
    for horizons in (range(3), range(1, 1), range(1, 99)):
        with pytest.raises(BadInput, match="ahead"):
            check(panel, horizons)


def test_units_of_short_history_are_marked(panel: Panel) -> None:
    deaths = panel.deaths("sb").copy()
    deaths[4, :-20] = np.nan
    young = replace(panel, best={**panel.best, "sb": deaths})
    assert thin(young) == (105,)
    assert drawn_from(young, POOL).shape == (12, 3, 1000)


def test_a_panel_without_any_deaths_is_forecast_none_or_few(panel: Panel) -> None:
    quiet = replace(panel, best={"sb": np.zeros_like(panel.deaths("sb"))})
    assert drawn_from(quiet, POOL).mean() < 1


def test_base_rates_count_known_months_only(panel: Panel) -> None:
    deaths = np.full((12, panel.length), np.nan)
    deaths[0, -4:] = [0, 30, 1, 0]
    found = base_rates(replace(panel, best={"sb": deaths}), (1, 25))
    assert found[0].tolist() == [0.5, 0.25]
    assert np.isnan(found[1:]).all()


def test_an_unknown_model_is_told() -> None:
    with pytest.raises(NotFound, match="pool"):
        named("crystal ball")


# Parts


@pytest.mark.parametrize("months", [1, 37, 109])
def test_features_of_a_month_are_made_of_that_month_and_earlier_ones(panel: Panel, months: int) -> None:
    fresh = features(panel.until(panel.first + months - 1))
    assert np.array_equal(features(panel).until(months).values, fresh.values)


def test_features_are_the_same_made_of_all_units_or_of_some_at_a_time(
    panel: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = features(panel).values
    monkeypatch.setattr("marsad.forecast.features._BLOCK", 5)
    assert np.array_equal(features(panel).values, whole)


def test_units_of_one_past_are_asked_for_once(panel: Panel) -> None:
    peace = {kind: np.where(np.arange(12)[:, None] < 4, 0.0, figures) for kind, figures in panel.best.items()}
    past = Past(replace(panel, best=peace), HORIZONS)
    assert len(past.distinct) == 9
    assert len(past.asked) == 9 * len(HORIZONS)
    found = past.shaped(np.arange(27.0))
    assert found.shape == (12, 3)
    assert (found[:4] == found[0]).all()
    assert len(np.unique(found[4:])) == 24


def test_rows_that_are_kept_stand_for_those_that_are_not(
    panel: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Past(panel, HORIZONS).rows
    monkeypatch.setattr("marsad.forecast.past._MOST", 150)
    thinned = Past(panel, HORIZONS).rows
    for violent in (True, False):
        of_all, kept = ((rows.deaths > 0) == violent for rows in (whole, thinned))
        assert 100 < kept.sum() < 200 < of_all.sum()
        assert thinned.weights[kept].sum() == pytest.approx(whole.weights[of_all].sum(), rel=0.2)


@given(st.lists(st.floats(0.01, 0.99), min_size=BINS - 1, max_size=BINS - 1))
def test_hazards_and_shares_are_one_thing(passing: list[float]) -> None:
    found = shares(np.array(passing))
    assert found.sum() == pytest.approx(1)
    whole = found[-1] > 1e-6  # deep in the tail, rounding shows
    assert not whole or hazards(found) == pytest.approx(passing, abs=1e-6)


def test_a_row_is_asked_until_it_stops() -> None:
    asked = questions(np.array([0, 2]))
    assert list(zip(asked.rows, asked.edges, asked.passed, strict=True)) == [
        (0, 0, False),
        (1, 0, True),
        (1, 1, True),
        (1, 2, False),
    ]


@settings(max_examples=50)
@given(st.lists(st.integers(0, 100), min_size=BINS, max_size=BINS).filter(any), st.integers(1, 1000))
def test_draws_are_allotted_whole_and_near_their_shares(votes: list[int], draws: int) -> None:
    exact = np.array([votes]) / sum(votes) * draws
    found = allotted(np.array([votes], dtype=float), draws)
    assert found.sum() == draws
    assert (np.abs(found - exact) < 1 + 1e-9).all()


def test_a_bin_is_filled_from_months_at_a_like_level() -> None:
    levels = np.repeat([1.0, 9.0], 100)
    filled = donors(levels, np.full(200, 10), np.repeat([1001.0, 9000.0], 100), np.array([0.5, 9.5]))
    assert set(filled[0, 10]) == {1001}
    assert set(filled[1, 10]) == {9000}
    certain = np.zeros((2, 1, BINS))
    certain[:, :, 10] = 1
    assert drawn(certain, filled, 5)[:, 0].tolist() == [[1001] * 5, [9000] * 5]
    many = drawn(
        np.tile(certain, (600, 1, 1)), np.tile(filled, (600, 1, 1)), 5
    )  # more than are made at a time
    assert many[:, 0].tolist() == [[1001] * 5, [9000] * 5] * 600
