"""Sentences with actors, places and times made by hand, for the tests of incidents."""

from __future__ import annotations

import re

from marsad.reading import incidents
from marsad.reading.text import segment
from marsad.records.reading import Actor, ActorKind, Claim, Figure, Incident, Place, Time

KINDS: dict[str, ActorKind] = {
    "Red Front": "armed_group",
    "Blue Brigade": "armed_group",
    "Ruritanian army": "state_force",
    "Zenda": "state",
}
PLACES = {"Strelsau": "city", "Hentzau": "town"}


def spans_of(words: str, text: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text))


def actors_in(text: str) -> tuple[Actor, ...]:
    found = [(name, spans_of(name, text)) for name in KINDS]
    return tuple(
        Actor(id=f"a{number}", name=name, kind=KINDS[name], mentions=spans, reader="test@1")
        for number, (name, spans) in enumerate((pair for pair in found if pair[1]), 1)
    )


def places_in(text: str) -> tuple[Place, ...]:
    found = sorted((span, name) for name in PLACES for span in spans_of(name, text))
    return tuple(
        Place(
            id=f"p{number}",
            spans=(span,),
            text=name,
            name=name,
            kind=PLACES[name],
            where_prec=1,
            reader="test@1",
        )
        for number, (span, name) in enumerate(found, 1)
    )


def times_in(text: str) -> tuple[Time, ...]:
    spans = spans_of("in March 2021", text) or spans_of("March 2021", text)
    return tuple(
        Time(
            id=f"t{number}",
            spans=((span[1] - 10, span[1]),),
            text="March 2021",
            type="DATE",
            value="2021-03",
            edtf="2021-03",
            earliest="2021-03-01",
            latest="2021-03-31",
            date_prec=4,
            reader="test@1",
        )
        for number, span in enumerate(spans, 1)
    )


def claims_in(text: str, **changed: object) -> tuple[Claim, ...]:
    return tuple(
        Claim(
            id=f"c{number}",
            spans=(sentence.span,),
            text=text[sentence.begin : sentence.end],
            kind="narrated",
            reader="test@1",
            **changed,  # type: ignore[arg-type]
        )
        for number, sentence in enumerate(segment(text).sentences, 1)
    )


def read(text: str, figures: tuple[Figure, ...] = (), **claim: object) -> tuple[Incident, ...]:
    found, _ = incidents.annotate(
        segment(text),
        claims=claims_in(text, **claim),
        actors=actors_in(text),
        places=places_in(text),
        times=times_in(text),
        figures=figures,
    )
    return found


def sides(incident: Incident) -> tuple[list[str], list[str]]:
    return [party.text for party in incident.sides[0]], [party.text for party in incident.sides[1]]


def only(text: str, type_: str = "ASSAULT", **claim: object) -> Incident:
    """The one incident of a type that is read in `text`."""
    (incident,) = (one for one in read(text, **claim) if one.type == type_)  # type: ignore[arg-type]
    return incident
