"""What a series is made of: a basis, its points, and the best range now."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from marsad.assessment.reasons import Reason
from marsad.ledger.asking.found import Found
from marsad.ledger.asking.gathering import Located
from marsad.linkage.origins import Origin
from marsad.records.reading import Figure, Interval, Number

# The four rules of Every Casualty's Standards for Casualty Recording, by which conflicting numbers become one
Rule = Literal["range", "majority", "source_hierarchy", "discussion"]
Slot = Literal["places", "subject", "period"]
PLANNED = frozenset({"planned", "demanded", "projected"})  # statuses of what has not come about


@dataclass(frozen=True, slots=True, eq=False)
class Basis:
    """What a number is a number of. Figures of equal bases may be compared, and no others.

    Two bases are equal by `key`: names and coordinates do not tell them apart.
    """

    measure: str  # strength.fighters, detention.population, ...
    unit: str | None  # ISO 4217 or UCUM; of counted nouns none: the measure and the population say it
    subject: str | None  # the key of an actor of the ledger; `state:US` for a state and its forces
    subject_name: str | None
    population: str | None  # what is counted, where it is narrower than the measure: foreign fighters
    places: tuple[Located, ...]  # sorted by key
    scope: str | None  # words that bound it and name no place
    aspect: str  # level, flow, change, share or rate
    # of a flow: how long a stretch it counts, as an ISO 8601 duration (`P6M`); a running one from when
    # (`since 2014-01-01`); of harm done within a week, the days themselves (`2025-03-06`)
    period: str | None
    status: str  # counted (observed or estimated), projected, planned, demanded or denied
    of: str | None = None  # of a rate, a share or a part: per what, or of what whole
    # Where the text leaves its place, its owner or its period open: the document or claim inside which alone
    # it may be compared. What is unknown never equals what is unknown elsewhere.
    confined: str | None = None

    # what tells bases apart, without `None`
    key: tuple[str | tuple[str, ...], ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        told = (
            self.measure,
            self.unit or "",
            self.subject or "",
            self.population or "",
            self.places_key,
            self.scope or "",
            self.aspect,
            self.period or "",
            self.status,
            self.of or "",
            self.confined or "",
        )
        object.__setattr__(self, "key", told)  # asked for again and again

    @property
    def places_key(self) -> tuple[str, ...]:
        return tuple(place.key for place in self.places)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Basis) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


@dataclass(frozen=True, slots=True)
class Point:
    """One estimate: a figure with those that repeat it."""

    figure: Found[Figure]  # the first that says whose it is; where none does, the first
    holder: str
    origin: Origin
    unsourced: bool  # nobody is named for it
    low: Number | None
    best: Number | None
    high: Number | None
    as_of: Interval | None  # when it is true of; the period of a flow
    known: str  # the day on which it became known, by whichever of them
    echoes: tuple[Found[Figure], ...] = ()  # the same estimate again: repeated, cited or copied
    superseded_by: str | None = None  # the id of the figure with which its own holder replaced it
    by_outlet: bool = False  # whoever is named for it is an outlet, which counts nothing itself
    assumed: tuple[Slot, ...] = ()  # what its own text leaves open, and an equal number nearby tells

    @property
    def restated(self) -> str:
        """The last day on which it was said, by whomever."""
        return max((self.known, *(echo.found_in.known for echo in self.echoes)))


@dataclass(frozen=True, slots=True)
class Current:
    """The best range now, with the rule that chose it. Dissent stands beside it, always."""

    low: Number | None
    best: Number | None
    high: Number | None
    rule: Rule
    reason: Reason
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
