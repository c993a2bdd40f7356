"""The tables of a result: their columns, taken from the types of the contract, and the files of a partition.

A table of records has the column `document` and then the fields of its kind, nested ones as structs and
lists. Ids are those of the reading. Numbers are `Float64`, times are text. `documents` has, besides its
own fields, what a ledger takes: `raw`, the bytes as received; `frozen`, the document as it was before it
was read; `reading`, the whole reading, both canonical JSON without the text; and `vectors` of its claims,
made by `head`, as `records.vectors` has them.
"""

from __future__ import annotations

import os
import types
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
from msgspec.structs import asdict, replace

from marsad.errors import BadInput
from marsad.records.original import Frozen, Refused
from marsad.records.reading import (
    Actor,
    Claim,
    Document,
    Figure,
    Incident,
    Notice,
    Place,
    Reading,
    Relation,
    Time,
    encode,
)
from marsad.records.spans import Spans
from marsad.records.vectors import Vectors

if TYPE_CHECKING:
    import polars

RECORDS: dict[str, type[msgspec.Struct]] = {
    "claims": Claim,
    "figures": Figure,
    "incidents": Incident,
    "relations": Relation,
    "places": Place,
    "times": Time,
    "actors": Actor,
    "warnings": Notice,
}
TABLES = ("documents", *RECORDS, "refused")
GROUP = 64  # documents of a row group: it is what whoever reads the file holds at once
FULL = 16 * 1024 * 1024  # bytes of JSON and originals, behind which a file is written


class Given(msgspec.Struct, frozen=True):
    """A document as it was frozen, without its text, and what the extraction says of it."""

    document: Document
    warnings: tuple[Notice, ...] = ()


def require_polars() -> None:
    """Raises: BadInput: the extra that writes and reads Parquet is not installed."""
    try:
        import polars  # noqa: F401, PLC0415 (an extra)
    except ModuleNotFoundError:
        raise BadInput("Parquet needs polars; install it with: pip install 'marsad[frames]'") from None


@cache
def schema(table: str) -> dict[str, Any]:
    """The columns of a table with their polars types, in order."""
    import polars  # noqa: PLC0415 (an extra)

    if table == "refused":
        return {"source": polars.String(), "reason": polars.String()}
    if table != "documents":
        return {"document": polars.String(), **_columns(RECORDS[table])}
    own = {"private": _type(Spans), "raw": polars.Binary(), "frozen": polars.String()}
    made = {"reading": polars.String(), "vectors": polars.Binary(), "head": polars.String()}
    return {**_columns(Document), **own, **made}


def _columns(record: type[msgspec.Struct]) -> dict[str, Any]:
    hints = msgspec.structs.fields(record)
    return {field.name: _type(field.type) for field in hints}


def _type(hint: Any) -> Any:  # noqa: ANN401
    """The polars type of a type of the contract."""
    import polars  # noqa: PLC0415 (an extra)

    origin = get_origin(hint)
    if origin is Annotated:
        return _type(get_args(hint)[0])
    if origin is Literal:
        return _type(type(get_args(hint)[0]))
    if origin in (Union, types.UnionType):
        kinds = [each for each in get_args(hint) if each is not type(None)]
        return polars.Float64() if set(kinds) == {int, float} else _type(kinds[0])
    if origin is tuple:
        return polars.List(_type(get_args(hint)[0]))
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return polars.Struct(_columns(hint))
    plain = {str: polars.String, bool: polars.Boolean, int: polars.Int64, float: polars.Float64}
    return plain[hint]()


class Tables:
    """The rows of a partition, gathered and written."""

    def __init__(self, folder: Path, number: int) -> None:
        """Args:
        folder: where each table has a folder for its parts.
        number: of the partition.
        """
        self.folder, self.number = folder, number
        self.documents = self.refused = 0
        self.parts: dict[str, tuple[int, ...]] = {}
        self._count = 0
        self._clear()

    @property
    def is_full(self) -> bool:
        return self._size > FULL

    def _clear(self) -> None:
        self._lines: dict[str, bytearray] = {table: bytearray() for table in TABLES}
        self._bytes: dict[str, list[bytes | None]] = {"raw": [], "vectors": []}  # JSON holds no bytes
        self._size = 0

    def add(self, frozen: Frozen, reading: Reading, vectors: Vectors | None = None) -> None:
        document = reading.document
        bare = msgspec.json.encode(Given(replace(frozen.document, text=""), frozen.warnings)).decode()
        line = encode(replace(reading, document=replace(document, text=""))).decode()
        row = {**asdict(document), "private": reading.private, "frozen": bare, "reading": line}
        self._write("documents", msgspec.json.encode({**row, "head": vectors and vectors.head}))
        self._bytes["raw"].append(frozen.raw)
        self._bytes["vectors"].append(vectors and vectors.body)
        begin = b'{"document":' + msgspec.json.encode(document.id) + b","
        for table in RECORDS:
            for record in getattr(reading, table):
                self._write(table, begin + msgspec.json.encode(record)[1:])
        self.documents += 1
        self._size += len(frozen.raw) + (len(vectors.body) if vectors else 0)

    def refuse(self, refused: Refused) -> None:
        self._write("refused", msgspec.json.encode(refused._asdict()))
        self.refused += 1

    def _write(self, table: str, line: bytes) -> None:
        self._lines[table] += line + b"\n"
        self._size += len(line)

    def flush(self) -> None:
        """Write what was gathered as one part of each table that has any."""
        import polars  # noqa: PLC0415 (an extra)

        for table, lines in self._lines.items():
            if not lines:
                continue
            columns = schema(table)
            own = self._bytes if table == "documents" else {}
            told = {name: dtype for name, dtype in columns.items() if name not in own}
            frame = polars.read_ndjson(bytes(lines), schema=told)
            series = [polars.Series(name, values, dtype=columns[name]) for name, values in own.items()]
            frame = frame.with_columns(series).select(list(columns))
            write(frame, part(self.folder, table, self.number, self._count))
            self.parts[table] = (*self.parts.get(table, ()), self._count)
        self._count += 1
        self._clear()


def part(folder: Path, table: str, number: int, count: int) -> Path:
    """Where a part of a partition is; parts sort as the documents do."""
    return folder / table / f"{number:08}-{count:05}.parquet"


def write(frame: polars.DataFrame, path: Path) -> None:
    """Write a file under another name first: it is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # two workers may write the same: one that is thought to be dead may be only out of reach
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        frame.write_parquet(temporary, compression="zstd")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def join(parts: list[Path], table: str, path: Path) -> None:
    """Put the parts of a table together in one file, a few at a time."""
    import polars  # noqa: PLC0415 (an extra)

    temporary = path.with_name(f".{path.name}")
    if not parts:
        polars.DataFrame(schema=schema(table)).write_parquet(temporary, compression="zstd")
    else:
        rows = GROUP if table == "documents" else None
        polars.scan_parquet(parts, glob=False).sink_parquet(
            temporary, compression="zstd", row_group_size=rows, maintain_order=True
        )
    temporary.replace(path)
