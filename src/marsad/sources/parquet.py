"""Tables of documents in Parquet: one document a row, with the columns of JSON Lines.

The bytes of a document are its row as a JSON object with the columns of `COLUMNS` in that order,
empty ones left out. polars reads the file, in a child process, some hundred rows at a time.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, datetime
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING

import msgspec

from marsad import isolation
from marsad.errors import BadInput
from marsad.records.original import Original, Refused
from marsad.settings import load
from marsad.sources import coded, passing
from marsad.sources.files import printable

if TYPE_CHECKING:
    import polars

COLUMNS = ("text", "title", "author", "publisher", "url", "published", "genre", "language")
_ROWS = 500  # in memory at once
_MEMORY = 2  # times MARSAD_PARSE_BYTES: most of polars' address space is reserved and never used


class _Task(msgspec.Struct, frozen=True, array_like=True):
    path: bytes
    offset: int = 0
    count: int | None = None
    source: str = ""


def rows(
    path: str, offset: int = 0, count: int | None = None, *, source: str | None = None
) -> Iterator[Original | Refused]:
    """The documents of a file, or of `count` rows from row `offset` on, each from the source `PATH:ROW`.

    Rows are numbered from 1 in a source, from 0 in `offset`. Rows that people coded (UCDP GED,
    ACLED) are known by their columns.
    """
    source = source or printable(path)
    number = 0
    try:
        for item in _stream("unpack", _Task(os.fsencode(path), offset, count, source)):
            number += 1
            yield passing.decode(item)
        if number == offset == 0:
            yield Refused(source, "empty: there is no document in it")
    except BadInput as error:
        yield Refused(source, str(error))


def count(path: str) -> int:
    """How many rows a file has, by its last bytes.

    Raises:
        BadInput: it cannot be opened, or is no Parquet.
    """
    (answer,) = _stream("size", _Task(os.fsencode(path)))
    return msgspec.msgpack.decode(answer, type=int)


def _stream(function: str, task: _Task) -> Iterator[bytes]:
    settings = load()
    return isolation.stream(
        f"marsad.sources.parquet:{function}",
        msgspec.msgpack.encode(task),
        seconds=settings.parse_seconds,
        memory=_MEMORY * settings.parse_bytes,
    )


# ── in the child ──────────────────────────────────────────────────────────────────────────────


def unpack(payload: bytes) -> Iterator[bytes]:
    """The documents of a `_Task`, encoded by `passing`."""
    task = msgspec.msgpack.decode(payload, type=_Task)
    found = documents(os.fsdecode(task.path), task.source, task.offset, task.count)
    yield from map(passing.encode, found)


def size(payload: bytes) -> Iterator[bytes]:
    """The number of rows of the file of a `_Task`, encoded."""
    frame = _scanned(os.fsdecode(msgspec.msgpack.decode(payload, type=_Task).path))
    yield msgspec.msgpack.encode(frame.select(_polars().len()).collect().item())


def documents(
    file: str, source: str, offset: int = 0, count: int | None = None
) -> Iterator[Original | Refused]:
    """The documents of some rows of a file.

    Raises:
        BadInput: no Parquet, one without a column `text`, or polars is not installed.
    """
    frame = _scanned(file)
    columns = tuple(frame.collect_schema().names())
    table = coded.table(columns, _values(frame.slice(offset, count)), source, first=offset)
    if table is not None:
        yield from table
        return
    if "text" not in columns:
        raise BadInput(f"Parquet without a column `text`; it has {', '.join(columns)[:200]}")
    names = [name for name in COLUMNS if name in columns]
    for number, values in enumerate(_values(frame.select(names).slice(offset, count)), offset + 1):
        yield _document(dict(zip(names, values, strict=True)), f"{source}:{number}")


def _document(row: dict[str, object], source: str) -> Original | Refused:
    stated = {name: _plain(value) for name, value in row.items()}
    if not isinstance(stated["text"], str):
        return Refused(source, "no text in this row")
    said = {name: value for name, value in stated.items() if value is not None}
    return Original(msgspec.json.encode(said), source, row="document")


def _plain(value: object) -> object:
    """A cell as JSON has it, None for what is no word, number, date or list of words."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list):
        return [each for each in value if isinstance(each, str)]
    return value if isinstance(value, str) or type(value) is int else None


def _values(frame: polars.LazyFrame) -> Iterator[tuple[object, ...]]:
    from polars.exceptions import PolarsError  # noqa: PLC0415

    try:
        for batch in frame.collect_batches(chunk_size=_ROWS, maintain_order=True):
            yield from batch.iter_rows()
    except (PolarsError, OSError) as error:
        raise BadInput(_damaged(error)) from error


def _scanned(file: str) -> polars.LazyFrame:
    scan = _polars().scan_parquet
    from polars.exceptions import PolarsError  # noqa: PLC0415

    try:
        frame: polars.LazyFrame = scan(file, glob=False)
        frame.collect_schema()
    except (PolarsError, OSError) as error:
        raise BadInput(_damaged(error)) from error
    return frame


def _polars() -> ModuleType:
    """The module; its threads are one, since each takes address space."""
    if find_spec("polars") is None:
        raise BadInput("Parquet is read by polars, which is not installed: pip install 'marsad[scale]'")
    os.environ.setdefault("POLARS_MAX_THREADS", "1")
    import polars  # noqa: PLC0415

    return polars


def _damaged(error: Exception) -> str:
    first = str(error).strip().partition("\n")[0][:200]
    return f"Parquet that is damaged or cut short: {first}"
