"""Runs the migrations on the connection, and in the transaction, that the database hands over."""

from __future__ import annotations

from alembic import context

from marsad.ledger.schema import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True
)
context.run_migrations()
