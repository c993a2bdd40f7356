"""Agreement: claims that say the same, and how many independent origins say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from marsad.ledger.asking.found import Found
from marsad.ledger.asking.gathering import Gathered
from marsad.linkage.origins import Group
from marsad.records.reading import Claim


@dataclass(frozen=True, slots=True)
class Agreement:
    """Claims that say the same, in the order in which they became known."""

    id: str  # that of its first claim
    claims: tuple[Found[Claim], ...]
    origins: tuple[Group, ...]  # the independent ones: linkage.origins
    echoes: int  # claims beyond one an origin
    proposed: Literal[1] | None  # Admiralty credibility 1 where two independent named origins agree
    reason: str  # one sentence: why it is proposed, or why not


def agreements(gathered: Gathered) -> tuple[Agreement, ...]:
    """The groups of claims that say the same, those with most origins first; a claim alone is in none."""
    raise NotImplementedError
