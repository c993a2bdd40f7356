"""Tests that fit boosted trees need what LightGBM needs of the system: they skip, with the reason, where it lacks."""

from __future__ import annotations

import pytest

FITTED = ("test_models", "test_backtest")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if (reason := _lacking()) is None:
        return
    for item in items:
        if item.path.parent.name == "forecast" and item.path.stem in FITTED:
            item.add_marker(pytest.mark.skip(reason=reason))


def _lacking() -> str | None:
    try:
        import lightgbm  # noqa: F401, PLC0415 - whether it can be loaded is what is asked
    except OSError as error:
        return f"LightGBM cannot be loaded ({error}); on Debian: apt install libgomp1"
    return None
