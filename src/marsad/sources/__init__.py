"""Where documents come from: files, folders, containers, standard input and guarded fetches.

`open`, `originals` and `expand` give `Original`s: bytes as they were received. What they say is for
`documents`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from marsad.errors import BadInput, MarsadError
from marsad.records.original import Original, Refused
from marsad.sources import containers, files, folders
from marsad.sources.kinds import kind_of

__all__ = ["expand", "open", "originals"]


def open(where: str, *, published: str | None = None) -> Original:  # noqa: A001
    """The bytes at a path, at an address (`http:`, `https:`), or of standard input (`-`).

    Args:
        published: the date of publication as the user gave it, passed on unread.

    Raises:
        BadInput: a folder, or an address of another scheme.
        NotFound: no such file.
        TooLarge: over a limit of the settings.
        Unreachable: the address does not answer, or may not be asked.
    """
    if _is_address(where):
        from marsad.sources.fetch import fetch  # noqa: PLC0415 - httpx is loaded for addresses only

        original = fetch(where)
    elif where == "-":
        original = files.read_standard_input()
    else:
        original = files.read(where)
    return original._replace(published=published)


def originals(where: str) -> Iterator[Original | Refused]:
    """What one path, address or standard input holds: one original or, of a container, all in it.

    Containers are ZIP, gzip, tar, mailboxes, WARC, Parquet, JSON Lines and tables of coded events.

    Raises:
        as `open`, before the first is given.
    """
    if _is_address(where):
        yield from containers.unpacked(open(where))
    elif where == "-":
        yield from _standard_input()
    else:
        kind = kind_of(where, files.head(where))
        if kind == "document":
            yield files.read(where)
        elif kind == "lines":
            yield from files.read_lines(where)
        else:
            yield from containers.members(where)


def expand(paths: Iterable[str]) -> Iterator[Original | Refused]:
    """All that each of `paths` holds; a folder gives all its files, at any depth, in sorted order.

    Hidden files and folders inside a folder are left out; a feed or a sitemap at an address gives the
    pages that it lists. What cannot be opened is `Refused`, with
    the reason, and the rest go on.
    """
    for path in paths:
        for where in folders.walk(path):
            if isinstance(where, Refused):
                yield where
                continue
            try:
                yield from _listed(where) if _is_address(where) else originals(where)
            except MarsadError as error:
                yield Refused(files.printable(where), str(error).removeprefix(f"{where}: "))


def _listed(address: str) -> Iterator[Original | Refused]:
    """What an address holds or, of a feed or a sitemap, the pages that it lists."""
    from marsad.sources import feeds  # noqa: PLC0415

    original = open(address)
    kind = feeds.kind_of(original.raw, original.media_type)
    if kind is None:
        yield from containers.unpacked(original)
        return
    from marsad.sources import lists  # noqa: PLC0415
    from marsad.sources.pace import Visitor  # noqa: PLC0415

    with Visitor() as visitor:
        yield from lists.listed_by(original, kind, visitor)


def _standard_input() -> Iterator[Original | Refused]:
    head, stream = files.standard_input()
    if containers.is_container("", head):
        yield from containers.spooled(files.pieces(stream), "-")
    else:
        yield files.read_standard_input()


def _is_address(where: str) -> bool:
    scheme, mark, _ = where.partition("://")
    if not mark or "/" in scheme:
        return False
    if scheme.lower() not in {"http", "https"}:
        raise BadInput(f"{where}: only http and https addresses are fetched")
    return True
