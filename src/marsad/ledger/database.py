"""The database of a ledger: how it is opened, migrated, read and written.

One class a kind of database; what they share is above them. Many may read while one writes, each
reader sees one moment, and a writer waits for the one before it.
"""

from __future__ import annotations

import logging
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from copy import copy
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError

from marsad.errors import BadInput, BadWorkspace
from marsad.ledger import workspace
from marsad.ledger.schema import metadata
from marsad.ledger.showing import search

HEAD = "0010"  # the newest migration; a test holds it to the folder `migrations`
_FULL = ("disk is full", "disk I/O error", "No space left")  # as SQLite and PostgreSQL say it
_LOCK = 0x6D61727361640001  # "marsad": the advisory lock that a writer holds
_CACHE = 64 * 1024  # KiB of SQLite pages that one connection may keep in memory

# What fails is raised, in one line; the driver would print another one where no logging is set up.
logging.getLogger("psycopg").addHandler(logging.NullHandler())


class Database(ABC):
    """How connections are had, and how its errors become ours."""

    def __init__(self, name: str) -> None:
        self.name = name  # as an error says it: no password in it
        self._has_written = False
        self._held: Connection | None = None  # of a copy that sees one moment

    @property
    @abstractmethod
    def _readers(self) -> Engine: ...

    @property
    @abstractmethod
    def _writers(self) -> Engine: ...

    @abstractmethod
    def _one_writer(self) -> AbstractContextManager[None]:
        """Held by a writer from before its transaction until after its commit."""

    @abstractmethod
    def is_empty(self) -> bool:
        """Whether there is no ledger yet, not even a half-made one."""

    @abstractmethod
    def scrub(self) -> None:
        """Leave nothing of what was deleted in the files of the database, as far as it can be told."""

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one moment of the ledger and cannot write."""
        if self._held is not None:
            yield self._held
            return
        with self._clear_errors(), self._readers.begin() as connection:
            yield connection

    @contextmanager
    def held(self) -> Iterator[Self]:
        """The same database, all of whose readings are of one moment."""
        with self.reading() as connection:
            same = copy(self)
            same._held = connection
            yield same

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in one transaction, committed at the end; no other writes meanwhile.

        Raises:
            BadInput: a value cannot be stored.
            BadWorkspace: the database cannot be written. In both cases nothing of it is stored.
        """
        with self._clear_errors(), self._one_writer():
            self._has_written = True
            with self._writers.begin() as connection:
                yield connection

    def migrate(self) -> None:
        """Bring the database to this program's schema; one that is not there yet is made.

        Raises:
            BadWorkspace: a newer program has made it, or it is no database of this program.
        """
        if not self.is_empty() and self._revision() == HEAD:
            return
        with self.writing() as connection:
            stamp = _stamp(connection)
            if stamp == HEAD:  # another one was quicker
                return
            if stamp is None and not inspect(connection).get_table_names():
                _create(connection)
                return
            from marsad.ledger import migration  # noqa: PLC0415 (heavy, and most often not needed)

            if stamp is not None and stamp not in migration.revisions():
                raise BadWorkspace(f"{self.name}: made by a newer marsad; update this program")
            migration.upgrade(connection)

    def close(self) -> None:
        """Close every connection. SQLite's last writer writes the log back, so it goes under the lock."""
        self._readers.dispose()
        with self._one_writer() if self._has_written else nullcontext():
            self._writers.dispose()

    def _revision(self) -> str | None:
        with self.reading() as connection:
            return _stamp(connection)

    @contextmanager
    def _clear_errors(self) -> Iterator[None]:
        try:
            yield
        except (IntegrityError, DataError) as error:
            raise BadInput(f"cannot be stored: {_line(error)}") from error
        except DBAPIError as error:
            raise BadWorkspace(f"{self.name}: {_line(error)}") from error
        except UnicodeDecodeError as error:  # sqlite3 reads its own schema as UTF-8
            raise BadWorkspace(f"{self.name}: damaged; run marsad check, and restore a backup") from error
        except OSError as error:
            raise BadWorkspace(f"{error.filename or self.name}: {error.strerror or error}") from error


