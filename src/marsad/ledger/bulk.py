"""Many rows at once: added or replaced by the driver's own `executemany`, and found by many values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Table

MANY = 5_000  # values in one IN list; SQLite takes 32,766


def insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows that all have the same columns in the same order, with values as the driver takes them."""
    if rows:
        columns = tuple(rows[0])
        insert_values(connection, table, columns, [tuple(row.values()) for row in rows])


def insert_values(
    connection: Connection, table: Table, columns: tuple[str, ...], values: list[tuple[Any, ...]]
) -> None:
    """The same, each row the values of `columns`.

    SQLAlchemy's own insert converts every value of every row by itself, which took more time than the
    database; and a driver binds values by position in half the time of values by name.
    """
    if values:
        connection.exec_driver_sql(_statement(connection.dialect.name, table.name, columns), values)


def replace(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows as `insert` does; each takes the place of one with the same primary key."""
    if rows:
        columns = tuple(rows[0])
        own = tuple(column.name for column in table.primary_key)
        statement = _statement(connection.dialect.name, table.name, columns) + _replacing(columns, own)
        connection.exec_driver_sql(statement, [tuple(row.values()) for row in rows])


def select_in(
    connection: Connection, asked: Select[Any], column: ColumnElement[Any], values: Iterable[Any]
) -> Iterator[Row[Any]]:
    """The rows of `asked` with `column` in `values`, however many, a part of them at a time."""
    listed = list(values)
    for at in range(0, len(listed), MANY):
        yield from connection.execute(asked.where(column.in_(listed[at : at + MANY])))


@cache
def _statement(dialect: str, table: str, columns: tuple[str, ...]) -> str:
    form = "?" if dialect == "sqlite" else "%s"
    names = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join([form] * len(columns))
    return f'INSERT INTO "{table}" ({names}) VALUES ({values})'  # noqa: S608 - names of our schema


@cache
def _replacing(columns: tuple[str, ...], key: tuple[str, ...]) -> str:
    changed = ", ".join(f'"{each}" = excluded."{each}"' for each in columns if each not in key)
    own = ", ".join(f'"{each}"' for each in key)
    return f" ON CONFLICT ({own}) DO " + (f"UPDATE SET {changed}" if changed else "NOTHING")
