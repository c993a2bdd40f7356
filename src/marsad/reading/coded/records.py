"""The reading of a coded event: one claim of its dataset, and what hangs off it."""

from __future__ import annotations

from collections.abc import Iterator

from marsad.reading.coded.event import Days, Deaths, Event, Side, Site
from marsad.reading.coded.vocabulary import country
from marsad.records.interval import parse
from marsad.records.notices import notice
from marsad.records.reading import (
    Actor,
    Claim,
    Document,
    Figure,
    Incident,
    IncidentStatus,
    Interval,
    Notice,
    Party,
    PartyKind,
    Place,
    Reading,
    Responsibility,
    Scope,
    Time,
    Toll,
)
from marsad.records.spans import Spans, text_of

_CLAIM, _INCIDENT, _TIME, _TOTAL = "c1", "i1", "t1", "f1"
_COUNTRY = 6  # where_prec of UCDP
_OCCURRED = (IncidentStatus(claim=_CLAIM, value="occurred"),)
_STATED = (Responsibility(claim=_CLAIM, value="stated"),)


def reading(document: Document, event: Event, reader: str) -> Reading:
    """The records of `event`, which stand on the cells of `document`."""
    return _Row(document, event, reader).reading()


class _Row:
    """One row, with what its records have in common."""

    def __init__(self, document: Document, event: Event, reader: str) -> None:
        self.document, self.event, self.reader = document, event, reader
        self.text = document.text
        self.days = parse(event.days.edtf, time=_TIME) if event.days else None
        self.named: dict[str, str] = {}  # the ids of actors by name
        self.actors = tuple(self._actors())
        self.places = tuple(self._places())
        around = tuple(place.id for place in self.places)
        finer = tuple(place.id for place in self.places if place.where_prec != _COUNTRY)
        self.around = finer or around

    def reading(self) -> Reading:
        event = self.event
        incidents = (self._incident(event.type),) if event.type else ()
        return Reading(
            document=self.document,
            claims=(self._claim(),),
            figures=tuple(self._figures()),
            incidents=incidents,
            places=self.places,
            times=(self._time(event.days),) if event.days else (),
            actors=self.actors,
            warnings=tuple(_unreadable(self.event.unreadable)),
        )

    def _claim(self) -> Claim:
        """The dataset's own word: it narrates, on the authority of reports that it names in other cells."""
        publisher = self.document.publisher
        spans = self.event.claimed
        chain = (Party(text=publisher, spans=(), actor=None, kind="organisation"),) if publisher else ()
        return Claim(
            id=_CLAIM,
            spans=spans,
            text=text_of(self.text, spans),
            kind="narrated",
            reader=self.reader,
            chain=chain,
            true_of=self.days,
            about=tuple(self.named.values()),
        )

    # Who

    def _actors(self) -> Iterator[Actor]:
        mentions: dict[str, list[tuple[int, int]]] = {}
        first: dict[str, Side] = {}
        for side in (*self.event.sides[0], *self.event.sides[1]):
            if side.is_named:
                first.setdefault(side.name, side)
                mentions.setdefault(side.name, []).append(side.span)
        for number, (name, side) in enumerate(first.items(), 1):
            self.named[name] = f"a{number}"
            yield Actor(
                id=f"a{number}",
                name=name,
                kind=side.kind,
                mentions=tuple(mentions[name]),
                reader=self.reader,
            )

    def _party(self, side: Side) -> Party:
        kind: PartyKind = "private" if side.kind == "population" else "organisation"
        return Party(
            text=side.name,
            spans=(side.span,),
            actor=self.named.get(side.name),
            kind=kind if side.is_named else "unnamed",
        )

    # Where and when

    def _places(self) -> Iterator[Place]:
        sites = self.event.sites
        code = next((country(site.name) for site in sites[::-1] if site.kind == "country"), None)
        admin1 = next((site.name for site in sites if site.kind == "admin1"), None)
        for number, site in enumerate(sites, 1):
            within = f"p{number + 1}" if number < len(sites) else None
            yield self._place(f"p{number}", site, code, admin1, within)

    def _place(
        self, local: str, site: Site, code: str | None, admin1: str | None, within: str | None
    ) -> Place:
        return Place(
            id=local,
            spans=site.spans,
            text=text_of(self.text, site.spans),
            name=site.name,
            kind=site.kind,
            reader=self.reader,
            gazetteer=self.event.gazetteer if site.latitude is not None else None,
            latitude=site.latitude,
            longitude=site.longitude,
            country=code,
            admin1=None if site.kind == "country" else admin1,
            within=within,
            where_prec=site.where_prec,
        )

    def _time(self, days: Days) -> Time:
        interval = self.days or parse(days.edtf)
        return Time(
            id=_TIME,
            spans=days.spans,
            text=text_of(self.text, days.spans),
            type="DATE",
            value=_timex(interval),
            reader=self.reader,
            edtf=interval.edtf,
            earliest=interval.earliest,
            latest=interval.latest,
            date_prec=days.date_prec,
        )

    # What, and how many

    def _incident(self, plover: str) -> Incident:
        event = self.event
        sides = tuple(map(self._party, event.sides[0])), tuple(map(self._party, event.sides[1]))
        toll = event.deaths
        return Incident(
            id=_INCIDENT,
            claims=(_CLAIM,),
            spans=(event.trigger.whole,),
            type=plover,
            reader=self.reader,
            mode=event.mode,
            ucdp_type=event.ucdp_type,
            shape="aggregate" if event.is_aggregate else "single",
            statuses=_OCCURRED,
            responsibility=_STATED,
            two_sided=event.two_sided,
            sides=sides,
            places=self.around,
            where_prec=event.where_prec,
            date=self.days,
            date_prec=event.days.date_prec if event.days else None,
            deaths=toll and Toll(low=toll.low, best=toll.best, high=toll.high),
        )

    def _figures(self) -> Iterator[Figure]:
        if self.event.deaths is not None:
            yield self._figure(_TOTAL, self.event.deaths, None)
        total = _TOTAL if self.event.deaths is not None else None
        first = 2 if total else 1
        for number, part in enumerate(self.event.parts, first):
            yield self._figure(f"f{number}", part, total)

    def _figure(self, local: str, deaths: Deaths, whole: str | None) -> Figure:
        spans: Spans = tuple(cell.whole for cell in deaths.cells)
        is_exact = deaths.low == deaths.best == deaths.high
        side = self.event.sides[deaths.side] if deaths.side is not None else ()
        subject = self.named.get(side[0].name) if len(side) == 1 else None
        scope = (deaths.scope,) if deaths.scope else ()
        return Figure(
            id=local,
            claim=_CLAIM,
            spans=spans,
            text=text_of(self.text, spans),
            measure="casualties.killed",
            reader=self.reader,
            incident=_INCIDENT if self.event.type else None,
            unit="person",
            low=deaths.low,
            high=deaths.high,
            best=deaths.best,
            bound="exact" if is_exact else "range",
            aspect="flow",
            part_of=whole,
            status="estimated",
            subject=subject,
            population=deaths.population,
            places=self.around,
            scope=Scope(text=text_of(self.text, scope), spans=scope) if scope else None,
            period=self.days,
        )


def _timex(interval: Interval) -> str:
    """TIMEX3 of an interval: a day, a month or a year, else its two ends."""
    edtf = interval.edtf or ""
    return f"{interval.earliest}/{interval.latest}" if edtf.startswith("[") else edtf


def _unreadable(columns: tuple[str, ...]) -> Iterator[Notice]:
    for column in dict.fromkeys(columns):
        yield notice("unreadable_cell", column=column)
