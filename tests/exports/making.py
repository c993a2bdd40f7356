"""An invented ledger for the tests of exports: a report with every kind of record, and what must not show.

Nobody in it is real. The reading is made by hand, so that each test knows what is in it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from marsad import exports
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
    Reading,
    Relation,
    Responsibility,
    Scope,
    Thing,
    Toll,
)

from ..ledger.making import READER, frozen, given

TEXT = """\
The Tarn Front killed 12 to 15 soldiers near Karoum on 10 March 2024, the Wardak Army said.
The Tarn Front denied that it had killed soldiers near Karoum.
{person}, 34, of {home} said that shells hit {hospital} in Karoum and that she fled to {camp}.
The United Observers estimated that it had about 3,000 fighters in Odaland in February 2024.
It attacked posts across Odaland this year, the United Observers said.
The Tarn Front is allied with the Sand Brigade, Elias Brandt of the Quill Institute said.
The Sand Brigade denied that it is allied with the Tarn Front.
"""
SECRETS = {
    "person": "Samira Haddoud",
    "home": "Little Ferry",
    "hospital": "Rawdatan hospital",
    "camp": "Sharyana camp",
}
MARCH_10 = Interval(earliest="2024-03-10", latest="2024-03-10", edtf="2024-03-10")
FEBRUARY = Interval(earliest="2024-02-01", latest="2024-02-29", edtf="2024-02")
THIS_YEAR = Interval(earliest="2024-01-01", latest="2024-03-12", edtf="[2024-01-01..2024-03-12]")


class _Text:
    """Where the words of a text stand."""

    def __init__(self, text: str) -> None:
        self.text = text

    def span(self, words: str, after: str = "") -> tuple[int, int]:
        begin = self.text.index(words, self.text.index(after))
        return begin, begin + len(words)

    def of(self, words: str, after: str = "") -> dict[str, Any]:
        begin, end = self.span(words, after)
        return {"spans": ((begin, end),), "text": self.text[begin:end]}


def document(text: str, **facts: Any) -> Document:
    common = {"publisher": "Karrada Post", "title": "Fighting near Karoum", "published": given("2024-03-12")}
    return frozen(text, **{**common, "url": "https://post.example/karoum", "genre": "report", **facts})


def read(document: Document, secrets: dict[str, str] = SECRETS) -> Reading:
    """The reading of `TEXT` with some secrets."""
    at = _Text(document.text)
    lines = document.text.splitlines()
    actors = tuple(_actors(at))
    claims = tuple(_claims(at, lines, secrets))
    return Reading(
        document=msgspec.structs.replace(document, reader="reader@1", gazetteer="places@1"),
        claims=claims,
        figures=tuple(_figures(at)),
        incidents=tuple(_incidents(at, secrets)),
        relations=tuple(_relations(at)),
        places=tuple(_places(at, secrets)),
        actors=actors,
        private=(at.span(secrets["person"]), at.span("34", secrets["person"]), at.span(secrets["home"])),
    )


def _actors(at: _Text) -> list[Actor]:
    kinds = {
        "Tarn Front": "armed_group",
        "Wardak Army": "state_force",
        "United Observers": "international_org",
        "Sand Brigade": "armed_group",
        "Elias Brandt": "person_role",
    }
    return [
        Actor(id=f"a{n}", name=name, kind=kind, mentions=(at.span(name),), reader=READER)  # type: ignore[arg-type]
        for n, (name, kind) in enumerate(kinds.items(), 1)
    ]


def _party(at: _Text, words: str, after: str, actor: str | None, kind: str = "organisation") -> Party:
    return Party(actor=actor, kind=kind, **at.of(words, after))  # type: ignore[arg-type]


def _claims(at: _Text, lines: list[str], secrets: dict[str, str]) -> list[Claim]:
    holders = [
        _party(at, "Wardak Army", lines[0], "a2"),
        _party(at, "Tarn Front", lines[1], "a1"),
        _party(at, secrets["person"], lines[2], None, "private"),
        _party(at, "United Observers", lines[3], "a3"),
        _party(at, "United Observers", lines[4], "a3"),
        _party(at, "Elias Brandt", lines[5], "a5", "person"),
        _party(at, "Sand Brigade", lines[6], "a4"),
    ]
    return [
        Claim(
            id=f"c{n}",
            kind="attributed",
            reader=READER,
            source=holder,
            chain=(holder,),
            polarity="denied" if "denied" in line else "affirmed",
            denies="c1" if n == 2 else None,
            certainty="certain" if n == 1 else "probable",
            **at.of(line, line),
        )
        for n, (line, holder) in enumerate(zip(lines, holders, strict=True), 1)
    ]


def _figures(at: _Text) -> list[Figure]:
    common: dict[str, Any] = {"reader": READER}
    return [
        Figure(
            id="f1",
            claim="c1",
            incident="i1",
            measure="casualties.killed",
            low=12,
            high=15,
            bound="range",
            unit="soldier",
            aspect="flow",
            places=("p1",),
            **at.of("12 to 15"),
            **common,
        ),
        Figure(
            id="f2",
            claim="c4",
            measure="strength.fighters",
            low=3000,
            high=3000,
            best=3000,
            bound="about",
            unit="fighter",
            status="estimated",
            subject="a1",
            places=("p2",),
            scope=Scope(**at.of("in Odaland")),
            as_of=FEBRUARY,
            **at.of("about 3,000"),
            **common,
        ),
    ]


def _incidents(at: _Text, secrets: dict[str, str]) -> list[Incident]:
    front = _party(at, "Tarn Front", "", "a1")
    return [
        Incident(
            id="i1",
            claims=("c1", "c2"),
            spans=(at.span("killed"),),
            type="ASSAULT",
            reader=READER,
            ucdp_type=1,
            statuses=(
                IncidentStatus(claim="c1", value="occurred"),
                IncidentStatus(claim="c2", value="denied"),
            ),
            responsibility=(
                Responsibility(claim="c1", value="accused"),
                Responsibility(claim="c2", value="denied"),
            ),
            sides=((front,), (_party(at, "soldiers", "", None, "group"),)),
            places=("p1",),
            where_prec=2,
            date=MARCH_10,
            date_prec=1,
            deaths=Toll(low=12, best=None, high=15),
        ),
        Incident(
            id="i2",
            claims=("c3",),
            spans=(at.span("hit"),),
            type="ASSAULT",
            mode="aerial",
            reader=READER,
            statuses=(IncidentStatus(claim="c3", value="occurred"),),
            targets=(Thing(**at.of(secrets["hospital"])),),
            places=("p1",),
            where_prec=1,
        ),
        Incident(
            id="i3",
            claims=("c5",),
            spans=(at.span("attacked"),),
            type="ASSAULT",
            reader=READER,
            shape="aggregate",
            statuses=(IncidentStatus(claim="c5", value="ongoing"),),
            sides=((_party(at, "It", "\nIt attacked", "a1"),), ()),
            places=("p2",),
            where_prec=6,
            date=THIS_YEAR,
            date_prec=5,
        ),
    ]


def _relations(at: _Text) -> list[Relation]:
    said, denied = "The Tarn Front is allied", "The Sand Brigade denied"
    front, brigade = _party(at, "Tarn Front", said, "a1"), _party(at, "Sand Brigade", said, "a4")
    again = _party(at, "Tarn Front", denied, "a1"), _party(at, "Sand Brigade", denied, "a4")
    return [
        Relation(
            id="r1",
            claim="c6",
            spans=(at.span("allied with"),),
            type="allied_with",
            source=front,
            target=brigade,
            reader=READER,
        ),
        Relation(
            id="r2",
            claim="c7",
            spans=(at.span("allied with", denied),),
            type="allied_with",
            source=again[1],
            target=again[0],
            reader=READER,
            polarity="denied",
        ),
    ]


def _places(at: _Text, secrets: dict[str, str]) -> list[Place]:
    point = {"gazetteer": "geonames", "latitude": 35.123456789, "longitude": 40.25, "country": "SY"}
    several: list[tuple[str, dict[str, Any]]] = [
        ("Karoum", {"kind": "town", "gazetteer_id": "101", "where_prec": 1, "admin1": "Zenda", **point}),
        ("Odaland", {"kind": "country", "gazetteer_id": "102", "where_prec": 6, **point, "country": "OM"}),
        (secrets["camp"], {"kind": "camp", "gazetteer_id": "103", "where_prec": 1, **point}),
        (secrets["home"], {"kind": "village", "gazetteer_id": "104", "where_prec": 1, **point}),
        (secrets["hospital"], {"kind": "facility", "gazetteer_id": "105", "where_prec": 1, **point}),
    ]
    return [
        Place(id=f"p{n}", name=name, reader=READER, **at.of(name), **facts)
        for n, (name, facts) in enumerate(several, 1)
    ]


def put(ledger: Store, secrets: dict[str, str] = SECRETS, **facts: Any) -> Document:
    made = document(TEXT.format(**secrets), **facts)
    ledger.put(made.text.encode(), made, read(made, secrets))
    return made


def exported(ledger: Store, name: str, *kinds: Any, **where: Any) -> bytes:
    """The bytes of an export of a file."""
    form = exports.FORMATS[name]
    found = bytearray()
    exports.write(ledger, form, exports.queries(form, kinds, **where), found.extend)
    return bytes(found)


def folder(ledger: Store, path: Path, *kinds: Any, **where: Any) -> Path:
    """The folder of an export to Parquet."""
    form = exports.FORMATS["parquet"]
    exports.write(ledger, form, exports.queries(form, kinds, **where), path)
    return path
