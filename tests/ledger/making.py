"""Documents and readings made for the tests of the ledger, and what a whole ledger shows."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec.structs import replace

from marsad.ledger.asking.fields import FIELDS, KINDS, Kind
from marsad.ledger.asking.listing import Facet
from marsad.ledger.asking.query import Query
from marsad.ledger.checking import check
from marsad.ledger.store import Store
from marsad.records.reading import (
    Actor,
    Claim,
    Document,
    Figure,
    Incident,
    IncidentStatus,
    Interval,
    Party,
    Place,
    Published,
    Reading,
    Relation,
    Responsibility,
    Theme,
    Time,
    Toll,
)
from marsad.records.spans import Span, any_contains

READER = "test@1"


def frozen(text: str, **fields: Any) -> Document:
    raw = text.encode()
    origin = fields.get("url") or fields.get("publisher") or ""
    facts: dict[str, Any] = {
        "id": hashlib.sha256(raw + str(origin).encode()).hexdigest()[:32],
        "raw_sha256": hashlib.sha256(raw).hexdigest(),
        "text_sha256": hashlib.sha256(raw).hexdigest(),
        "extractor": "plain@1",
    }
    return Document(text=text, **(facts | fields))


def given(day: str) -> Published:
    return Published(earliest=day, latest=day, basis="given")


def read(document: Document, *, version: str = "reader@1") -> Reading:
    """One claim a line; a line `NAME: WORDS` is attributed to NAME, and its digits are a figure."""
    text = document.text
    claims: list[Claim] = []
    figures: list[Figure] = []
    actors: dict[str, Actor] = {}
    begin = 0
    for line in text.splitlines(keepends=True):
        end = begin + len(line.rstrip("\n"))
        name, colon, _ = line.partition(": ")
        source = None
        if colon:
            where = ((begin, begin + len(name)),)
            actor = actors.setdefault(
                name, Actor(id=f"a{len(actors) + 1}", name=name, kind="other", mentions=where, reader=READER)
            )
            source = Party(text=name, spans=where, actor=actor.id, kind="person")
            begin += len(name + colon)
        claims.append(
            Claim(
                id=f"c{len(claims) + 1}",
                spans=((begin, end),),
                text=text[begin:end],
                kind="attributed" if source else "narrated",
                reader=READER,
                source=source,
                chain=(source,) if source else (),
                about=(source.actor,) if source and source.actor else (),
            )
        )
        number = next((word for word in line.split() if word.isdigit()), None)
        if number:
            at = text.index(number, begin)
            figures.append(
                Figure(
                    id=f"f{len(figures) + 1}",
                    claim=claims[-1].id,
                    spans=((at, at + len(number)),),
                    text=number,
                    measure="count.thing",
                    reader=READER,
                    low=int(number),
                    high=int(number),
                    best=int(number),
                )
            )
        begin = end + 1
    return Reading(
        document=replace(document, reader=version, gazetteer="places@1"),
        claims=tuple(claims),
        figures=tuple(figures),
        actors=tuple(actors.values()),
    )


def put(ledger: Store, text: str, **fields: Any) -> Document:
    document = frozen(text, **fields)
    ledger.put(text.encode(), document, read(document))
    return document


# A reader of all kinds of records, for the tests that need them all

PLACES: dict[str, dict[str, Any]] = {
    "Karoum": {"kind": "town", "gazetteer_id": "101", "country": "SY", "where_prec": 1},
    "Odaland": {"kind": "country", "gazetteer_id": "102", "country": "OM", "where_prec": 6},
    "Nowhere": {"kind": "village"},
    "Zarf camp": {"kind": "camp", "gazetteer_id": "103", "country": "SY", "where_prec": 1},
}
THEMES = {"men": "strength", "food": "protection", "fled": "displacement"}


def read_all(document: Document, *, version: str = "reader@1") -> Reading:
    """As `read`, and more: `NAME / ALIAS: WORDS`, the places of `PLACES`, `in 2019,` as a time,
    `killed 7` as an incident, `A fights B` as a relation, and `Mrs Huda` as a private person.
    """
    plain = read(document, version=version)
    text = document.text
    times = tuple(_times(text))
    placed = tuple(_places(text))
    claims = tuple(_told(claim, times) for claim in plain.claims)
    actors = tuple(_named(actor) for actor in plain.actors)
    return replace(
        plain,
        claims=claims,
        figures=tuple(_located(figure, claims, placed) for figure in plain.figures),
        incidents=tuple(_incidents(text, claims, placed)),
        relations=tuple(_relations(text, claims, actors)),
        places=placed,
        times=times,
        actors=actors,
        private=tuple(found.span(1) for found in re.finditer(r"Mrs (\w+)", text)),
    )


def _named(actor: Actor) -> Actor:
    name, *aliases = actor.name.split(" / ")
    return replace(actor, name=name, aliases=tuple(aliases))


def _told(claim: Claim, times: tuple[Time, ...]) -> Claim:
    themes = tuple(Theme(theme=THEMES[word], direction="none") for word in THEMES if word in claim.text)
    dated = next((each for each in times if any_contains(claim.spans, each.spans[0])), None)
    true_of = dated and Interval(earliest=dated.earliest, latest=dated.latest, edtf=dated.edtf, time=dated.id)
    return replace(claim, themes=themes, true_of=true_of, certainty="probable" if dated else "unknown")


def _times(text: str) -> Iterator[Time]:
    for number, found in enumerate(re.finditer(r"in (\d{4}),", text), 1):
        year = found[1]
        yield Time(
            id=f"t{number}",
            spans=(found.span(1),),
            text=year,
            type="DATE",
            value=year,
            reader=READER,
            edtf=year,
            earliest=f"{year}-01-01",
            latest=f"{year}-12-31",
            date_prec=5,
        )


def _places(text: str) -> Iterator[Place]:
    for number, found in enumerate(re.finditer("|".join(PLACES), text), 1):
        facts = PLACES[found[0]]
        resolved = {"gazetteer": "geonames", "latitude": 35.5, "longitude": 40.25}
        where: dict[str, Any] = resolved if len(facts) > 1 else {}
        yield Place(
            id=f"p{number}",
            spans=(found.span(),),
            text=found[0],
            name=found[0],
            reader=READER,
            **where,
            **facts,
        )


def _located(figure: Figure, claims: tuple[Claim, ...], placed: tuple[Place, ...]) -> Figure:
    claim = next(each for each in claims if each.id == figure.claim)
    inside = tuple(each.id for each in placed if any_contains(claim.spans, each.spans[0]))
    return replace(figure, places=inside, as_of=claim.true_of, population="men" if inside else None)


def _incidents(text: str, claims: tuple[Claim, ...], placed: tuple[Place, ...]) -> Iterator[Incident]:
    for number, found in enumerate(re.finditer(r"killed (\d+)", text), 1):
        claim = _around(claims, found.span())
        toll = int(found[1])
        yield Incident(
            id=f"i{number}",
            claims=(claim.id,),
            spans=((found.start(), found.start() + len("killed")),),
            type="ASSAULT",
            mode="beat" if toll % 2 else None,
            reader=READER,
            ucdp_type=3,
            statuses=(IncidentStatus(claim=claim.id, value="occurred"),),
            responsibility=(Responsibility(claim=claim.id, value="stated"),),
            places=tuple(each.id for each in placed if any_contains(claim.spans, each.spans[0])),
            where_prec=1,
            date=claim.true_of,
            deaths=Toll(low=toll, best=toll, high=toll + 1),
        )


def _relations(text: str, claims: tuple[Claim, ...], actors: tuple[Actor, ...]) -> Iterator[Relation]:
    by_name = {actor.name: actor.id for actor in actors}
    for number, found in enumerate(re.finditer(r"(\w+) fights (\w+)", text), 1):
        one, two = (
            Party(
                text=found[each],
                spans=(found.span(each),),
                actor=by_name.get(found[each]),
                kind="organisation",
            )
            for each in (1, 2)
        )
        yield Relation(
            id=f"r{number}",
            claim=_around(claims, found.span()).id,
            spans=(found.span(),),
            type="fights",
            source=one,
            target=two,
            reader=READER,
        )


def _around(claims: tuple[Claim, ...], span: Span) -> Claim:
    return next(each for each in claims if any_contains(each.spans, span))


# What a whole ledger is and shows


def everything(ledger: Store, as_known: str | None = None) -> dict[str, list[Any]]:
    """Every list of a ledger as JSON objects, and the independent origins of its claims."""
    shown: dict[str, list[Any]] = {
        kind: [each.listed() for each in ledger.find(Query.of(kind, as_known=as_known))] for kind in KINDS
    }
    origins = ledger.claims(as_known=as_known).origins()
    return shown | {"origins": [group._asdict() for group in origins]}


def facets(ledger: Store, as_known: str | None = None) -> dict[Kind, list[Facet]]:
    """Every facet of every list."""
    return {
        kind: ledger.find(Query.of(kind, as_known=as_known)).facets(
            *(each.name for each in FIELDS[kind] if each.counted)
        )
        for kind in KINDS
    }


def timeless(shown: Any) -> Any:
    """The same without the moments at which it was recorded."""
    if isinstance(shown, dict):
        return {name: timeless(each) for name, each in shown.items() if name != "recorded_at"}
    return [timeless(each) for each in shown] if isinstance(shown, list | tuple) else shown


def canonical(shown: object) -> bytes:
    return msgspec.json.encode(shown, order="deterministic")


def faults(ledger: Store) -> list[str]:
    """What `marsad check` finds wrong, but for what it calls harmless."""
    return [str(problem) for problem in check(ledger) if not problem.is_harmless]
