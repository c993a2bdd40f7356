"""Many rows at once: added by the driver's own `executemany`, and found by many values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Table

MANY = 5_000  # values in one IN list; SQLite takes 32,766


def insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows that all have the same columns, with values as the driver takes them.

    SQLAlchemy's own insert converts every value of every row by itself, which took more time than the
    database.
    """
    if rows:
        columns = tuple(rows[0])
        connection.exec_driver_sql(_statement(connection.dialect.name, table.name, columns), list(rows))


def select_in(
    connection: Connection, asked: Select[Any], column: ColumnElement[Any], values: Iterable[Any]
) -> Iterator[Row[Any]]:
    """The rows of `asked` with `column` in `values`, however many, a part of them at a time."""
    listed = list(values)
    for at in range(0, len(listed), MANY):
        yield from connection.execute(asked.where(column.in_(listed[at : at + MANY])))


@cache
def _statement(dialect: str, table: str, columns: tuple[str, ...]) -> str:
    form = ":{}" if dialect == "sqlite" else "%({})s"
    names = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(form.format(column) for column in columns)
    return f'INSERT INTO "{table}" ({names}) VALUES ({values})'  # noqa: S608 - names of our schema
