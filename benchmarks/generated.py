"""Documents and readings made by chance from a seed, for benchmarks of the ledger. Nothing is real.

Every document has fifteen claims, three of them with a figure, and as many places, actors, times and
incidents as a report of that length. One in twenty is a lightly edited copy of an earlier one.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate

from msgspec.structs import replace

from marsad.ledger.putting import Entry
from marsad.records.interval import parse
from marsad.records.reading import (
    Actor,
    Claim,
    Cue,
    Document,
    Figure,
    Incident,
    IncidentStatus,
    Interval,
    Party,
    Place,
    Published,
    Reading,
    Responsibility,
    Theme,
    Time,
)
from marsad.records.spans import Span, text_of

CLAIMS, FIGURES = 15, 3
FIRST, DAYS = date(2012, 1, 1), 5_000
READER = "generated@1"
MEASURES = ["strength.fighters", "detention.population", "casualties.killed", "displacement.people"]
THEMES = ["strength", "finance", "detention", "territory", "displacement", "risk", "intent", "governance"]
VERBS = ["said", "claimed", "reported", "warned", "denied", "estimated"]
_SYLLABLES = ["ba", "dar", "el", "fa", "gho", "ha", "jar", "ka", "lim", "mas", "nu", "qa", "ra", "sha", "ta"]


class World:
    """The names and words that all documents draw on; a few of each are frequent, most are rare."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - no secret
        self.actors = [f"{self._name(chance)} Front" for _ in range(400)]
        self.places = [self._name(chance) for _ in range(2_000)]
        self.outlets = [f"{self._name(chance)} Wire" for _ in range(150)]
        self.words = sorted({self._name(chance).lower() for _ in range(30_000)})
        # Zipf's law: the weight of the n-th is 1/n
        self.weights = {
            name: list(accumulate(1 / n for n in range(1, len(getattr(self, name)) + 1)))
            for name in ("actors", "places", "outlets", "words")
        }

    def draw(self, chance: random.Random, name: str, k: int) -> list[str]:
        return chance.choices(getattr(self, name), cum_weights=self.weights[name], k=k)

    @staticmethod
    def _name(chance: random.Random) -> str:
        return "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))).title()


