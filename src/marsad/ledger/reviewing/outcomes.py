"""What became of each review, with the reason in one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from marsad.ledger.reviewing.anchors import Ambiguous
from marsad.ledger.reviewing.consequences import Consequences
from marsad.ledger.reviewing.matching import Decision, Effect, Entry, Matching
from marsad.ledger.reviewing.restoring import Restored
from marsad.records.review import Review

_MOST_NAMED = 8  # records in a reason


class Outcome(NamedTuple):
    """What became of one review.

    `applied`: it stands. `superseded`: a later review of the same record counts. `withdrawn`: taken
    back. `ambiguous`: its words or its record cannot be told from others. `orphaned`: its words, or
    something that its record needs, are not there. `dormant`: it rejects or takes back nothing.
    """

    review: str
    state: Literal["applied", "superseded", "withdrawn", "ambiguous", "orphaned", "dormant"]
    local: str | None  # the record of the reviewed reading that it is about
    reason: str | None


@dataclass(frozen=True)
class Account:
    """All that outcomes are told from."""

    matching: Matching
    effects: dict[Entry, Effect]
    after: Consequences
    why: dict[str, str]  # by local id: why a record that people keep is not as they left it
    restored: dict[str, Restored]  # by local id: what reviews came to
    unmasking: frozenset[str]  # the reviews that took a mask away

    def outcomes(self, reviews: Sequence[Review]) -> tuple[Outcome, ...]:
        """One a review, in their order."""
        found = {
            decision.review.id: self._of(entry, decision)
            for entries in self.matching.entries.values()
            for entry in entries
            for decision in entry.decisions
        }
        found |= {
            review.id: self._of_judgement(entry, review)
            for entry in self.matching.entries["claim"]
            for review in entry.judgements
        }
        for review_id, why in self.matching.set_aside.items():
            state: Literal["ambiguous", "orphaned"] = (
                "ambiguous" if isinstance(why, Ambiguous) else "orphaned"
            )
            found[review_id] = Outcome(review_id, state, None, why.reason)
        earlier: set[str | None] = set()
        for review in reviews:
            if review.action == "withdraw":
                found[review.id] = _of_withdrawal(review, is_there=review.withdraws in earlier)
            if by := self.matching.taken.get(review.id):
                found[review.id] = Outcome(review.id, "withdrawn", None, f"taken back by review {by}")
            earlier.add(review.id)
        return tuple(found[review.id] for review in reviews)

    def _of(self, entry: Entry, decision: Decision) -> Outcome:
        name, effect = decision.review.id, self.effects.get(entry)
        local = entry.local if entry.local in self.after.left else None
        if effect is None or effect.last is not decision:
            later = f"review {effect.last.review.id} came later" if effect else None
            return Outcome(name, "superseded", local, later)
        if not effect.is_kept:
            return self._of_rejection(entry, effect)
        if entry.local in self.why:
            return Outcome(name, "orphaned", None, self.why[entry.local])
        return Outcome(name, "applied", local, self._missed(entry, decision))

    def _of_judgement(self, entry: Entry, review: Review) -> Outcome:
        if entry.local not in self.after.left:
            return Outcome(review.id, "orphaned", None, "its claim is not listed now")
        latest = entry.judgement(self.matching.taken)
        if latest is not review:
            later = f"review {latest.id} came later" if latest else None
            return Outcome(review.id, "superseded", entry.local, later)
        return Outcome(review.id, "applied", entry.local, None)

    def _of_rejection(self, entry: Entry, effect: Effect) -> Outcome:
        name = effect.last.review.id
        if entry.kind == "private" and name not in self.unmasking and not effect.was_kept:
            return Outcome(name, "dormant", None, "nothing is masked there")
        if entry.kind != "private" and entry.record is None and not effect.was_kept:
            return Outcome(name, "dormant", None, "there is no such record to reject")
        return Outcome(name, "applied", None, self._took(entry))

    def _missed(self, entry: Entry, decision: Decision) -> str | None:
        """What of the review is not in the present text, or not in the present reading."""
        said = []
        told = len(decision.review.target.selector.spans)
        if len(decision.spans) < told:
            said.append(f"{len(decision.spans)} of {told} places found again")
        found = self.restored.get(entry.local)
        if found and found.lost:
            said.append(f"not found again: {_named(found.lost)}")
        if found and found.differs:
            said.append(f"read otherwise now: {_named(found.differs)}")
        return "; ".join(said) or None

    def _took(self, entry: Entry) -> str | None:
        """What followed from a rejection."""
        said = []
        if along := self.after.along.get(entry.local):
            said.append(f"along with {entry.local} went {_named(along)}")
        if loose := self.after.loose.get(entry.local):
            said.append(f"{_named(loose)} no longer refer{'s' * (len(loose) == 1)} to {entry.local}")
        return "; ".join(said) or None


def _of_withdrawal(review: Review, *, is_there: bool) -> Outcome:
    if is_there:
        return Outcome(review.id, "applied", None, None)
    reason = f"there is no earlier review {review.withdraws} of this document"
    return Outcome(review.id, "dormant", None, reason)


def _named(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
