"""How many there are, and how many of each value: counts that look at so many rows and no more.

A facet leaves its own filter aside. Those without a filter of their own count the same rows, which are
therefore looked up once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from marsad.errors import BadInput
from marsad.ledger import bulk
from marsad.ledger.asking.aggregated import visible
from marsad.ledger.asking.fields import FIELDS, NAMES_OF_PLACES, TERMS, Field, Kind, field
from marsad.ledger.asking.query import Query
from marsad.ledger.asking.selecting import CAP, COUNTED, Selection
from marsad.ledger.asking.snapshots import Snapshot
from marsad.ledger.schema import shown_places, terms

Counted = list[tuple[Any, int]]


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

    def _counted(self, query: Query, several: Iterable[Field]) -> Iterator[Facet]:
        selection = self._select(query)
        listed = list(several)
        columns = [each.columns[0] for each in listed if not self._is_term(each)]
        rows = selection.newest(COUNTED + 1, *columns)
        is_capped, rows = len(rows) > COUNTED, rows[:COUNTED]
        for each in listed:
            if self._is_term(each):
                values = self._terms(each.name, selection.held(each.name, [row.key for row in rows]))
            else:
                of = each.columns[0]
                values = _sorted(Counter(value for row in rows if (value := getattr(row, of)) is not None))
            yield Facet(each.name, [(str(value), n) for value, n in values], is_capped)

    def _is_term(self, asked: Field) -> bool:
        return (self._query.kind, asked.name) in TERMS

    def _terms(self, name: str, held: Sequence[Any]) -> Counted:
        """How many rows hold each value; actors that are one count as the one, and once a row."""
        if name == "actor":
            actors = self._snapshot("actors")
            tops = actors.links.top
            once = {(tops.get(row.value, row.value), row.key) for row in held}
            found = _sorted(Counter(value for value, _ in once))
            return [(actors.named.get(value, value), n) for value, n in found]
        found = _sorted(Counter(row.value for row in held))
        if name != "place":
            return found
        called = self._places([value for value, _ in found])
        return [(called.get(value, value), n) for value, n in found]

    def _places(self, values: Sequence[str]) -> Mapping[str, str]:
        """What places are called, by what they are told by: of several names, the least."""
        named = self._snapshot("places").named
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


def _sorted(counted: Counter[Any]) -> Counted:
    return sorted(counted.items(), key=lambda each: (-each[1], str(each[0])))
