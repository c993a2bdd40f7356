"""Keeps count of actors, places and sources as documents come and go.

What one document says of each is a row; those of several are joined into one, whatever their order, and
such rows are the `counted` tables. A new document is joined to what is there. Where one is read anew or
taken out, what it no longer says, or says otherwise, is counted again from the rows of all documents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Column, ColumnElement, Connection, Select, Table, delete, select

from marsad.ledger import bulk, keys
from marsad.ledger.asking.fields import NAMES_OF_ACTORS
from marsad.ledger.schema import (
    counted_actors,
    counted_names,
    counted_places,
    counted_sources,
    shown_actors,
    shown_claims,
    shown_places,
    terms,
)
from marsad.ledger.showing.shown import Shown
from marsad.linkage.origins import folded_name

Row = dict[str, Any]
Said = dict[str, Row]  # what one document, or several, say of each: by key
Join = Callable[[Any, Any], Any]


def _least(one: Any, other: Any) -> Any:  # noqa: ANN401 - of a column
    return min((each for each in (one, other) if each is not None), default=None)


def _sum(one: int, other: int) -> int:
    return one + other


def _either(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    return one | other


class Kind(NamedTuple):
    """How the rows of one kind are made, and joined."""

    table: Table
    rows: Table  # of documents
    key: Column[Any]  # of theirs
    said: Callable[[Row], Row]  # what one of them says
    joins: dict[str, Join]  # the least, where nothing else is said

    def of_document(self, rows: Iterable[Row]) -> Said:
        """What the rows of one document say; it counts once, however many it has."""
        found: Said = {}
        for row in rows:
            one = {**self.said(row), "documents": 1, "first_known": row["known"], "last_known": row["known"]}
            key = row[self.key.name]
            found[key] = {**self.joined(found[key], one), "documents": 1} if key in found else one
        return found

    def joined(self, one: Row, other: Row) -> Row:
        return {name: self.joins.get(name, _least)(value, other[name]) for name, value in one.items()}

    def join(self, into: Said, said: Said) -> None:
        for key, row in said.items():
            into[key] = self.joined(into[key], row) if key in into else row


def _actor(row: Row) -> Row:
    return {
        "name": row["name"],
        "kind": row["kind"],
        "called": row["called"],
        "spelt": row["spelt"],
        "kinds": frozenset((row["kind"],)),
        "countries": frozenset(filter(None, (row["country"],))),
        "roles": frozenset(filter(None, (row["role"],))),
        "forms": frozenset(row["forms"]),
    }


def _place(row: Row) -> Row:
    kept = {name: row[name] for name in ("name", "kind", "country", "where_prec")}
    return {**kept, "first_key": row["key"]}


def _source(row: Row) -> Row:
    return {"name": row["origin_name"], "kind": row["origin_kind"], "claims": 1}


_SETS = ("kinds", "countries", "roles", "forms")
_KNOWN: dict[str, Join] = {"documents": _sum, "last_known": max}
ACTORS = Kind(
    counted_actors, shown_actors, shown_actors.c.actor, _actor, _KNOWN | dict.fromkeys(_SETS, _either)
)
PLACES = Kind(counted_places, shown_places, shown_places.c.place, _place, _KNOWN)
SOURCES = Kind(counted_sources, shown_claims, shown_claims.c.origin, _source, _KNOWN | {"claims": _sum})
KINDS = {"actor": ACTORS, "place": PLACES, "claim": SOURCES}  # by kind of record


# What documents say


def said_in(connection: Connection, key: int) -> list[Said]:
    """What the document with this key says, a kind each, as its shown rows are now."""
    return [
        kind.of_document(_rows(connection, kind, kind.rows.c.key.between(key, keys.last_of(key))))
        for kind in KINDS.values()
    ]


def said_by(made: Shown) -> list[Said]:
    """The same of one that is to be shown."""
    forms: defaultdict[int, set[str]] = defaultdict(set)
    for field, value, key in made.terms:
        if field == NAMES_OF_ACTORS:
            forms[key].add(value)
    with_forms = {"actor": [{**row, "forms": forms[row["key"]]} for row in made.records.get("actor", ())]}
    return [kind.of_document((made.records | with_forms).get(record, ())) for record, kind in KINDS.items()]


def _rows(connection: Connection, kind: Kind, *those: ColumnElement[bool]) -> Iterator[Row]:
    """Shown rows in the order of their keys; those of actors with their forms."""
    wanted = [column for column in kind.rows.c if column.name in _WANTED[kind.rows.name]]
    asked = select(*wanted).where(*those).order_by(kind.rows.c.key)
    if kind is not ACTORS:
        return (row._asdict() for row in connection.execute(asked, execution_options=_BY_PARTS))
    named = terms.c.field == NAMES_OF_ACTORS
    asked = asked.add_columns(terms.c.value.label("form"))
    asked = asked.outerjoin(terms, named & (terms.c.key == kind.rows.c.key))
    return _with_forms(connection, asked)


def _with_forms(connection: Connection, asked: Select[Any]) -> Iterator[Row]:
    rows = connection.execute(asked, execution_options=_BY_PARTS)
    for _, several in groupby(rows, lambda row: int(row.key)):
        found = list(several)
        yield {**found[0]._asdict(), "forms": {row.form for row in found if row.form is not None}}


_BY_PARTS = {"yield_per": 1_000}
_WANTED = {
    "shown_actors": {
        "key",
        "document",
        "known",
        "actor",
        "called",
        "spelt",
        "country",
        "role",
        "name",
        "kind",
    },
    "shown_places": {"key", "document", "known", "place", "name", "kind", "country", "where_prec"},
    "shown_claims": {"key", "document", "known", "origin", "origin_name", "origin_kind"},
}


# Keeping count


def change(connection: Connection, gone: Sequence[list[Said]], come: Sequence[list[Said]]) -> None:
    """Count what documents say now, whose rows are already as they are to be.

    Args:
        gone: what those that were shown otherwise, or are no longer shown, said before.
        come: what these and new ones say.
    """
    for at, kind in enumerate(KINDS.values()):
        before, now = _listed(said[at] for said in gone), _listed(said[at] for said in come)
        for key, rows in before.items():  # most of what is shown anew says what it said
            for row in list(rows):
                if row in now[key]:
                    rows.remove(row)
                    now[key].remove(row)
        otherwise = {key for key, rows in before.items() if rows}
        _recount(connection, kind, sorted(otherwise))
        added: Said = {}
        for key, rows in now.items():
            for row in rows if key not in otherwise else ():
                kind.join(added, {key: row})
        there = _stored(connection, kind, added)
        kind.join(added, there)
        _put(connection, kind, added, there)


def is_missing(connection: Connection) -> bool:
    """Whether nothing is counted of what is shown, as in a ledger of an earlier program."""
    return any(
        connection.execute(select(kind.rows.c.key).limit(1)).first()
        and not connection.execute(select(kind.table.c.key).limit(1)).first()
        for kind in KINDS.values()
    )


def renew(connection: Connection) -> None:
    """Count everything anew."""
    connection.execute(delete(counted_names))
    for kind in KINDS.values():
        connection.execute(delete(kind.table))
        _put(connection, kind, over_all(connection, kind))


def over_all(connection: Connection, kind: Kind, *those: ColumnElement[bool]) -> Said:
    """What all documents say, or those of their rows which fulfil a condition."""
    found: Said = {}
    for _, rows in groupby(_rows(connection, kind, *those), lambda row: row["document"]):
        kind.join(found, kind.of_document(rows))
    return found


def unlike(connection: Connection) -> Iterator[str]:
    """The tables that do not hold what the shown rows give."""
    names: set[tuple[str, str]] = set()
    for kind in KINDS.values():
        found = over_all(connection, kind)
        if _stored(connection, kind) != found:
            yield kind.table.name
        names |= {(form, key) for key, row in found.items() for form in row.get("forms", ())}
    if set(map(tuple, connection.execute(select(counted_names)))) != names:
        yield counted_names.name


def _listed(said: Iterable[Said]) -> defaultdict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for each in said:
        for key, row in each.items():
            found[key].append(row)
    return found


def _recount(connection: Connection, kind: Kind, wanted: Sequence[str]) -> None:
    for at in range(0, len(wanted), bulk.MANY):
        part = wanted[at : at + bulk.MANY]
        if kind is ACTORS:
            connection.execute(delete(counted_names).where(counted_names.c.key.in_(part)))
        connection.execute(delete(kind.table).where(kind.table.c.key.in_(part)))
        _put(connection, kind, over_all(connection, kind, kind.key.in_(part)))


# Rows of the tables: sets are JSON, and what names places is folded


def _stored(connection: Connection, kind: Kind, wanted: Iterable[str] | None = None) -> Said:
    asked, key = select(kind.table), kind.table.c.key
    rows = connection.execute(asked) if wanted is None else bulk.select_in(connection, asked, key, wanted)
    return {row.key: _read(row._asdict()) for row in rows}


def _read(row: Row) -> Row:
    del row["key"]
    if "first_key" in row:
        del row["called"]
    return row | {name: frozenset(msgspec.json.decode(row[name])) for name in _SETS if name in row}


def _put(connection: Connection, kind: Kind, said: Said, there: Said | None = None) -> None:
    rows = [{"key": key, **_written(row)} for key, row in sorted(said.items())]
    bulk.replace(connection, kind.table, rows)
    if kind is ACTORS:
        borne = {key: row["forms"] for key, row in (there or {}).items()}
        new = (
            (key, form) for key, row in said.items() for form in row["forms"] - borne.get(key, frozenset())
        )
        bulk.replace(connection, counted_names, [{"form": form, "key": key} for key, form in sorted(new)])


def _written(row: Row) -> Row:
    written = row | {name: msgspec.json.encode(sorted(row[name])).decode() for name in _SETS if name in row}
    return written | {"called": folded_name(row["name"])} if "first_key" in row else written
