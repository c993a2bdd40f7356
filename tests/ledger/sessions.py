"""People at work on one document: what a reader finds in it, and reviews made one after another."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from marsad.ledger.reviewing import applying as reviewing
from marsad.ledger.reviewing import drafting
from marsad.ledger.reviewing.applying import Reviewed
from marsad.ledger.reviewing.links import KINDS, links, records
from marsad.ledger.soundness import require_sound
from marsad.records.reading import (
    Claim,
    Cue,
    Document,
    Incident,
    IncidentStatus,
    Interval,
    Party,
    Place,
    Reading,
    Relation,
    Time,
)
from marsad.records.review import Review

from .making import READER, frozen, read

TEXT = """\
Wardak: the group has 300 men in Karoum
Elder Council: in March raiders attacked Karoum and 40 tents burnt
Wardak: the raiders fight the group
The council holds that the road to Karoum is closed to everybody
Amina Saleh lost her home
"""


def rich(document: Document) -> Reading:
    """`read` with places, times, incidents, two relations on one word, and claims within claims."""
    reading = read(document)
    text = document.text
    claims, places, times = [claim for claim in reading.claims if claim.text.strip()], [], []
    blank = len(reading.claims) - len(claims)
    incidents: list[Incident] = []
    relations: list[Relation] = []
    for claim in tuple(claims):
        (begin, end), words = claim.spans[0], claim.text

        def where(word: str, begin: int = begin, words: str = words) -> tuple[tuple[int, int], ...]:
            at = begin + words.index(word)
            return ((at, at + len(word)),)

        if "Karoum" in words:
            places.append(
                Place(
                    id=f"p{len(places) + 1}",
                    spans=where("Karoum"),
                    text="Karoum",
                    name="Karoum",
                    kind="town",
                    reader=READER,
                )
            )
        if "March" in words:
            times.append(
                Time(
                    id=f"t{len(times) + 1}",
                    spans=where("March"),
                    text="March",
                    type="DATE",
                    value="XXXX-03",
                    reader=READER,
                )
            )
        if "that" in words.split():
            inner = begin + words.index("that ") + 5
            inner += len(text[inner:end]) - len(text[inner:end].lstrip())
            cue = Cue(text="that", spans=where("that"))
            claims.append(
                Claim(
                    id=f"c{len(claims) + blank + 1}",
                    spans=((inner, end),),
                    text=text[inner:end],
                    kind="narrated",
                    parent=claim.id,
                    cue=cue,
                    reader=READER,
                )
            )
        if "attacked" in words:
            incidents.append(
                Incident(
                    id=f"i{len(incidents) + 1}",
                    claims=(claim.id,),
                    spans=where("attacked"),
                    type="ASSAULT",
                    statuses=(IncidentStatus(claim=claim.id, value="occurred"),),
                    sides=((Party(text="raiders", spans=where("raiders"), actor=None, kind="group"),), ()),
                    places=tuple(place.id for place in places[-1:]),
                    date=Interval(earliest=None, latest=None, edtf=None, time=times[-1].id)
                    if times
                    else None,
                    reader=READER,
                )
            )
        if "fight" in words.split():
            raiders, group = (
                Party(text=w, spans=where(w), actor=None, kind="group") for w in ("raiders", "group")
            )
            for kind in ("fights", "opposes"):
                relations.append(
                    Relation(
                        id=f"r{len(relations) + 1}",
                        claim=claim.id,
                        spans=where("fight"),
                        type=kind,
                        source=raiders,
                        target=group,
                        reader=READER,
                    )
                )
    figures = tuple(replace(figure, places=tuple(p.id for p in places[:1])) for figure in reading.figures)
    return replace(
        reading,
        claims=tuple(claims),
        figures=figures,
        places=tuple(places),
        times=tuple(times),
        incidents=tuple(incidents),
        relations=tuple(relations),
    )


def extracted_again(document: Document, text: str) -> Document:
    sha = hashlib.sha256(text.encode()).hexdigest()
    return replace(document, text=text, text_sha256=sha, extractor="plain@2")


def without(reading: Reading, *kinds: str) -> Reading:
    """The reading of a reader that finds none of these kinds any more."""
    return replace(reading, **dict.fromkeys(kinds, ()))


MACHINE = rich(frozen(TEXT))


class Session:
    """People at work on one document: each review is of the reading as all before had left it."""

    def __init__(self, reading: Reading | None = None) -> None:
        self.machine = reading or MACHINE
        self.reviews: list[Review] = []
        self.now = self.machine

    def applied(self, reading: Reading | None = None) -> Reviewed:
        done = reviewing.apply(reading or self.machine, self.reviews)
        require_whole(done)
        return done

    def record(self, draft: Review) -> str:
        self.reviews.append(replace(draft, id=f"r{len(self.reviews) + 1}"))
        self.now = self.applied().reading
        return self.reviews[-1].id

    def of(self, local: str, action: Any, by: str = "amy", **fields: Any) -> str:
        return self.record(drafting.of_record(self.now, local, action, fields, by, "checked"))

    def add(
        self, kind: Any, words: str, /, by: str = "amy", occurrence: int | None = None, **fields: Any
    ) -> str:
        draft = drafting.of_words(self.now, kind, words, fields, by, "missed", occurrence=occurrence)
        return self.record(draft)

    def withdraw(self, review: str) -> str:
        named = next(each for each in self.reviews if each.id == review)
        return self.record(drafting.withdrawal(named, "bo", "a mistake"))

    def states(self, reading: Reading | None = None) -> list[str]:
        return [outcome.state for outcome in self.applied(reading).outcomes]

    def outcome(self, review: str, reading: Reading | None = None) -> Any:
        return next(each for each in self.applied(reading).outcomes if each.review == review)


def require_whole(done: Reviewed) -> None:
    """Sound, every reference leads to a record of its kind, and every verdict and outcome to one."""
    reading = done.reading
    require_sound(reading)
    ids = {kind: {record.id for record in records(reading, kind)} for kind in KINDS}
    for kind in KINDS:
        for record in records(reading, kind):
            for link in links(record):
                assert link.local in ids[link.kind], (record.id, link)
                assert link.local != record.id
    everything = set().union(*ids.values())
    assert done.verdicts.keys() <= everything
    assert {each.local for each in done.outcomes} - {None} <= everything
    assert all(each.reason is None or "\n" not in each.reason for each in done.outcomes)
    assert all(notice.records and set(notice.records) <= everything for notice in reading.warnings)
    assert all(a[1] <= b[0] for a, b in zip(reading.private, reading.private[1:], strict=False))


def ids(found: Sequence[Any]) -> list[str]:
    return [each.id for each in found]


def of(reading: Reading, local: str) -> Any:
    return next(record for kind in KINDS for record in records(reading, kind) if record.id == local)
