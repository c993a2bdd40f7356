"""The databases that tests are given: each is new, its own, and like one that a team would set up."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, make_url, text

from marsad.errors import BadWorkspace
from marsad.ledger.store import Store

from . import postgres
from .ledger.making import put


def test_a_database_is_there_and_empty(postgresql: str) -> None:
    with psycopg.connect(postgresql) as connection:
        assert connection.info.server_version >= postgres.OLDEST * 10_000
        tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        assert connection.execute(tables).fetchone() == (0,)


def settings_of(address: str, *names: str) -> list[str]:
    with psycopg.connect(address) as connection:
        return [connection.execute("SELECT current_setting(%s)", [each]).fetchone()[0] for each in names]  # type: ignore[index]


def test_text_sorts_by_code_point(postgresql: str) -> None:
    assert settings_of(postgresql, "server_encoding", "lc_collate") == ["UTF8", "C"]


def test_two_databases_are_separate(postgresql_server: postgres.Server, postgresql: str) -> None:
    with postgresql_server.database() as other:
        assert other != postgresql
        with psycopg.connect(other) as connection:
            connection.execute("CREATE TABLE reports (title text)")
        with psycopg.connect(postgresql) as connection:
            assert connection.execute("SELECT to_regclass('reports')").fetchone() == (None,)


def test_a_database_goes_though_somebody_is_connected(postgresql_server: postgres.Server) -> None:
    with postgresql_server.database() as address:
        connection = psycopg.connect(address)
    with pytest.raises(psycopg.OperationalError):
        connection.execute("SELECT 1")
    connection.close()
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(address)


def test_sqlalchemy_opens_it_under_the_driver(postgresql: str) -> None:
    engine = create_engine(make_url(postgresql).set(drivername="postgresql+psycopg"))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1
    engine.dispose()


def test_a_ledger_can_be_made_at_a_new_address(new_address: str) -> None:
    with pytest.raises(BadWorkspace, match="no workspace"):
        Store.open(new_address)
    assert new_address.startswith("postgresql://") or not Path(new_address).exists()


@pytest.mark.parametrize("number", [1, 2])
def test_at_an_address_is_a_ledger_that_nobody_has_written_in(address: str, number: int) -> None:
    with Store.open(address) as ledger:
        put(ledger, f"Wardak: the group has {number} men")
        assert ledger.documents().count().number == 1


def test_a_durable_server_writes_to_disk_and_leaves_nothing_behind() -> None:
    with postgres.running(durable=True) as server, server.database() as address:
        assert settings_of(address, "fsync", "synchronous_commit", "full_page_writes") == ["on", "on", "on"]
        folder = Path(make_url(address).query["host"])  # type: ignore[arg-type]
        assert folder.is_dir()
    assert not folder.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address)
