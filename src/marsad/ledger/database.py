"""The database of a workspace: how it is opened, migrated, read and written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, inspect, text
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from marsad.errors import BadInput, BadWorkspace
from marsad.ledger import workspace

HEAD = "0001"  # the newest migration; a test holds it to the folder `migrations`


class Database:
    """One SQLite file. Many may read while one writes; the writer holds the workspace's lock."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / workspace.DATABASE
        self._has_written = False
        self._readers = _engine(self.path, writable=False)
        self._writers = _engine(self.path, writable=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one moment of the ledger and cannot write."""
        with self._clear_errors(), self._readers.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in one transaction, committed at the end, under the workspace's lock."""
        self._has_written = True
        with (
            self._clear_errors(),
            workspace.writing(self.folder),
            self._writers.begin() as connection,
        ):
            yield connection

    def migrate(self) -> None:
        """Bring the database to this program's schema; one that is not there yet is made.

        Raises:
            BadWorkspace: a newer program has made it, or it is no database of this program.
        """
        if self.path.exists() and self._revision() == HEAD:
            return
        from marsad.ledger import migration  # noqa: PLC0415 (heavy, and most often not needed)

        with self.writing() as connection:
            stamp = _stamp(connection)
            if stamp is not None and stamp not in migration.revisions():
                raise BadWorkspace(f"{self.path}: made by a newer marsad; update this program")
            migration.upgrade(connection)

    def close(self) -> None:
        """Close every connection. The last writer writes the log back, so it goes under the lock."""
        self._readers.dispose()
        if self._has_written:
            with workspace.writing(self.folder):
                self._writers.dispose()

    def _revision(self) -> str | None:
        with self.reading() as connection:
            return _stamp(connection)

    @contextmanager
    def _clear_errors(self) -> Iterator[None]:
        try:
            yield
        except (IntegrityError, DataError) as error:
            raise BadInput(f"cannot be stored: {error.orig}") from error
        except DBAPIError as error:
            raise BadWorkspace(f"{self.path}: {error.orig}") from error
        except OSError as error:
            raise BadWorkspace(f"{error.filename or self.path}: {error.strerror or error}") from error


def _engine(path: Path, *, writable: bool) -> Engine:
    address = f"{path.absolute().as_uri()}?mode={'rwc' if writable else 'ro'}"

    def connect() -> sqlite3.Connection:
        # isolation_level None: the driver begins nothing by itself, `_begin` below does
        return sqlite3.connect(address, uri=True, isolation_level=None, timeout=30, check_same_thread=False)

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)

    @event.listens_for(engine, "connect")
    def _configure(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA foreign_keys = ON")
        if writable:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writable else "BEGIN")

    return engine


def _stamp(connection: Connection) -> str | None:
    """The migration that the database is at; `None` before the first."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
