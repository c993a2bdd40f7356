from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from marsad.errors import BadWorkspace
from marsad.ledger import migration
from marsad.ledger.database import HEAD
from marsad.ledger.schema import metadata
from marsad.ledger.store import Ledger


def test_migrations_make_what_the_schema_says(tmp_path: Path) -> None:
    Ledger.open(tmp_path, create=True).close()
    engine = create_engine(f"sqlite:///{tmp_path / 'marsad.db'}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_the_program_knows_its_newest_migration() -> None:
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    assert ScriptDirectory.from_config(migration.config()).get_current_head() == HEAD


def test_a_database_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    Ledger.open(tmp_path, create=True).close()
    _stamp(tmp_path, "9999")
    with pytest.raises(BadWorkspace, match="newer marsad"):
        Ledger.open(tmp_path)
    assert _stamped(tmp_path) == "9999"


def test_a_half_made_database_is_finished(tmp_path: Path) -> None:
    (tmp_path / "marsad.db").touch()
    with Ledger.open(tmp_path) as ledger:
        assert list(ledger.documents()) == []
    assert _stamped(tmp_path) == HEAD


def test_durability_is_set(tmp_path: Path) -> None:
    with Ledger.open(tmp_path, create=True) as ledger, ledger._database.writing() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def _stamp(folder: Path, revision: str) -> None:
    connection = sqlite3.connect(folder / "marsad.db")
    connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    connection.commit()
    connection.close()


def _stamped(folder: Path) -> object:
    connection = sqlite3.connect(folder / "marsad.db")
    (found,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    connection.close()
    return found
