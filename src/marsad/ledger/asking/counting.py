"""How many there are, and how many of each value: counts that look at so many rows and no more.

A facet leaves its own filter aside. Those without a filter of their own count the same rows, which are
therefore looked up once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import CTE, ColumnElement, Connection, Select, cast, func, literal, select, union_all

from marsad.errors import BadInput
from marsad.ledger import bulk
from marsad.ledger.asking.aggregated import visible
from marsad.ledger.asking.fields import FIELDS, NAMES_OF_PLACES, TERMS, Field, Kind, field
from marsad.ledger.asking.query import Query
from marsad.ledger.asking.selecting import CAP, COUNTED, Selection
from marsad.ledger.asking.snapshots import Snapshot
from marsad.ledger.schema import counted_places, shown_places, terms
from marsad.ledger.schema.columns import Words

Counted = list[tuple[str, int]]


class Count(NamedTuple):
    number: int
    is_capped: bool  # whether there are more than `number`


class Facet(NamedTuple):
    """The values of one field, most frequent first, and how many records have each."""

    field: str
    values: list[tuple[str, int]]
    is_capped: bool  # whether only the newest records were counted: `COUNTED` of them


def count(selection: Selection, cap: int = CAP) -> Count:
    number = selection.count(cap)
    return Count(min(number, cap), number > cap)


def countable(kind: Kind, name: str) -> Field:
    """The field `name` of a kind.

    Raises:
        BadInput: it is not counted; the message says which are.
    """
    asked = field(kind, name)
    if not asked.counted:
        counted = ", ".join(each.name for each in FIELDS[kind] if each.counted)
        raise BadInput(f"{name} is not counted; {kind} are counted by {counted}")
    return asked


class Counting:
    """The facets of one query."""

    def __init__(
        self,
        connection: Connection,
        query: Query,
        select: Callable[[Query], Selection],
        snapshot: Callable[[Kind], Snapshot],
    ) -> None:
        """
        Args:
            connection: to the ledger.
            select: what the query asks for, or the same with a filter less.
            snapshot: of the actors or the places.
        """
        self._connection, self._query = connection, query
        self._select, self._snapshot = select, snapshot

    def facets(self, names: Sequence[str]) -> list[Facet]:
        wanted = [countable(self._query.kind, name) for name in names]
        alike: defaultdict[Query, list[Field]] = defaultdict(list)
        for each in wanted:
            alike[self._query.but(each.name)].append(each)
        found = {
            facet.field: facet for query, several in alike.items() for facet in self._counted(query, several)
        }
        return [found[name] for name in names]

    def _counted(self, query: Query, several: Sequence[Field]) -> Iterator[Facet]:
        """Of the newest rows, by one question: to fetch a row costs more than to count it."""
        selection = self._select(query)
        columns = [each.columns[0] for each in several if not self._is_term(each)]
        some = selection.newest(COUNTED + 1, *columns).cte("some")
        newest = select(some).order_by(some.c["key"].desc()).limit(COUNTED).cte("newest")
        asked = [
            self._held(at, each.name, newest)
            if self._is_term(each)
            else _valued(at, newest.c[each.columns[0]])
            for at, each in enumerate(several)
        ]
        whole = _numbered(_WHOLE, literal("")).select_from(some)
        found: defaultdict[int, dict[str, int]] = defaultdict(dict)
        for row in selection.execute(union_all(whole, *asked)):
            if row.value is not None:
                found[row.field][row.value] = row.number
        for at, each in enumerate(several):
            counted = sorted(found[at].items(), key=lambda value: (-value[1], value[0]))
            named = self._named(each.name, counted, newest, selection) if self._is_term(each) else counted
            yield Facet(each.name, named, found[_WHOLE][""] > COUNTED)

    def _is_term(self, asked: Field) -> bool:
        return (self._query.kind, asked.name) in TERMS

    def _held(self, at: int, name: str, newest: CTE) -> Select[Any]:
        """What asks how many of some rows hold each value of a term."""
        of = terms.c
        those = (of.field == TERMS[self._query.kind, name]) & (of.key == newest.c["key"])
        # an outer join, so that the rows lead to their terms; what has none comes as NULL
        asked = _numbered(at, of.value).select_from(newest).outerjoin(terms, those)
        return asked.group_by(of.value)

    def _named(self, name: str, counted: Counted, newest: CTE, selection: Selection) -> Counted:
        """The same by the names of what the values stand for."""
        if name == "place":
            called = self._places([value for value, _ in counted])
            return [(called.get(value, value), number) for value, number in counted]
        return self._actors(counted, newest, selection) if name == "actor" else counted

    def _actors(self, counted: Counted, newest: CTE, selection: Selection) -> Counted:
        """Actors that are one count as the one, and once a row."""
        actors = self._snapshot("actors")
        top = actors.links.top
        found = Counter({value: number for value, number in counted if value not in top})
        of = terms.c
        held = select(of.value, of.key).select_from(terms).join(newest, of.key == newest.c["key"])
        held = held.where(of.field == TERMS[self._query.kind, "actor"])
        joined = held.where(of.value.in_([value for value, _ in counted if value in top]))
        found.update(each for each, _ in {(top[row.value], row.key) for row in selection.execute(joined)})
        by_number = sorted(found.items(), key=lambda value: (-value[1], value[0]))
        return [(actors.named.get(value, value), number) for value, number in by_number]

    def _places(self, values: Sequence[str]) -> Mapping[str, str]:
        """What places are called, by what they are told by: of several names, the least."""
        named = self._own_names(values)
        of = shown_places.c
        asked = (
            select(terms.c.value, func.min(of.name).label("name"))
            .join(of.key.table, terms.c.key == of.key)
            .where(terms.c.field == NAMES_OF_PLACES, *visible(shown_places, self._query.as_known))
            .group_by(terms.c.value)
        )
        others = [value for value in values if value not in named]
        rows = bulk.select_in(self._connection, asked, terms.c.value, others)
        return {**named, **{row.value: row.name for row in rows}}

    def _own_names(self, values: Sequence[str]) -> Mapping[str, str]:
        """The names by which places are listed."""
        if self._query.as_known is not None:
            return self._snapshot("places").named
        of = counted_places.c
        asked = select(of.called, func.min(of.name).label("name")).group_by(of.called)
        return {row.called: row.name for row in bulk.select_in(self._connection, asked, of.called, values)}


_WHOLE = -1  # instead of the place of a field: how many rows there are


def _valued(at: int, column: ColumnElement[Any]) -> Select[Any]:
    """What asks how many rows have each value of a column."""
    return _numbered(at, cast(column, Words)).where(column.is_not(None)).group_by(column)


def _numbered(at: int, value: ColumnElement[str]) -> Select[Any]:
    """What asks for the place of a field, a value of it, and how many rows have that."""
    columns: list[ColumnElement[Any]] = [literal(at).label("field"), value.label("value")]
    return select(*columns, func.count().label("number"))
