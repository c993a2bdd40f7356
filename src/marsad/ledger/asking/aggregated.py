"""Actors, places and sources as rows: each once, with how many visible documents have it and since when.

Of all documents they are counted (`ledger.showing.counted`); of those known by a day, here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, FromClause, Row, distinct, func, select

from marsad.ledger import bulk, keys
from marsad.ledger.asking import linked
from marsad.ledger.asking.fields import Kind
from marsad.ledger.schema import counted_actors, shown_actors, shown_claims, shown_places
from marsad.linkage.actors import Links
from marsad.linkage.origins import folded_name

_ALONE = Links({}, {}, {}, {})


class Aggregated(NamedTuple):
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    links: Links = _ALONE
    named: Mapping[str, str] = MappingProxyType({})  # names by what is told by in `terms`


def visible(table: FromClause, as_known: str | None) -> list[ColumnElement[bool]]:
    """What lets through the rows that were known on a day."""
    return [table.c.known <= as_known, table.c.key < keys.after(as_known)] if as_known else []


_ACTORS = ("key", "name", "kind", "documents", "first_known", "last_known")


def _actors(connection: Connection, as_known: str | None) -> Aggregated:
    links, _ = linked.whole(connection, as_known)
    members: dict[str, list[Any]] = defaultdict(list)
    for row in _keyed(connection, as_known):
        members[links.top.get(row.key, row.key)].append(row)
    twice = _twice(connection, links, as_known)
    rows = [_actor(top, found, links, twice) for top, found in members.items()]
    named = {top: _own(top, found) for top, found in members.items()}
    return Aggregated(_ACTORS, rows, links, named)


def _keyed(connection: Connection, as_known: str | None) -> list[Row[Any]]:
    """What is the same actor by one document."""
    if as_known is None:
        return list(connection.execute(select(*(counted_actors.c[name] for name in _ACTORS))))
    of = shown_actors.c
    asked = (
        select(
            of.actor.label("key"),
            func.min(of.name).label("name"),
            func.min(of.kind).label("kind"),
            func.count(distinct(of.document)).label("documents"),
            func.min(of.known).label("first_known"),
            func.max(of.known).label("last_known"),
        )
        .where(*visible(shown_actors, as_known))
        .group_by(of.actor)
    )
    return list(connection.execute(asked))


def _actor(
    top: str, found: list[Any], links: Links, twice: Mapping[str, int]
) -> tuple[str, str, str, int, str, str]:
    return (
        top,
        links.seeds.get(top) or _own(top, found),
        min(row.kind for row in found),
        sum(row.documents for row in found) - twice.get(top, 0),
        min(row.first_known for row in found),
        max(row.last_known for row in found),
    )


def _own(top: str, found: list[Any]) -> str:
    """What documents call an actor: of the key that stands for it, the least name."""
    return str(min([row.name for row in found if row.key == top] or [row.name for row in found]))


def _twice(connection: Connection, links: Links, as_known: str | None) -> Counter[str]:
    """How often documents have another key of an actor beside a first one of it."""
    of = shown_actors.c
    shown = visible(shown_actors, as_known)
    twice: Counter[str] = Counter()
    several = sorted(links.top, key=lambda key: (links.top[key], key))  # those that are one stand together
    for part in _parts(several, links.top):
        these = of.actor.in_(part)
        more = func.count(distinct(of.actor)) > 1
        documents = select(of.document).where(these, *shown).group_by(of.document).having(more)
        asked = select(of.document, of.actor).distinct().where(these, *shown, of.document.in_(documents))
        found = Counter((row.document, links.top[row.actor]) for row in connection.execute(asked))
        for (_, top), number in found.items():
            twice[top] += number - 1
    return twice


def _parts(several: list[str], top: Mapping[str, str]) -> Iterator[list[str]]:
    """Keys as many as one question takes, none parted from those that it is one with."""
    part: list[str] = []
    for _, group in groupby(several, lambda key: top[key]):
        part += group
        if len(part) >= bulk.MANY:
            yield part
            part = []
    if part:
        yield part


def _places(connection: Connection, as_known: str | None) -> Aggregated:
    of = shown_places.c
    found = _grouped(
        connection,
        of.place,
        as_known,
        name=func.min(of.name),
        kind=func.min(of.kind),
        country=func.min(of.country),
        where_prec=func.min(of.where_prec),
        documents=func.count(distinct(of.document)),
        first_key=func.min(of.key),
    )
    named: dict[str, str] = {}
    for name in sorted(row[1] for row in found.rows):
        named.setdefault(folded_name(name), name)
    return found._replace(named=named)


def _sources(connection: Connection, as_known: str | None) -> Aggregated:
    of = shown_claims.c
    return _grouped(
        connection,
        of.origin,
        as_known,
        name=func.min(of.origin_name),
        kind=func.min(of.origin_kind),
        documents=func.count(distinct(of.document)),
        claims=func.count(),
    )


def _grouped(
    connection: Connection,
    key: Column[str],
    as_known: str | None,
    **columns: ColumnElement[Any],
) -> Aggregated:
    table = key.table
    columns |= {"first_known": func.min(table.c.known), "last_known": func.max(table.c.known)}
    asked = select(key, *columns.values()).where(*visible(table, as_known)).group_by(key)
    return Aggregated(("key", *columns), [tuple(row) for row in connection.execute(asked)])


AGGREGATES: dict[Kind, Callable[[Connection, str | None], Aggregated]] = {
    "actors": _actors,
    "places": _places,
    "sources": _sources,
}
