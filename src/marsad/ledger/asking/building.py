"""Rows of the shown tables to what they are: typed records with their document, as they may be shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar

import msgspec
from sqlalchemy import Connection, Row, bindparam, select

from marsad.ledger.asking import revisions
from marsad.ledger.asking.fields import Kind
from marsad.ledger.asking.found import (
    Account,
    Credibility,
    Found,
    FoundDocument,
    FoundPlace,
    FoundSource,
    Rating,
)
from marsad.ledger.schema import journal, ratings, shown_claims, shown_documents, shown_figures, shown_places
from marsad.records.reading import Claim, Document, Figure, Incident, Relation

FINEST = 2  # `where_prec` up to which a place is a point


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
    rows: list[Any] = list(connection.execute(_BY_KEY, {"wanted": sorted(set(wanted))}))
    return {row.key: found for row, found in zip(rows, _documents(connection, rows, None), strict=True)}


_of = shown_documents.c
_BY_KEY = select(_of.key, _of.known, _of.recorded_at, _of.claims, _of.figures, _of.incidents, _of.body).where(
    _of.key.in_(bindparam("wanted", expanding=True))
)


R = TypeVar("R")


class Body(msgspec.Struct, Generic[R]):
    """The body of a row: a record, and what the actors and places are called that it refers to."""

    record: R
    names: dict[str, str] = {}
    credibility: dict[str, Any] | None = None


_figure = msgspec.json.Decoder(Body[Figure]).decode
_claim = msgspec.json.Decoder(Body[Claim]).decode


def _records(kind: type[Any]) -> Callable[[Connection, Sequence[Row[Any]], str | None], list[Found[Any]]]:
    decoded = msgspec.json.Decoder(Body[kind]).decode  # type: ignore[valid-type]

    def build(connection: Connection, rows: Sequence[Row[Any]], as_known: str | None) -> list[Found[Any]]:
        documents = documents_by_key(connection, (row.document for row in rows))
        bodies = [decoded(row.body) for row in rows]
        extra = _EXTRA.get(kind, _nothing)(connection, rows, [body.record for body in bodies])
        return [
            Found(
                record=body.record,
                found_in=documents[row.document],
                names=body.names,
                review=row.review,
                credibility=Credibility(**body.credibility) if body.credibility else None,
                **extra(row, body.record),
            )
            for row, body in zip(rows, bodies, strict=True)
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
        figures[row.claim].append(_figure(row.body).record)
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
        row.id: Account(claim=_claim(row.body).record, holder=row.holder)
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


class _Where(msgspec.Struct):
    """Of the first record of a place, what its list shows."""

    admin1: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    gazetteer_id: str | None = None


class _Body(msgspec.Struct):
    record: _Where


_where = msgspec.json.Decoder(_Body).decode


def _places(connection: Connection, rows: Sequence[Row[Any]], as_known: str | None) -> list[FoundPlace]:
    of = shown_places.c
    asked = select(of.key, of.body).where(of.key.in_([row.first_key for row in rows]))
    first = {row.key: _where(row.body).record for row in connection.execute(asked)}
    return [_found_place(row, first[row.first_key]) for row in rows]


def _found_place(row: Row[Any], first: _Where) -> FoundPlace:
    # wider than a village and its surroundings is an area, which no point stands for
    is_point = row.where_prec is not None and row.where_prec <= FINEST
    return FoundPlace(
        key=row.key,
        name=row.name,
        kind=row.kind,
        country=row.country,
        where_prec=row.where_prec,
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
