"""Where documents come from: files, folders, standard input and guarded fetches.

`open` and `expand` give `Original`s: bytes as they were received. What they say is for `documents`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from marsad.errors import BadInput, MarsadError
from marsad.records.original import Original, Refused
from marsad.sources import files

__all__ = ["expand", "open"]


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


def expand(paths: Iterable[str]) -> Iterator[Original | Refused]:
    """Each of `paths` opened; a folder gives all its files, at any depth, in sorted order.

    Hidden files and folders inside a folder are left out. What cannot be opened is `Refused`, with
    the reason, and the rest go on.
    """
    for path in paths:
        for where in files.walk(path):
            try:
                yield open(where)
            except MarsadError as error:
                yield Refused(where, str(error).removeprefix(f"{where}: "))


def _is_address(where: str) -> bool:
    scheme, mark, _ = where.partition("://")
    if not mark or "/" in scheme:
        return False
    if scheme.lower() not in {"http", "https"}:
        raise BadInput(f"{where}: only http and https addresses are fetched")
    return True
