"""Vectors of claims, and how credible people have judged a claim."""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    SmallInteger,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import TEXT

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

WORDS = Text().with_variant(TEXT(collation="C"), "postgresql")
NUMBER = Integer().with_variant(BigInteger, "postgresql")
JUDGED = text("credibility IS NOT NULL")


def upgrade() -> None:
    _vectors()
    _credibility()


def _vectors() -> None:
    op.create_table(
        "vectors",
        Column("entry", NUMBER, autoincrement=False, nullable=False),
        Column("claims", Integer, nullable=False),
        Column("head", WORDS, nullable=False),
        Column("body_sha256", WORDS, nullable=False),
        Column("body", LargeBinary, nullable=False),
        ForeignKeyConstraint(["entry"], ["journal.number"], name="fk_vectors_entry_journal"),
        PrimaryKeyConstraint("entry", name="pk_vectors"),
    )


def _credibility() -> None:
    op.add_column("shown_claims", Column("credibility", SmallInteger))
    op.create_index(
        "ix_shown_claims_credibility",
        "shown_claims",
        ["credibility", "key"],
        sqlite_where=JUDGED,
        postgresql_where=JUDGED,
    )
