"""What is shown of the facts, with its search index. It is filled when the ledger is opened."""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    SmallInteger,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import TEXT

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WORDS = Text().with_variant(TEXT(collation="C"), "postgresql")
NUMBER = Integer().with_variant(BigInteger, "postgresql")

SEARCHED = ("search_documents", "search_claims")


def upgrade() -> None:
    _indexed()
    _shown_documents()
    _shown_claims()
    _shown_figures()
    _shown_incidents()
    _shown_relations()
    _shown_places()
    _shown_times()
    _shown_actors()
    _terms()
    _retired()
    _sketches()
    _bands()
    _copies()
    _search()


def _indexed() -> None:
    op.create_table(
        "indexed",
        Column("document", WORDS, nullable=False),
        Column("key", NUMBER, nullable=False),
        Column("version", SmallInteger(), nullable=False),
        Column("through", NUMBER, nullable=False),
        Column("terms", LargeBinary(), nullable=False),
        ForeignKeyConstraint(["document"], ["documents.id"], name="fk_indexed_document_documents"),
        PrimaryKeyConstraint("document", name="pk_indexed"),
        UniqueConstraint("key", name="uq_indexed_key"),
    )


def _shown_documents() -> None:
    op.create_table(
        "shown_documents",
        Column("key", NUMBER, autoincrement=False, nullable=False),
        Column("id", WORDS, nullable=False),
        Column("known", WORDS, nullable=False),
        Column("address", WORDS),
        Column("text_sha256", WORDS, nullable=False),
        Column("origin", WORDS, nullable=False),
        Column("origin_name", WORDS, nullable=False),
        Column("origin_kind", WORDS, nullable=False),
        Column("title", WORDS),
        Column("publisher", WORDS),
        Column("author", WORDS),
        Column("genre", WORDS, nullable=False),
        Column("language", WORDS),
        Column("published_from", WORDS),
        Column("published_to", WORDS),
        Column("recorded_at", WORDS, nullable=False),
        Column("claims", Integer(), nullable=False),
        Column("figures", Integer(), nullable=False),
        Column("incidents", Integer(), nullable=False),
        Column("body", WORDS, nullable=False),
        PrimaryKeyConstraint("key", name="pk_shown_documents"),
        UniqueConstraint("id", name="uq_shown_documents_id"),
    )
    op.create_index("ix_shown_documents_address", "shown_documents", ["address", "key"])
    op.create_index("ix_shown_documents_author", "shown_documents", ["author", "key"])
    op.create_index("ix_shown_documents_claims", "shown_documents", ["claims", "key"])
    op.create_index("ix_shown_documents_figures", "shown_documents", ["figures", "key"])
    op.create_index("ix_shown_documents_genre", "shown_documents", ["genre", "key"])
    op.create_index("ix_shown_documents_incidents", "shown_documents", ["incidents", "key"])
    op.create_index("ix_shown_documents_language", "shown_documents", ["language", "key"])
    op.create_index("ix_shown_documents_published_from", "shown_documents", ["published_from", "key"])
    op.create_index("ix_shown_documents_publisher", "shown_documents", ["publisher", "key"])
    op.create_index("ix_shown_documents_recorded_at", "shown_documents", ["recorded_at", "key"])
    op.create_index("ix_shown_documents_text_sha256", "shown_documents", ["text_sha256"])
    op.create_index("ix_shown_documents_title", "shown_documents", ["title", "key"])


