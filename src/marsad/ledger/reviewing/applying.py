"""A reading as people left it: the machine's newest reading with the reviews of its document.

The rules:

- The latest review of a record counts; a field that people have set stays theirs until the record is
  rejected, with the value that the latest review gives it. All else is as the machine reads it now.
- A record that people added, accepted or edited stays when the machine does not find it, whole as the
  last review left it. Each of its spans is looked for by its own quote. A part whose words are lost
  (a source, a cue) becomes null or leaves its list; where it is needed, the review is orphaned.
- A reference leads to the record on the words that were meant. One that leads nowhere becomes null or
  leaves its list; the claim of a figure or a relation is then the smallest claim that contains it.
- How credible a claim is stays with it whatever becomes of its fields: the latest judgement counts.
- What is rejected takes along what cannot be without it: the figures and relations of a claim, and an
  incident that no claim is left for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from msgspec.structs import replace

from marsad.ledger.reviewing.consequences import Records, straightened, without
from marsad.ledger.reviewing.links import KINDS, last_number, smallest_claim
from marsad.ledger.reviewing.matching import Decision, Effect, Entry, Matching
from marsad.ledger.reviewing.outcomes import Account, Outcome
from marsad.ledger.reviewing.restoring import Restored, restored
from marsad.records.reading import Claim, Notice, Reading
from marsad.records.review import RecordKind, Review
from marsad.records.spans import Span, Spans, any_contains, merged

State = Literal["accepted", "edited", "added"]
_STATES: dict[str, State] = {"accept": "accepted", "edit": "edited", "add": "added"}


class Verdict(NamedTuple):
    """What people say of a record of the reviewed reading."""

    state: State
    review: str
    by: str


class Reviewed(NamedTuple):
    reading: Reading  # sound: see ledger.soundness
    verdicts: dict[str, Verdict]  # by local id
    outcomes: tuple[Outcome, ...]  # one a review, in their order
    judgements: Mapping[str, Review] = MappingProxyType({})  # by local id of a claim: how credible it is


def apply(reading: Reading, reviews: Sequence[Review]) -> Reviewed:
    """`reading` with `reviews`, all those of its document in the order they were recorded.

    A pure function. Where a review cannot be applied, its outcome says so; nothing is guessed.
    """
    if not reviews:
        return Reviewed(reading, {}, ())
    return _Application(reading, reviews).reviewed()


class _Application:
    """One reading and its reviews: each record is settled by itself, then what hangs together."""

    def __init__(self, reading: Reading, reviews: Sequence[Review]) -> None:
        self.reading = reading
        self.reviews = reviews
        self.matching = Matching(reading, reviews)
        self.effects: dict[Entry, Effect] = {}
        for entries in self.matching.entries.values():
            for entry in entries:
                if effect := entry.effect(self.matching.taken):
                    self.effects[entry] = effect
        self.left: Records = {}
        self.why: dict[str, str] = {}  # by local id: why a record that people keep is not as they left it
        self.restored: dict[str, Restored] = {}

    def reviewed(self) -> Reviewed:
        self._number()
        for entry in self._entries():
            self._settle(entry)
        gone = {entry.local for entry in self._entries() if entry.local} - self.left.keys()
        after = without(self.left, gone)
        for cause, along in after.along.items():
            self.why.update(dict.fromkeys(along, f"it went along with {cause}"))
        self.left = straightened(after.left)
        verdicts = dict(self._verdicts())
        private, unmasking = self._masked(verdicts)
        reading = replace(
            self.reading,
            **{KINDS[kind].list: self._of_kind(kind) for kind in KINDS},
            warnings=tuple(each for each in self.reading.warnings if self._still_holds(each, verdicts)),
            private=private,
        )
        account = Account(self.matching, self.effects, after, self.why, self.restored, unmasking)
        return Reviewed(reading, verdicts, account.outcomes(self.reviews), dict(self._judgements()))

    def _entries(self) -> Iterator[Entry]:
        for kind in KINDS:
            yield from self.matching.entries[kind]

    def _of_kind(self, kind: RecordKind) -> tuple[Any, ...]:
        entries = self.matching.entries[kind]
        return tuple(self.left[entry.local] for entry in entries if entry.local in self.left)

    def _number(self) -> None:
        """Gives local ids to the records that only people know of, after those of the reading."""
        for kind in KINDS:
            last = last_number(self.reading, kind)
            for entry in self.matching.entries[kind]:
                if not entry.local and entry in self.effects and self.effects[entry].was_kept:
                    last += 1
                    entry.local = f"{KINDS[kind].letter}{last}"

    def _settle(self, entry: Entry) -> None:
        effect = self.effects.get(entry)
        if effect is None and entry.record is not None:
            self.left[entry.local] = entry.record
        if effect is None or not effect.is_kept:
            return
        found = restored(entry, effect, partial(self._link, entry, effect.last), self.reading.document.text)
        if isinstance(found, Restored):
            self.left[entry.local] = found.record
            self.restored[entry.local] = found
            return
        self.why[entry.local] = found.reason
        if entry.record is not None and not effect.is_own:
            self.left[entry.local] = entry.record

    def _link(self, entry: Entry, decision: Decision, kind: RecordKind, local: str) -> str | None:
        """The id in this reading of what the reviewed one called `local`."""
        target = decision.review.references.get(local)
        found = self.matching.find(target) if target and target.kind == kind else None
        if found and found.local:
            return found.local
        if kind == "claim" and entry.kind in ("figure", "relation"):
            return smallest_claim(self._of_kind("claim"), decision.own)
        return None

    def _verdicts(self) -> Iterator[tuple[str, Verdict]]:
        for entry, effect in self.effects.items():
            if effect.is_kept and entry.local in self.left and entry.local not in self.why:
                review = effect.last.review
                yield entry.local, Verdict(_STATES[review.action], review.id, review.by)

    def _judgements(self) -> Iterator[tuple[str, Review]]:
        for entry in self.matching.entries["claim"]:
            judgement = entry.judgement(self.matching.taken)
            if judgement and entry.local in self.left:
                yield entry.local, judgement

    def _still_holds(self, notice: Notice, verdicts: dict[str, Verdict]) -> bool:
        """Its arithmetic is of records that are all there, as the machine read them."""
        return all(
            local in self.left and (local not in verdicts or verdicts[local].state == "accepted")
            for local in notice.records
        )

    def _masked(self, verdicts: dict[str, Verdict]) -> tuple[Spans, frozenset[str]]:
        """What is masked, and the reviews that took a mask away."""
        place = {review.id: at for at, review in enumerate(self.reviews)}
        effects = [self.effects.get(entry) for entry in self.matching.entries["private"]]
        last = [effect.last for effect in effects if effect]
        masked, unmasking = set(self.reading.private), set()
        for decision in sorted(last, key=lambda each: place[each.review.id]):
            if decision.review.action != "reject":
                masked.update(decision.spans)
            elif covered := {span for span in masked if any_contains(decision.spans, span)}:
                masked -= covered
                unmasking.add(decision.review.id)
        for entry in self.matching.entries["claim"]:
            if entry.local in verdicts and _names_its_source(entry, self.effects[entry]):
                masked.update(_private_words(self.left[entry.local]))
        is_changed = masked != set(self.reading.private)
        return (merged(masked) if is_changed else self.reading.private), frozenset(unmasking)


def _names_its_source(entry: Entry, effect: Effect) -> bool:
    """Whether people said who holds the claim, rather than the machine."""
    return entry.record is None or effect.is_own or not effect.fields.isdisjoint({"source", "chain"})


def _private_words(claim: Claim) -> Iterable[Span]:
    parties = filter(None, (claim.source, *claim.chain))
    return (span for party in parties if party.kind == "private" for span in party.spans)
