"""What an id means: a record, a document, a review, an actor or a source; its beginning will do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, select

from marsad.errors import NotFound
from marsad.ledger.schema import RECORDS, documents, retired, reviews, shown_actors, shown_claims

SHORTEST = 6  # characters of the beginning of an id
_MOST_NAMED = 5  # ids in an error
_REVIEW = re.compile(r"r\d{1,18}")
_LAST = "\U0010ffff"  # sorts after whatever an id goes on with


class Named(NamedTuple):
    """What an id names, and the whole of it."""

    kind: str  # claim, ..., actor, retired, document, review, source, or identity: of all such actors
    id: str


def find(connection: Connection, given: str) -> Named:
    """What `given` names: a whole key or id, or the beginning of the id of one record or document.

    Raises:
        NotFound: nothing, or several things that begin so.
    """
    if not _is_text(given):
        raise NotFound(f"{given!a}: no such id")
    if found := _exact(connection, given):
        return found
    if len(given) < SHORTEST:
        raise NotFound(f"{given}: no such id; give {SHORTEST} or more of its characters, or a whole key")
    begun = sorted(set(_beginning(connection, given)), key=lambda each: (each.id, each.kind))
    if not begun:
        raise NotFound(f"{given}: no such record, document, review, actor or source in this ledger")
    if len(begun) > 1:
        several = ", ".join(f"{each.kind} {each.id}" for each in begun[:_MOST_NAMED])
        more = " and more" if len(begun) > _MOST_NAMED else ""
        raise NotFound(f"{given}: several ids begin so; give more of one: {several}{more}")
    return begun[0]


def _is_text(given: str) -> bool:
    """Whether both databases can be asked for it."""
    return "\0" not in given and not any("\ud800" <= char <= "\udfff" for char in given)


def _exact(connection: Connection, given: str) -> Named | None:
    if _REVIEW.fullmatch(given):
        asked = select(reviews.c.entry).filter_by(entry=int(given[1:]))
        if connection.execute(asked).first():
            return Named("review", f"r{int(given[1:])}")
    for kind, column in (("source", shown_claims.c.origin), ("identity", shown_actors.c.actor)):
        if given and connection.execute(select(column).where(column == given).limit(1)).first():
            return Named(kind, given)
    return None


def _beginning(connection: Connection, start: str) -> Iterator[Named]:
    tables: dict[str, Column[Any]] = {"document": documents.c.id, "retired": retired.c.id}
    for kind, column in (tables | {kind: table.c.id for kind, table in RECORDS.items()}).items():
        begun = select(column).distinct().where(column >= start, column < start + _LAST).order_by(column)
        for found in connection.execute(begun.limit(_MOST_NAMED + 1)).scalars():
            yield Named(kind, found)
