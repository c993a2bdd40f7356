"""What a check finds, and how it goes on after damage that lets a part of it fail."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from marsad.errors import MarsadError

RESTORE = "restore a backup that is sound"
RENEW = "make a backup and go on with it: what is shown is made anew there"

Progress = Callable[[str, int, int], None]  # what is checked, how many are done, of how many


class Problem(NamedTuple):
    """One thing that is not as it should be. A harmless one leaves the ledger sound."""

    where: str
    what: str
    remedy: str
    is_harmless: bool = False

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; {self.remedy}"


@dataclass
class Tally:
    """What a check has been through."""

    documents: int = 0
    records: int = 0  # of the newest readings, as people left them
    entries: int = 0  # of the journal

    def __str__(self) -> str:
        return f"{self.documents} documents, {self.records} records, {self.entries} journal entries"


def guarded(
    connection: Connection, where: str, found: Iterator[Problem], remedy: str = RESTORE
) -> Iterator[Problem]:
    """What one part of a check finds. Damage can make any step of it fail, and that is found too."""
    try:
        with connection.begin_nested():  # a failed statement must not end PostgreSQL's transaction
            yield from found
    except Exception as error:
        yield Problem(where, f"cannot be read ({reason(error)})", remedy)


def fingerprint(row: Iterable[object]) -> int:
    """A number for a row. Sums of them tell sets of rows apart, whatever their order, in no memory."""
    values = tuple(row)
    return hash((values, *map(type, values)))  # bytes have the hash of the same text


def reason(error: Exception) -> str:
    """An error on one line."""
    inner = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    words = " ".join(str(inner).split())
    is_plain = isinstance(error, DBAPIError | MarsadError) and words
    return words if is_plain else f"{type(inner).__name__}: {words}"
