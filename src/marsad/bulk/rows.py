"""The documents of a result, row by row: what the child does that opens a table which can be anybody's."""

from __future__ import annotations

import os
from collections.abc import Iterator

import msgspec

from marsad.bulk.tables import GROUP, schema
from marsad.errors import BadInput

_TAKEN = ("raw", "text", "frozen", "reading")
_VECTORS = ("vectors", "head")  # that results of earlier versions do not have


class Row(msgspec.Struct, frozen=True, array_like=True):
    """What is taken of a row, as it is: nothing of it is checked yet."""

    raw: bytes | None
    text: str | None
    frozen: str | None
    reading: str | None
    vectors: bytes | None = None
    head: str | None = None


def documents(path: bytes) -> Iterator[bytes]:
    """Each row of the table `documents` at `path` as a `Row` in MessagePack.

    Raises:
        BadInput: it is no such table, or it is damaged.
    """
    import polars  # noqa: PLC0415 (an extra)

    try:
        table = polars.scan_parquet(os.fsdecode(path), glob=False)
        columns = table.collect_schema()
        taken = _TAKEN + (_VECTORS if any(name in columns for name in _VECTORS) else ())
        wrong = [name for name in taken if columns.get(name) != schema("documents")[name]]
        if wrong:
            raise BadInput(f"has no column {', '.join(wrong)} as marsad read --bulk writes it")
        total = table.select(polars.len()).collect().item()
        for begin in range(0, total, GROUP):
            for row in table.select(taken).slice(begin, GROUP).collect().iter_rows():
                yield msgspec.msgpack.encode(row)
    except polars.exceptions.PolarsError as error:
        raise BadInput(f"is no sound Parquet: {' '.join(str(error).split())[:200]}") from error


def decode(message: bytes) -> Row:
    return msgspec.msgpack.decode(message, type=Row)
