"""Claims with all that joins them across documents: what an assessment is made from.

A list gives records one by one, each with the ids of its own document. To compare two of them, one
has to know which of their actors and places are the same, and whose word each is in the end. Here
that is looked up once for all claims that some queries let through, at one moment of the ledger.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Row, exists, select

from marsad.errors import BadInput
from marsad.ledger import keys
from marsad.ledger.asking import clusters, linked
from marsad.ledger.asking.building import Body
from marsad.ledger.asking.fields import Kind
from marsad.ledger.asking.found import Found
from marsad.ledger.asking.listing import FINEST, PAGE, built
from marsad.ledger.asking.query import Query
from marsad.ledger.asking.selecting import Selection
from marsad.ledger.bulk import select_in
from marsad.ledger.schema import shown_actors, shown_claims, shown_documents, shown_figures, shown_places
from marsad.linkage.origins import Origin, standing_for
from marsad.records.reading import Claim, Figure, Incident, Place
from marsad.records.spans import any_contains

_place = msgspec.json.Decoder(Body[Place]).decode


class Located(NamedTuple):
    """A place that a record names. Only a point has coordinates: a wider place is an area."""

    key: str  # the same in all documents: the gazetteer's id, else name and country
    name: str
    kind: str
    country: str | None  # ISO 3166-1 alpha-2
    admin1: str | None
    where_prec: int | None  # UCDP GED, 1 to 7
    latitude: float | None
    longitude: float | None
    within: tuple[str, ...]  # keys of the places that its document puts around it, nearest first


@dataclass(frozen=True, slots=True)
class Gathered:
    """Some claims of the ledger as they may be shown, in the order in which they became known.

    All ids are the ledger's. A record of `figures` stands on one of `claims`; one of `incidents` may
    stand on claims that are not here.
    """

    as_known: str | None
    claims: tuple[Found[Claim], ...]
    figures: tuple[Found[Figure], ...]
    incidents: tuple[Found[Incident], ...]
    origins: Mapping[str, Origin]  # of these claims and of those of the incidents: equal keys are one origin
    actors: Mapping[str, str]  # by the id of an actor of a document: its key in the ledger
    names: Mapping[str, str]  # by that key: a name
    places: Mapping[str, Located]  # by the id of a place of a document
    first: Mapping[str, str]  # by a document that copies another: the earliest that carries its text
    kinds: Mapping[str, str] = field(default_factory=dict)  # by the key of an actor: armed_group, state, ...
    sites: Mapping[str, tuple[Located, ...]] = field(default_factory=dict)  # by claim: places it names
    vectors: Mapping[str, bytes] = field(default_factory=dict)  # by claim, where asked for: records.vectors


def gather(
    connection: Connection,
    claims: Sequence[Query],
    incidents: Sequence[Query] = (),
    *,
    named: Iterable[str] = (),
    vectors: bool = False,
    counted: bool = False,
) -> Gathered:
    """The claims that any of some queries lets through, their figures, and the incidents of others.

    Args:
        named: ids of further actors and places of documents that are to be looked up.
        vectors: whether those of the claims are wanted, to tell which are alike.
        counted: whether only claims that hold figures are wanted, as for series: one in eight.

    Raises:
        BadInput: the queries are of several moments.
    """
    known = {query.as_known for query in (*claims, *incidents)}
    if len(known) > 1:
        raise BadInput("what is gathered has one moment: give one as_known")
    as_known = next(iter(known), None)
    rows = _rows(connection, claims, counted=counted)
    said = _built(connection, "claims", rows, as_known)
    numbers = sorted(
        select_in(connection, select(shown_figures), shown_figures.c.claim, [row.key for row in rows]),
        key=lambda row: row.key,
    )
    figures = _built(connection, "figures", numbers, as_known)
    happened = _built(connection, "incidents", _rows(connection, incidents), as_known)
    wanted = {each for found in (*said, *figures, *happened) for each in _named(found)}.union(named)
    actors, names, kinds = _actors(connection, wanted, as_known)
    inside = _inside(connection, rows, said)
    places = _places(connection, wanted.union(*inside.values()))
    standing = {account.claim.id for each in happened for account in each.accounts} - {row.id for row in rows}
    accounts = select_in(connection, select(shown_claims), shown_claims.c.id, sorted(standing))
    origins, first = _origins(connection, [*rows, *accounts], as_known)
    return Gathered(
        as_known=as_known,
        claims=tuple(said),
        figures=tuple(figures),
        incidents=tuple(happened),
        origins=origins,
        actors=actors,
        names=names,
        places=places,
        first=first,
        kinds=kinds,
        sites={each: tuple(dict.fromkeys(places[at] for at in found)) for each, found in inside.items()},
        vectors=_vectors(connection, [row.id for row in rows], as_known) if vectors else {},
    )


def _vectors(connection: Connection, claims: list[str], as_known: str | None) -> dict[str, bytes]:
    from marsad.ledger.asking.vectors import of_claims  # noqa: PLC0415 (numpy, most often not needed)

    found = of_claims(connection, claims, as_known)
    return dict(zip(found.ids, map(bytes, found.rows), strict=True))


def _rows(connection: Connection, queries: Iterable[Query], *, counted: bool = False) -> list[Row[Any]]:
    """The rows that any of the queries lets through, each once, in the order of their keys."""
    found: dict[int, Row[Any]] = {}
    for query in queries:
        selection = Selection(connection, query)
        asked = selection.select(*selection.table.c)
        if counted:
            asked = asked.where(exists().where(shown_figures.c.claim == selection.key))
        found |= {row.key: row for row in connection.execute(asked)}
    return [found[key] for key in sorted(found)]


def _built(
    connection: Connection, kind: Kind, rows: Sequence[Row[Any]], as_known: str | None
) -> list[Found[Any]]:
    parts = (rows[at : at + PAGE] for at in range(0, len(rows), PAGE))
    return [found for part in parts for found in built(connection, kind, part, as_known)]


def _named(found: Found[Any]) -> Iterator[str]:
    """The ids of actors and places that a record, or a claim that it stands on, refers to."""
    yield from found.names
    for account in found.accounts:
        yield from account.claim.about


def _actors(
    connection: Connection, named: Iterable[str], as_known: str | None
) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """The key of each actor by its id; a name and the kind of each key."""
    of = shown_actors.c
    keyed = {
        row.id: row.actor for row in select_in(connection, select(of.id, of.actor), of.id, sorted(named))
    }
    links, nodes = linked.around(connection, as_known, set(keyed.values()))
    top = {each: links.top.get(key, key) for each, key in keyed.items()}
    called = {key: links.seeds.get(key) or nodes[key].name for key in set(top.values()) if key in nodes}
    return top, called, {key: min(nodes[key].kinds) for key in called}


def _places(connection: Connection, named: Iterable[str]) -> dict[str, Located]:
    of = shown_places.c
    asked = select(of.id, of.place, of.body)
    rows: dict[str, Row[Any]] = {}
    records: dict[str, Place] = {}
    frontier = set(named)
    while frontier:
        new = {row.id: row for row in select_in(connection, asked, of.id, sorted(frontier))}
        rows |= new
        records |= {each: _place(row.body).record for each, row in new.items()}
        frontier = {records[each].within or "" for each in new} - rows.keys() - {""}
    return {each: _located(each, rows, records) for each in rows}


def _located(each: str, rows: Mapping[str, Row[Any]], records: Mapping[str, Place]) -> Located:
    place, around = records[each], list[str]()
    at = place.within or ""
    while at in records and rows[at].place not in around:  # a circle ends where it closes
        around.append(rows[at].place)
        at = records[at].within or ""
    is_point = place.where_prec is not None and place.where_prec <= FINEST
    return Located(
        key=rows[each].place,
        name=place.name,
        kind=place.kind,
        country=place.country,
        admin1=place.admin1,
        where_prec=place.where_prec,
        latitude=place.latitude if is_point else None,
        longitude=place.longitude if is_point else None,
        within=tuple(around),
    )


def _inside(
    connection: Connection, rows: Iterable[Row[Any]], said: Iterable[Found[Claim]]
) -> dict[str, list[str]]:
    """By claim, the ids of the places whose words stand in it, in their order."""
    placed: defaultdict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for row in _sited(connection, {row.document for row in rows}):
        for begin, end in _place(row.body).record.spans:
            placed[row.in_document].append((begin, end, row.id))
    for words in placed.values():
        words.sort()
    return {found.id: list(_within(found.record, placed[found.found_in.id])) for found in said}


def _sited(connection: Connection, documents: Iterable[int]) -> Iterator[Any]:
    """The places of some documents, by their keys: those of one stand together."""
    of, document = shown_places.c, shown_documents.c
    own = of.key.between(document.key, document.key + (keys.ORDINALS - 1))
    asked = select(of.id, of.body, document.id.label("in_document")).select_from(shown_documents)
    yield from select_in(connection, asked.join(shown_places, own), document.key, sorted(documents))


def _within(claim: Claim, placed: Sequence[tuple[int, int, str]]) -> Iterator[str]:
    """Of the places of a document, those whose words stand in the claim's."""
    for begin, end in claim.spans:
        for at in range(bisect_left(placed, (begin, 0, "")), len(placed)):
            if placed[at][0] >= end:
                break
            if any_contains(claim.spans, placed[at][:2]):
                yield placed[at][2]


def _origins(
    connection: Connection, rows: Sequence[Row[Any]], as_known: str | None
) -> tuple[dict[str, Origin], dict[str, str]]:
    """Whose word each claim is, by claim, and which documents copy which, by document."""
    documents = {row.document for row in rows}
    earliest = clusters.earliest(connection, documents, as_known)
    voices = clusters.voices(connection, earliest)
    said = {
        row.id: voices[row.document]
        if row.own and row.document in voices
        else Origin(row.origin, row.origin_name, row.origin_kind, bool(row.own))
        for row in rows
    }
    merged = linked.origins(connection, as_known, {origin.key for origin in said.values()})
    origins = {each: origin._replace(key=standing_for(origin.key, merged)) for each, origin in said.items()}
    ids = clusters.ids(connection, {*earliest, *earliest.values()})
    return origins, {ids[key]: ids[of] for key, of in earliest.items()}
