"""What tells an actor of one document from those of others. The table is filled when a ledger is opened."""

from __future__ import annotations

from alembic import op
from sqlalchemy import BigInteger, Column, Integer, PrimaryKeyConstraint, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import TEXT

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WORDS = Text().with_variant(TEXT(collation="C"), "postgresql")
NUMBER = Integer().with_variant(BigInteger, "postgresql")


def upgrade() -> None:
    op.drop_table("shown_actors")
    op.create_table(
        "shown_actors",
        Column("key", NUMBER, autoincrement=False, nullable=False),
        Column("id", WORDS, nullable=False),
        Column("document", NUMBER, nullable=False),
        Column("known", WORDS, nullable=False),
        Column("publisher", WORDS),
        Column("review", WORDS),
        Column("actor", WORDS, nullable=False),
        Column("called", WORDS, nullable=False),
        Column("spelt", WORDS),
        Column("country", WORDS),
        Column("role", WORDS),
        Column("name", WORDS, nullable=False),
        Column("kind", WORDS, nullable=False),
        Column("body", WORDS, nullable=False),
        PrimaryKeyConstraint("key", name="pk_shown_actors"),
        UniqueConstraint("id", name="uq_shown_actors_id"),
    )
    for column in ("actor", "called", "kind", "name", "publisher", "review", "spelt"):
        op.create_index(f"ix_shown_actors_{column}", "shown_actors", [column, "key"])
