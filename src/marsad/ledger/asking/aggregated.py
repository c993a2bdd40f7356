"""Actors, places and sources as rows: each once, with how many visible documents have it and since when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, FromClause, distinct, func, select

from marsad.ledger import bulk, keys
from marsad.ledger.asking import linked
from marsad.ledger.asking.fields import Kind
from marsad.ledger.schema import shown_actors, shown_claims, shown_places
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
    of = shown_actors.c
    asked = (
        select(
            of.actor,
            func.min(of.name).label("name"),
            func.min(of.kind).label("kind"),
            func.count(distinct(of.document)).label("documents"),
            func.min(of.known).label("first_known"),
            func.max(of.known).label("last_known"),
        )
        .where(*visible(shown_actors, as_known))
        .group_by(of.actor)
    )
    members: dict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(asked):
        members[links.top.get(row.actor, row.actor)].append(row)
    documents = _documents(connection, links, as_known)
    rows = [_actor(top, found, links, documents) for top, found in members.items()]
    named = {top: _own(top, found) for top, found in members.items()}
    return Aggregated(_ACTORS, rows, links, named)


def _actor(
    top: str, found: list[Any], links: Links, documents: Mapping[str, set[int]]
) -> tuple[str, str, str, int, str, str]:
    return (
        top,
        links.seeds.get(top) or _own(top, found),
        min(row.kind for row in found),
        len(documents[top]) if len(found) > 1 else found[0].documents,
        min(row.first_known for row in found),
        max(row.last_known for row in found),
    )


def _own(top: str, found: list[Any]) -> str:
    """What documents call an actor: of the key that stands for it, the least name."""
    return str(min([row.name for row in found if row.actor == top] or [row.name for row in found]))


def _documents(connection: Connection, links: Links, as_known: str | None) -> dict[str, set[int]]:
    """The documents of each actor that has several keys: one of them may use two."""
    of = shown_actors.c
    asked = select(of.actor, of.document).where(*visible(shown_actors, as_known))
    found: dict[str, set[int]] = defaultdict(set)
    for row in bulk.select_in(connection, asked, of.actor, sorted(links.top)):
        found[links.top[row.actor]].add(row.document)
    return found


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
