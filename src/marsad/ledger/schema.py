"""The tables of the ledger. The migrations make them; a test holds the two together.

**Facts** are added and never changed. The journal is their spine: every change of the ledger is one
entry, numbered without a gap, with the moment, the run, and a hash that chains it to the entry
before. All other facts name their entry.

    runs 1 ─ n journal 1 ─ 1 readings, reviews, merges, ratings, lifts, redactions, follows, polls, fetches
    documents 1 ─ n readings n ─ 1 texts

**Shown** tables are made from the facts, hold only what may be shown (see `disclosure`), and can be
thrown away: `ledger.showing.index` fills them document by document. The `key` of a row in them is
`ledger.keys.key`: it sorts by the day on which the document became known, then by document, then by
the place in the document, whatever the order of adding.

Days are ISO 8601 dates, moments are ISO 8601 in UTC to the microsecond, both as text, so that they
sort as they are. JSON is canonical: the bytes that `records.reading.encode` writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
)
from sqlalchemy.dialects import postgresql

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Text is compared by code point in both databases: what sorts, pages and equals must not differ.
Words = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
Number = Integer().with_variant(BigInteger, "postgresql")  # SQLite's integer keys are 64 bits wide


def _entry(**options: Any) -> Column[int]:  # noqa: ANN401 - as sqlalchemy.Column
    return Column("entry", Number, ForeignKey("journal.number"), nullable=False, **options)


# Facts

runs = Table(
    "runs",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    Column("began_at", Words, nullable=False),
    Column("program", Words, nullable=False),  # marsad@1.2
    Column("command", Words, nullable=False),  # what of it: add, review, ...
)

journal = Table(
    "journal",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),  # 1, 2, 3, ... without a gap
    Column("recorded_at", Words, nullable=False),  # later than that of the entry before
    Column("run", Number, ForeignKey("runs.id"), nullable=False),
    Column(
        "action", Words, nullable=False
    ),  # read, review, merge, split, unmerge, rate, lift, unlift, redact, follow, unfollow, poll, fetch
    Column("subject", Words, nullable=False),  # the document, actor or source that it is about
    Column("content_sha256", Words, nullable=False),  # of the fact: see ledger.journal
    Column("chain_sha256", Words, nullable=False),  # of this entry and the chain before it
    Index(None, "subject", "number"),
    Index(None, "recorded_at"),
)

documents = Table(
    "documents",
    metadata,
    Column("id", Words, primary_key=True),
    Column("slot", Number, nullable=False, unique=True),  # its part of the keys of `shown` rows
    Column("raw_sha256", Words, nullable=False, index=True),  # names the bytes in originals
    _entry(unique=True),  # the reading with which it came
)

texts = Table(
    "texts",
    metadata,
    Column("sha256", Words, primary_key=True),
    Column("body", LargeBinary, nullable=False),  # UTF-8
)

readings = Table(
    "readings",
    metadata,
    _entry(primary_key=True, autoincrement=False),  # the highest one of a document is its newest
    Column("document", Words, ForeignKey("documents.id"), nullable=False),
    Column("text_sha256", Words, ForeignKey("texts.sha256"), nullable=False, index=True),
    Column("extractor", Words, nullable=False),
    Column("reader", Words),
    Column("gazetteer", Words),
    Column("given", Words, nullable=False),  # the document as the reader got it, without its text
    Column("known", Words, nullable=False),  # the day from which a view may show it
    Column("body_sha256", Words, nullable=False),
    Column("body", LargeBinary, nullable=False),  # the reading without its text, compressed
    Index(None, "document", "entry"),
)

reviews = Table(
    "reviews",
    metadata,
    _entry(primary_key=True, autoincrement=False),
    Column("document", Words, ForeignKey("documents.id"), nullable=False),
    Column("body", Words, nullable=False),  # records.review.Review
    Index(None, "document", "entry"),
)

merges = Table(
    "merges",
    metadata,
    _entry(primary_key=True, autoincrement=False),
    Column("actor", Words, nullable=False),  # the key of an actor
    Column("into", Words),  # that which it is the same as; itself: it is no other; NULL: no longer said
    Column("by", Words, nullable=False),
    Column("reason", Words, nullable=False),
)

ratings = Table(
    "ratings",
    metadata,
    _entry(primary_key=True, autoincrement=False),
    Column("source", Words, nullable=False),  # the key of a source
    Column("reliability", Words, nullable=False),  # A to F (NATO Admiralty)
    Column("by", Words, nullable=False),
    Column("reason", Words, nullable=False),
)

lifts = Table(
    "lifts",
    metadata,
    _entry(primary_key=True, autoincrement=False),
    Column("lifted", SmallInteger, nullable=False),  # 1: camps are shown in full; 0: no longer
    Column("by", Words, nullable=False),
    Column("reason", Words, nullable=False),
)

redactions = Table(
    "redactions",
    metadata,
    _entry(primary_key=True, autoincrement=False),
    Column("document", Words, ForeignKey("documents.id"), nullable=False, unique=True),
    Column("by", Words, nullable=False),
    Column("reason", Words, nullable=False),
)

follows = Table(  # of feeds, sitemaps and queries that are asked again and again
    "follows",
    metadata,
    _entry(primary_key=True, autoincrement=False),
    Column("feed", Words, nullable=False),  # its address
    Column("followed", SmallInteger, nullable=False),  # 1: from now on; 0: no longer
    Column("kind", Words, nullable=False),  # feed, sitemap, index or reliefweb
    Column("title", Words),
    Index(None, "feed", "entry"),
)

polls = Table(
    "polls",
    metadata,
    _entry(primary_key=True, autoincrement=False),
    Column("feed", Words, nullable=False),
    Column("outcome", Words, nullable=False),  # fetched, unchanged, unreached, gone or unreadable
    Column("reason", Words),
    Column("due", Words),  # the moment before which it is not to be asked again
    Column("etag", Words),
    Column("last_modified", Words),
    Column("listed", Integer, nullable=False),  # entries in the list,
    Column("seen", Integer, nullable=False),  # of which so many had been read from an earlier one,
    Column("new", Integer, nullable=False),  # and so many are to be read: new, changed, or failed before
    Index(None, "feed", "entry"),
)

fetches = Table(  # what became of the entries of a list; by hashes, for an address can name a person
    "fetches",
    metadata,
    _entry(primary_key=True, autoincrement=False),
    Column("poll", Number, ForeignKey("polls.entry"), nullable=False, index=True),
    Column("item", Words, nullable=False),  # of the feed and the entry's address
    Column("version", Words, nullable=False),  # of the date by which it changes
    Column("outcome", Words, nullable=False),  # added, unchanged, refused, or failed: to be tried again
    Column("reason", Words),
    Column("document", Words, ForeignKey("documents.id"), index=True),  # the first one that it became
    Index(None, "item", "entry"),
)

originals = Table(  # the bytes as they came, where there is no folder for them
    "originals",
    metadata,
    Column("sha256", Words, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

FACTS = (
    runs,
    journal,
    documents,
    texts,
    readings,
    reviews,
    merges,
    ratings,
    lifts,
    redactions,
    follows,
    polls,
    fetches,
    originals,
)

# Shown


def _key() -> Column[int]:
    return Column("key", Number, primary_key=True, autoincrement=False)


def _sortable(table: str, *columns: str) -> list[Index]:
    return [Index(f"ix_{table}_{column}", column, "key") for column in columns]


indexed = Table(  # what the shown rows of a document were made from
    "indexed",
    metadata,
    Column("document", Words, ForeignKey("documents.id"), primary_key=True),
    Column("key", Number, nullable=False, unique=True),
    Column("version", SmallInteger, nullable=False),  # of ledger.showing.index
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
    sort=("actor", "called", "spelt", "name", "kind"),
)

terms = Table(  # the fields that hold several values: which rows hold which
    "terms",
    metadata,
    Column("field", SmallInteger, primary_key=True, autoincrement=False),  # ledger.asking.fields.TERMS
    Column("value", Words, primary_key=True),
    Column("key", Number, primary_key=True, autoincrement=False),
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
SHOWN = (indexed, shown_documents, *RECORDS.values(), terms, retired, sketches, bands, copies)
