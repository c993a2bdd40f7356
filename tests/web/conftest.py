"""What the tests of the workbench share: an application over a ledger, and a browser of the worker."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright
from starlette.testclient import TestClient

from marsad.ledger.store import Store
from marsad.web.application import application

from . import browsing, ledgers, poison

PORT = 8000
HERE = f"http://127.0.0.1:{PORT}"


def client_of(store: Store) -> TestClient:
    return TestClient(application(store, port=PORT), base_url=HERE, follow_redirects=False)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with ledgers.quiet(tmp_path_factory.mktemp("quiet")) as store:
        yield client_of(store)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with ledgers.hostile(tmp_path_factory.mktemp("hostile")) as store:
        yield client_of(store)


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with poison.poisoned(tmp_path_factory.mktemp("poisoned")) as store:
        yield client_of(store)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a worker; each page is in a context of its own."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=browsing.CHROMIUM, args=browsing.ALONE)
        yield found
        found.close()
