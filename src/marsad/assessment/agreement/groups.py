"""Agreement: claims and incidents that say the same, and how many independent origins say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from marsad.assessment.agreement.compared import Compared, compared
from marsad.assessment.agreement.origins import Voices, is_named, outermost
from marsad.assessment.reasons import Reason
from marsad.ledger.asking.found import Found
from marsad.ledger.asking.gathering import Gathered
from marsad.linkage.origins import Group
from marsad.records.reading import Claim, Incident

NEEDED = 2  # independent named origins from which credibility 1 is proposed
MOST = 60  # claims of a group, the first known, among which those that surely say the same are looked for


@dataclass(frozen=True, slots=True)
class Agreement:
    """Claims that say the same, in the order in which they became known."""

    id: str  # that of its first claim
    claims: tuple[Found[Claim], ...]
    parts: tuple[Found[Claim], ...]  # claims that say the same inside one of these: no further voices
    origins: tuple[Group, ...]  # the independent ones: linkage.origins
    echoes: int  # claims beyond one an origin
    proposed: Literal[1] | None  # Admiralty credibility 1 where two independent named origins agree
    reason: Reason  # why it is proposed, or why not


@dataclass(frozen=True, slots=True)
class IncidentAgreement:
    """Accounts of one incident by several documents, in the order in which they became known."""

    id: str  # that of its first account
    incidents: tuple[Found[Incident], ...]
    origins: tuple[Group, ...]  # of the claims that say that it happened
    echoes: int
    proposed: Literal[1] | None
    reason: Reason


def agreements(given: Gathered | Compared) -> tuple[Agreement, ...]:
    """The groups of claims that say the same, those with most origins first.

    A claim alone is in none, nor are claims that are all parts of one.
    """
    seen = compared(given)
    several = ((group, outermost(group)) for group in seen.groups if len(group) > 1)
    found = [_agreement(group, whole, seen) for group, whole in several if len(whole) > 1]
    return tuple(sorted(found, key=lambda each: (-len(each.origins), -len(each.claims), each.id)))


def incident_agreements(given: Gathered | Compared) -> tuple[IncidentAgreement, ...]:
    """The incidents that two accounts or more tell, those with most origins first."""
    seen = compared(given)
    found = [_incident(group, seen.voices) for group in seen.incident_groups if len(group) > 1]
    return tuple(sorted(found, key=lambda each: (-len(each.origins), -len(each.incidents), each.id)))


def _agreement(group: Sequence[Found[Claim]], claims: Sequence[Found[Claim]], seen: Compared) -> Agreement:
    told = {each.id for each in claims}
    parts = tuple(each for each in group if each.id not in told)
    origins = seen.voices.groups(claims)
    proposed, reason = _proposed(origins)
    if proposed and not _proposed(_surely(claims, seen))[0]:
        proposed, reason = None, Reason("unsure", sum(map(is_named, origins)))
    echoes = len(claims) - len(origins)
    return Agreement(claims[0].id, tuple(claims), parts, origins, echoes, proposed, reason)


def _surely(claims: Sequence[Found[Claim]], seen: Compared) -> Iterator[Group]:
    """The origins of those two claims of a group that surely say the same, and are of two origins."""
    for one, other in seen.surely_same([each.id for each in claims[:MOST]]):
        origins = seen.voices.groups([seen.by_id[one], seen.by_id[other]])
        if sum(map(is_named, origins)) >= NEEDED:
            yield from origins
            return


def _incident(incidents: Sequence[Found[Incident]], voices: Voices) -> IncidentAgreement:
    told = [(status, found.found_in.id) for found in incidents for status in found.record.statuses]
    denying = [status.claim for status, _ in told if status.value == "denied"]
    said = {
        status.claim: document
        for status, document in told
        if status.value in ("occurred", "ongoing")
        and not any(voices.may_be_one(status.claim, other) for other in denying)
    }
    origins = voices.groups_of_accounts(said)
    proposed, reason = _proposed(origins)
    echoes = max(0, len(said) - len(origins))
    return IncidentAgreement(incidents[0].id, tuple(incidents), origins, echoes, proposed, reason)


def _proposed(origins: Iterable[Group]) -> tuple[Literal[1] | None, Reason]:
    """Credibility 1, NATO's "confirmed by other sources", where independent named origins agree."""
    origins = tuple(origins)
    named = [group.name for group in origins if is_named(group)]
    if len(named) >= NEEDED:
        return 1, Reason("several_named", len(named), {"names": ", ".join(named)})
    if not origins:
        return None, Reason("nobody")
    weak = len(origins) - len(named)
    if not named:
        return None, Reason("none_named", weak)
    if weak:
        return None, Reason("one_named_and_weak", weak, {"name": named[0]})
    return None, Reason("one_named", given={"name": named[0]})
