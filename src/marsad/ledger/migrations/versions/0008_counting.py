"""Indexes that hold all that is counted: of the terms of given rows, and of actors, places and sources."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_terms_key", "terms", ["field", "key", "value"])
    op.create_index(
        "ix_shown_claims_sources",
        "shown_claims",
        ["origin", "document", "known", "origin_name", "origin_kind"],
    )
    op.create_index(
        "ix_shown_places_places",
        "shown_places",
        ["place", "document", "known", "name", "kind", "country", "where_prec", "key"],
    )
    op.create_index(
        "ix_shown_actors_actors",
        "shown_actors",
        ["actor", "document", "known", "name", "kind", "called", "country", "role", "key"],
    )
