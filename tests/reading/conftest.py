"""Who reads in a test: the rules alone, where the test is of the rules."""

import pytest

from marsad import models


@pytest.fixture
def rules_alone(monkeypatch):
    """As where the extra `models` is not installed."""
    monkeypatch.setattr(models, "load", lambda: None)
