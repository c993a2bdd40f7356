"""The originals of a partition, opened one after the other in a worker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from marsad import sources
from marsad.bulk.partitions import File, Partition
from marsad.records.original import Original, Refused
from marsad.sources import files, lines, parquet, warc

EMPTY = "empty: there is no document in it"


class Opening(NamedTuple):
    """Something that gives originals."""

    source: str
    originals: Callable[[], Iterator[Original | Refused]]


def openings(partition: Partition) -> list[Opening]:
    """One for each file, or one for the part of a file."""
    return [_opening(partition, file) for file in partition.files]


def _opening(partition: Partition, file: File) -> Opening:
    path, count = file.path, partition.count or None
    give: dict[str, Callable[[], Iterator[Original | Refused]]] = {
        "files": lambda: sources.originals(path),
        "lines": lambda: _lines(path, partition.begin, partition.end, partition.line),
        "rows": lambda: parquet.rows(path, partition.begin, count),
        "records": lambda: warc.records(path, partition.begin, count),
    }
    source = files.printable(path)
    return Opening(source, lambda: _unchanged(file, source, give[partition.form]))


def _unchanged(
    file: File, source: str, give: Callable[[], Iterator[Original | Refused]]
) -> Iterator[Original | Refused]:
    if file.refused is not None:
        yield Refused(source, file.refused)
        return
    status = Path(file.path).stat()
    if (status.st_size, int(status.st_mtime)) != (file.size, file.modified):
        yield Refused(source, "has changed since the job was begun; read it again into another folder")
    elif not file.size:
        yield Refused(source, EMPTY)
    else:
        yield from give()


def _lines(path: str, begin: int, end: int, first: int) -> Iterator[Original | Refused]:
    with Path(path).open("rb") as stream:
        stream.seek(begin)
        yield from lines.rows(cast(BinaryIO, _Until(stream, end)), files.printable(path), first=first)


class _Until:
    """A stream that ends before the file does."""

    def __init__(self, stream: BinaryIO, end: int) -> None:
        self._stream, self._end = stream, end

    def readline(self, size: int) -> bytes:
        return self._stream.readline(min(size, self._end - self._stream.tell()))
