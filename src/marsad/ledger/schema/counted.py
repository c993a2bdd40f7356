"""Actors, places and sources over all documents: each once, with how many documents have it.

These too are made from the shown rows of documents, and kept up to date with them by
`ledger.showing.counted`, so that a list of them costs what its page costs.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Index, Integer, SmallInteger, Table

from marsad.ledger.schema.columns import Number, Words, metadata


def _counted(name: str, *columns: Column[Any], sort: tuple[str, ...]) -> Table:
    """A table of one kind. Where documents differ, a column holds the least of what they say."""
    return Table(
        name,
        metadata,
        Column("key", Words, primary_key=True),
        Column("name", Words, nullable=False),
        Column("kind", Words, nullable=False),
        *columns,
        Column("documents", Integer, nullable=False),
        Column("first_known", Words, nullable=False),
        Column("last_known", Words, nullable=False),
        *(Index(f"ix_{name}_{column}", column, "key") for column in sort),
    )


counted_actors = _counted(  # by what is the same actor by one document: linkage joins them
    "counted_actors",
    Column("called", Words, nullable=False),  # folded
    Column("spelt", Words),
    Column("kinds", Words, nullable=False),  # all of them, as a sorted JSON list; and so the others
    Column("countries", Words, nullable=False),
    Column("roles", Words, nullable=False),
    Column("forms", Words, nullable=False),  # its names, folded
    sort=("called", "spelt"),
)

counted_names = Table(  # from a form of `counted_actors` to those that bear it
    "counted_names",
    metadata,
    Column("form", Words, primary_key=True),
    Column("key", Words, primary_key=True),
    sqlite_with_rowid=False,
)

counted_places = _counted(
    "counted_places",
    Column("called", Words, nullable=False),  # its name, folded
    Column("country", Words),
    Column("where_prec", SmallInteger),  # the finest
    Column("first_key", Number, nullable=False),  # of the shown place that was known first
    sort=("called", "name", "kind", "country", "where_prec", "documents"),
)

counted_sources = _counted(
    "counted_sources",
    Column("claims", Integer, nullable=False),
    sort=("name", "kind", "documents", "claims"),
)

COUNTED = (counted_actors, counted_names, counted_places, counted_sources)
