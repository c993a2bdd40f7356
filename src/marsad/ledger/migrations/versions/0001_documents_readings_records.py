"""Documents, their texts, readings of them, and the records of each reading."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, ForeignKey, Integer, PrimaryKeyConstraint, String, Text, UniqueConstraint

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _documents()
    _texts()
    _readings()
    _records()


def _documents() -> None:
    op.create_table(
        "documents",
        Column("id", String, nullable=False),
        Column("raw_sha256", String(64), nullable=False),
        Column("source", Text),
        Column("url", Text),
        Column("revision_of", String, ForeignKey("documents.id", name="fk_documents_revision_of_documents")),
        Column("number", Integer, nullable=False),
        Column("recorded_at", String, nullable=False),
        PrimaryKeyConstraint("id", name="pk_documents"),
        UniqueConstraint("number", name="uq_documents_number"),
    )
    op.create_index("ix_documents_raw_sha256", "documents", ["raw_sha256"])
    op.create_index("ix_documents_url_number", "documents", ["url", "number"])


def _texts() -> None:
    op.create_table(
        "texts",
        Column("id", Integer, nullable=False),
        Column(
            "document_id",
            String,
            ForeignKey("documents.id", name="fk_texts_document_id_documents"),
            nullable=False,
        ),
        Column("extractor", String, nullable=False),
        Column("text_sha256", String(64), nullable=False),
        Column("text", Text, nullable=False),
        Column("recorded_at", String, nullable=False),
        PrimaryKeyConstraint("id", name="pk_texts"),
        UniqueConstraint(
            "document_id", "extractor", "text_sha256", name="uq_texts_document_id_extractor_text_sha256"
        ),
    )


def _readings() -> None:
    op.create_table(
        "readings",
        Column("id", Integer, nullable=False),
        Column(
            "document_id",
            String,
            ForeignKey("documents.id", name="fk_readings_document_id_documents"),
            nullable=False,
        ),
        Column("text_id", Integer, ForeignKey("texts.id", name="fk_readings_text_id_texts"), nullable=False),
        Column("reader", String),
        Column("gazetteer", String),
        Column("given", Text, nullable=False),
        Column("known", String(10), nullable=False),
        Column("body_sha256", String(64), nullable=False),
        Column("body", Text, nullable=False),
        Column("recorded_at", String, nullable=False),
        PrimaryKeyConstraint("id", name="pk_readings"),
    )
    op.create_index("ix_readings_document_id_id", "readings", ["document_id", "id"])
    op.create_index("ix_readings_known", "readings", ["known"])


def _records() -> None:
    op.create_table(
        "records",
        Column(
            "reading_id",
            Integer,
            ForeignKey("readings.id", name="fk_records_reading_id_readings"),
            nullable=False,
        ),
        Column("id", String, nullable=False),
        Column("kind", String, nullable=False),
        Column("local", String, nullable=False),
        Column("ordinal", Integer, nullable=False),
        Column("reader", String, nullable=False),
        Column("spans", Text, nullable=False),
        Column("begin", Integer),
        Column("end", Integer),
        Column("body", Text, nullable=False),
        PrimaryKeyConstraint("reading_id", "id", name="pk_records"),
        UniqueConstraint("reading_id", "local", name="uq_records_reading_id_local"),
    )
    op.create_index("ix_records_id", "records", ["id"])
    op.create_index("ix_records_kind_reading_id_ordinal", "records", ["kind", "reading_id", "ordinal"])
