"""The shipped weights, opened once a process."""

from __future__ import annotations

import pytest

from marsad.models import WEIGHTS
from marsad.models.runtime import Runtime


@pytest.fixture(scope="session")
def runtime() -> Runtime:
    return Runtime(WEIGHTS, threads=1)
