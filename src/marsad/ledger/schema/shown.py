"""What may be shown: made from the facts, holding only what `disclosure` lets through.

These tables can be thrown away: `ledger.showing.index` fills them document by document. The `key` of a
row is `ledger.keys.key`: it sorts by the day on which the document became known, then by document, then
by the place in the document, whatever the order of adding.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, SmallInteger, Table, text

from marsad.ledger.schema.columns import Number, Words, metadata


def _key() -> Column[int]:
    return Column("key", Number, primary_key=True, autoincrement=False)


def _sortable(table: str, *columns: str) -> list[Index]:
    return [Index(f"ix_{table}_{column}", column, "key") for column in columns]


def _partial(name: str, column: str) -> Index:
    """An index of a column that few rows fill."""
    filled = text(f"{column} IS NOT NULL")
    return Index(name, column, "key", sqlite_where=filled, postgresql_where=filled)


indexed = Table(  # what the shown rows of a document were made from
    "indexed",
    metadata,
    Column("document", Words, ForeignKey("documents.id"), primary_key=True),
    Column("key", Number, nullable=False, unique=True),
    Column("version", SmallInteger, nullable=False, index=True),  # of ledger.showing.index
    Column("through", Number, nullable=False),  # the newest entry that it holds
    Column("terms", LargeBinary, nullable=False),  # its rows of `terms`, to take them out again
)

shown_documents = Table(
    "shown_documents",
    metadata,
    _key(),
    Column("id", Words, nullable=False, unique=True),
    Column("known", Words, nullable=False),
    Column("address", Words),  # a hash of its URL, the same for all its revisions
    Column("text_sha256", Words, nullable=False, index=True),
    Column("origin", Words, nullable=False),  # whose voice it is: linkage.origins
    Column("origin_name", Words, nullable=False),
    Column("origin_kind", Words, nullable=False),
    Column("title", Words),
    Column("publisher", Words),
    Column("author", Words),
    Column("genre", Words, nullable=False),
    Column("language", Words),
    Column("published_from", Words),
    Column("published_to", Words),
    Column("recorded_at", Words, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("figures", Integer, nullable=False),
    Column("incidents", Integer, nullable=False),
    Column("body", Words, nullable=False),
    *_sortable("shown_documents", "address", "title", "publisher", "author", "genre", "language"),
    *_sortable("shown_documents", "published_from", "recorded_at", "claims", "figures", "incidents"),
)


def _record(name: str, *columns: Column[Any] | Index, sort: Sequence[str]) -> Table:
    """A table of one kind of record: what all kinds have, then its own."""
    return Table(
        name,
        metadata,
        _key(),
        Column("id", Words, nullable=False, unique=True),
        Column("document", Number, nullable=False),  # the key of its document
        Column("known", Words, nullable=False),
        Column("publisher", Words),
        Column("review", Words),  # accepted, edited or added by a person
        *columns,
        Column("body", Words, nullable=False),  # the record, ids those of the ledger
        *_sortable(name, "publisher", "review", *sort),
    )


shown_claims = _record(
    "shown_claims",
    Column("kind", Words, nullable=False),
    Column("holder", Words, nullable=False),
    Column("holder_kind", Words),
    Column("origin", Words, nullable=False),
    Column("origin_name", Words, nullable=False),
    Column("origin_kind", Words, nullable=False),
    Column("own", SmallInteger, nullable=False),  # whether its origin is the voice of its document
    Column("attitude", Words, nullable=False),
    Column("certainty", Words, nullable=False),
    Column("polarity", Words, nullable=False),
    Column("quotation", Words, nullable=False),
    Column("hidden_source", SmallInteger, nullable=False),
    Column("true_from", Words),
    Column("true_to", Words),
    Column("credibility", SmallInteger),  # as a person has judged it, 1 to 6 (NATO Admiralty)
    _partial("ix_shown_claims_credibility", "credibility"),
    Index("ix_shown_claims_sources", "origin", "document", "known", "origin_name", "origin_kind"),
    sort=[
        *("holder", "holder_kind", "origin", "kind", "attitude", "certainty", "polarity"),
        *("quotation", "hidden_source", "true_from"),
    ],
)

shown_figures = _record(
    "shown_figures",
    Column("claim", Number, nullable=False),  # the key of its claim
    Column("holder", Words, nullable=False),
    Column("measure", Words, nullable=False),
    Column("unit", Words),
    Column("low", Float),
    Column("high", Float),
    Column("best", Float),
    Column("bound", Words, nullable=False),
    Column("aspect", Words, nullable=False),
    Column("status", Words, nullable=False),
    Column("subject", Words),
    Column("population", Words),
    Column("as_of_from", Words),
    Column("as_of_to", Words),
    Index("ix_shown_figures_claim", "claim"),
    Index("ix_shown_figures_series", "measure", "as_of_from", "key"),
    sort=[
        *("holder", "measure", "unit", "low", "high", "best", "bound", "aspect", "status", "subject"),
        *("population", "as_of_from"),
    ],
)

shown_incidents = _record(
    "shown_incidents",
    Column("type", Words, nullable=False),
    Column("mode", Words),
    Column("ucdp_type", SmallInteger),
    Column("shape", Words, nullable=False),
    Column("where_prec", SmallInteger),
    Column("date_prec", SmallInteger),
    Column("date_from", Words),
    Column("date_to", Words),
    Column("deaths_low", Float),
    Column("deaths_best", Float),
    Column("deaths_high", Float),
    sort=[
        *("type", "mode", "ucdp_type", "shape", "where_prec", "date_prec", "date_from"),
        *("deaths_low", "deaths_best", "deaths_high"),
    ],
)

shown_relations = _record(
    "shown_relations",
    Column("type", Words, nullable=False),
    Column("source_name", Words, nullable=False),
    Column("target_name", Words, nullable=False),
    Column("polarity", Words, nullable=False),
    Column("holder", Words, nullable=False),
    sort=("type", "source_name", "target_name", "polarity", "holder"),
)

shown_places = _record(
    "shown_places",
    Column("place", Words, nullable=False),  # what is the same place: its gazetteer id, else its name
    Column("name", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("country", Words),
    Column("where_prec", SmallInteger),
    Index(
        "ix_shown_places_places",
        *("place", "document", "known", "name", "kind", "country", "where_prec", "key"),
    ),
    sort=("place", "name", "kind", "country", "where_prec"),
)

shown_times = _record(
    "shown_times",
    Column("type", Words, nullable=False),
    Column("date_from", Words),
    Column("date_to", Words),
    sort=("type", "date_from"),
)

shown_actors = _record(
    "shown_actors",
    Column("actor", Words, nullable=False),  # what is the same actor by this document: linkage.actors_keys
    Column("called", Words, nullable=False),  # its name, folded
    Column("spelt", Words),  # what all transliterations of its name have in common
    Column("country", Words),  # its own, else that which the document is most about
    Column("role", Words),  # of a person: the office and whose it is
    Column("name", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Index(
        "ix_shown_actors_actors",
        *("actor", "document", "known", "name", "kind", "called", "country", "role", "key"),
    ),
    sort=("actor", "called", "spelt", "name", "kind"),
)

terms = Table(  # the fields that hold several values: which rows hold which
    "terms",
    metadata,
    Column("field", SmallInteger, primary_key=True, autoincrement=False),  # ledger.asking.fields.TERMS
    Column("value", Words, primary_key=True),
    Column("key", Number, primary_key=True, autoincrement=False),
    Index("ix_terms_key", "field", "key", "value"),  # what given rows hold, which facets count
    sqlite_with_rowid=False,
)

retired = Table(  # records of readings that are no longer the newest
    "retired",
    metadata,
    Column("entry", Number, primary_key=True, autoincrement=False),
    Column("id", Words, primary_key=True, index=True),
)

sketches = Table(  # texts whose bands and copies stand below, and by which version
    "sketches",
    metadata,
    Column("text_sha256", Words, primary_key=True),
    Column("sketcher", Words, nullable=False),
)

bands = Table(  # texts that share a band may be copies of one another
    "bands",
    metadata,
    Column("band", Number, primary_key=True, autoincrement=False),
    Column("text_sha256", Words, primary_key=True),
    sqlite_with_rowid=False,
)

copies = Table(  # texts that are; each pair stands in both directions
    "copies",
    metadata,
    Column("text_sha256", Words, primary_key=True),
    Column("copy_sha256", Words, primary_key=True),
    sqlite_with_rowid=False,
)

RECORDS = {
    "claim": shown_claims,
    "figure": shown_figures,
    "incident": shown_incidents,
    "relation": shown_relations,
    "place": shown_places,
    "time": shown_times,
    "actor": shown_actors,
}
OF_DOCUMENTS = (indexed, shown_documents, *RECORDS.values(), terms, retired, sketches, bands, copies)
