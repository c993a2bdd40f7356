"""SQL of a query: what it selects from, its conditions, and its pages.

Pages go by keyset: the next one begins after the last row's value and key, so that it costs the same
wherever it is, and rows that come meanwhile shift nothing. What has no value in the column that
sorts comes last, in both directions.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Annotated, Any, NamedTuple

import msgspec
from msgspec import Meta
from sqlalchemy import (
    ColumnElement,
    Connection,
    Executable,
    FromClause,
    Row,
    Select,
    func,
    select,
    tuple_,
    union,
)

from marsad.errors import BadInput
from marsad.ledger import keys
from marsad.ledger.asking.conditions import Conditions, Key
from marsad.ledger.asking.fields import Kind, field
from marsad.ledger.asking.query import AGGREGATED, Query
from marsad.ledger.schema import RECORDS, counted_places, counted_sources, shown_documents

CAP = 10_000  # rows that are counted; beyond them it is said that there are more
COUNTED = 1_000  # rows that a facet looks at, and that are counted where several things are asked of each
_TABLES: dict[Kind, FromClause] = {
    "documents": shown_documents,
    "claims": RECORDS["claim"],
    "figures": RECORDS["figure"],
    "incidents": RECORDS["incident"],
    "relations": RECORDS["relation"],
    "places": counted_places,
    "sources": counted_sources,
}


class Position(NamedTuple):
    """Where a page ended: the sorting value and the key of its last row."""

    order: str  # of which kind, sorted by what
    value: str | float | None
    key: Annotated[int, Meta(ge=0, le=keys.LARGEST)] | str

    def cursor(self) -> str:
        return base64.urlsafe_b64encode(msgspec.json.encode(self)).decode().rstrip("=")

    @classmethod
    def of(cls, cursor: str) -> Position:
        """The position that `cursor` holds.

        Raises:
            BadInput: it is none of ours.
        """
        try:
            return msgspec.json.decode(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)), type=cls)
        except (ValueError, msgspec.MsgspecError):
            raise BadInput(f"{cursor[:40]}: no cursor of a list; ask for its first page again") from None


class Selection:
    """One query over one connection."""

    def __init__(self, connection: Connection, query: Query, table: FromClause | None = None) -> None:
        """
        Args:
            table: that of a snapshot, to which `connection` is then one.
        """
        self._connection, self._query = connection, query
        self.table = _TABLES[query.kind] if table is None else table
        self.key = self.table.c["key"]
        self._conditions = Conditions(connection, query, self.table)
        self._by, self._is_descending = query.order

    @property
    def cap(self) -> int:
        """How many rows are counted where an answer is wanted at once."""
        asked = self._conditions
        return CAP if len(asked.columns) + len(asked.kept) < 2 else COUNTED

    @property
    def order(self) -> str:
        """What a position in this list is good for."""
        return f"{self._query.kind}{'-' if self._is_descending else '+'}{self._by}"

    def page(self, limit: int, after: Position | None, *, back: bool = False) -> list[Row[Any]]:
        """Up to `limit` rows after a position, or before it, each with its sorting value as `sorting`.

        Raises:
            BadInput: the position is that of a list in another order.
        """
        if after is not None and after.order != self.order:
            raise BadInput("the cursor is of a list in another order; ask for the first page again")
        if self._sorting is None:
            return self._by_key(limit, after, back=back)
        if back:
            return self._before(limit, after, self._sorting)[::-1]
        found: list[Row[Any]] = []
        if after is None or after.value is not None:
            found = self._rows(limit, self._sorting.label("sorting"), self._valued(after))
            after = None
        if len(found) < limit:
            unknown = [self._sorting.is_(None), *self._beyond_key(after)]
            found += self._rows(limit - len(found), self._sorting.label("sorting"), unknown)
        return found

    def count(self, cap: int = CAP) -> int:
        """How many there are; `cap + 1` where there are more than `cap`."""
        asked = self._led(cap + 1) if self._conditions.lead else self._plain(self.key).limit(cap + 1)
        some = select(func.count()).select_from(asked.subquery())
        return int(self._connection.execute(some).scalar_one())

    def newest(self, cap: int, *columns: str) -> Select[Any]:
        """What asks for the keys of the newest `cap` rows, with these columns of theirs."""
        wanted = (self.key.label("key"), *(self.table.c[name].label(name) for name in columns))
        return self._first(cap, wanted, descending=True)

    def execute(self, asked: Executable) -> list[Row[Any]]:
        """The answers to what was made of this query."""
        return list(self._connection.execute(asked))

    def select(self, *columns: ColumnElement[Any]) -> Select[Any]:
        """All rows, unsorted."""
        return select(*columns).where(*self._conditions.all())

    # In the order of keys

    def _by_key(self, limit: int, here: Position | None, *, back: bool) -> list[Row[Any]]:
        descending = self._is_descending != back
        wanted = (self.table, self.key.label("sorting"))
        asked = self._first(limit, wanted, descending=descending, here=here)
        return self.execute(asked)[:: -1 if back else 1]

    def _first(
        self, limit: int, wanted: Sequence[Any], *, descending: bool, here: Position | None = None
    ) -> Select[Any]:
        """The first rows, beyond a position."""
        if self._conditions.lead is None:
            asked = self._plain(*wanted).where(*_beyond(self.key, here, descending=descending))
        else:
            asked = select(*wanted).where(self.key.in_(self._led(limit, descending=descending, here=here)))
        return asked.order_by(self.key.desc() if descending else self.key).limit(limit)

    def _plain(self, *wanted: Any) -> Select[Any]:  # noqa: ANN401 - columns or a table
        """All rows, where nothing leads to them."""
        return select(*wanted).where(*self._conditions.columns, *self._conditions.within(self.key))

    def _led(
        self, limit: int, *, descending: bool | None = None, here: Position | None = None
    ) -> Select[Any]:
        """The keys of the first rows, of as many for each value that leads to them."""
        lead = self._conditions.lead
        parts = [
            self._part(part, limit, descending=descending, here=here)
            for part in (lead.parts() if lead else ())
        ]
        if len(parts) == 1:
            return parts[0]
        each = union(*(select(part.subquery()) for part in parts)).subquery()
        return _limited(select(each.c[0]), each.c[0], limit, descending)

    def _part(
        self, part: Select[Any], limit: int, *, descending: bool | None, here: Position | None
    ) -> Select[Any]:
        """Those of the rows that lead which the query lets through."""
        asked_for, (key,) = self._conditions, part.selected_columns
        beside = [each.has(key) for each in asked_for.kept if each is not asked_for.lead]
        beyond = _beyond(key, here, descending=bool(descending))
        found = part.where(*asked_for.within(key), *beyond, *beside)
        if asked_for.columns:
            found = found.join(self.table, self.key == key).where(*asked_for.columns)
        return _limited(found, key, limit, descending).correlate(None)

    # In another order

    def _before(self, limit: int, end: Position | None, by: ColumnElement[Any]) -> list[Row[Any]]:
        """Backwards, from a position towards the first row."""
        found: list[Row[Any]] = []
        sorting = by.label("sorting")
        if end is not None and end.value is None:
            unknown = [by.is_(None), *self._beyond_key(end, back=True)]
            found, end = self._rows(limit, sorting, unknown, back=True), None
        if len(found) < limit:
            found += self._rows(limit - len(found), sorting, self._valued(end, back=True), back=True)
        return found

    def _rows(
        self,
        limit: int,
        sorting: ColumnElement[Any],
        conditions: Iterable[ColumnElement[bool]],
        *,
        back: bool = False,
    ) -> list[Row[Any]]:
        asked = (
            select(self.table, sorting)
            .where(*self._all, *conditions)
            .order_by(*(each.desc() if self._is_descending != back else each for each in (sorting, self.key)))
            .limit(limit)
        )
        return self.execute(asked)

    @cached_property
    def _all(self) -> list[ColumnElement[bool]]:
        return self._conditions.all()

    @cached_property
    def _sorting(self) -> ColumnElement[Any] | None:
        """The column that sorts; `None` where the key does."""
        if self._by == "known" and self._query.kind not in AGGREGATED:
            return None
        return self.table.c[field(self._query.kind, self._by).columns[0]]

    def _beyond_key(self, here: Position | None, *, back: bool = False) -> list[ColumnElement[bool]]:
        return _beyond(self.key, here, descending=self._is_descending != back)

    def _valued(self, here: Position | None, *, back: bool = False) -> list[ColumnElement[bool]]:
        """The rows with a value in the column that sorts, beyond a position."""
        assert self._sorting is not None  # noqa: S101 - for the type
        found: list[ColumnElement[bool]] = [self._sorting.is_not(None)]
        if here is None:
            return found
        at, there = tuple_(self._sorting, self.key), tuple_(here.value, here.key)
        return [*found, at < there if self._is_descending != back else at > there]


def _beyond(key: Key, here: Position | None, *, descending: bool) -> list[ColumnElement[bool]]:
    if here is None:
        return []
    return [key < here.key if descending else key > here.key]


def _limited(asked: Select[Any], key: Key, limit: int, descending: bool | None) -> Select[Any]:
    if descending is not None:
        asked = asked.order_by(key.desc() if descending else key)
    return asked.limit(limit)
