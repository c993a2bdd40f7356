"""The databases that tests are given: each is new, its own, and like one that a team would set up."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, make_url, text

from . import postgres


def test_a_database_is_there_and_empty(postgresql: str) -> None:
    with psycopg.connect(postgresql) as connection:
        assert connection.info.server_version >= postgres.OLDEST * 10_000
        tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        assert connection.execute(tables).fetchone() == (0,)


def test_what_is_committed_is_on_disk_and_text_sorts_by_code_point(postgresql: str) -> None:
    with psycopg.connect(postgresql) as connection:
        wanted = {"fsync": "on", "synchronous_commit": "on", "server_encoding": "UTF8", "lc_collate": "C"}
        for name, value in wanted.items():
            assert connection.execute("SELECT current_setting(%s)", [name]).fetchone() == (value,)


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


def test_an_address_is_a_folder_to_make_or_a_database(address: str) -> None:
    assert address.startswith("postgresql://") or not Path(address).exists()


def test_a_server_leaves_nothing_behind() -> None:
    with postgres.running() as server, server.database() as address:
        folder = Path(make_url(address).query["host"])  # type: ignore[arg-type]
        assert folder.is_dir()
    assert not folder.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address)
