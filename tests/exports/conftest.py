"""One ledger for the tests of exports: two reports of different days, and a row that people coded."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from marsad.ledger.store import Store

from ..ledger.making import given
from .making import put


@pytest.fixture(scope="session")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("exports") / "workspace", create=True) as made:
        put(made)
        wire = {"url": "https://wire.example/2", "publisher": "Valley Wire", "title": "Again"}
        put(made, **wire, published=given("2024-04-02"))
        row = {"url": None, "publisher": "ACLED", "title": "ACLED, event RUR42", "genre": "coded"}
        put(made, **row, published=given("2024-05-01"))
        made.rate("named:united observers", "B", by="amy", reason="known for years")
        yield made


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("exports") / "empty", create=True) as made:
        yield made