def _shown_claims() -> None:
    op.create_table(
        "shown_claims",
        Column("key", NUMBER, autoincrement=False, nullable=False),
        Column("id", WORDS, nullable=False),
        Column("document", NUMBER, nullable=False),
        Column("known", WORDS, nullable=False),
        Column("publisher", WORDS),
        Column("review", WORDS),
        Column("kind", WORDS, nullable=False),
        Column("holder", WORDS, nullable=False),
        Column("holder_kind", WORDS),
        Column("origin", WORDS, nullable=False),
        Column("origin_name", WORDS, nullable=False),
        Column("origin_kind", WORDS, nullable=False),
        Column("own", SmallInteger(), nullable=False),
        Column("attitude", WORDS, nullable=False),
        Column("certainty", WORDS, nullable=False),
        Column("polarity", WORDS, nullable=False),
        Column("quotation", WORDS, nullable=False),
        Column("hidden_source", SmallInteger(), nullable=False),
        Column("true_from", WORDS),
        Column("true_to", WORDS),
        Column("body", WORDS, nullable=False),
        PrimaryKeyConstraint("key", name="pk_shown_claims"),
        UniqueConstraint("id", name="uq_shown_claims_id"),
    )
    op.create_index("ix_shown_claims_attitude", "shown_claims", ["attitude", "key"])
    op.create_index("ix_shown_claims_certainty", "shown_claims", ["certainty", "key"])
    op.create_index("ix_shown_claims_hidden_source", "shown_claims", ["hidden_source", "key"])
    op.create_index("ix_shown_claims_holder", "shown_claims", ["holder", "key"])
    op.create_index("ix_shown_claims_holder_kind", "shown_claims", ["holder_kind", "key"])
    op.create_index("ix_shown_claims_kind", "shown_claims", ["kind", "key"])
    op.create_index("ix_shown_claims_origin", "shown_claims", ["origin", "key"])
    op.create_index("ix_shown_claims_polarity", "shown_claims", ["polarity", "key"])
    op.create_index("ix_shown_claims_publisher", "shown_claims", ["publisher", "key"])
    op.create_index("ix_shown_claims_quotation", "shown_claims", ["quotation", "key"])
    op.create_index("ix_shown_claims_review", "shown_claims", ["review", "key"])
    op.create_index("ix_shown_claims_true_from", "shown_claims", ["true_from", "key"])


def _shown_figures() -> None:
    op.create_table(
        "shown_figures",
        Column("key", NUMBER, autoincrement=False, nullable=False),
        Column("id", WORDS, nullable=False),
        Column("document", NUMBER, nullable=False),
        Column("known", WORDS, nullable=False),
        Column("publisher", WORDS),
        Column("review", WORDS),
        Column("claim", NUMBER, nullable=False),
        Column("holder", WORDS, nullable=False),
        Column("measure", WORDS, nullable=False),
        Column("unit", WORDS),
        Column("low", Float()),
        Column("high", Float()),
        Column("best", Float()),
        Column("bound", WORDS, nullable=False),
        Column("aspect", WORDS, nullable=False),
        Column("status", WORDS, nullable=False),
        Column("subject", WORDS),
        Column("population", WORDS),
        Column("as_of_from", WORDS),
        Column("as_of_to", WORDS),
        Column("body", WORDS, nullable=False),
        PrimaryKeyConstraint("key", name="pk_shown_figures"),
        UniqueConstraint("id", name="uq_shown_figures_id"),
    )
    op.create_index("ix_shown_figures_as_of_from", "shown_figures", ["as_of_from", "key"])
    op.create_index("ix_shown_figures_aspect", "shown_figures", ["aspect", "key"])
    op.create_index("ix_shown_figures_best", "shown_figures", ["best", "key"])
    op.create_index("ix_shown_figures_bound", "shown_figures", ["bound", "key"])
    op.create_index("ix_shown_figures_claim", "shown_figures", ["claim"])
    op.create_index("ix_shown_figures_high", "shown_figures", ["high", "key"])
    op.create_index("ix_shown_figures_holder", "shown_figures", ["holder", "key"])
    op.create_index("ix_shown_figures_low", "shown_figures", ["low", "key"])
    op.create_index("ix_shown_figures_measure", "shown_figures", ["measure", "key"])
    op.create_index("ix_shown_figures_population", "shown_figures", ["population", "key"])
    op.create_index("ix_shown_figures_publisher", "shown_figures", ["publisher", "key"])
    op.create_index("ix_shown_figures_review", "shown_figures", ["review", "key"])
    op.create_index("ix_shown_figures_series", "shown_figures", ["measure", "as_of_from", "key"])
    op.create_index("ix_shown_figures_status", "shown_figures", ["status", "key"])
    op.create_index("ix_shown_figures_subject", "shown_figures", ["subject", "key"])
    op.create_index("ix_shown_figures_unit", "shown_figures", ["unit", "key"])


