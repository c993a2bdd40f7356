"""The database itself: its pages, keys and indexes, and the search index with the words in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from sqlalchemy import Connection, inspect
from sqlalchemy.exc import DBAPIError

from marsad.ledger.checking.problem import RENEW, RESTORE, Problem
from marsad.ledger.database import HEAD, Database
from marsad.ledger.schema import metadata

_FIRST_FAULTY, _LAST_FAULTY = (3, 7, 0), (3, 51, 2)  # two writers at once can corrupt a log's file
_NAMES = {  # of all tables and indexes
    "sqlite": "SELECT name FROM sqlite_master",
    "postgresql": "SELECT relname FROM pg_class WHERE pg_table_is_visible(oid)",
}
_PARTS = ("data", "idx", "content", "config")  # the tables in which FTS5 keeps one index


def is_faulty(version: tuple[int, ...]) -> bool:
    """Whether an SQLite of this version has the WAL-reset bug."""
    return _FIRST_FAULTY <= version <= _LAST_FAULTY


def version(connection: Connection) -> Iterator[Problem]:
    """A warning of an SQLite with the WAL-reset bug."""
    if connection.dialect.name == "sqlite" and is_faulty(sqlite3.sqlite_version_info):
        yield Problem(
            f"SQLite {sqlite3.sqlite_version}",
            "has the WAL-reset bug (3.7.0 to 3.51.2), by which two writers at once can damage a file",
            "Marsad writes under one lock, so let no other program write to marsad.db",
            is_harmless=True,
        )


def revision(connection: Connection, of: Database) -> Iterator[Problem]:
    """A schema that is not this program's: there is no more to check then."""
    if not inspect(connection).has_table("alembic_version"):
        yield Problem(of.name, "no ledger is in it", "name one with --workspace")
        return
    stamp = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if stamp != HEAD:
        what = f"its schema is {stamp}, that of this program {HEAD}"
        yield Problem(
            of.name, what, "marsad documents brings an older one up to date; a newer one needs a newer marsad"
        )


def pages(connection: Connection, of: Database) -> Iterator[Problem]:
    """Damaged pages, indexes that are not those of their rows, and keys that lead nowhere."""
    if connection.dialect.name == "sqlite":
        for (line,) in connection.exec_driver_sql("PRAGMA integrity_check"):
            if line != "ok":
                yield Problem(of.name, " ".join(str(line).split()), RESTORE)
        for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield Problem(f"{table}, row {row}", f"its row of {parent} is missing", RESTORE)


def schema(connection: Connection, of: Database) -> Iterator[Problem]:
    """Tables and indexes that are missing."""
    there = set(connection.exec_driver_sql(_NAMES[connection.dialect.name]).scalars())
    for table in metadata.sorted_tables:
        for name in sorted({table.name, *(str(index.name) for index in table.indexes)} - there):
            yield Problem(of.name, f"has no table or index {name}", RESTORE)


def search_index(connection: Connection, name: str) -> Iterator[Problem]:
    """Whether FTS5's index `name`, one of `search.TABLES`, holds the words of its rows and no others.

    FTS5 checks itself by a statement that writes, so a copy of it is checked: nobody waits for that,
    and the ledger is only read.
    """
    if connection.dialect.name != "sqlite":
        return
    copy = f"checked_{name}"
    asked = "SELECT sql FROM sqlite_master WHERE name = ?"
    declared = str(connection.exec_driver_sql(asked, (name,)).scalar_one())
    connection.exec_driver_sql(declared.replace(f"TABLE {name} ", f"TABLE temp.{copy} ", 1))
    for part in _PARTS:
        connection.exec_driver_sql(f"DELETE FROM temp.{copy}_{part}")  # noqa: S608 - names of our own
        fill = f"INSERT INTO temp.{copy}_{part} SELECT * FROM main.{name}_{part}"  # noqa: S608
        connection.exec_driver_sql(fill)
    try:
        connection.exec_driver_sql(f"INSERT INTO temp.{copy}({copy}) VALUES ('integrity-check')")  # noqa: S608
    except DBAPIError:
        yield Problem(name, "does not hold the words of its rows", RENEW)
    connection.exec_driver_sql(f"DROP TABLE temp.{copy}")