def entries(number: int, seed: int = 1) -> Iterator[Entry]:
    """`number` documents, always the same for one seed.

    They come as a desk receives them: by day of publication, within a month, over fourteen years.
    """
    world, chance = World(seed), random.Random(seed + 1)  # noqa: S311 - no secret
    last: list[str] = []
    for n in range(number):
        if last and chance.random() < 0.05:
            sentences = [*last[1:], _sentence(world, chance)]
        else:
            sentences = [_sentence(world, chance) for _ in range(CLAIMS)]
        last = sentences
        day = FIRST + timedelta(days=DAYS * n // number + chance.randrange(30))
        yield _entry(world, chance, n, day, sentences)


def _sentence(world: World, chance: random.Random) -> str:
    return " ".join(world.draw(chance, "words", 14)).capitalize()


def _entry(world: World, chance: random.Random, n: int, day: date, sentences: list[str]) -> Entry:
    actors, places = world.draw(chance, "actors", 4), world.draw(chance, "places", 5)
    report = _Report(chance, day)
    for sentence in sentences:
        report.say(chance.choice(actors), chance.choice(VERBS), sentence, chance.choice(places))
    raw = report.text.encode()
    sha256 = hashlib.sha256(raw).hexdigest()
    document = Document(
        id=hashlib.sha256(raw + str(n).encode()).hexdigest()[:32],
        text=report.text,
        raw_sha256=sha256,
        text_sha256=sha256,
        extractor="plain@1",
        source=f"generated/{n}.txt",
        title=sentences[0],
        publisher=world.draw(chance, "outlets", 1)[0],
        language="en",
        genre="report",
        published=Published(earliest=day.isoformat(), latest=day.isoformat(), basis="given"),
    )
    return Entry(raw, document, report.reading(replace(document, reader=READER, gazetteer=READER)))


class _Report:
    """One text and its records, sentence by sentence: `ACTOR VERB SENTENCE in PLACE on DATE NUMBER.`"""

    def __init__(self, chance: random.Random, day: date) -> None:
        self.text = ""
        self._chance, self._day = chance, day
        self._claims: list[Claim] = []
        self._figures: list[Figure] = []
        self._times: list[Time] = []
        self._actors: dict[str, list[Span]] = {}
        self._places: dict[str, list[Span]] = {}

    def say(self, actor: str, verb: str, sentence: str, place: str) -> None:
        stated, number = f"{self._day:%d %B %Y}", str(self._chance.randrange(10, 90_000))
        who, how = self._write(actor), self._write(" " + verb, skip=1)
        begin = self._write(" " + sentence + " in ", skip=1)[0]
        self._places.setdefault(place, []).append(self._write(place))
        when = self._write(" on " + stated, skip=4)
        count = self._write(" " + number, skip=1)
        end = self._write(".")[1]
        self._write("\n")
        self._actors.setdefault(actor, []).append(who)
        if not self._times:
            self._times.append(self._time(when))
        party = Party(
            text=actor, spans=(who,), actor=f"a{list(self._actors).index(actor) + 1}", kind="organisation"
        )
        self._claims.append(self._claim((begin, end), party, Cue(text=verb, spans=(how,))))
        if len(self._figures) < FIGURES:
            self._figures.append(self._figure(count, party.actor, f"p{list(self._places).index(place) + 1}"))

    def reading(self, document: Document) -> Reading:
        return Reading(
            document=document,
            claims=tuple(self._claims),
            figures=tuple(self._figures),
            incidents=(self._incident(),),
            places=tuple(self._place(n, *found) for n, found in enumerate(self._places.items(), 1)),
            times=tuple(self._times),
            actors=tuple(
                Actor(id=f"a{n}", name=name, kind="armed_group", mentions=tuple(mentions), reader=READER)
                for n, (name, mentions) in enumerate(self._actors.items(), 1)
            ),
        )

    def _write(self, words: str, *, skip: int = 0) -> Span:
        """The span of `words` in the text, without their first `skip` characters."""
        begin = len(self.text) + skip
        self.text += words
        return begin, len(self.text)

    def _interval(self) -> Interval:
        return parse(self._day.isoformat(), time="t1")

    def _claim(self, span: Span, party: Party, cue: Cue) -> Claim:
        return Claim(
            id=f"c{len(self._claims) + 1}",
            spans=(span,),
            text=self.text[slice(*span)],
            kind="attributed",
            reader=READER,
            source=party,
            chain=(party,),
            cue=cue,
            quotation="indirect",
            certainty=self._chance.choice(["certain", "probable", "possible", "unknown"]),
            polarity="denied" if self._chance.random() < 0.03 else "affirmed",
            true_of=self._interval(),
            about=(party.actor or "a1",),
            themes=(Theme(theme=self._chance.choice(THEMES), direction="none"),),
        )

    def _figure(self, span: Span, actor: str | None, place: str) -> Figure:
        number = int(self.text[slice(*span)])
        return Figure(
            id=f"f{len(self._figures) + 1}",
            claim=self._claims[-1].id,
            spans=(span,),
            text=str(number),
            measure=self._chance.choice(MEASURES),
            reader=READER,
            unit="person",
            low=number,
            high=number,
            best=number,
            subject=actor,
            population="people",
            places=(place,),
            as_of=self._interval(),
        )

    def _incident(self) -> Incident:
        claim = self._claims[0]
        return Incident(
            id="i1",
            claims=(claim.id,),
            spans=claim.cue.spans if claim.cue else claim.spans,
            type="ASSAULT",
            reader=READER,
            statuses=(IncidentStatus(claim=claim.id, value="occurred"),),
            responsibility=(Responsibility(claim=claim.id, value="stated"),),
            sides=((claim.chain[0],), ()),
            places=("p1",),
            where_prec=1,
            date=self._interval(),
            date_prec=1,
        )

    def _place(self, n: int, name: str, spans: list[Span]) -> Place:
        return Place(
            id=f"p{n}",
            spans=tuple(spans),
            text=text_of(self.text, tuple(spans)),
            name=name,
            kind="town",
            reader=READER,
            gazetteer=READER,
            gazetteer_id=hashlib.sha256(name.encode()).hexdigest()[:8],
            latitude=35.0,
            longitude=40.0,
            country=["SY", "IQ", "YE", "LY", "ML", "SD"][len(name) % 6],
            where_prec=1,
            confidence=0.9,
        )

    def _time(self, span: Span) -> Time:
        day = self._day.isoformat()
        return Time(
            id="t1", spans=(span,), text=self.text[slice(*span)], type="DATE", value=day, reader=READER,
            edtf=day, earliest=day, latest=day, date_prec=1,
        )  # fmt: skip
