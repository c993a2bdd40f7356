"""The tables of the ledger. The migrations make them; a test holds the two together.

    documents 1 ─ n texts 1 ─ n readings 1 ─ n records

A document is its bytes and where it came from. A text is what one extractor made of the bytes. A
reading is what one version of the reader found in one text; the newest one of a document counts,
the others stay. A record is one claim, figure, place ... of a reading. Rows are only ever added.

Days are ISO 8601 dates, moments are ISO 8601 in UTC to the microsecond, both as text, so that they
sort as they are. JSON is canonical: the bytes that `records.reading.encode` writes.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table, Text, UniqueConstraint

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

documents = Table(
    "documents",
    metadata,
    Column("id", String, primary_key=True),
    Column("raw_sha256", String(64), nullable=False, index=True),  # names a file in originals/
    Column("source", Text),
    Column("url", Text),
    Column("revision_of", String, ForeignKey("documents.id")),
    Column("number", Integer, nullable=False, unique=True),  # 1, 2, ... in the order of adding
    Column("recorded_at", String, nullable=False),
    Index(None, "url", "number"),
)

texts = Table(
    "texts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", String, ForeignKey("documents.id"), nullable=False),
    Column("extractor", String, nullable=False),
    Column("text_sha256", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("recorded_at", String, nullable=False),
    UniqueConstraint("document_id", "extractor", "text_sha256"),
)

readings = Table(
    "readings",
    metadata,
    Column("id", Integer, primary_key=True),  # grows: the highest one of a document is its newest
    Column("document_id", String, ForeignKey("documents.id"), nullable=False),
    Column("text_id", Integer, ForeignKey("texts.id"), nullable=False),
    Column("reader", String),
    Column("gazetteer", String),
    Column("given", Text, nullable=False),  # the document as the reader got it, without its text
    Column("known", String(10), nullable=False),  # the day from which a view may show it
    Column("body_sha256", String(64), nullable=False),
    Column("body", Text, nullable=False),  # the reading, whole
    Column("recorded_at", String, nullable=False),
    Index(None, "document_id", "id"),
    Index(None, "known"),
)

records = Table(
    "records",
    metadata,
    Column("reading_id", Integer, ForeignKey("readings.id"), primary_key=True),
    Column("id", String, primary_key=True),  # the same wherever and whenever the same record is read
    Column("kind", String, nullable=False),  # claim, figure, incident, relation, place, time, actor
    Column("local", String, nullable=False),  # its id inside the reading: c1
    Column("ordinal", Integer, nullable=False),  # 1, 2, ... among records of its kind in the reading
    Column("reader", String, nullable=False),
    Column("spans", Text, nullable=False),
    Column("begin", Integer),
    Column("end", Integer),
    Column("body", Text, nullable=False),
    UniqueConstraint("reading_id", "local"),
    Index(None, "id"),
    Index(None, "kind", "reading_id", "ordinal"),
)
