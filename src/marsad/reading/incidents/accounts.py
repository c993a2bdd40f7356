"""On whose word: what each claim says of a happening, and of who did it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from marsad.reading.incidents.mentions import Mention
from marsad.records.reading import Claim, IncidentStatus, Responsibility

DEPTH = 8  # claims within claims


class Denials:
    """Which claims of a document deny others: by name (`Claim.denies`) or because they hold them denied."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._by_id = {claim.id: claim for claim in claims}
        self._of: dict[str, list[Claim]] = {}
        for claim in claims:
            if claim.denies is not None:
                self._of.setdefault(claim.denies, []).append(claim)

    def of(self, claim: Claim) -> Iterator[Claim]:
        """The claims that deny what `claim` says."""
        yield from self._of.get(claim.id, ())
        parent = claim.parent
        for _ in range(DEPTH):
            holder = self._by_id.get(parent or "")
            if holder is None:
                return
            if holder.polarity == "denied":
                yield holder
            parent = holder.parent


def statuses(mentions: Sequence[Mention], denials: Denials) -> tuple[IncidentStatus, ...]:
    """One status for each claim, by the mention in it that says most; those who deny it last."""
    values = {one.claim.id: one.status for one in sorted(mentions, key=told)}
    found = [IncidentStatus(claim=claim, value=values[claim]) for claim in _in_order(mentions)]
    found.extend(IncidentStatus(claim=claim, value="denied") for claim in deniers(mentions, denials))
    return tuple(found)


def responsibilities(mentions: Sequence[Mention], denials: Denials) -> tuple[Responsibility, ...]:
    """One for each claim that says who did it, or that they did not."""
    values = {one.claim.id: one.responsibility for one in sorted(mentions, key=told) if one.responsibility}
    found = [Responsibility(claim=c, value=values[c]) for c in _in_order(mentions) if c in values]
    if found:
        found.extend(Responsibility(claim=claim, value="denied") for claim in deniers(mentions, denials))
    return tuple(found)


def deniers(mentions: Sequence[Mention], denials: Denials) -> tuple[str, ...]:
    """Ids of the claims that deny one of the mentions and do not tell of it themselves."""
    told_in = set(_in_order(mentions))
    found = dict.fromkeys(claim.id for one in mentions for claim in denials.of(one.claim))
    return tuple(claim for claim in found if claim not in told_in)


def _in_order(mentions: Sequence[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention.claim.id for mention in mentions))


def told(mention: Mention) -> tuple[bool, int, int]:
    """How much a mention says: a result ("killed") gives way to what did it; of equals the first wins."""
    slots = (mention.agents, mention.targets, mention.places, mention.time, mention.responsibility)
    return not mention.kind.result, sum(map(bool, slots)), -mention.spans[0][0]
