"""Files that hold documents and are none themselves: archives, mailboxes, web archives, tables.

Each is opened in a child process (`unpacking`), by its path; what came as bytes goes by a temporary
file. A member's source is `FILE!NAME`; nothing is ever written under a member's name.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from marsad import isolation
from marsad.errors import BadInput
from marsad.records.original import Original, Refused
from marsad.settings import load
from marsad.sources import parquet, passing
from marsad.sources.files import head, printable, too_large
from marsad.sources.kinds import HEAD, kind_of
from marsad.sources.unpacking import Container


def members(path: str, source: str | None = None, name: str | None = None) -> Iterator[Original | Refused]:
    """The documents in the container at `path`; where it breaks, a refusal after what came before.

    Args:
        source: what it is called, where that is not its path.
        name: the name that says what it is.

    Raises:
        BadInput, NotFound: there is no such file, or it cannot be opened.
    """
    source = source or printable(path)
    name = name or printable(path)
    if kind_of(name, head(path)) == "parquet":  # polars takes more address space than others
        yield from parquet.rows(path, source=source)
        return
    count = 0
    try:
        for found in _unpacked(Container(os.fsencode(path), source, name)):
            yield found
            count += 1
    except BadInput as error:
        yield Refused(source, f"{error} (after {count:,} documents in it)" if count else str(error))
        return
    if count == 0:
        yield Refused(source, "empty: there is no document in it")


def is_container(name: str, head: bytes) -> bool:
    """Whether a file `name` that begins with `head` is to be opened here, rather than read whole.

    JSON Lines are neither: see `lines`.
    """
    return kind_of(name, head) not in ("document", "lines")


def unpacked(original: Original) -> Iterator[Original | Refused]:
    """The documents in what was fetched or attached; `original` itself, where it is no container.

    Where it came from, and what its source says of it, goes with each of them.
    """
    name = original.url or original.source
    if not is_container(name.partition("?")[0], original.raw[:HEAD]):
        yield original
        return
    for found in spooled([original.raw], original.source, name.partition("?")[0]):
        yield found if isinstance(found, Refused) else _completed(found, original)


def _completed(found: Original, outer: Original) -> Original:
    return found._replace(
        retrieved=found.retrieved or outer.retrieved,
        published=outer.published,
        listed=found.listed or outer.listed,
    )


def spooled(pieces: Iterable[bytes], source: str, name: str = "") -> Iterator[Original | Refused]:
    """The documents in a container that comes as bytes, by way of a temporary file.

    Raises:
        TooLarge: more of them than an archive may unfold to.
    """
    limit = load().archive_bytes
    with tempfile.TemporaryDirectory(prefix="marsad-") as folder:
        path = Path(folder, "container")
        with path.open("wb") as file:
            for piece in pieces:
                file.write(piece)
                if file.tell() > limit:
                    raise too_large(source, None, limit, "MARSAD_ARCHIVE_BYTES")
        yield from members(str(path), source, name)


def _unpacked(container: Container) -> Iterator[Original | Refused]:
    settings = load()
    payload = msgspec.msgpack.encode(container)
    return map(
        passing.decode,
        isolation.stream(
            "marsad.sources.unpacking:unpack",
            payload,
            seconds=settings.parse_seconds,
            memory=settings.parse_bytes,
        ),
    )
