"""ZIP and tar: the files in them, as streams. A name in them is a label, never a path."""

from __future__ import annotations

import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from io import BufferedIOBase, BufferedReader
from itertools import pairwise
from typing import BinaryIO, NamedTuple, cast

from marsad.errors import BadInput
from marsad.sources.kinds import DOCX
from marsad.sources.unfolding import Budget, unfolding

_ENCRYPTED = 0x1
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_LOCAL_HEADER = 30  # bytes, and the name
_LONGEST_NAME = 500
_OFFICE = (("word/", "DOCX"), ("xl/", "XLSX"), ("ppt/", "PPTX"), ("META-INF/container.xml", "EPUB"))


Opener = Callable[[], BufferedReader]


class Entry(NamedTuple):
    """A file in an archive."""

    name: str
    open: Opener
    refusal: str | None = None  # why it is not to be opened


def zipped(stream: BinaryIO, budget: Budget) -> Iterator[Entry]:
    """The files of a ZIP in its own order; hidden ones are left out, as in a folder.

    Raises:
        BadInput: no ZIP, or one whose entries lie over one another.
        Exhausted: over a limit of `budget`.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise BadInput(f"a ZIP that is damaged or cut short: {error}") from error
    with archive:
        files = [info for info in archive.infolist() if not info.filename.endswith("/")]
        _refuse_overlap(files)
        for info in files:
            if not is_hidden(info.filename):
                budget.take_file()
                yield Entry(label(info.filename), _opener(archive, info, budget), _refusal(info))


def office(stream: BinaryIO) -> str | None:
    """The media type of a ZIP that is one document, by what is in it; the stream is at its begin again.

    Raises:
        BadInput: a document of a form that is not read.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        names = []
    stream.seek(0)
    is_office = "[Content_Types].xml" in names or "mimetype" in names
    form = next((form for part, form in _OFFICE if any(name.startswith(part) for name in names)), None)
    if not is_office or form is None:
        return None
    if form != "DOCX":
        raise BadInput(f"{form} is not read; save it as PDF, DOCX or text")
    return DOCX


def tarred(stream: BinaryIO, budget: Budget) -> Iterator[Entry]:
    """The files of a tar in its order, each of which is to be read before the next.

    Raises:
        BadInput: no tar, or a damaged one.
        Exhausted: over a limit of `budget`.
    """
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for info in archive:
                if info.isdir() or is_hidden(info.name):
                    continue
                budget.take_file()
                plain = info.isreg() and not info.issparse()
                opener = _tar_opener(archive, info, budget)
                yield Entry(label(info.name), opener, None if plain else "a link or a special file")
    except (tarfile.TarError, EOFError, ValueError, OverflowError) as error:
        raise BadInput(f"a tar that is damaged or cut short: {error}") from error


def is_hidden(name: str) -> bool:
    """Whether a part of a path begins with a dot, or is what macOS puts beside its files."""
    parts = name.replace("\\", "/").split("/")
    return any(part == "__MACOSX" or (part.startswith(".") and part not in {".", ".."}) for part in parts)


def label(name: str) -> str:
    """A member's name as a part of a source: printable, and of a bounded length."""
    printable = "".join(each if each.isprintable() else "\ufffd" for each in name[-_LONGEST_NAME:])
    return printable.encode("utf-8", "replace").decode() or "(no name)"


def _opener(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> Opener:
    def opened() -> BufferedReader:
        return unfolding(cast(BufferedIOBase, archive.open(info)), budget, lambda: info.compress_size)

    return opened


def _tar_opener(archive: tarfile.TarFile, info: tarfile.TarInfo, budget: Budget) -> Opener:
    def opened() -> BufferedReader:
        return unfolding(cast(BufferedIOBase, archive.extractfile(info)), budget)

    return opened


def _refusal(info: zipfile.ZipInfo) -> str | None:
    if info.flag_bits & _ENCRYPTED:
        return "encrypted; unpack it with its password and add what is in it"
    if info.compress_type not in _METHODS:
        return f"packed by method {info.compress_type}, which is not read; unpack it and add what is in it"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "a link or a special file"
    return None


def _refuse_overlap(files: list[zipfile.ZipInfo]) -> None:
    """Entries that share bytes are a bomb: they unfold many times what the archive holds."""
    ordered = sorted(files, key=lambda info: info.header_offset)
    for info, following in pairwise(ordered):
        if info.header_offset + _LOCAL_HEADER + info.compress_size > following.header_offset:
            raise BadInput("a ZIP whose files lie over one another, as only a bomb's do")
