"""A reading made by hand: every kind of record, overlapping, over a text written for the tests."""

from __future__ import annotations

import hashlib
from typing import Any

from marsad.records.reading import (
    Actor,
    Claim,
    Cue,
    Document,
    Figure,
    Incident,
    IncidentStatus,
    Interval,
    Notice,
    Party,
    Place,
    Published,
    Reading,
    Relation,
    Responsibility,
    Scope,
    Theme,
    Time,
    Toll,
)
from marsad.records.spans import Spans

TEXT = """The valley is quiet again

ALTAI, Mongolia (Steppe Wire) – In mid-2023, analysts at the ministry said that the Grey Banner Front (GBF) still had between 900 and 1,200 fighters in Mongolia. “We counted them twice,” said Colonel Dorj Sukh, its spokesperson.

The GBF denied that it had attacked Altai. At least 14 people have reportedly died of cold in Dune Camp. Oyuna, 34, a mother of four, said that “the road is closed.”
"""
READER = "tests.hand@1"
MID_2023 = Interval(earliest="2023-05-01", latest="2023-08-31", edtf="[2023-05-01..2023-08-31]", time="t1")


def at(words: str, text: str = TEXT, *, nth: int = 0) -> Spans:
    """The span of the `nth` place where `text` says `words`."""
    begin = -1
    for _ in range(nth + 1):
        begin = text.index(words, begin + 1)
    return ((begin, begin + len(words)),)


def document(text: str = TEXT, **known: Any) -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(
        id=digest[:12], text=text, raw_sha256=digest, text_sha256=digest, extractor="plain@1", **known
    )


def claim(number: int, words: str, **known: Any) -> Claim:
    known = {"kind": "attributed"} | known
    return Claim(id=f"c{number}", spans=at(words), text=words, reader=READER, **known)


def party(words: str, kind: str, actor: str | None = None) -> Party:
    return Party(text=words, spans=at(words), actor=actor, kind=kind)


def reading() -> Reading:
    """Two attributed claims with a chain, a denial, a hidden source and a private person."""
    wire = Party(text="Steppe Wire", spans=(), actor=None, kind="organisation")
    analysts = party("analysts at the ministry", "group")
    return Reading(
        document=document(
            title="The valley is quiet again",
            publisher="Steppe Wire",
            dateline="ALTAI, Mongolia",
            genre="report",
            published=Published(earliest="2024-03-12", latest="2024-03-12", basis="given"),
            reader="reading@1",
            gazetteer="geonames@1",
        ),
        claims=(
            claim(
                1,
                "the Grey Banner Front (GBF) still had between 900 and 1,200 fighters in Mongolia",
                source=analysts,
                chain=(wire, analysts),
                cue=Cue(text="said that", spans=at("said that")),
                quotation="indirect",
                certainty="probable",
                said=MID_2023,
                about=("a1",),
                themes=(Theme(theme="strength", direction="none"),),
            ),
            claim(
                2,
                "“We counted them twice,”",
                source=party("Colonel Dorj Sukh", "person", "a2"),
                cue=Cue(text="said", spans=at("said", nth=1)),
                quotation="direct",
            ),
            claim(
                3, "it had attacked Altai", source=party("The GBF", "organisation", "a1"), polarity="denied"
            ),
            claim(4, "At least 14 people have reportedly died of cold in Dune Camp", hidden_source=True),
            claim(5, "“the road is closed.”", source=party("Oyuna", "private"), quotation="direct"),
            claim(6, "The valley is quiet again", kind="narrated"),
        ),
        figures=(
            Figure(
                id="f1",
                claim="c1",
                spans=at("between 900 and 1,200 fighters"),
                text="between 900 and 1,200 fighters",
                measure="strength.fighters",
                unit="fighter",
                low=900,
                high=1200,
                bound="range",
                reader=READER,
                status="estimated",
                subject="a1",
                population="fighters",
                places=("p2",),
                as_of=MID_2023,
                scope=Scope(text="in Mongolia", spans=at("in Mongolia")),
            ),
            Figure(
                id="f2",
                claim="c4",
                spans=at("At least 14 people"),
                text="At least 14 people",
                measure="casualties.died",
                unit="person",
                low=14,
                bound="at_least",
                aspect="flow",
                reader=READER,
            ),
        ),
        incidents=(
            Incident(
                id="i1",
                claims=("c3",),
                spans=at("attacked"),
                type="ASSAULT",
                mode="unconventional",
                reader=READER,
                statuses=(IncidentStatus(claim="c3", value="denied"),),
                responsibility=(Responsibility(claim="c3", value="denied"),),
                sides=((party("The GBF", "organisation", "a1"),), ()),
                places=("p1",),
                where_prec=1,
                deaths=Toll(low=1, best=None, high=4),
            ),
        ),
        relations=(
            Relation(
                id="r1",
                claim="c3",
                spans=at("attacked"),
                type="fights",
                polarity="denied",
                reader=READER,
                source=party("The GBF", "organisation", "a1"),
                target=party("Altai", "organisation"),
            ),
        ),
        places=(
            Place(
                id="p1",
                spans=at("Altai"),
                text="Altai",
                name="Altai",
                kind="town",
                gazetteer="geonames",
                gazetteer_id="1516048",
                latitude=46.3722,
                longitude=96.2583,
                country="MN",
                where_prec=1,
                reader=READER,
            ),
            Place(
                id="p2",
                spans=at("Mongolia", nth=1),
                text="Mongolia",
                name="Mongolia",
                kind="country",
                reader=READER,
            ),
            Place(
                id="p3", spans=at("Dune Camp"), text="Dune Camp", name="Dune Camp", kind="camp", reader=READER
            ),
        ),
        times=(
            Time(
                id="t1",
                spans=at("In mid-2023"),
                text="In mid-2023",
                type="DATE",
                value="2023",
                mod="MID",
                edtf="[2023-05-01..2023-08-31]",
                earliest="2023-05-01",
                latest="2023-08-31",
                reader=READER,
            ),
        ),
        actors=(
            Actor(
                id="a1",
                name="Grey Banner Front",
                aliases=("Grey Banner Front", "GBF"),
                kind="armed_group",
                mentions=(*at("Grey Banner Front"), *at("The GBF")),
                reader=READER,
            ),
            Actor(
                id="a2",
                name="Dorj Sukh",
                kind="person_role",
                role="spokesperson",
                mentions=at("Dorj Sukh"),
                reader=READER,
            ),
        ),
        warnings=(
            Notice(
                code="implausible_ratio",
                message="14 people of 1,200 fighters: scopes may differ",
                records=("f1", "f2"),
            ),
        ),
        private=(*at("Oyuna"), *at("34")),
    )
