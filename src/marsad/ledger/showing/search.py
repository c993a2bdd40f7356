"""The full-text index: an FTS5 table on SQLite, a table of `tsvector` on PostgreSQL.

Both are filled with the words as they may be shown, folded by `ledger.showing.words`. A row's number is the
key of the shown row, so a search comes in the order of time.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, Select, bindparam, cast, column, literal_column, select, table, text
from sqlalchemy.dialects.postgresql import TSQUERY

from marsad.ledger.showing.words import TOKENIZER, Search, tokens, tsvector

TABLES = ("search_documents", "search_claims")


def create(connection: Connection) -> None:
    """Make the index, empty, as the migrations do."""
    for name in TABLES:
        if connection.dialect.name == "sqlite":
            form = f"fts5(words, tokenize='{TOKENIZER}', columnsize=0)"
            connection.exec_driver_sql(f"CREATE VIRTUAL TABLE {name} USING {form}")
            continue
        key = f"key BIGINT CONSTRAINT pk_{name} PRIMARY KEY"
        connection.exec_driver_sql(f"CREATE TABLE {name} ({key}, words tsvector NOT NULL)")
        how = "USING gin (words) WITH (fastupdate = off)"
        connection.exec_driver_sql(f"CREATE INDEX ix_{name}_words ON {name} {how}")


def fill(connection: Connection, name: str, rows: Iterable[tuple[int, str]]) -> None:
    """Add the words of rows, each with its key."""
    is_sqlite = connection.dialect.name == "sqlite"
    folded = (lambda words: " ".join(tokens(words))) if is_sqlite else tsvector
    found = [{"key": key, "words": folded(words)} for key, words in rows]
    add = (
        f"INSERT INTO {name} (rowid, words) VALUES (:key, :words)"  # noqa: S608 - one of TABLES
        if is_sqlite
        else f"INSERT INTO {name} (key, words) VALUES (%(key)s, CAST(%(words)s AS tsvector))"  # noqa: S608
    )
    if found:
        connection.exec_driver_sql(add, found)


def clear(connection: Connection, name: str, first: int, last: int) -> None:
    """Take out the rows with keys from `first` to `last`."""
    key = "rowid" if connection.dialect.name == "sqlite" else "key"
    gone = f"DELETE FROM {name} WHERE {key} BETWEEN :first AND :last"  # noqa: S608 - one of TABLES
    connection.execute(text(gone), {"first": first, "last": last})


def forget(connection: Connection) -> None:
    """Write SQLite's index anew, so that no deleted word stays in it."""
    if connection.dialect.name == "sqlite":
        for name in TABLES:
            connection.exec_driver_sql(f"INSERT INTO {name}({name}) VALUES ('optimize')")  # noqa: S608


def matching(dialect: str, name: str, search: Search) -> Select[tuple[int]]:
    """The keys of the rows of `name` that hold what is searched."""
    if dialect == "sqlite":
        found = table(name, column("rowid"))
        asked = literal_column(name).op("MATCH")(bindparam(None, search.fts5()))
        return select(found.c.rowid.label("key")).where(asked)
    found = table(name, column("key"), column("words"))
    wanted = cast(bindparam(None, search.tsquery()), TSQUERY)
    return select(found.c.key.label("key")).where(found.c.words.op("@@")(wanted))
