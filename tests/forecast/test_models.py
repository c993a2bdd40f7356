"""Every model, on an invented panel: what holds whatever the data."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.errors import BadInput, NotFound
from marsad.forecast.donors import allotted, donors, drawn
from marsad.forecast.hazards import hazards, questions, shares
from marsad.forecast.models import MODELS, POOL, SINGLE, named
from marsad.forecast.panel import Panel
from marsad.forecast.past import Past
from marsad.forecast.pool import fitted
from marsad.forecast.predicting import base_rates, predict, thin
from marsad.forecast.scores import BINS
from tests.forecast.violence import invented

HORIZONS = range(1, 4)
NAMES = [model.name for model in MODELS]


@pytest.fixture(scope="module")
def panel() -> Panel:
    return invented()


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
    first, again, other = (predict(panel, HORIZONS, model, seed=seed) for seed in (1, 1, 2))
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


@pytest.mark.parametrize("seed", range(2))
def test_what_is_later_than_the_cut_changes_nothing(panel: Panel, seed: int) -> None:
    cut = panel.last - 14
    noise = np.random.default_rng(seed)
    best = {kind: figures.copy() for kind, figures in panel.best.items()}
    for figures in best.values():
        figures[:, cut - panel.first + 1 :] = noise.integers(0, 9999, figures[:, -14:].shape)
    changed = replace(panel, best=best)
    model = (POOL, named("boosting"))[seed]
    forecast = predict(panel.until(cut), HORIZONS, model)
    assert np.array_equal(forecast, fitted(model, Past(changed, HORIZONS).until(cut)).sample())


def test_a_short_panel_and_far_months_are_refused(panel: Panel) -> None:
    with pytest.raises(BadInput, match="needed"):
        predict(panel.until(panel.first + 40), HORIZONS, POOL)
    for horizons in (range(3), range(1, 1), range(1, 99)):
        with pytest.raises(BadInput, match="ahead"):
            predict(panel, horizons, POOL)


def test_units_of_short_history_are_marked(panel: Panel) -> None:
    deaths = panel.deaths("sb").copy()
    deaths[4, :-20] = np.nan
    young = replace(panel, best={**panel.best, "sb": deaths})
    assert thin(young) == (105,)
    assert predict(young, HORIZONS, POOL).shape == (12, 3, 1000)


def test_a_panel_without_any_deaths_is_forecast_none_or_few(panel: Panel) -> None:
    quiet = replace(panel, best={"sb": np.zeros_like(panel.deaths("sb"))})
    assert predict(quiet, HORIZONS, POOL).mean() < 1


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
