"""The board of a watch: each indicator with its direction, figures, voices, changes and gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from marsad.assessment.agreement import Agreement
from marsad.assessment.contradiction import Contradiction
from marsad.assessment.series import Series
from marsad.assessment.watch import Indicator, Watch
from marsad.ledger.asking.found import Found
from marsad.ledger.asking.gathering import Gathered
from marsad.ledger.store import Store
from marsad.linkage.origins import Origin
from marsad.records.reading import Claim, Incident

Movement = Literal["up", "down", "steady", "contested", "unknown"]
ChangeKind = Literal["contradiction", "moved", "outside_range", "figure", "first_evidence", "correction"]


@dataclass(frozen=True, slots=True)
class Voice:
    """What one origin says of the direction of an indicator, newest claim first."""

    direction: Literal["up", "down", "steady"]
    origin: Origin
    claims: tuple[Found[Claim], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is on the board now and was not, or was otherwise, at `since`."""

    kind: ChangeKind
    indicator: str  # its name
    words: str  # one sentence, made from records by a template
    records: tuple[str, ...]  # ids of the claims and figures that show it
    known: str


@dataclass(frozen=True, slots=True)
class Standing:
    """One indicator at the date of the board."""

    indicator: Indicator
    movement: Movement
    reason: str  # one sentence: the rule that chose the movement
    voices: tuple[Voice, ...]
    series: tuple[Series, ...]  # with the newest points first
    agreements: tuple[Agreement, ...]
    contradictions: tuple[Contradiction, ...]
    claims: tuple[Found[Claim], ...]  # all the evidence, newest first
    incidents: tuple[Found[Incident], ...]
    origins: int  # independent ones
    changes: tuple[Change, ...]
    gap: str | None  # what is not known: why there is no evidence, or only old one


@dataclass(frozen=True, slots=True)
class Board:
    watch: Watch
    as_known: str | None
    since: str | None
    standings: tuple[Standing, ...]  # in the order of the watch
    gathered: Gathered


def board(ledger: Store, watch: Watch, *, as_known: str | None = None, since: str | None = None) -> Board:
    """The board of a watch at `as_known`, with what changed after the day `since`."""
    raise NotImplementedError