def _shown_incidents() -> None:
    op.create_table(
        "shown_incidents",
        Column("key", NUMBER, autoincrement=False, nullable=False),
        Column("id", WORDS, nullable=False),
        Column("document", NUMBER, nullable=False),
        Column("known", WORDS, nullable=False),
        Column("publisher", WORDS),
        Column("review", WORDS),
        Column("type", WORDS, nullable=False),
        Column("mode", WORDS),
        Column("ucdp_type", SmallInteger()),
        Column("shape", WORDS, nullable=False),
        Column("where_prec", SmallInteger()),
        Column("date_prec", SmallInteger()),
        Column("date_from", WORDS),
        Column("date_to", WORDS),
        Column("deaths_low", Float()),
        Column("deaths_best", Float()),
        Column("deaths_high", Float()),
        Column("body", WORDS, nullable=False),
        PrimaryKeyConstraint("key", name="pk_shown_incidents"),
        UniqueConstraint("id", name="uq_shown_incidents_id"),
    )
    op.create_index("ix_shown_incidents_date_from", "shown_incidents", ["date_from", "key"])
    op.create_index("ix_shown_incidents_date_prec", "shown_incidents", ["date_prec", "key"])
    op.create_index("ix_shown_incidents_deaths_best", "shown_incidents", ["deaths_best", "key"])
    op.create_index("ix_shown_incidents_deaths_high", "shown_incidents", ["deaths_high", "key"])
    op.create_index("ix_shown_incidents_deaths_low", "shown_incidents", ["deaths_low", "key"])
    op.create_index("ix_shown_incidents_mode", "shown_incidents", ["mode", "key"])
    op.create_index("ix_shown_incidents_publisher", "shown_incidents", ["publisher", "key"])
    op.create_index("ix_shown_incidents_review", "shown_incidents", ["review", "key"])
    op.create_index("ix_shown_incidents_shape", "shown_incidents", ["shape", "key"])
    op.create_index("ix_shown_incidents_type", "shown_incidents", ["type", "key"])
    op.create_index("ix_shown_incidents_ucdp_type", "shown_incidents", ["ucdp_type", "key"])
    op.create_index("ix_shown_incidents_where_prec", "shown_incidents", ["where_prec", "key"])


def _shown_relations() -> None:
    op.create_table(
        "shown_relations",
        Column("key", NUMBER, autoincrement=False, nullable=False),
        Column("id", WORDS, nullable=False),
        Column("document", NUMBER, nullable=False),
        Column("known", WORDS, nullable=False),
        Column("publisher", WORDS),
        Column("review", WORDS),
        Column("type", WORDS, nullable=False),
        Column("source_name", WORDS, nullable=False),
        Column("target_name", WORDS, nullable=False),
        Column("polarity", WORDS, nullable=False),
        Column("holder", WORDS, nullable=False),
        Column("body", WORDS, nullable=False),
        PrimaryKeyConstraint("key", name="pk_shown_relations"),
        UniqueConstraint("id", name="uq_shown_relations_id"),
    )
    op.create_index("ix_shown_relations_holder", "shown_relations", ["holder", "key"])
    op.create_index("ix_shown_relations_polarity", "shown_relations", ["polarity", "key"])
    op.create_index("ix_shown_relations_publisher", "shown_relations", ["publisher", "key"])
    op.create_index("ix_shown_relations_review", "shown_relations", ["review", "key"])
    op.create_index("ix_shown_relations_source_name", "shown_relations", ["source_name", "key"])
    op.create_index("ix_shown_relations_target_name", "shown_relations", ["target_name", "key"])
    op.create_index("ix_shown_relations_type", "shown_relations", ["type", "key"])


def _shown_places() -> None:
    op.create_table(
        "shown_places",
        Column("key", NUMBER, autoincrement=False, nullable=False),
        Column("id", WORDS, nullable=False),
        Column("document", NUMBER, nullable=False),
        Column("known", WORDS, nullable=False),
        Column("publisher", WORDS),
        Column("review", WORDS),
        Column("place", WORDS, nullable=False),
        Column("name", WORDS, nullable=False),
        Column("kind", WORDS, nullable=False),
        Column("country", WORDS),
        Column("where_prec", SmallInteger()),
        Column("body", WORDS, nullable=False),
        PrimaryKeyConstraint("key", name="pk_shown_places"),
        UniqueConstraint("id", name="uq_shown_places_id"),
    )
    op.create_index("ix_shown_places_country", "shown_places", ["country", "key"])
    op.create_index("ix_shown_places_kind", "shown_places", ["kind", "key"])
    op.create_index("ix_shown_places_name", "shown_places", ["name", "key"])
    op.create_index("ix_shown_places_place", "shown_places", ["place", "key"])
    op.create_index("ix_shown_places_publisher", "shown_places", ["publisher", "key"])
    op.create_index("ix_shown_places_review", "shown_places", ["review", "key"])
    op.create_index("ix_shown_places_where_prec", "shown_places", ["where_prec", "key"])


