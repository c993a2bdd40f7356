"""Agreement: claims and incidents that say the same, and how many independent origins say it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from marsad.assessment.agreement.incidents import incident_groups
from marsad.assessment.agreement.origins import Voices, is_named, outermost
from marsad.assessment.agreement.statements import statements
from marsad.ledger.asking.found import Found
from marsad.ledger.asking.gathering import Gathered
from marsad.linkage.claims.facts import facts, ranked
from marsad.linkage.claims.grouping import leaders
from marsad.linkage.origins import Group
from marsad.records.reading import Claim, Incident

NEEDED = 2  # independent named origins from which credibility 1 is proposed


@dataclass(frozen=True, slots=True)
class Agreement:
    """Claims that say the same, in the order in which they became known."""

    id: str  # that of its first claim
    claims: tuple[Found[Claim], ...]
    origins: tuple[Group, ...]  # the independent ones: linkage.origins
    echoes: int  # claims beyond one an origin
    proposed: Literal[1] | None  # Admiralty credibility 1 where two independent named origins agree
    reason: str  # one sentence: why it is proposed, or why not


@dataclass(frozen=True, slots=True)
class IncidentAgreement:
    """Accounts of one incident by several documents, in the order in which they became known."""

    id: str  # that of its first account
    incidents: tuple[Found[Incident], ...]
    origins: tuple[Group, ...]  # of the claims that say that it happened
    echoes: int
    proposed: Literal[1] | None
    reason: str


def agreements(gathered: Gathered) -> tuple[Agreement, ...]:
    """The groups of claims that say the same, those with most origins first.

    A claim alone is in none, nor is one that is part of another of its group.
    """
    voices = Voices(gathered)
    whole = (outermost(group) for group in claim_groups(gathered) if len(group) > 1)
    found = [_agreement(group, voices) for group in whole if len(group) > 1]
    return tuple(sorted(found, key=lambda each: (-len(each.origins), -len(each.claims), each.id)))


def incident_agreements(gathered: Gathered) -> tuple[IncidentAgreement, ...]:
    """The incidents that two accounts or more tell, those with most origins first."""
    voices = Voices(gathered)
    found = [_incident(group, voices) for group in incident_groups(gathered) if len(group) > 1]
    return tuple(sorted(found, key=lambda each: (-len(each.origins), -len(each.incidents), each.id)))


def claim_groups(gathered: Gathered) -> list[list[Found[Claim]]]:
    """All claims in groups that say the same, in the order in which they became known."""
    by_id = {found.id: found for found in gathered.claims}
    ordered = ranked(statements(gathered))
    led: defaultdict[int, list[Found[Claim]]] = defaultdict(list)
    for at, leader in enumerate(leaders(facts(ordered)).tolist()):
        led[leader].append(by_id[ordered[at].key])
    return list(led.values())


def _agreement(claims: Sequence[Found[Claim]], voices: Voices) -> Agreement:
    origins = voices.groups(claims)
    proposed, reason = _proposed(origins)
    echoes = len(claims) - len(origins)
    return Agreement(claims[0].id, tuple(claims), origins, echoes, proposed, reason)


def _incident(incidents: Sequence[Found[Incident]], voices: Voices) -> IncidentAgreement:
    said = {
        status.claim: found.found_in.id
        for found in incidents
        for status in found.record.statuses
        if status.value in ("occurred", "ongoing")
    }
    origins = voices.groups_of_accounts(said)
    proposed, reason = _proposed(origins)
    echoes = max(0, len(said) - len(origins))
    return IncidentAgreement(incidents[0].id, tuple(incidents), origins, echoes, proposed, reason)


def _proposed(origins: Iterable[Group]) -> tuple[Literal[1] | None, str]:
    """Credibility 1, NATO's "confirmed by other sources", where independent named origins agree."""
    origins = tuple(origins)
    named = [group.name for group in origins if is_named(group)]
    if len(named) >= NEEDED:
        return 1, f"{len(named)} independent named origins say it: {_listed(named)}."
    if not origins:
        return None, "Nobody says that it happened."
    others = len(origins) - len(named)
    weak = f"; {others} without a name or of a dataset cannot confirm it" if others else ""
    if named:
        return None, f"One named origin says it: {named[0]}{weak}."
    return None, f"No named origin says it{weak}."


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"
