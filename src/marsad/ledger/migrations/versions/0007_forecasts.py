"""Forecasts that were issued."""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import TEXT

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

WORDS = Text().with_variant(TEXT(collation="C"), "postgresql")
NUMBER = Integer().with_variant(BigInteger, "postgresql")


def upgrade() -> None:
    op.create_table(
        "forecasts",
        Column("entry", NUMBER, autoincrement=False, nullable=False),
        Column("id", WORDS, nullable=False),
        Column("given", WORDS, nullable=False),
        Column("body_sha256", WORDS, nullable=False),
        Column("body", LargeBinary, nullable=False),
        ForeignKeyConstraint(["entry"], ["journal.number"], name="fk_forecasts_entry_journal"),
        PrimaryKeyConstraint("entry", name="pk_forecasts"),
        UniqueConstraint("id", name="uq_forecasts_id"),
    )
