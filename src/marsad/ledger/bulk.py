"""Many rows of one table at once, by the driver's own `executemany`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table


def insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows that all have the same columns, with values as the driver takes them.

    SQLAlchemy's own insert converts every value of every row by itself, which took more time than the
    database.
    """
    if rows:
        columns = tuple(rows[0])
        connection.exec_driver_sql(_statement(connection.dialect.name, table.name, columns), list(rows))


@cache
def _statement(dialect: str, table: str, columns: tuple[str, ...]) -> str:
    form = ":{}" if dialect == "sqlite" else "%({})s"
    names = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(form.format(column) for column in columns)
    return f'INSERT INTO "{table}" ({names}) VALUES ({values})'  # noqa: S608 - names of our schema
