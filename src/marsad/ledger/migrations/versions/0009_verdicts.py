"""What came of issued forecasts."""

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

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

WORDS = Text().with_variant(TEXT(collation="C"), "postgresql")
NUMBER = Integer().with_variant(BigInteger, "postgresql")


def upgrade() -> None:
    op.create_table(
        "verdicts",
        Column("entry", NUMBER, autoincrement=False, nullable=False),
        Column("id", WORDS, nullable=False),
        Column("forecast", WORDS, nullable=False),
        Column("given", WORDS, nullable=False),
        Column("body_sha256", WORDS, nullable=False),
        Column("body", LargeBinary, nullable=False),
        ForeignKeyConstraint(["entry"], ["journal.number"], name="fk_verdicts_entry_journal"),
        ForeignKeyConstraint(["forecast"], ["forecasts.id"], name="fk_verdicts_forecast_forecasts"),
        PrimaryKeyConstraint("entry", name="pk_verdicts"),
        UniqueConstraint("id", name="uq_verdicts_id"),
    )
    op.create_index("ix_verdicts_forecast", "verdicts", ["forecast"])