class SQLite(Database):
    """A file `marsad.db` in a folder; the writer holds the folder's lock."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / workspace.DATABASE
        super().__init__(str(self.path))
        self._readers_of, self._writers_of = _sqlite(self.path, "ro"), _sqlite(self.path, "rwc")

    @property
    def _readers(self) -> Engine:
        return self._readers_of

    @property
    def _writers(self) -> Engine:
        return self._writers_of

    def _one_writer(self) -> AbstractContextManager[None]:
        return workspace.writing(self.folder)

    def is_empty(self) -> bool:
        return not self.path.exists()

    def scrub(self) -> None:
        """Deleted rows are overwritten (`secure_delete`); the log still holds them."""
        with self._clear_errors(), self._one_writer(), closing(self._writers.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


class PostgreSQL(Database):
    """A database of a server, 15 or newer; the writer holds an advisory lock in it."""

    def __init__(self, address: str) -> None:
        try:
            url = make_url(address).set(drivername="postgresql+psycopg")
        except ArgumentError:
            raise BadInput("the address of the database: give postgresql://USER@HOST:PORT/NAME") from None
        super().__init__(url.set(drivername="postgresql").render_as_string(hide_password=True))
        try:
            self._engine = create_engine(url, pool_pre_ping=True, isolation_level="REPEATABLE READ")
        except ModuleNotFoundError:
            raise BadWorkspace(
                f"{self.name}: PostgreSQL needs psycopg; install it with: pip install 'marsad[postgresql]'"
            ) from None
        self._only_readers = self._engine.execution_options(postgresql_readonly=True)
        # a writer must see what the one before it has committed, whose lock it waited for
        self._only_writers = self._engine.execution_options(isolation_level="READ COMMITTED")
        event.listen(self._only_writers, "begin", _wait_for_turn)

    @property
    def _readers(self) -> Engine:
        return self._only_readers

    @property
    def _writers(self) -> Engine:
        return self._only_writers

    def _one_writer(self) -> AbstractContextManager[None]:
        return nullcontext()

    def is_empty(self) -> bool:
        return self._revision() is None

    def scrub(self) -> None:
        with self._clear_errors(), self._engine.connect() as connection:
            autocommit = connection.execution_options(isolation_level="AUTOCOMMIT")
            autocommit.exec_driver_sql("VACUUM")


def _wait_for_turn(connection: Connection) -> None:
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{workspace.PATIENCE:.0f}s'")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


def _sqlite(path: Path, mode: str) -> Engine:
    address = f"{path.absolute().as_uri()}?mode={mode}"

    def connect() -> sqlite3.Connection:
        # isolation_level None: the driver begins nothing by itself, `_begin` below does
        return sqlite3.connect(address, uri=True, isolation_level=None, timeout=30, check_same_thread=False)

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)

    @event.listens_for(engine, "connect")
    def _configure(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = -{_CACHE}")
        if mode == "rwc":
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA secure_delete = ON")  # what is redacted is overwritten

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if mode == "ro" else "BEGIN IMMEDIATE")

    return engine


def _create(connection: Connection) -> None:
    """Make the tables of an empty database at once, and say that all migrations were run.

    A test holds the two ways together; the migrations take ten times as long.
    """
    metadata.create_all(connection)
    search.create(connection)
    connection.exec_driver_sql(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
        "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{HEAD}')")  # noqa: S608


def _stamp(connection: Connection) -> str | None:
    """The migration that the database is at; `None` before the first."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _line(error: DBAPIError) -> str:
    """What the database says, on one line, and what to do where that is known."""
    said = " ".join(str(error.orig).split())
    is_full = any(words in said for words in _FULL)
    return f"{said}; make room and do it again" if is_full else said
