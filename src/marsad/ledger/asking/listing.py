"""The answers to a query: page by page, counted, by facets, by independent origins, as a frame."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar, cast

import msgspec
from sqlalchemy import Connection, FromClause, Row, func, select

from marsad.errors import BadInput
from marsad.ledger import keys
from marsad.ledger.asking import actors, clusters, linked, revisions
from marsad.ledger.asking.fields import FIELDS, NAMES_OF_ACTORS, NAMES_OF_PLACES, Kind, field
from marsad.ledger.asking.found import (
    Account,
    Credibility,
    Found,
    FoundDocument,
    FoundPlace,
    FoundSource,
    Rating,
)
from marsad.ledger.asking.query import Query
from marsad.ledger.asking.selecting import CAP, COUNTED, Position, Selection
from marsad.ledger.schema import (
    journal,
    ratings,
    shown_actors,
    shown_claims,
    shown_documents,
    shown_figures,
    shown_places,
    terms,
)
from marsad.linkage.origins import Group, Origin, independent
from marsad.records.reading import Claim, Document, Figure, Incident, Place, Relation
from marsad.records.review import CREDIBILITY

if TYPE_CHECKING:
    import polars

T = TypeVar("T")
FINEST = 2  # `where_prec` up to which a place is a point
PAGE = 500  # rows that are read at a time where all are asked for


class Page(NamedTuple, Generic[T]):
    items: list[T]
    next: str | None  # the cursor of the page after it; `None` where it is the last


class Count(NamedTuple):
    number: int
    is_capped: bool  # whether there are more than `number`


class Facet(NamedTuple):
    """The values of one field, most frequent first, and how many records have each."""

    field: str
    values: list[tuple[str, int]]
    is_capped: bool  # whether only the newest records were counted: `COUNTED` of them


class Listing(Generic[T]):
    """The answers to one query; nothing is asked before it is used, and each use sees one moment."""

    def __init__(self, reading: Callable[[], AbstractContextManager[Connection]], query: Query) -> None:
        self._reading, self.query = reading, query

    def __iter__(self) -> Iterator[T]:
        """All of them, in order, from one moment of the ledger; memory does not grow with them."""
        after = None
        with self._reading() as connection:
            while True:
                items, after = self._page(connection, PAGE, after)
                yield from items
                if after is None:
                    return

    def page(self, limit: int, after: str | None = None) -> Page[T]:
        """The first `limit`, or those after the cursor that a page before gave.

        Raises:
            BadInput: no such cursor, or a limit below 1.
        """
        if limit < 1:
            raise BadInput(f"a page of {limit}: give 1 or more")
        start = Position.of(after) if after else None
        with self._reading() as connection:
            items, last = self._page(connection, limit, start)
        return Page(items, last and last.cursor())

    def first(self) -> T | None:
        return next(iter(self.page(1).items), None)

    def count(self, cap: int = CAP) -> Count:
        """How many there are, as far as `cap`."""
        with self._reading() as connection:
            number = Selection(connection, self.query).count(cap)
        return Count(min(number, cap), number > cap)

    def facets(self, *names: str) -> list[Facet]:
        """Each field's values and how many records have them, its own filter left aside.

        The newest `COUNTED` records are counted; a facet says where there are more.

        Raises:
            BadInput: there is no such field.
        """
        with self._reading() as connection:
            return [self._facet(connection, name) for name in names]

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

    def _page(
        self, connection: Connection, limit: int, after: Position | None
    ) -> tuple[list[T], Position | None]:
        selection = Selection(connection, self.query)
        rows = selection.page(limit + 1, after)
        here = rows[:limit]
        last = Position(selection.order, here[-1].sorting, here[-1].key) if len(rows) > limit else None
        if self.query.kind == "actors":
            return cast(list[T], actors.found(connection, here, self.query.as_known, selection.links)), last
        return built(connection, self.query.kind, here, self.query.as_known), last

    def _facet(self, connection: Connection, name: str) -> Facet:
        asked = field(self.query.kind, name)
        if not asked.counted:
            counted = ", ".join(each.name for each in FIELDS[self.query.kind] if each.counted)
            raise BadInput(f"{name} is not counted; {self.query.kind} are counted by {counted}")
        selection = Selection(connection, self.query.but(name))
        found = selection.facet(asked)
        called = _called(connection, name, [str(value) for value, _ in found], self.query.as_known)
        values = [(called.get(str(value), str(value)), n) for value, n in found]
        return Facet(name, values, selection.count(COUNTED) > COUNTED)


def _called(connection: Connection, name: str, values: Sequence[str], as_known: str | None) -> dict[str, str]:
    """What actors and places are called, by what they are told by: of several names, the least."""
    if name not in ("actor", "place"):
        return {}
    table = shown_actors if name == "actor" else shown_places
    number = NAMES_OF_ACTORS if name == "actor" else NAMES_OF_PLACES
    told = table.c.actor if name == "actor" else terms.c.value
    asked = (
        select(told.label("told"), func.min(table.c.name).label("name"))
        .join(terms, terms.c.key == table.c.key)
        .where(terms.c.field == number, told.in_(values), *_visible(table, as_known))
        .group_by(told)
    )
    return {row.told: row.name for row in connection.execute(asked)}


# Rows to what they are


def _documents(connection: Connection, rows: Sequence[Row[Any]], as_known: str | None) -> list[FoundDocument]:
    earlier = revisions.of(connection, [row.key for row in rows])
    return [_document(row, earlier.get(row.key)) for row in rows]


def _document(row: Row[Any], revision_of: str | None) -> FoundDocument:
    said = msgspec.json.decode(row.body)
    redacted = said.pop("redacted", None)
    said["revision_of"] = said.get("revision_of") or revision_of
    return FoundDocument(
        document=msgspec.convert({**said, "text": ""}, Document),
        redacted=redacted,
        known=row.known,
        recorded_at=row.recorded_at,
        claims=row.claims,
        figures=row.figures,
        incidents=row.incidents,
    )


def documents_by_key(connection: Connection, wanted: Iterable[int]) -> dict[int, FoundDocument]:
    rows = connection.execute(select(shown_documents).where(shown_documents.c.key.in_(set(wanted)))).all()
    return {row.key: found for row, found in zip(rows, _documents(connection, rows, None), strict=True)}


def _records(kind: type[Any]) -> Callable[[Connection, Sequence[Row[Any]], str | None], list[Found[Any]]]:
    def build(connection: Connection, rows: Sequence[Row[Any]], as_known: str | None) -> list[Found[Any]]:
        documents = documents_by_key(connection, (row.document for row in rows))
        bodies = [msgspec.json.decode(row.body) for row in rows]
        built = [msgspec.convert(body["record"], kind) for body in bodies]
        extra = _EXTRA.get(kind, _nothing)(connection, rows, built)
        return [
            Found(
                record=record,
                found_in=documents[row.document],
                names=body["names"],
                review=row.review,
                credibility=Credibility(**body[CREDIBILITY]) if CREDIBILITY in body else None,
                **extra(row, record),
            )
            for row, record, body in zip(rows, built, bodies, strict=True)
        ]

    return build


Extra = Callable[[Row[Any], Any], dict[str, Any]]


def _nothing(connection: Connection, rows: Sequence[Row[Any]], built: Sequence[Any]) -> Extra:
    return lambda row, record: {}


def _of_claims(connection: Connection, rows: Sequence[Row[Any]], built: Sequence[Claim]) -> Extra:
    figures: dict[int, list[Figure]] = defaultdict(list)
    asked = (
        select(shown_figures.c.claim, shown_figures.c.body)
        .where(shown_figures.c.claim.in_([row.key for row in rows]))
        .order_by(shown_figures.c.key)
    )
    for row in connection.execute(asked):
        figures[row.claim].append(msgspec.convert(msgspec.json.decode(row.body)["record"], Figure))
    return lambda row, _: {
        "holder": row.holder,
        "origin": {"key": row.origin, "name": row.origin_name, "kind": row.origin_kind},
        "figures": tuple(figures[row.key]),
    }


def _on_claims(connection: Connection, rows: Sequence[Row[Any]], built: Sequence[Any]) -> Extra:
    """The claims on which figures, incidents and relations stand."""
    wanted = {each for record in built for each in _claims_of(record)}
    asked = select(shown_claims.c.id, shown_claims.c.holder, shown_claims.c.body)
    accounts = {
        row.id: Account(
            claim=msgspec.convert(msgspec.json.decode(row.body)["record"], Claim), holder=row.holder
        )
        for row in connection.execute(asked.where(shown_claims.c.id.in_(wanted)))
    }
    return lambda _, record: {"accounts": tuple(accounts[each] for each in _claims_of(record))}


def _claims_of(record: Any) -> tuple[str, ...]:  # noqa: ANN401 - a figure, incident or relation
    return record.claims if isinstance(record, Incident) else (record.claim,)


_EXTRA: dict[type[Any], Callable[[Connection, Sequence[Row[Any]], Sequence[Any]], Extra]] = {
    Claim: _of_claims,
    Figure: _on_claims,
    Incident: _on_claims,
    Relation: _on_claims,
}


def _visible(table: FromClause, as_known: str | None) -> list[Any]:
    return [table.c.known <= as_known, table.c.key < keys.after(as_known)] if as_known else []


def _places(connection: Connection, rows: Sequence[Row[Any]], as_known: str | None) -> list[FoundPlace]:
    of = shown_places.c
    asked = select(of.key, of.body).where(of.key.in_([row.first_key for row in rows]))
    first = {
        row.key: msgspec.convert(msgspec.json.decode(row.body)["record"], Place)
        for row in connection.execute(asked)
    }
    return [_found_place(row, first[row.first_key]) for row in rows]


def _found_place(row: Row[Any], first: Place) -> FoundPlace:
    # wider than a village and its surroundings is an area, which no point stands for
    is_point = row.where_prec is not None and row.where_prec <= FINEST
    return FoundPlace(
        **{name: getattr(row, name) for name in ("key", "name", "kind", "country", "where_prec")},
        admin1=first.admin1,
        latitude=first.latitude if is_point else None,
        longitude=first.longitude if is_point else None,
        gazetteer_id=first.gazetteer_id,
        documents=row.documents,
        first_known=row.first_known,
        last_known=row.last_known,
    )


def _sources(connection: Connection, rows: Sequence[Row[Any]], as_known: str | None) -> list[FoundSource]:
    asked = (
        select(ratings, journal.c.recorded_at)
        .join(journal, journal.c.number == ratings.c.entry)
        .where(ratings.c.source.in_([row.key for row in rows]))
        .order_by(ratings.c.entry)
    )
    rated: dict[str, list[Rating]] = defaultdict(list)
    for row in connection.execute(asked):
        rated[row.source].append(Rating(row.reliability, row.by, row.reason, row.recorded_at))
    return [
        FoundSource(
            **{name: getattr(row, name) for name in ("key", "name", "kind", "documents", "claims")},
            first_known=row.first_known,
            last_known=row.last_known,
            ratings=tuple(rated[row.key]),
        )
        for row in rows
    ]


_BUILD: dict[str, Callable[[Connection, Sequence[Row[Any]], str | None], list[Any]]] = {
    "documents": _documents,
    "claims": _records(Claim),
    "figures": _records(Figure),
    "incidents": _records(Incident),
    "relations": _records(Relation),
    "places": _places,
    "sources": _sources,
}


def built(connection: Connection, kind: Kind, rows: Sequence[Row[Any]], as_known: str | None) -> list[Any]:
    """What rows of a kind's table stand for; actors are asked for in `asking.actors`."""
    return _BUILD[kind](connection, rows, as_known)
