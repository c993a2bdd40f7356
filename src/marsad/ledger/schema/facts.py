"""The facts: added and never changed.

The journal is their spine: every change of the ledger is one entry, numbered without a gap, with the
moment, the run, and a hash that chains it to the entry before. All other facts name their entry.

    runs 1 ─ n journal 1 ─ 1 readings, reviews, merges, ratings, lifts, redactions, follows, polls, fetches,
                      forecasts, verdicts
    forecasts 1 ─ n verdicts
    documents 1 ─ n readings n ─ 1 texts
    readings 1 ─ 0..1 vectors
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, SmallInteger, Table

from marsad.ledger.schema.columns import Number, Words, metadata


def _entry(**options: Any) -> Column[int]:  # noqa: ANN401 - as sqlalchemy.Column
    return Column("entry", Number, ForeignKey("journal.number"), nullable=False, **options)


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
    # read, review, merge, split, unmerge, rate, lift, unlift, redact, follow, unfollow, poll, fetch,
    # forecast, score
    Column("action", Words, nullable=False),
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

vectors = Table(  # of the claims of a reading, by which alike ones are found
    "vectors",
    metadata,
    _entry(primary_key=True, autoincrement=False),  # that of the reading
    Column("claims", Integer, nullable=False),
    Column("head", Words, nullable=False),  # what made them: vectors of two heads do not compare
    Column("body_sha256", Words, nullable=False),
    Column("body", LargeBinary, nullable=False),  # records.vectors, a row a claim in the reading's order
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

forecasts = Table(  # as they were issued
    "forecasts",
    metadata,
    _entry(primary_key=True, autoincrement=False),
    Column("id", Words, nullable=False, unique=True),
    Column("given", Words, nullable=False),  # records.forecast.About
    Column("body_sha256", Words, nullable=False),
    Column("body", LargeBinary, nullable=False),  # records.forecast.Forecast.body
)

verdicts = Table(  # what came of them, by one state of the data
    "verdicts",
    metadata,
    _entry(primary_key=True, autoincrement=False),
    Column("id", Words, nullable=False, unique=True),
    Column("forecast", Words, ForeignKey("forecasts.id"), nullable=False, index=True),
    Column("given", Words, nullable=False),  # records.verdict.Basis
    Column("body_sha256", Words, nullable=False),
    Column("body", LargeBinary, nullable=False),  # records.verdict.packed
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
    vectors,
    reviews,
    merges,
    ratings,
    lifts,
    redactions,
    follows,
    polls,
    fetches,
    forecasts,
    verdicts,
    originals,
)
