"""Contradiction: one question, and answers that cannot all be true, each with its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from marsad.ledger.asking.found import Found
from marsad.ledger.asking.gathering import Gathered
from marsad.linkage.origins import Group
from marsad.records.reading import Claim

Kind = Literal["figure", "polarity", "direction", "denial"]


@dataclass(frozen=True, slots=True)
class Side:
    """One answer, with all claims that give it, first known first."""

    answer: str  # affirmed, denied, up, down, steady, or a range: 2,500–3,000 fighters
    claims: tuple[Found[Claim], ...]
    origins: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Sides that exclude each other. `beside` holds answers that do not: older, steady or vaguer ones."""

    id: str  # of its question: the same at every date
    kind: Kind
    question: str  # in words: the strength of ISIS in Syria, January to March 2025
    sides: tuple[Side, ...]
    beside: tuple[Side, ...]
    known: str  # the day from which both sides were known


def contradictions(gathered: Gathered) -> tuple[Contradiction, ...]:
    """The contested questions, newest first."""
    raise NotImplementedError
