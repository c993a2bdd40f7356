"""Runs Alembic's migrations. Imported only where there is something to migrate: Alembic is heavy."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def config(connection: Connection | None = None) -> Config:
    """Where the migrations are, and the connection on which they run."""
    found = Config()
    found.set_main_option("script_location", "marsad.ledger:migrations")
    found.attributes["connection"] = connection
    return found


def upgrade(connection: Connection) -> None:
    """Bring the database to the newest schema, in the transaction that is under way."""
    command.upgrade(config(connection), "head")


def revisions() -> frozenset[str]:
    """The migrations that this program knows."""
    return frozenset(script.revision for script in ScriptDirectory.from_config(config()).walk_revisions())
