"""What every test shares: in the gate (CI=true) a skipped test is a failure, so that nothing is skipped.

And the databases of both kinds: `postgresql` is the address of an empty one, on a server that starts
when the first test asks for it; a test of `address` runs on either kind. There a ledger is that holds
nothing: a copy, since to make its tables takes longer than most tests.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from marsad.ledger.store import Store
from marsad.ledger.workspace import DATABASE

from . import postgres

# No example has to be done within a time: machines are busy. (So it is in hypothesis's own profile for CI.)
settings.register_profile("patient", settings.get_profile(settings.get_current_profile_name()), deadline=None)
settings.load_profile("patient")


def pytest_collection_finish() -> None:
    """What is there by now stays to the end: no collection of garbage need walk through it again."""
    gc.freeze()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[postgres.Server]:
    try:
        with postgres.running() as server:
            yield server
    except postgres.Missing as missing:
        pytest.skip(str(missing))


@pytest.fixture
def postgresql(postgresql_server: postgres.Server) -> Iterator[str]:
    """The address of an empty PostgreSQL database of this test alone."""
    with postgresql_server.database() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def new_address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a ledger can be made: a folder that is not there yet, or an empty PostgreSQL database."""
    if request.param == "sqlite":
        return str(tmp_path / "workspace")
    found: str = request.getfixturevalue("postgresql")
    return found


@pytest.fixture(scope="session")
def ledger_in_sqlite(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of a ledger that holds nothing."""
    folder = tmp_path_factory.mktemp("empty")
    Store.open(folder, create=True).close()
    return (folder / DATABASE).read_bytes()


@pytest.fixture(scope="session")
def ledger_in_postgresql(postgresql_server: postgres.Server) -> Iterator[str]:
    """The address of a ledger that holds nothing, to be copied and else left alone."""
    with postgresql_server.database() as address:
        Store.open(address, create=True).close()
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a ledger of this test alone is, which holds nothing yet: a folder, or a PostgreSQL database."""
    if request.param == "sqlite":
        folder = tmp_path / "workspace"
        folder.mkdir()
        (folder / DATABASE).write_bytes(request.getfixturevalue("ledger_in_sqlite"))
        yield str(folder)
    else:
        server: postgres.Server = request.getfixturevalue("postgresql_server")
        with server.database(like=request.getfixturevalue("ledger_in_postgresql")) as found:
            yield found


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, None]:
    outcome = yield
    _fail_a_skip(outcome.get_result())


@pytest.hookimpl(hookwrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, Any, None]:
    outcome = yield
    _fail_a_skip(outcome.get_result())


def _fail_a_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"skipped, and in the gate nothing is: {report.longrepr}"
