"""What a job reads, and the parts into which it is divided: the same for the same files, always.

First the files are listed, which is quick and tells whether they are still those of an earlier run.
Then large files are divided: JSON Lines by bytes, Parquet by rows, WARC and WET by records; small
files are taken together. A partition is done as a whole or not at all, by any worker, in any order.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Literal

import msgspec
from msgspec.structs import asdict

from marsad.errors import BadInput, MarsadError, NotFound
from marsad.records.original import Refused
from marsad.sources import files, folders, parquet, warc
from marsad.sources.kinds import kind_of

DOCUMENTS = 500  # a partition, at most; what a stop costs is at most this much for each worker
LEAST, MOST = 256 * 1024, 16 * 1024 * 1024  # bytes of a partition
SHARE = 256  # partitions of a job of middling size, so that many workers have work
RECORDS = 3 * DOCUMENTS  # of a WARC file; about a third are pages, the others requests and metadata
_BLOCK = 1024 * 1024
_WARC = (".warc.gz", ".wet.gz")

Form = Literal["files", "lines", "rows", "records"]


class File(msgspec.Struct, frozen=True):
    """A file as it was when the job was begun."""

    name: bytes  # the path as the system has it, which need not be UTF-8
    size: int  # bytes
    modified: int  # seconds since 1970
    refused: str | None = None  # why it is not to be opened at all

    @property
    def path(self) -> str:
        return os.fsdecode(self.name)


class Partition(msgspec.Struct, frozen=True):
    """Some files, or a part of one: bytes `begin` to `end` of lines, else `count` rows or records."""

    number: int
    form: Form
    files: tuple[File, ...]
    begin: int = 0
    end: int = 0
    count: int = 0
    line: int = 1  # the number of the first line
    expected: int = 1  # documents, about: for the progress alone

    @property
    def is_whole(self) -> bool:
        """Whether nothing of its files is in another partition."""
        return self.begin == 0 and (self.form == "files" or self.end == self.files[0].size)


class _Part(msgspec.Struct, frozen=True):
    begin: int = 0
    end: int = 0
    count: int = 0
    line: int = 1
    expected: int = 1


def listed(inputs: Sequence[str], *, but: Path) -> list[File]:
    """The files that `inputs` name, with those of folders at any depth, in order.

    Args:
        but: a folder that is left out: where the result goes.

    Raises:
        BadInput: an address, standard input, or a file that cannot be looked at.
        NotFound: there is no such file.
    """
    out = but.absolute()
    found = []
    for name in inputs:
        if name == "-" or "://" in name:
            raise BadInput(f"{name}: --bulk reads files and folders; save it to a file first")
        for path in folders.walk(name):
            if isinstance(path, Refused):
                found.append(File(os.fsencode(path.source), 0, 0, path.reason))
            elif out not in Path(path).absolute().parents:
                found.append(_file(path))
    if not found:
        raise BadInput(f"{', '.join(inputs)}: there is no file in it")
    return found


def _file(path: str) -> File:
    try:
        status = Path(path).stat()
    except (FileNotFoundError, ValueError):
        raise NotFound(f"{path}: no such file") from None
    except OSError as error:
        raise BadInput(f"{path}: cannot be read: {error.strerror or error}") from error
    return File(os.fsencode(path), status.st_size, int(status.st_mtime))


def fingerprint(listing: Iterable[File]) -> str:
    """The SHA-256 of a listing."""
    digest = hashlib.sha256()
    for file in listing:
        digest.update(file.name + f"\0{file.size}\0{file.modified}\n".encode())
    return digest.hexdigest()


def divided(listing: Sequence[File]) -> Iterator[Partition]:
    """The partitions of the files of `listing`, in order; each document is in exactly one of them."""
    most = min(MOST, max(LEAST, sum(file.size for file in listing) // SHARE))
    number = 0
    for form, group in _grouped(listing, most):
        for part in _parts(group, form, most):
            yield Partition(number, form, tuple(group), **asdict(part))
            number += 1


def form_of(file: File) -> Form:
    """How a file is divided: `files` are read whole."""
    if file.refused is not None:
        return "files"
    try:
        kind = kind_of(file.path, files.head(file.path))
    except MarsadError:  # whoever reads it says why it cannot be read
        return "files"
    if kind == "lines":
        return "lines"
    if kind == "parquet":
        return "rows"
    is_warc = kind == "warc" or (kind == "gzip" and file.path.lower().endswith(_WARC))
    return "records" if is_warc else "files"


def _grouped(listing: Iterable[File], most: int) -> Iterator[tuple[Form, list[File]]]:
    """Whole files together up to the limits; each one that is divided by itself."""
    group: list[File] = []
    size = 0
    for file in listing:
        form = form_of(file)
        if group and (form != "files" or size + file.size > most or len(group) == DOCUMENTS):
            yield "files", group
            group, size = [], 0
        if form == "files":
            group.append(file)
            size += file.size
        else:
            yield form, [file]
    if group:
        yield "files", group


def _parts(group: Sequence[File], form: Form, most: int) -> Iterator[_Part]:
    if form == "files":
        yield _Part(expected=len(group))
        return
    file = group[0]
    divide = {"lines": _lines, "rows": _rows, "records": _records}[form]
    try:
        found = list(divide(file, most))
    except (MarsadError, OSError):
        found = []
    yield from found or [_Part(end=file.size)]


def _lines(file: File, most: int) -> Iterator[_Part]:
    """Ranges of whole lines."""
    with Path(file.path).open("rb") as stream:
        begin = end = count = 0
        first = 1
        for end in _line_ends(stream):
            count += 1
            if count == DOCUMENTS or end - begin >= most:
                yield _Part(begin, end, count, first, count)
                begin, first, count = end, first + count, 0
        if end < stream.tell():  # a last line without its end
            count, end = count + 1, stream.tell()
    if count:
        yield _Part(begin, end, count, first, count)


def _line_ends(stream: BinaryIO) -> Iterator[int]:
    """The positions behind each line feed."""
    base = 0
    while block := stream.read(_BLOCK):
        at = block.find(b"\n")
        while at >= 0:
            yield base + at + 1
            at = block.find(b"\n", at + 1)
        base += len(block)


def _rows(file: File, most: int) -> Iterator[_Part]:
    total = parquet.count(file.path)
    step = max(1, min(DOCUMENTS, total * most // max(file.size, 1)))
    for begin in range(0, total, step):
        count = min(step, total - begin)
        yield _Part(begin=begin, count=count, expected=count)


def _records(file: File, most: int) -> Iterator[_Part]:
    for offset, count in warc.parts(file.path, RECORDS):
        yield _Part(begin=offset, count=count, expected=-(-count // 3))
