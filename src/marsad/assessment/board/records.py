"""What a board holds: each indicator with its direction, voices, figures, changes and gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from marsad.assessment.agreement import Agreement
from marsad.assessment.agreement import listed as agreement_listed
from marsad.assessment.contradiction import Contradiction
from marsad.assessment.contradiction import listed as contradiction_listed
from marsad.assessment.reasons import Reason
from marsad.assessment.series import Current, Point, Series
from marsad.assessment.series import listed as series_listed
from marsad.assessment.watch.definition import Indicator, Watch
from marsad.ledger.asking.found import Found
from marsad.ledger.asking.gathering import Gathered
from marsad.linkage.origins import Origin
from marsad.records.reading import Claim, Incident

Direction = Literal["up", "down", "steady"]
Movement = Literal["up", "down", "steady", "contested", "unknown"]
ChangeKind = Literal["contradiction", "moved", "outside_range", "figure", "first_evidence", "correction"]


@dataclass(frozen=True, slots=True)
class Step:
    """Two estimates of one origin in one series, the later one true of a later time."""

    series: Series
    earlier: Point
    later: Point
    direction: Direction


@dataclass(frozen=True, slots=True)
class Voice:
    """What one origin says of the direction of an indicator, newest claim first.

    An origin whose newest claims say several things has a voice for each.
    """

    direction: Direction
    origin: Origin
    claims: tuple[Found[Claim], ...]
    steps: tuple[Step, ...] = ()  # of its own figures

    @property
    def day(self) -> str:
        """The newest day of what it says."""
        said = [told_of(claim) for claim in self.claims]
        return max([*said, *(told_of_point(step.later) for step in self.steps)])

    @property
    def records(self) -> tuple[str, ...]:
        """The ids of its claims and figures."""
        figures = [point.figure.id for step in self.steps for point in (step.earlier, step.later)]
        return tuple(dict.fromkeys([*(claim.id for claim in self.claims), *figures]))


# What a change is about: `telling` says each in a sentence


class Contested(NamedTuple):
    question: Contradiction


class Moved(NamedTuple):
    indicator: Indicator
    before: Movement
    now: Movement
    why: Reason


class NewFigure(NamedTuple):
    series: Series
    point: Point
    outside: Current | None  # the last range, where the estimate lies outside it


class Replaced(NamedTuple):
    """An estimate that its own holder has replaced."""

    series: Series
    earlier: Point
    later: Point


class FirstEvidence(NamedTuple):
    indicator: Indicator
    holders: tuple[str | None, ...]


class Corrected(NamedTuple):
    """A document that says that it corrects, or that replaces an earlier one at its address."""

    publisher: str | None
    title: str | None
    known: str
    corrections: tuple[str, ...]  # in its words


About = Contested | Moved | NewFigure | Replaced | FirstEvidence | Corrected


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is on the board now and was not, or was otherwise, at `since`."""

    kind: ChangeKind
    indicator: str  # its name
    words: str  # one sentence, made from records by a template
    records: tuple[str, ...]  # ids of the claims and figures that show it
    known: str  # the day on which it became known
    key: str  # what tells it from all others of this watch, whatever day the board is asked from
    about: About  # what `words` is made of, so that it can be told in another language

    def listed(self) -> dict[str, Any]:
        """As a JSON object."""
        return {
            "kind": self.kind,
            "indicator": self.indicator,
            "words": self.words,
            "records": list(self.records),
            "known": self.known,
            "key": self.key,
        }


@dataclass(frozen=True, slots=True)
class Silence:
    """A source that spoke of the subject before the window, and does not in it."""

    key: str
    name: str
    kind: str
    claims: int
    last: Found[Claim]  # its newest
    why: Reason  # one sentence: whether the ledger has anything of it in the window

    @property
    def reason(self) -> str:
        return str(self.why)


