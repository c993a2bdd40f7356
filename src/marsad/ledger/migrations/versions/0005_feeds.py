"""Feeds that are followed, when they were asked, and what became of their entries."""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    SmallInteger,
    Text,
)
from sqlalchemy.dialects.postgresql import TEXT

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

WORDS = Text().with_variant(TEXT(collation="C"), "postgresql")
NUMBER = Integer().with_variant(BigInteger, "postgresql")


def upgrade() -> None:
    _follows()
    _polls()
    _fetches()


def _follows() -> None:
    op.create_table(
        "follows",
        Column("entry", NUMBER, autoincrement=False, nullable=False),
        Column("feed", WORDS, nullable=False),
        Column("followed", SmallInteger(), nullable=False),
        Column("kind", WORDS, nullable=False),
        Column("title", WORDS),
        ForeignKeyConstraint(["entry"], ["journal.number"], name="fk_follows_entry_journal"),
        PrimaryKeyConstraint("entry", name="pk_follows"),
    )
    op.create_index("ix_follows_feed_entry", "follows", ["feed", "entry"])


def _polls() -> None:
    op.create_table(
        "polls",
        Column("entry", NUMBER, autoincrement=False, nullable=False),
        Column("feed", WORDS, nullable=False),
        Column("outcome", WORDS, nullable=False),
        Column("reason", WORDS),
        Column("due", WORDS),
        Column("etag", WORDS),
        Column("last_modified", WORDS),
        Column("listed", Integer(), nullable=False),
        Column("seen", Integer(), nullable=False),
        Column("new", Integer(), nullable=False),
        ForeignKeyConstraint(["entry"], ["journal.number"], name="fk_polls_entry_journal"),
        PrimaryKeyConstraint("entry", name="pk_polls"),
    )
    op.create_index("ix_polls_feed_entry", "polls", ["feed", "entry"])


def _fetches() -> None:
    op.create_table(
        "fetches",
        Column("entry", NUMBER, autoincrement=False, nullable=False),
        Column("poll", NUMBER, nullable=False),
        Column("item", WORDS, nullable=False),
        Column("version", WORDS, nullable=False),
        Column("outcome", WORDS, nullable=False),
        Column("reason", WORDS),
        Column("document", WORDS),
        ForeignKeyConstraint(["document"], ["documents.id"], name="fk_fetches_document_documents"),
        ForeignKeyConstraint(["entry"], ["journal.number"], name="fk_fetches_entry_journal"),
        ForeignKeyConstraint(["poll"], ["polls.entry"], name="fk_fetches_poll_polls"),
        PrimaryKeyConstraint("entry", name="pk_fetches"),
    )
    op.create_index("ix_fetches_document", "fetches", ["document"])
    op.create_index("ix_fetches_item_entry", "fetches", ["item", "entry"])
    op.create_index("ix_fetches_poll", "fetches", ["poll"])
