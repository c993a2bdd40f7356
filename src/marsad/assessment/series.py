"""Series: the figures of one measure, subject, scope and basis over time, whoever says them.

Two figures stand in one series only where nothing that bounds them differs: a step from one series to
another is no rise or fall.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from marsad.ledger.asking.found import Found
from marsad.ledger.asking.gathering import Gathered, Located
from marsad.linkage.origins import Origin
from marsad.records.reading import Figure, Interval, Number

# The four rules of Every Casualty's Standards for Casualty Recorders, by which conflicting numbers become one
Rule = Literal["range", "majority", "source_hierarchy", "discussion"]


@dataclass(frozen=True, slots=True)
class Basis:
    """What a number is a number of. Figures of equal bases may be compared."""

    measure: str  # strength.fighters, detention.population, ...
    unit: str | None
    subject: str | None  # the key of an actor of the ledger
    subject_name: str | None
    population: str | None  # what is counted, where it is narrower than the measure: foreign fighters
    places: tuple[Located, ...]  # sorted by key
    scope: str | None  # words that bound it and name no place
    aspect: str  # level, flow, change, share or rate
    period: str | None  # of a flow: the length or the beginning of the stretch that it counts
    status: str  # counted (observed or estimated), projected, planned, demanded or denied


@dataclass(frozen=True, slots=True)
class Point:
    """One estimate: a figure with those that repeat it."""

    figure: Found[Figure]  # as it was first known
    holder: str
    origin: Origin
    unsourced: bool  # nobody is named for it
    low: Number | None
    best: Number | None
    high: Number | None
    as_of: Interval | None  # when it is true of; the period of a flow
    known: str  # the day on which it became known
    echoes: tuple[Found[Figure], ...] = ()  # the same estimate again: repeated, cited or copied
    superseded_by: str | None = None  # the id of the figure with which its own holder replaced it


@dataclass(frozen=True, slots=True)
class Current:
    """The best range now, with the rule that chose it. Dissent stands beside it, always."""

    low: Number | None
    best: Number | None
    high: Number | None
    rule: Rule
    reason: str  # one sentence
    points: tuple[Point, ...]  # on which it stands
    dissent: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """The points of one basis, in the order of what they are true of, then of their being known."""

    id: str  # a hash of the basis: the same in every ledger
    title: str  # in words: fighters of ISIS in Iraq and Syria
    basis: Basis
    points: tuple[Point, ...]
    current: Current | None


def series(gathered: Gathered) -> tuple[Series, ...]:
    """All series of the figures that were gathered, those with most points first, then by title."""
    raise NotImplementedError
