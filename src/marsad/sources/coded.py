"""Rows of UCDP GED and of ACLED, each a document of its own: read as they come, one in memory at a time.

The bytes of a row are `column: value` lines in UTF-8, in the order of its columns, so that the frozen text
is the bytes and stands on disk once. Empty cells are left out: they say nothing, and the columns of a
version are known. A cell of several lines goes on in lines that begin with two spaces.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import chain, islice
from typing import BinaryIO, NamedTuple

from marsad.errors import BadInput
from marsad.records.original import Listed, Original, Refused

_LONGEST_LINE = 1 << 20  # characters; a longer one is taken in pieces, and refused as a row
_LONGEST_NAME = 40  # characters of an event's own name
_LONGEST_ROW = 1 << 20  # bytes
_HEAD = 16  # lines in which the header stands: exports carry terms of use before it
_DELIMITERS = (",", ";", "\t")
_LANGUAGE = "en"  # of both datasets

_GED = frozenset({"type_of_violence", "side_a", "side_b", "where_prec", "date_start", "date_end"})
_ACLED = frozenset({"event_date", "event_type", "actor1", "fatalities", "country"})
# Some monthly candidate files of UCDP have no header: their columns are those of the yearly files.
_GED_COLUMNS = (
    *("id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id"),
    *("conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id"),
    *("side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources"),
    *("source_article", "source_office", "source_date", "source_headline", "source_original", "where_prec"),
    *("where_coordinates", "where_description", "adm_1", "adm_2", "latitude", "longitude", "geom_wkt"),
    *("priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec", "date_start"),
    *("date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low"),
    *("gwnoa", "gwnob"),
)
_CODES = {"type_of_violence": "123", "where_prec": "1234567", "date_prec": "12345"}
_VERSION = re.compile(r"GEDEvent_v(\d{1,2}(?:_\d{1,2}){1,3})(?!\d)|\bged(\d\d)(\d)(?!\d)", re.IGNORECASE)


class Kind(NamedTuple):
    """A table of coded events."""

    dataset: str  # as its publisher is called: UCDP GED, ACLED
    columns: tuple[str, ...]
    has_header: bool
    id: str | None  # the column that names an event

    def publisher(self, name: str) -> str:
        """The dataset with the version that the file is called by, where it has one."""
        found = _VERSION.search(name) if self.dataset == "UCDP GED" else None
        if found is None:
            return self.dataset
        version = found[1].replace("_", ".") if found[1] else f"{found[2]}.{found[3]}"
        return f"{self.dataset} {version}"


def kind_of(header: Sequence[str]) -> Kind | None:
    """What a table is by its header or, of a candidate file of UCDP without one, by its first row."""
    columns = tuple(map(_column, header))
    if len(set(columns)) == len(columns):
        if _GED.issubset(columns):
            return Kind("UCDP GED", columns, has_header=True, id=_first(columns, "id", "relid"))
        if _ACLED.issubset(columns):
            return Kind("ACLED", columns, has_header=True, id=_first(columns, "event_id_cnty", "data_id"))
    if len(header) == len(_GED_COLUMNS):
        row = dict(zip(_GED_COLUMNS, header, strict=True))
        if row["id"].isdecimal() and all(row[column] in [*codes] for column, codes in _CODES.items()):
            return Kind("UCDP GED", _GED_COLUMNS, has_header=False, id="id")
    return None


def rows(stream: BinaryIO, name: str, *, retrieved: str | None = None) -> Iterator[Original | Refused] | None:
    """The rows of a CSV file of coded events; `None` where it is none, of which only the head was read.

    Args:
        stream: its bytes, UTF-8, with commas, semicolons or tabs; it is closed by whoever opened it.
        name: the file as it is called in every source: `FOLDER/ged261-csv.zip#GEDEvent_v26_1.csv`.
        retrieved: the moment at which it was fetched (ISO 8601).
    """
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
    lines = iter(lambda: text.readline(_LONGEST_LINE), "")
    head = list(_head(lines))
    if (at := _begin(head)) is None:
        text.detach()  # so that the stream stays open
        return None
    parsed = _parsed(chain(head[at.line :], lines), at.delimiter)
    if at.kind.has_header:
        next(parsed)
    return _numbered(parsed, at.kind, name, at.line + at.kind.has_header, retrieved)


class _Begin(NamedTuple):
    """Where a table begins in its file."""

    kind: Kind
    line: int
    delimiter: str


def _head(lines: Iterator[str]) -> Iterator[str]:
    """The first lines, in which a table begins, if it does."""
    size = 0
    for line in islice(lines, _HEAD):
        yield line
        size += len(line)
        if size > _LONGEST_LINE:
            return


def _begin(head: list[str]) -> _Begin | None:
    for at in range(len(head)):
        for delimiter in _DELIMITERS:
            row = next(_parsed(iter(head[at:]), delimiter), "")
            if isinstance(row, list) and (kind := kind_of(row)):
                return _Begin(kind, at, delimiter)
    return None


def table(
    header: Sequence[str],
    values: Iterable[Sequence[object]],
    name: str,
    *,
    first: int = 0,
    retrieved: str | None = None,
) -> Iterator[Original | Refused] | None:
    """The same of a table whose values have types, such as Parquet; `None` where it is no coded events.

    Args:
        first: how many rows of the table stand before the first of `values`.
    """
    kind = kind_of(header)
    if kind is None or not kind.has_header:
        return None
    return _numbered((list(map(_written, row)) for row in values), kind, name, first, retrieved)


def _column(name: str) -> str:
    """A column's name as the text has it: a header is anybody's, and must not look like a value."""
    return "".join(c if c.isalnum() else "_" for c in name.strip().lstrip("\ufeff").casefold())[:80]


def _first(columns: tuple[str, ...], *wanted: str) -> str | None:
    return next((column for column in wanted if column in columns), None)


def _parsed(lines: Iterator[str], delimiter: str) -> Iterator[list[str] | str]:
    """The rows of a CSV; of one that cannot be parsed, the reason."""
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield f"not CSV that can be read: {error}"


def _numbered(
    parsed: Iterable[list[str] | str], kind: Kind, name: str, skipped: int, retrieved: str | None
) -> Iterator[Original | Refused]:
    """Rows with the numbers that a spreadsheet gives them; a bad one costs itself only."""
    make = _Maker(kind, name, retrieved)
    number = skipped
    is_empty = True
    for number, row in enumerate(parsed, skipped + 1):
        if isinstance(row, list) and not any(row):
            continue
        is_empty = False
        source = f"{name}:row {number}"
        if isinstance(row, str):
            yield Refused(source, row)
            continue
        try:
            yield make.original(row, source)
        except BadInput as error:
            yield Refused(source, str(error))
    if is_empty:
        yield Refused(name, "empty: there is no row in it")


class _Maker:
    """Makes documents of the rows of one table."""

    def __init__(self, kind: Kind, name: str, retrieved: str | None) -> None:
        self._kind, self._retrieved = kind, retrieved
        self._publisher = kind.publisher(name)
        self._names = [f"{column}: " for column in kind.columns]
        self._id = kind.columns.index(kind.id) if kind.id else None
        moment = _first(kind.columns, "timestamp") if kind.dataset == "ACLED" else None
        self._moment = kind.columns.index(moment) if moment else None

    def original(self, row: list[str], source: str) -> Original:
        """The document of one row.

        Raises:
            BadInput: it has more or fewer cells than the table has columns, is too long, or is not UTF-8.
        """
        if len(row) != len(self._names):
            raise BadInput(f"has {len(row)} cells where the table has {len(self._names)} columns")
        lines = [
            column + (value.replace("\n", "\n  ") if "\n" in value else value)
            for column, value in zip(self._names, row, strict=True)
            if value and not value.isspace()
        ]
        try:
            raw = "\n".join(lines).encode()
        except UnicodeEncodeError:
            raise BadInput("not valid UTF-8; save the table as UTF-8") from None
        if len(raw) > _LONGEST_ROW:
            raise BadInput(f"{len(raw) / 1e6:.1f} MB are no row of this dataset; look for an open quote")
        return Original(
            raw,
            source,
            retrieved=self._retrieved,
            listed=Listed(
                title=self._title(row),
                publisher=self._publisher,
                published=self._published(row),
                language=_LANGUAGE,
            ),
            row="coded",
        )

    def _title(self, row: list[str]) -> str:
        """The dataset and the event's own name: a headline is another's, and may name anybody."""
        name = row[self._id].strip() if self._id is not None else ""
        is_code = name.replace("-", "").isalnum() and len(name) <= _LONGEST_NAME
        return f"{self._publisher}, event {name}" if is_code else self._publisher

    def _published(self, row: list[str]) -> str | None:
        """The day of ACLED's `timestamp`, on which the row was last put out; UCDP's rows state none."""
        if self._moment is None:
            return None
        moment = row[self._moment].strip()
        if moment.isdecimal() and len(moment) <= len("1700000000"):
            return datetime.fromtimestamp(int(moment), UTC).date().isoformat()
        try:
            return date.fromisoformat(moment[:10]).isoformat()
        except ValueError:
            return None


def _written(value: object) -> str:
    """A typed value as its CSV has it: whole numbers without a point, days without midnight."""
    if value is None or value != value:  # the second: a float that is no number
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        words = value.isoformat(" ")
        return words.removesuffix(" 00:00:00")
    return str(value)
