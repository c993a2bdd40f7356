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
    BindParameter,
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    and_,
    bindparam,
    exists,
    false,
    func,
    or_,
    select,
    tuple_,
)

from marsad.errors import BadInput
from marsad.ledger import keys
from marsad.ledger.asking import linked
from marsad.ledger.asking.fields import TERMS, Field, Kind, field
from marsad.ledger.asking.query import AGGREGATED, Query, bounds, is_yes
from marsad.ledger.schema import (
    RECORDS,
    shown_documents,
    terms,
)
from marsad.ledger.showing import search
from marsad.ledger.showing.words import Search, tokens
from marsad.linkage.origins import folded_name
from marsad.records.interval import days

CAP = 10_000  # rows that a count looks at; beyond them it says that there are more
COUNTED = 2_000  # rows that a facet looks at
FEW = 50_000  # rows of a condition that are listed first; a wider one is looked up row by row
_TABLES: dict[Kind, FromClause] = {
    "documents": shown_documents,
    "claims": RECORDS["claim"],
    "figures": RECORDS["figure"],
    "incidents": RECORDS["incident"],
    "relations": RECORDS["relation"],
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
            table: of what is the same in all documents, `connection` being one to its snapshot.
        """
        self._connection, self._query = connection, query
        self.table = _TABLES[query.kind] if table is None else table
        self.key = self.table.c["key"]

    @property
    def order(self) -> str:
        """What a position in this list is good for."""
        way = "-" if self._query.descending else "+"
        return f"{self._query.kind}{way}{self._query.sort or ''}"

    def page(self, limit: int, after: Position | None, *, back: bool = False) -> list[Row[Any]]:
        """Up to `limit` rows after a position, or before it, each with its sorting value as `sorting`.

        Raises:
            BadInput: the position is that of a list in another order.
        """
        if after is not None and after.order != self.order:
            raise BadInput("the cursor is of a list in another order; ask for the first page again")
        if back:
            return self._before(limit, after)[::-1]
        if self._sorting is None:
            return self._rows(limit, self.key.label("sorting"), self._beyond_key(after))
        found: list[Row[Any]] = []
        if after is None or after.value is not None:
            found = self._rows(limit, self._sorting.label("sorting"), self._valued(after))
            after = None
        if len(found) < limit:
            unknown = [self._sorting.is_(None), *self._beyond_key(after)]
            found += self._rows(limit - len(found), self._sorting.label("sorting"), unknown)
        return found

    def _before(self, limit: int, end: Position | None) -> list[Row[Any]]:
        """The same backwards: from a position towards the first row."""
        if self._sorting is None:
            return self._rows(limit, self.key.label("sorting"), self._beyond_key(end, back=True), back=True)
        found: list[Row[Any]] = []
        sorting = self._sorting.label("sorting")
        if end is not None and end.value is None:
            unknown = [self._sorting.is_(None), *self._beyond_key(end, back=True)]
            found, end = self._rows(limit, sorting, unknown, back=True), None
        if len(found) < limit:
            found += self._rows(limit - len(found), sorting, self._valued(end, back=True), back=True)
        return found

    def count(self, cap: int = CAP) -> int:
        """How many there are; `cap + 1` where there are more than `cap`."""
        some = select(self.key).where(*self.conditions).limit(cap + 1).subquery()
        return int(self._connection.execute(select(func.count()).select_from(some)).scalar_one())

    def newest(self, cap: int, *columns: str) -> list[Row[Any]]:
        """The keys of the newest `cap` rows, with these columns of theirs."""
        wanted = (self.key.label("key"), *(self.table.c[name].label(name) for name in columns))
        asked = select(*wanted).where(*self.conditions).order_by(self.key.desc()).limit(cap)
        return list(self._connection.execute(asked))

    def held(self, name: str, having: Sequence[int]) -> list[Row[Any]]:
        """The values of a term with the keys of the rows, of these, that hold each."""
        number = TERMS[self._query.kind, name]
        those: BindParameter[Any] = bindparam(None, list(having), expanding=True, literal_execute=True)
        asked = select(terms.c.value, terms.c.key).where(terms.c.field == number, terms.c.key.in_(those))
        return list(self._connection.execute(asked)) if having else []

    def select(self, *columns: ColumnElement[Any]) -> Select[Any]:
        """All rows, unsorted."""
        return select(*columns).where(*self.conditions)

    # Pages

    def _rows(
        self,
        limit: int,
        sorting: ColumnElement[Any],
        conditions: Iterable[ColumnElement[bool]],
        *,
        back: bool = False,
    ) -> list[Row[Any]]:
        order = [self.key] if self._sorting is None else [self._sorting, self.key]
        asked = (
            select(self.table, sorting)
            .where(*self.conditions, *conditions)
            .order_by(*(each.desc() if self._query.descending != back else each for each in order))
            .limit(limit)
        )
        return list(self._connection.execute(asked))

    @cached_property
    def _sorting(self) -> ColumnElement[Any] | None:
        """The column that sorts; `None` where the key does."""
        name = self._query.sort
        if name in (None, "known") and self._query.kind not in AGGREGATED:
            return None
        return self.table.c[field(self._query.kind, name or "name").columns[0]]

    def _beyond_key(self, here: Position | None, *, back: bool = False) -> list[ColumnElement[bool]]:
        if here is None:
            return []
        return [self.key < here.key if self._query.descending != back else self.key > here.key]

    def _valued(self, here: Position | None, *, back: bool = False) -> list[ColumnElement[bool]]:
        """The rows with a value in the column that sorts, beyond a position."""
        assert self._sorting is not None  # noqa: S101 - for the type
        found: list[ColumnElement[bool]] = [self._sorting.is_not(None)]
        if here is None:
            return found
        at, there = tuple_(self._sorting, self.key), tuple_(here.value, here.key)
        return [*found, at < there if self._query.descending != back else at > there]

    # Conditions

    @cached_property
    def conditions(self) -> list[ColumnElement[bool]]:
        query = self._query
        found = [self._filter(field(query.kind, name), values) for name, values in query.where]
        if query.kind not in AGGREGATED:
            found += self._known()
        if query.document:
            found.append(self._in_document(query.document))
        if query.in_documents:
            those = select(shown_documents.c.key).where(shown_documents.c.id.in_(query.in_documents))
            found.append(self.table.c["document"].in_(those))
        if query.ids:
            own = self.key if query.kind in AGGREGATED else self.table.c.id
            found.append(own.in_(query.ids))
        if query.search:
            found.append(self._searched(Search.parse(query.search)))
        return found

    def _known(self) -> list[ColumnElement[bool]]:
        day = self._query.as_known
        return [self.table.c.known <= day, self.key < keys.after(day)] if day else []

    def _in_document(self, start: str) -> ColumnElement[bool]:
        if self._query.kind in AGGREGATED:
            raise BadInput(f"{self._query.kind} belong to no one document; leave --document out")
        those = shown_documents.c.id.startswith(start, autoescape=True)
        if self._query.kind == "documents":
            return those
        return self.table.c.document.in_(select(shown_documents.c.key).where(those))

    def _searched(self, wanted: Search) -> ColumnElement[bool]:
        name = "search_documents" if self._query.kind == "documents" else "search_claims"
        key = self.table.c.claim if self._query.kind == "figures" else self.key
        return key.in_(search.matching(self._connection.dialect.name, name, wanted))

    def _filter(self, asked: Field, values: Sequence[str]) -> ColumnElement[bool]:
        if asked.form == "term" and asked.name in ("theme", "measure"):
            return self._holds(asked.name, values)
        if asked.form == "term":
            return or_(*(self._term(asked, value) for value in values))
        columns = [self.table.c[name] for name in asked.columns]
        if asked.form == "code":
            return columns[0].in_(values)
        if asked.form == "number":
            return or_(*(_between(columns[0], *bounds(value)) for value in values))
        if asked.form == "flag":
            return columns[0].in_([int(is_yes(value)) for value in values])
        return or_(*(_overlaps(columns[0], columns[1], value) for value in values))

    def _term(self, asked: Field, value: str) -> ColumnElement[bool]:
        if asked.name == "source":
            words = tokens(value)
            return and_(*(self._holds("source", [word]) for word in words)) if words else false()
        if asked.name == "actor":
            return self._holds("actor", self._actors(value))
        if asked.name == "place":
            return or_(self._holds("place", [folded_name(value)]), self._holds("place id", [value]))
        return self._holds(asked.name, [value.upper() if asked.name == "country" else value])

    def _holds(self, name: str, values: Iterable[str]) -> ColumnElement[bool]:
        """Whether a row has one of these values. A few rows are listed, more are looked up."""
        number = TERMS[self._query.kind, name]
        having = and_(terms.c.field == number, terms.c.value.in_(sorted(set(values))))
        some = select(terms.c.key).where(having).limit(FEW + 1).subquery()
        if self._connection.execute(select(func.count()).select_from(some)).scalar_one() > FEW:
            return exists().where(having, terms.c.key == self.key)
        return self.key.in_(select(terms.c.key).where(having))

    def _actors(self, name: str) -> set[str]:
        """The keys of the actors that bear this name, and of all that are one with them."""
        day = self._query.as_known
        found = linked.bearing(self._connection, day, name)
        links, _ = linked.around(self._connection, day, found)
        return linked.group(links, found) | {folded_name(name)}


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
