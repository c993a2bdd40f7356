"""Tests that fit boosted trees need what LightGBM needs of the system: they skip, with the reason, where it lacks."""

from __future__ import annotations

import pytest

FITTED = ("test_models", "test_backtest")


@pytest.fixture(autouse=True, scope="module")
def lightgbm(request: pytest.FixtureRequest) -> None:
    """Loaded when the first of these tests runs: it takes seconds, and one worker alone needs it."""
    if request.path.stem not in FITTED:
        return
    try:
        import lightgbm  # noqa: F401, PLC0415 - whether it can be loaded is what is asked
    except OSError as error:
        pytest.skip(f"LightGBM cannot be loaded ({error}); on Debian: apt install libgomp1")