@dataclass(frozen=True, slots=True)
class Standing:
    """One indicator at the date of the board."""

    indicator: Indicator
    movement: Movement
    why: Reason  # one sentence: the rule that chose the movement
    voices: tuple[Voice, ...]
    series: tuple[Series, ...]  # with the newest points first
    agreements: tuple[Agreement, ...]
    contradictions: tuple[Contradiction, ...]
    claims: tuple[Found[Claim], ...]  # all the evidence, newest first
    incidents: tuple[Found[Incident], ...]
    origins: int  # independent ones
    changes: tuple[Change, ...]
    gaps: tuple[Reason, ...]  # what is not known: why there is no evidence, or only old one
    window_claims: int = 0  # how many of the claims are true of the window

    @property
    def reason(self) -> str:
        return str(self.why)

    @property
    def gap(self) -> str | None:
        """What is not known, in a sentence or two; `None` where nothing is amiss."""
        return " ".join(map(str, self.gaps)) or None

    @property
    def newest(self) -> tuple[Series, Point] | None:
        """The newest count of the world: no plan, no demand."""
        counted = (
            (each, point) for each in self.series for point in each.points if each.basis.status == "counted"
        )
        return max(counted, key=lambda found: (told_of_point(found[1]), found[1].known), default=None)

    def listed(self) -> dict[str, Any]:
        """As a JSON object, with the ids of all records."""
        return {
            "indicator": self.indicator.name,
            "title": self.indicator.title,
            "movement": self.movement,
            "reason": self.reason,
            "gap": self.gap,
            "claims": [claim.id for claim in self.claims],
            "window_claims": self.window_claims,
            "origins": self.origins,
            "incidents": [incident.id for incident in self.incidents],
            "voices": [_voice(voice) for voice in self.voices],
            "series": [series_listed(each) for each in self.series],
            "agreements": [agreement_listed(each) for each in self.agreements],
            "contradictions": [contradiction_listed(each) for each in self.contradictions],
            "changes": [change.listed() for change in self.changes],
        }


@dataclass(frozen=True, slots=True)
class Board:
    watch: Watch
    as_known: str | None
    since: str | None
    standings: tuple[Standing, ...]  # in the order of the watch
    gathered: Gathered
    day: str | None = None  # at which it stands: `as_known`, else the last day of the ledger
    window_from: str | None = None  # the first day whose evidence tells how things move
    silent: tuple[Silence, ...] = ()
    origins: int = 0  # independent ones, of all claims about the subject in the area

    @property
    def changes(self) -> tuple[Change, ...]:
        """Those of all indicators, newest first; one that several share is there once."""
        found = {change.key: change for standing in reversed(self.standings) for change in standing.changes}
        return tuple(sorted(found.values(), key=lambda change: (change.known, change.key), reverse=True))

    def listed(self) -> dict[str, Any]:
        """As a JSON object, with the ids of all records."""
        return {
            "watch": self.watch.name,
            "title": self.watch.title,
            "subjects": list(self.watch.subjects),
            "countries": list(self.watch.countries),
            "places": list(self.watch.places),
            "as_known": self.as_known,
            "day": self.day,
            "window_from": self.window_from,
            "since": self.since,
            "claims": len(self.gathered.claims),
            "origins": self.origins,
            "indicators": [standing.listed() for standing in self.standings],
            "changes": [change.listed() for change in self.changes],
            "silent": [_silence(each) for each in self.silent],
        }


def told_of(found: Found[Claim]) -> str:
    """The day of which a claim tells: the last one that it is true of, but not after it became known."""
    latest = found.record.true_of.latest if found.record.true_of else None
    return min(latest, found.found_in.known) if latest else found.found_in.known


def told_of_point(point: Point) -> str:
    """The day of which an estimate tells, in the same way."""
    latest = point.as_of.latest if point.as_of else None
    return min(latest, point.known) if latest else point.known


# As JSON


def _voice(voice: Voice) -> dict[str, Any]:
    origin = {"key": voice.origin.key, "name": voice.origin.name, "kind": voice.origin.kind}
    return {
        "direction": voice.direction,
        "origin": origin,
        "day": voice.day,
        "claims": [_claim(claim) for claim in voice.claims],
        "figures": [[step.earlier.figure.id, step.later.figure.id] for step in voice.steps],
    }


def _claim(found: Found[Claim]) -> dict[str, Any]:
    words = {"id": found.id, "holder": found.holder, "text": found.record.text}
    return {**words, "document": found.found_in.id, "known": found.found_in.known}


def _silence(silence: Silence) -> dict[str, Any]:
    return {
        "key": silence.key,
        "name": silence.name,
        "kind": silence.kind,
        "claims": silence.claims,
        "last": silence.last.id,
        "last_day": told_of(silence.last),
        "reason": silence.reason,
    }
