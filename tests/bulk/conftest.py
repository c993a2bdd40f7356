"""The same small job for all tests, and its undisturbed result."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from . import making


class Done(NamedTuple):
    inputs: list[str]
    out: Path


@pytest.fixture(autouse=True)
def small_partitions(monkeypatch: pytest.MonkeyPatch) -> None:
    making.divide_small(monkeypatch)


@pytest.fixture(scope="session")
def done(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Done]:
    """Inputs that were read by one worker, without any disturbance."""
    folder = tmp_path_factory.mktemp("bulk")
    inputs = making.write_inputs(folder)
    with pytest.MonkeyPatch.context() as patch:
        making.divide_small(patch)
        making.read(inputs, folder / "out", workers=1)
    yield Done(inputs, folder / "out")