def _shown_times() -> None:
    op.create_table(
        "shown_times",
        Column("key", NUMBER, autoincrement=False, nullable=False),
        Column("id", WORDS, nullable=False),
        Column("document", NUMBER, nullable=False),
        Column("known", WORDS, nullable=False),
        Column("publisher", WORDS),
        Column("review", WORDS),
        Column("type", WORDS, nullable=False),
        Column("date_from", WORDS),
        Column("date_to", WORDS),
        Column("body", WORDS, nullable=False),
        PrimaryKeyConstraint("key", name="pk_shown_times"),
        UniqueConstraint("id", name="uq_shown_times_id"),
    )
    op.create_index("ix_shown_times_date_from", "shown_times", ["date_from", "key"])
    op.create_index("ix_shown_times_publisher", "shown_times", ["publisher", "key"])
    op.create_index("ix_shown_times_review", "shown_times", ["review", "key"])
    op.create_index("ix_shown_times_type", "shown_times", ["type", "key"])


def _shown_actors() -> None:
    op.create_table(
        "shown_actors",
        Column("key", NUMBER, autoincrement=False, nullable=False),
        Column("id", WORDS, nullable=False),
        Column("document", NUMBER, nullable=False),
        Column("known", WORDS, nullable=False),
        Column("publisher", WORDS),
        Column("review", WORDS),
        Column("actor", WORDS, nullable=False),
        Column("name", WORDS, nullable=False),
        Column("kind", WORDS, nullable=False),
        Column("body", WORDS, nullable=False),
        PrimaryKeyConstraint("key", name="pk_shown_actors"),
        UniqueConstraint("id", name="uq_shown_actors_id"),
    )
    op.create_index("ix_shown_actors_actor", "shown_actors", ["actor", "key"])
    op.create_index("ix_shown_actors_kind", "shown_actors", ["kind", "key"])
    op.create_index("ix_shown_actors_name", "shown_actors", ["name", "key"])
    op.create_index("ix_shown_actors_publisher", "shown_actors", ["publisher", "key"])
    op.create_index("ix_shown_actors_review", "shown_actors", ["review", "key"])


def _terms() -> None:
    op.create_table(
        "terms",
        Column("field", SmallInteger(), autoincrement=False, nullable=False),
        Column("value", WORDS, nullable=False),
        Column("key", NUMBER, autoincrement=False, nullable=False),
        PrimaryKeyConstraint("field", "value", "key", name="pk_terms"),
        sqlite_with_rowid=False,
    )


def _retired() -> None:
    op.create_table(
        "retired",
        Column("entry", NUMBER, autoincrement=False, nullable=False),
        Column("id", WORDS, nullable=False),
        PrimaryKeyConstraint("entry", "id", name="pk_retired"),
    )
    op.create_index("ix_retired_id", "retired", ["id"])


def _sketches() -> None:
    op.create_table(
        "sketches",
        Column("text_sha256", WORDS, nullable=False),
        Column("sketcher", WORDS, nullable=False),
        PrimaryKeyConstraint("text_sha256", name="pk_sketches"),
    )


def _bands() -> None:
    op.create_table(
        "bands",
        Column("band", NUMBER, autoincrement=False, nullable=False),
        Column("text_sha256", WORDS, nullable=False),
        PrimaryKeyConstraint("band", "text_sha256", name="pk_bands"),
        sqlite_with_rowid=False,
    )


def _copies() -> None:
    op.create_table(
        "copies",
        Column("text_sha256", WORDS, nullable=False),
        Column("copy_sha256", WORDS, nullable=False),
        PrimaryKeyConstraint("text_sha256", "copy_sha256", name="pk_copies"),
        sqlite_with_rowid=False,
    )


def _search() -> None:
    for name in SEARCHED:
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"CREATE VIRTUAL TABLE {name} USING fts5(words, tokenize='ascii', columnsize=0)")
        else:
            key = f"key BIGINT CONSTRAINT pk_{name} PRIMARY KEY"
            op.execute(f"CREATE TABLE {name} ({key}, words tsvector NOT NULL)")
            op.execute(f"CREATE INDEX ix_{name}_words ON {name} USING gin (words) WITH (fastupdate = off)")
