"""JSON Lines, one document after the other, in memory that does not grow with the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from marsad.records.original import Original, Refused
from marsad.settings import load

_BOM = b"\xef\xbb\xbf"
_CHUNK = 64 * 1024


def rows(stream: BinaryIO, name: str, *, first: int = 1) -> Iterator[Original | Refused]:
    """The lines of `stream` that are not blank, each from the source `NAME:NUMBER`, unread.

    Args:
        first: the number of its first line, where it is a part of a file.
    """
    limit = load().document_bytes
    number = first - 1
    while line := stream.readline(limit + 2):
        number += 1
        source = f"{name}:{number}"
        is_whole = line.endswith(b"\n") or len(line) <= limit
        line = line.removesuffix(b"\n").removesuffix(b"\r")
        if number == 1:
            line = line.removeprefix(_BOM)
        if not is_whole or len(line) > limit:
            _skip_line(stream, is_whole)
            yield Refused(source, f"over the limit of {limit / 1e6:.1f} MB (MARSAD_DOCUMENT_BYTES)")
        elif line and not line.isspace():
            yield Original(line, source, row="document")
    if number < first:
        yield Refused(name, "empty: there is no document in it")


def _skip_line(stream: BinaryIO, is_whole: bool) -> None:
    while not is_whole and (chunk := stream.readline(_CHUNK)):
        is_whole = chunk.endswith(b"\n")
