"""Files of UCDP GED as one table of events: the yearly release, monthly candidate events, or a part of them.

An event counts in the month in which it ended, as in the panels of VIEWS. A file says nothing of months
before its first event or after its last, so these are not covered: they are missing, never zero.
"""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

import polars as pl

from marsad.errors import BadInput
from marsad.records.forecast import EPOCH
from marsad.sources.coded import kind_of

LARGEST = 2 * 2**30  # bytes of a table, unpacked
VIOLENCE = {1: "sb", 2: "ns", 3: "os"}  # state-based, non-state, one-sided
_TAKEN = (
    *("id", "type_of_violence", "side_a", "side_b", "where_prec", "adm_1", "latitude", "longitude"),
    *("priogrid_gid", "country", "country_id", "date_end", "low", "best", "high"),
)
_TYPES = {
    **dict.fromkeys(("side_a", "side_b", "adm_1", "country"), pl.String),
    **dict.fromkeys(("type_of_violence", "where_prec", "priogrid_gid", "country_id"), pl.Int64),
    **dict.fromkeys(("latitude", "longitude", "low", "best", "high"), pl.Float64),
}
# An event: month of VIEWS, type of violence (sb, ns, os), number of the country (Gleditsch and Ward), deaths
EVENTS = {
    "id": pl.String, "month": pl.Int64, "violence": pl.String, "side_a": pl.String, "side_b": pl.String,
    "where_prec": pl.Int64, "adm_1": pl.String, "latitude": pl.Float64, "longitude": pl.Float64,
    "priogrid_gid": pl.Int64, "country": pl.String, "country_id": pl.Int64,
    "low": pl.Float64, "best": pl.Float64, "high": pl.Float64,
}  # fmt: skip
_HEAD = 1 << 17  # bytes in which the first row of a file ends
_MOST = 10**9  # no count of deaths of one event is as high: a broken cell


class Events(NamedTuple):
    """Events of one or several files, or of a ledger."""

    table: pl.DataFrame  # a row an event, with the columns of EVENTS
    covered: tuple[int, ...]  # months of VIEWS, in order
    sha256: str  # of the files, in the order given
    unread: int  # rows without a date, a kind of violence or a count
    by_country: Mapping[str, frozenset[int]] | None = None  # the months of each, where fewer are covered


def month_of(day: pl.Expr) -> pl.Expr:
    """The month of VIEWS of a day."""
    return (day.dt.year().cast(pl.Int64) - EPOCH) * 12 + day.dt.month()


def read(paths: Sequence[Path]) -> Events:
    """The events of some files. A month that several files cover is taken from the first of them.

    Args:
        paths: CSV (also in a ZIP) or Parquet, in the columns of GED 20.1 to 26.1; a CSV may lack its header.

    Raises:
        BadInput: a file is none of these, or holds no event.
    """
    digest, covered, unread = hashlib.sha256(), set[int](), 0
    tables = []
    for path in paths:
        rows = _table(path, digest)
        events = _events(rows)
        if events.is_empty():
            raise BadInput(f"{path}: holds no event of UCDP GED with a date and a count")
        unread += len(rows) - len(events)
        months = events["month"].to_numpy()
        new = set(range(int(months.min()), int(months.max()) + 1)) - covered
        tables.append(events.filter(pl.col("month").is_in(sorted(new))))
        covered |= new
    return Events(pl.concat(tables), tuple(sorted(covered)), digest.hexdigest(), unread)


def _table(path: Path, digest: hashlib._Hash) -> pl.DataFrame:
    """The columns that are used, as they stand in a file."""
    try:
        with path.open("rb") as file:
            for block in iter(lambda: file.read(1 << 20), b""):
                digest.update(block)
        if path.suffix == ".parquet":
            return pl.read_parquet(path, columns=_columns(path, [*pl.read_parquet_schema(path)]))
        with _opened(path) as stream:
            return _csv(path, stream)
    except (OSError, zipfile.BadZipFile, pl.exceptions.PolarsError) as error:
        reason = getattr(error, "strerror", None) or str(error).partition("\n")[0] or "cannot be read"
        raise BadInput(f"{path}: {reason}; give a file of UCDP GED as CSV, ZIP or Parquet") from error


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """The table of a file: itself, or the one CSV that a ZIP holds."""
    if path.suffix != ".zip":
        with path.open("rb") as file:
            yield file
        return
    with zipfile.ZipFile(path) as archive:
        tables = [each for each in archive.infolist() if each.filename.lower().endswith(".csv")]
        if len(tables) != 1:
            raise BadInput(f"{path}: holds {len(tables)} tables; one is needed")
        if tables[0].file_size > LARGEST:
            raise BadInput(f"{path}: {tables[0].file_size} bytes unpacked, more than {LARGEST}")
        with archive.open(tables[0]) as file:
            yield file


def _csv(path: Path, stream: IO[bytes]) -> pl.DataFrame:
    whole = stream.read(LARGEST + 1)
    if len(whole) > LARGEST:
        raise BadInput(f"{path}: more than {LARGEST} bytes")
    first = next(csv.reader(io.StringIO(whole[:_HEAD].decode("utf-8-sig", "replace"))), [])
    kind = kind_of(first)
    if kind is None or kind.dataset != "UCDP GED":
        raise BadInput(f"{path}: not a table of UCDP GED, which has type_of_violence, side_a, date_start ...")
    at = {kind.columns.index(name): name for name in _columns(path, kind.columns)}
    table = pl.read_csv(io.BytesIO(whole), has_header=kind.has_header, columns=sorted(at), infer_schema=False)
    return table.rename(dict(zip(table.columns, (at[each] for each in sorted(at)), strict=True)))


def _columns(path: Path, names: Sequence[str]) -> list[str]:
    lacking = [each for each in _TAKEN if each not in names]
    if lacking:
        raise BadInput(f"{path}: lacks {', '.join(lacking)}, columns of UCDP GED")
    return list(_TAKEN)


def _events(table: pl.DataFrame) -> pl.DataFrame:
    """Rows that say when, what kind, and how many; a count that is no number makes none."""
    numbers = [
        pl.col(name).cast(pl.Float64, strict=False).cast(kind, strict=False) for name, kind in _TYPES.items()
        if kind != pl.String
    ]  # fmt: skip
    day = pl.col("date_end").cast(pl.String).str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
    counts = pl.col("low", "best", "high")
    return (
        table.with_columns(*numbers, pl.col("id").cast(pl.String), month=month_of(day))
        .with_columns(violence=pl.col("type_of_violence").replace_strict(VIOLENCE, default=None))
        .filter(pl.col("month").is_not_null() & pl.col("violence").is_not_null())
        .filter(pl.all_horizontal(counts.is_between(0, _MOST)))
        .select(*EVENTS)
    )
