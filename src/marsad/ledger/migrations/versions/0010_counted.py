"""Actors, places and sources, counted over all documents; the next opening fills them from what is shown."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_WORDS = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
_NUMBER = sa.Integer().with_variant(sa.BigInteger, "postgresql")


def upgrade() -> None:
    op.create_index("ix_indexed_version", "indexed", ["version"])
    several = ("kinds", "countries", "roles", "forms")
    _counted(
        "counted_actors",
        sa.Column("called", _WORDS, nullable=False),
        sa.Column("spelt", _WORDS),
        *(sa.Column(name, _WORDS, nullable=False) for name in several),
        sort=("called", "spelt"),
    )
    op.create_table(
        "counted_names",
        sa.Column("form", _WORDS, nullable=False),
        sa.Column("key", _WORDS, nullable=False),
        sa.PrimaryKeyConstraint("form", "key", name="pk_counted_names"),
        sqlite_with_rowid=False,
    )
    _counted(
        "counted_places",
        sa.Column("called", _WORDS, nullable=False),
        sa.Column("country", _WORDS),
        sa.Column("where_prec", sa.SmallInteger),
        sa.Column("first_key", _NUMBER, nullable=False),
        sort=("called", "name", "kind", "country", "where_prec", "documents"),
    )
    _counted(
        "counted_sources",
        sa.Column("claims", sa.Integer, nullable=False),
        sort=("name", "kind", "documents", "claims"),
    )


def _counted(name: str, *columns: sa.Column[Any], sort: tuple[str, ...]) -> None:
    op.create_table(
        name,
        sa.Column("key", _WORDS, nullable=False),
        sa.Column("name", _WORDS, nullable=False),
        sa.Column("kind", _WORDS, nullable=False),
        *columns,
        sa.Column("documents", sa.Integer, nullable=False),
        sa.Column("first_known", _WORDS, nullable=False),
        sa.Column("last_known", _WORDS, nullable=False),
        sa.PrimaryKeyConstraint("key", name=f"pk_{name}"),
    )
    for column in sort:
        op.create_index(f"ix_{name}_{column}", name, [column, "key"])
