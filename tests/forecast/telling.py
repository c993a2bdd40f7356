"""Invented reports of deaths, for the tests of panels and signals that are made from a ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from marsad.ledger.store import Store
from marsad.records.reading import (
    Actor,
    Claim,
    Document,
    Incident,
    IncidentStatus,
    Interval,
    Party,
    Place,
    Reading,
    Theme,
    Toll,
)
from tests.ledger.making import READER, frozen, given

PLACES: dict[str, dict[str, Any]] = {
    "Mosul": {"kind": "city", "country": "IQ", "admin1": "Nineveh", "latitude": 36.335, "longitude": 43.119},
    "Tikrit": {"kind": "city", "country": "IQ", "admin1": "Saladin", "latitude": 34.607, "longitude": 43.678},
    "Zarf camp": {"kind": "camp", "country": "IQ", "admin1": "Nineveh", "latitude": 36.4, "longitude": 43.2},
    "Iraq": {"kind": "country", "country": "IQ"},
    "Ouagadougou": {
        "kind": "city", "country": "BF", "admin1": "Centre", "latitude": 12.37, "longitude": -1.53,
    },
}  # fmt: skip
_PREC = {"country": 6}


class Told(NamedTuple):
    """One incident as a report tells it: a line of its text."""

    day: str | None
    place: str | None = "Mosul"
    toll: tuple[float | None, float | None, float | None] = (7, 7, 7)
    kind: Any = 1
    side: str = "Grey Banner"
    shape: Any = "single"
    status: Any = "occurred"
    theme: Any = "capability"

    @property
    def line(self) -> str:
        return (
            f"{self.side} attacked {self.place or 'somewhere'} on {self.day}: {self.toll} dead {self.status}"
        )


def report(day: str, told: Sequence[Told], publisher: str = "The Wire", genre: Any = "report") -> Reading:
    """A document of `publisher`, known on `day`, with its incidents."""
    text = "\n".join([f"Report of {day}.", *(each.line for each in told)])
    document: Document = frozen(text, publisher=publisher, published=given(day), genre=genre, language="en")  # type: ignore[arg-type]
    found: dict[str, list[Any]] = {"claims": [], "incidents": [], "places": [], "actors": []}
    begin = text.index("\n") + 1 if told else 0
    for number, each in enumerate(told, 1):
        _add(found, each, number, begin)
        begin += len(each.line) + 1
    return Reading(document=document, **{name: tuple(records) for name, records in found.items()})


def _add(found: dict[str, list[Any]], told: Told, number: int, begin: int) -> None:
    claim, span = f"c{number}", ((begin, begin + len(told.line)),)
    side = ((begin, begin + len(told.side)),)
    actor = Actor(id=f"a{number}", name=told.side, kind="armed_group", mentions=side, reader=READER)
    party = Party(text=told.side, spans=side, actor=actor.id, kind="organisation")
    found["actors"].append(actor)
    found["claims"].append(
        Claim(
            id=claim, spans=span, text=told.line, kind="narrated", reader=READER, about=(actor.id,),
            themes=(Theme(theme=told.theme, direction="up"),),
        )
    )  # fmt: skip
    places = []
    if told.place:
        at = begin + told.line.index(told.place)
        facts = PLACES[told.place]
        places.append(
            Place(
                id=f"p{number}", spans=((at, at + len(told.place)),), text=told.place, name=told.place,
                reader=READER, where_prec=_PREC.get(facts["kind"], 1), **facts,
            )
        )  # fmt: skip
    found["places"] += places
    low, best, high = told.toll
    found["incidents"].append(
        Incident(
            id=f"i{number}", claims=(claim,), spans=side, type="ASSAULT", reader=READER, shape=told.shape,
            ucdp_type=told.kind, statuses=(IncidentStatus(claim=claim, value=told.status),),
            sides=((party,), ()), places=tuple(place.id for place in places),
            where_prec=places[0].where_prec if places else None,
            date=told.day and Interval(earliest=told.day, latest=told.day, edtf=told.day),
            date_prec=1 if told.day else None,
            deaths=Toll(low=low, best=best, high=high),
        )
    )  # fmt: skip


def put(ledger: Store, *reports: Reading) -> None:
    for each in reports:
        ledger.put(each.document.text.encode(), each.document, each)
