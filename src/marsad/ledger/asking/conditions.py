"""What a query asks of its rows: conditions of their columns, and the terms that they must hold.

The rows that hold a term stand in `terms` in the order of their keys. So where rows are wanted in that order,
the rarest of what they must hold leads: its rows are looked at one after the other, from the first one on,
until there are enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from string import hexdigits
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    exists,
    false,
    func,
    or_,
    select,
)

from marsad.errors import BadInput
from marsad.ledger import keys
from marsad.ledger.asking import linked
from marsad.ledger.asking.fields import TERMS, Field, field
from marsad.ledger.asking.query import AGGREGATED, Query, bounds, is_yes
from marsad.ledger.schema import shown_documents, terms
from marsad.ledger.showing import search
from marsad.ledger.showing.words import Search, tokens
from marsad.linkage.origins import folded_name
from marsad.records.interval import days

FEW = 50_000  # rows that are listed first, where nothing leads; of more, each row is looked up
ROUGH = 5_000  # rows that are counted to tell which of several is rarest

Key = ColumnElement[Any]
_leading = terms.alias("leading")


class Held(NamedTuple):
    """Rows that hold one of some values."""

    pairs: tuple[tuple[int, str], ...]  # the number of a term, and a value of it

    def parts(self) -> list[Select[Any]]:
        """What asks for the keys of the rows with each value: those of one stand in their order."""
        of = _leading.c
        return [select(of.key).where(of.field == number, of.value == value) for number, value in self.pairs]

    def whole(self) -> Select[Any]:
        """What asks for the keys of all these rows."""
        return select(terms.c.key).where(self._having)

    def has(self, key: Key) -> ColumnElement[bool]:
        """Whether the row with this key is one."""
        return exists().where(self._having, terms.c.key == key).correlate_except(terms)

    @property
    def _having(self) -> ColumnElement[bool]:
        of = terms.c
        values: dict[int, list[str]] = {}
        for number, value in self.pairs:
            values.setdefault(number, []).append(value)
        return or_(*(and_(of.field == number, of.value.in_(found)) for number, found in values.items()))


class Found(NamedTuple):
    """Rows whose words are searched."""

    asked: Select[Any]

    def parts(self) -> list[Select[Any]]:
        return [self.asked]

    def whole(self) -> Select[Any]:
        return self.asked

    def has(self, key: Key) -> ColumnElement[bool]:
        return key.in_(self.asked)


class Conditions:
    """All that one query asks of the rows of a table."""

    def __init__(self, connection: Connection, query: Query, table: FromClause) -> None:
        self._connection, self._query, self._table = connection, query, table
        self.columns: list[ColumnElement[bool]] = []  # that hold for columns of the table
        self.kept: list[Held | Found] = []  # all of which a row must be one of
        for name, values in query.where:
            self._filter(field(query.kind, name), values)
        self._narrow()

    def within(self, key: Key) -> list[ColumnElement[bool]]:
        """What the day of the query asks of a key."""
        day = self._query.as_known
        return [key < keys.after(day)] if day and self._query.kind not in AGGREGATED else []

    def all(self) -> list[ColumnElement[bool]]:
        """Everything, as conditions of the table: for rows in any order."""
        key = self._table.c["key"]
        kept = (
            key.in_(each.whole()) if self._count(each, FEW) <= FEW else each.has(key) for each in self.kept
        )
        return [*self.columns, *self.within(key), *kept]

    @cached_property
    def lead(self) -> Held | Found | None:
        """The rarest of what rows must be one of."""
        if len(self.kept) < 2:
            return next(iter(self.kept), None)
        return min(self.kept, key=lambda each: self._count(each, ROUGH))

    def _count(self, each: Held | Found, most: int) -> int:
        """How many rows it is, as far as `most` and one more."""
        some = each.whole().limit(most + 1).subquery()
        return int(self._connection.execute(select(func.count()).select_from(some)).scalar_one())

    def _narrow(self) -> None:
        query, of = self._query, self._table.c
        if query.as_known and query.kind not in AGGREGATED and not keys.is_exact(query.as_known):
            self.columns.append(of.known <= query.as_known)
        if query.document:
            self.columns.append(self._in_document(query.document))
        if query.in_documents:
            those = select(shown_documents.c.key).where(shown_documents.c.id.in_(query.in_documents))
            self.columns.append(of["document"].in_(those))
        if query.ids:
            own = of["key"] if query.kind in AGGREGATED else of.id
            self.columns.append(own.in_(query.ids))
        if query.search:
            self._search(Search.parse(query.search))

    def _in_document(self, start: str) -> ColumnElement[bool]:
        if self._query.kind in AGGREGATED:
            raise BadInput(f"{self._query.kind} belong to no one document; leave --document out")
        those = _begins(shown_documents.c.id, start.lower())
        if self._query.kind == "documents":
            return those
        return self._table.c.document.in_(select(shown_documents.c.key).where(those))

    def _search(self, wanted: Search) -> None:
        name = "search_documents" if self._query.kind == "documents" else "search_claims"
        found = search.matching(self._connection.dialect.name, name, wanted)
        if self._query.kind == "figures":  # by the words of its claim
            self.columns.append(self._table.c.claim.in_(found))
        else:
            self.kept.append(Found(found))

    def _filter(self, asked: Field, values: Sequence[str]) -> None:
        if asked.name == "source":
            self._say(values)
        elif asked.form == "term":
            pairs = dict.fromkeys(pair for value in values for pair in self._pairs(asked.name, value))
            self.kept.append(Held(tuple(pairs)))
        else:
            self.columns.append(self._compared(asked, values))

    def _compared(self, asked: Field, values: Sequence[str]) -> ColumnElement[bool]:
        columns = [self._table.c[name] for name in asked.columns]
        if asked.form == "code":
            return columns[0].in_(values)
        if asked.form == "number":
            return or_(*(_between(columns[0], *bounds(value)) for value in values))
        if asked.form == "flag":
            return columns[0].in_([int(is_yes(value)) for value in values])
        return or_(*(_overlaps(columns[0], columns[1], value) for value in values))

    def _say(self, values: Sequence[str]) -> None:
        """All words of one of the values must be in the name of a source."""
        number = TERMS[self._query.kind, "source"]
        held = [[Held(((number, word),)) for word in tokens(value)] for value in values]
        if len(held) == 1 and held[0]:
            self.kept += held[0]
            return
        key = self._table.c["key"]
        self.columns.append(or_(false(), *(and_(*(each.has(key) for each in all_)) for all_ in held if all_)))

    def _pairs(self, name: str, value: str) -> Iterator[tuple[int, str]]:
        number = TERMS[self._query.kind, name]
        if name == "actor":
            bearing = linked.named(self._connection, self._query.as_known, value)
            yield from ((number, key) for key in sorted(bearing))
        elif name == "place":
            yield number, folded_name(value)
            yield TERMS[self._query.kind, "place id"], value
        else:
            yield number, value.upper() if name == "country" else value


def _between(column: ColumnElement[float], low: float | None, high: float | None) -> ColumnElement[bool]:
    ends = [column >= low] if low is not None else []
    return and_(*ends, *([column <= high] if high is not None else []))


def _overlaps(first: ColumnElement[str], last: ColumnElement[str], edtf: str) -> ColumnElement[bool]:
    """Whether the days from `first` to `last`, open where NULL, touch those of `edtf`."""
    begin, end = days(edtf)
    found = [or_(first.is_not(None), last.is_not(None))]
    if end:  # `~` sorts after every moment of the day
        found.append(or_(first <= f"{end.isoformat()}~", first.is_(None)))
    if begin:
        found.append(or_(last >= begin.isoformat(), last.is_(None)))
    return and_(*found)


def _begins(ids: ColumnElement[str], start: str) -> ColumnElement[bool]:
    """Whether an id begins so, as a range, which an index answers (LIKE is not): "g" is behind all digits."""
    return and_(ids >= start, ids < f"{start}g") if set(start) <= set(hexdigits) else false()
