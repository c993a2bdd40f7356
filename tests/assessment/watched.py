"""Invented reports on two invented groups, with their readings made by hand: fast, and exact in what they claim.

report("Harbour Post", "2024-03-01", said("The Red Sand Front is growing again.", by="Dara Nour", up="strength"))
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from marsad.assessment.watch import Indicator, Watch
from marsad.ledger.store import Store
from marsad.records.interval import parse
from marsad.records.reading import (
    Actor,
    Claim,
    Cue,
    Document,
    Figure,
    Incident,
    IncidentStatus,
    Party,
    Place,
    Reading,
    Theme,
)

from ..ledger.making import READER, frozen, given

GROUP, OTHER = "Red Sand Front", "Valley Guard"
ACTORS: dict[str, Any] = {
    GROUP: "armed_group",
    OTHER: "state_force",
    "Dara Nour": "person_role",
    "Ilan Voss": "person_role",
    "River Panel": "international_org",
}
PLACES = {"Karoum": "SY", "Odaland": "OM"}
AREA = ("SY",)

WATCH = Watch(
    name="red-sand",
    title="The Red Sand Front",
    subjects=(GROUP,),
    countries=AREA,
    indicators=(
        Indicator(name="strength", title="Strength", themes=("strength",), measures=("strength.",)),
        Indicator(
            name="finance", title="Finance", themes=("finance",), measures=("finance.",), words=("levy",)
        ),
        Indicator(
            name="harm",
            title="Harm",
            measures=("casualties.",),
            incidents=("ASSAULT",),
            side="doer",
            themes=(),
        ),
        Indicator(
            name="territory",
            title="Territory",
            themes=("territory",),
            down=("retaken", "driven out"),
            steady=("still hold*",),
        ),
        Indicator(name="risk", title="Risk", themes=("risk",)),
    ),
)


@dataclass(frozen=True, eq=False)
class Said:
    """One sentence of a report; `by` says it, else the report itself."""

    words: str
    by: str | None = None
    themes: tuple[tuple[str, str], ...] = ()
    figure: dict[str, Any] | None = None
    true_of: str | None = None
    attitude: Any = "statement"
    polarity: Any = "affirmed"
    doer: str | None = None  # of an assault on somebody
    inside: int | None = None  # which earlier sentence of the report holds it, by its index
    denies: int | None = None  # which earlier sentence

    @property
    def lead(self) -> str:
        """What stands before the words."""
        return f"{self.by}{' denied' if self.denies is not None else ''}: " if self.by else ""


def said(words: str, **given: Any) -> Said:
    """A sentence; `up="strength"` is a theme with its direction, `none="risk"` one without."""
    ways = {way: given.pop(way) for way in ("up", "down", "steady", "none") if way in given}
    return Said(words, themes=tuple((theme, way) for way, theme in ways.items()), **given)


def counted(low: float | None, high: float | None, **fields: Any) -> dict[str, Any]:
    """A figure of fighters of the group; `as_of` in EDTF."""
    return {"measure": "strength.fighters", "low": low, "high": high, **fields}


def report(publisher: str, day: str, *sentences: Said, **fields: Any) -> tuple[Document, Reading]:
    lines = [each.lead + each.words for each in sentences]
    document = frozen("\n".join(lines), publisher=publisher, published=given(day), **fields)
    return document, _Made(document, sentences).reading()


def ledger_of(ledger: Store, *reports: tuple[Document, Reading]) -> Store:
    for document, reading in reports:
        ledger.put(document.text.encode(), document, reading)
    return ledger


class _Made:
    def __init__(self, document: Document, sentences: tuple[Said, ...]) -> None:
        self.document, self.text, self.sentences = document, document.text, sentences
        self.actors = {name: f"a{at}" for at, name in enumerate(ACTORS, 1) if name in self.text}
        self.begins: list[int] = []
        begin = 0
        for each in sentences:
            self.begins.append(begin + len(each.lead))
            begin = self.begins[-1] + len(each.words) + 1

    def reading(self) -> Reading:
        return Reading(
            document=self.document,
            claims=tuple(self._claim(at, each) for at, each in enumerate(self.sentences)),
            figures=tuple(self._figure(at, each) for at, each in enumerate(self.sentences) if each.figure),
            incidents=tuple(self._incident(at, each) for at, each in enumerate(self.sentences) if each.doer),
            places=tuple(self._places()),
            actors=tuple(self._actor(name, each) for name, each in self.actors.items()),
        )

    def _span(self, at: int) -> tuple[int, int]:
        return self.begins[at], self.begins[at] + len(self.sentences[at].words)

    def _claim(self, at: int, each: Said) -> Claim:
        source = self._party(each.by, self.begins[at] - len(each.lead)) if each.by else None
        narrator = Party(text=self.document.publisher or "", spans=(), actor=None, kind="organisation")
        return Claim(
            id=f"c{at + 1}",
            spans=(self._span(at),),
            text=each.words,
            kind="attributed" if source else "narrated",
            reader=READER,
            parent=None if each.inside is None else f"c{each.inside + 1}",
            source=source,
            chain=(narrator, source) if source else (narrator,),
            attitude=each.attitude,
            polarity=each.polarity,
            true_of=parse(each.true_of) if each.true_of else None,
            about=tuple(self.actors[name] for name in self.actors if name in each.words),
            cue=None if each.denies is None else self._cue(self.begins[at] - len("denied: ")),
            denies=None if each.denies is None else f"c{each.denies + 1}",
            themes=tuple(Theme(theme=theme, direction=way) for theme, way in each.themes),  # type: ignore[arg-type]
        )

    def _cue(self, begin: int) -> Cue:
        return Cue(text="denied", spans=((begin, begin + len("denied")),))

    def _party(self, name: str, begin: int) -> Party:
        kind = "unnamed" if name[0].islower() else "person"
        spans = ((begin, begin + len(name)),)
        return Party(text=name, spans=spans, actor=self.actors.get(name), kind=kind)  # type: ignore[arg-type]

    def _figure(self, at: int, each: Said) -> Figure:
        assert each.figure is not None
        facts = dict(each.figure)
        as_of = facts.pop("as_of", None)
        begin, _ = self._span(at)
        number = begin + next(i for i, char in enumerate(each.words) if char.isdigit())
        subject = self.actors.get(facts.pop("subject", GROUP))
        inside = tuple(p.id for p in self._places() if self._span(at)[0] <= p.spans[0][0] < self._span(at)[1])
        return Figure(
            id=f"f{at + 1}",
            claim=f"c{at + 1}",
            spans=((number, number + 1),),
            text=self.text[number : number + 1],
            reader=READER,
            subject=subject,
            places=inside,
            as_of=parse(as_of) if as_of else None,
            **({"bound": "range", "unit": "fighter", "status": "estimated"} | facts),
        )

    def _incident(self, at: int, each: Said) -> Incident:
        begin, end = self._span(at)
        return Incident(
            id=f"i{at + 1}",
            claims=(f"c{at + 1}",),
            spans=((begin, end),),
            type="ASSAULT",
            reader=READER,
            statuses=(IncidentStatus(claim=f"c{at + 1}", value="occurred"),),
            sides=((self._party(str(each.doer), self.text.index(str(each.doer), begin)),), ()),
        )

    def _places(self) -> list[Place]:
        found: list[Place] = []
        for number, (name, country) in enumerate(PLACES.items(), 101):
            at = self.text.find(name)
            while at >= 0:
                found.append(
                    Place(
                        id=f"p{len(found) + 1}",
                        spans=((at, at + len(name)),),
                        text=name,
                        name=name,
                        kind="town",
                        reader=READER,
                        gazetteer="geonames",
                        gazetteer_id=str(number),
                        country=country,
                        where_prec=1,
                        latitude=35.5,
                        longitude=40.25,
                    )
                )
                at = self.text.find(name, at + 1)
        return found

    def _actor(self, name: str, local: str) -> Actor:
        at = self.text.index(name)
        return Actor(id=local, name=name, kind=ACTORS[name], mentions=((at, at + len(name)),), reader=READER)
