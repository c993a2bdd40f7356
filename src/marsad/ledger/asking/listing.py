"""The answers to a query: page by page, counted, by facets, by independent origins, as a frame."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from sqlalchemy import Connection, Row

from marsad.errors import BadInput
from marsad.ledger.asking import actors, clusters, counting, linked
from marsad.ledger.asking.building import FINEST, built
from marsad.ledger.asking.counting import Count, Counting, Facet
from marsad.ledger.asking.fields import Kind
from marsad.ledger.asking.query import AGGREGATED, Query
from marsad.ledger.asking.selecting import CAP, Position, Selection
from marsad.ledger.asking.snapshots import Snapshot, Snapshots, is_made
from marsad.ledger.schema import shown_claims
from marsad.linkage.origins import Group, Origin, independent

if TYPE_CHECKING:
    import polars

__all__ = [
    "ALL",
    "FINEST",
    "PAGE",
    "Brief",
    "Count",
    "Facet",
    "Listing",
    "Overview",
    "Page",
    "built",
]

T = TypeVar("T")
PAGE = 500  # rows that are read at a time where all are asked for


class Page(NamedTuple, Generic[T]):
    items: list[T]
    next: str | None  # the cursor of the page after it; `None` where it is the last
    previous: str | None = None  # that of the page before it; `None` where it is the first


class Brief(NamedTuple):
    """How much may be missing where an answer is wanted at once; each is told where it is so."""

    patience: float = 0.0  # seconds for which actors, places and sources may lack the newest documents
    names: int | None = None  # documents that are asked for the names of the actors of a page


ALL = Brief()


class Overview(NamedTuple, Generic[T]):
    """A page with all that is told beside it, of one moment."""

    page: Page[T]
    total: Count
    facets: list[Facet]
    is_behind: bool  # whether the newest documents are not in it yet


class Listing(Generic[T]):
    """The answers to one query; nothing is asked before it is used, and each use sees one moment."""

    def __init__(
        self,
        reading: Callable[[], AbstractContextManager[Connection]],
        query: Query,
        snapshots: Snapshots,
        brief: Brief = ALL,
    ) -> None:
        self._reading, self.query = reading, query
        self._snapshots, self._brief = snapshots, brief

    def __iter__(self) -> Iterator[T]:
        """All of them, in order, from one moment of the ledger; memory does not grow with them."""
        after = None
        with self._asked() as asked:
            while True:
                items, after, _ = asked.page(PAGE, after)
                yield from items
                if after is None:
                    return

    def page(self, limit: int, after: str | None = None, *, before: str | None = None) -> Page[T]:
        """The first `limit`, or those after or before the cursor that another page gave.

        Raises:
            BadInput: no such cursor, or a limit below 1.
        """
        with self._asked() as asked:
            return asked.pages(limit, after, before)

    def first(self) -> T | None:
        return next(iter(self.page(1).items), None)

    def ids(self) -> list[str]:
        """The ids of all of them, by the time at which they became known.

        Raises:
            BadInput: they are of all documents and have none.
        """
        if self.query.kind in AGGREGATED:
            raise BadInput(f"{self.query.kind} have no ids; ask for records or documents")
        with self._asked() as asked:
            return asked.ids()

    def count(self, cap: int = CAP) -> Count:
        """How many there are, as far as `cap`."""
        with self._asked() as asked:
            return counting.count(asked.selection, cap)

    def facets(self, *names: str) -> list[Facet]:
        """Each field's values and how many records have them, its own filter left aside.

        The newest `COUNTED` records are counted; a facet says where there are more.

        Raises:
            BadInput: there is no such field.
        """
        with self._asked() as asked:
            return asked.facets(names)

    def overview(
        self, limit: int, after: str | None = None, *, before: str | None = None, facets: Sequence[str] = ()
    ) -> Overview[T]:
        """A page with the count and the facets, what they share looked up once."""
        with self._asked() as asked:
            return Overview(
                asked.pages(limit, after, before),
                counting.count(asked.selection, asked.selection.cap),
                asked.facets(facets),
                asked.is_behind,
            )

    @contextmanager
    def _asked(self) -> Iterator[_Asked]:
        with ExitStack() as stack:
            connection = stack.enter_context(self._reading())
            yield _Asked(stack, connection, self.query, self._snapshots, self._brief)

    def origins(self) -> tuple[Group, ...]:
        """The independent origins of the claims that the query lets through: see `linkage.origins`.

        Raises:
            BadInput: it does not ask for claims.
        """
        if self.query.kind != "claims":
            raise BadInput(f"{self.query.kind} have no origins; ask for claims")
        of = shown_claims.c
        with self._reading() as connection:
            asked = Selection(connection, self.query).select(
                of.origin, of.origin_name, of.origin_kind, of.own, of.document
            )
            rows = connection.execute(asked).all()
            documents = {row.document for row in rows}
            ids = clusters.ids(connection, documents)
            first = clusters.earliest(connection, documents, self.query.as_known)
            voices = clusters.voices(connection, first)
            named = {row.origin for row in rows} | {voice.key for voice in voices.values()}
            merged = linked.origins(connection, self.query.as_known, named)
        said = (
            (Origin(row.origin, row.origin_name, row.origin_kind, bool(row.own)), ids[row.document])
            for row in rows
        )
        return independent(said, {ids[key]: voice for key, voice in voices.items()}, merged)

    def frame(self) -> polars.DataFrame:
        """A frame with a row for each, nested fields as structs. Needs `pip install 'marsad[frames]'`.

        Raises:
            BadInput: polars is not installed.
        """
        try:
            import polars  # noqa: PLC0415 (an extra)
        except ModuleNotFoundError:
            raise BadInput("a frame needs polars; install it with: pip install 'marsad[frames]'") from None
        return polars.DataFrame([each.listed() for each in self], infer_schema_length=None)  # type: ignore[attr-defined]


class _Asked:
    """One query at one moment."""

    def __init__(
        self, stack: ExitStack, connection: Connection, query: Query, snapshots: Snapshots, brief: Brief
    ) -> None:
        self._stack, self._connection, self._query = stack, connection, query
        self._snapshots, self._brief = snapshots, brief
        self._of: dict[Kind, Snapshot] = {}
        self._selections: dict[Query, Selection] = {}

    @property
    def selection(self) -> Selection:
        return self._select(self._query)

    @property
    def is_behind(self) -> bool:
        return any(each.is_behind(self._connection) for each in self._of.values())

    @cached_property
    def _counted(self) -> Connection:
        """A connection to the snapshot of what is asked for."""
        return self._stack.enter_context(self._snapshot(self._query.kind).asking())

    def _snapshot(self, kind: Kind) -> Snapshot:
        if kind not in self._of:
            day = self._query.as_known
            self._of[kind] = self._snapshots.of(self._connection, kind, day, self._brief.patience)
        return self._of[kind]

    def _select(self, query: Query) -> Selection:
        if query not in self._selections:
            if is_made(query.kind, query.as_known):
                selection = Selection(self._counted, query, self._snapshot(query.kind).table)
            else:
                selection = Selection(self._connection, query)
            self._selections[query] = selection
        return self._selections[query]

    def ids(self) -> list[str]:
        table = self.selection.table
        rows = self._connection.execute(self.selection.select(table.c.id, table.c.key)).all()
        return [row.id for row in sorted(rows, key=lambda row: int(row.key))]

    def pages(self, limit: int, after: str | None, before: str | None) -> Page[Any]:
        if limit < 1:
            raise BadInput(f"a page of {limit}: give 1 or more")
        if after and before:
            raise BadInput("a page is after a cursor or before one; give one of them")
        start = Position.of(after or before or "") if after or before else None
        items, following, previous = self.page(limit, start, back=bool(before))
        return Page(items, following and following.cursor(), previous and previous.cursor())

    def page(
        self, limit: int, start: Position | None = None, *, back: bool = False
    ) -> tuple[list[Any], Position | None, Position | None]:
        """The rows after `start`, or before it, with where the pages after and before them begin."""
        rows = self.selection.page(limit + 1, start, back=back)
        has_more = len(rows) > limit
        here = rows[-limit:] if back else rows[:limit]
        ends = [Position(self.selection.order, row.sorting, row.key) for row in here[:1] + here[-1:]]
        following = ends[-1] if ends and (back or has_more) else None
        previous = ends[0] if ends and (has_more if back else start is not None) else None
        return self._built(here), following, previous

    def _built(self, rows: Sequence[Row[Any]]) -> list[Any]:
        if self._query.kind == "actors":
            links = self._snapshot("actors").links
            day = self._query.as_known
            return list(actors.found(self._connection, rows, day, links, self._brief.names))
        return built(self._connection, self._query.kind, rows, self._query.as_known)

    def facets(self, names: Sequence[str]) -> list[Facet]:
        return Counting(self._connection, self._query, self._select, self._snapshot).facets(names)
