"""Which record each review is about, in whatever reading and extraction of the document there is now.

Reviews are followed in the order they were recorded, since each was made of the records as the ones
before it had left them: a record that was moved to other words is found at these, and a rejected one
is no longer counted among those on the same words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

import msgspec

from marsad.ledger.reviewing.anchors import Ambiguous, Orphaned, anchor, pieces
from marsad.ledger.reviewing.links import KINDS, records, spans_of
from marsad.ledger.reviewing.standing import withdrawn
from marsad.records.reading import Document, Frozen, Reading
from marsad.records.review import RecordKind, Review, ReviewKind, Target
from marsad.records.spans import Span, Spans

# Their spans are mentions, each whole in itself, not the pieces of one wording.
_MENTIONED: frozenset[ReviewKind] = frozenset({"incident", "place", "time", "actor"})
_MOST_ON_WORDS = 1_000  # records of one kind on the same words


@dataclass
class Decision:
    """A review with its words found again in the present text."""

    review: Review
    spans: Spans  # of the target
    document: Document

    @cached_property
    def told(self) -> Any | None:  # noqa: ANN401 (a record type)
        """The review's own record, with the spans and ids of what was reviewed; `None` where unsound."""
        kind = self.review.target.kind
        if kind == "private" or self.review.record is None:
            return None
        try:
            return msgspec.convert(self.review.record, type=KINDS[kind].type)
        except msgspec.ValidationError:
            return None

    @cached_property
    def own(self) -> Spans:
        """Where the decision leaves the record: on the target's words, or on others that it names."""
        return (self.told and self.moved(spans_of(self.told))) or self.spans

    def moved(self, spans: Spans) -> Spans | None:
        """Where spans inside the review's record stand now; `None` where they are lost."""
        if spans == self.review.target.selector.spans:
            return self.spans
        found = tuple(self._places[span] for span in spans if span in self._places)
        if len(found) < len(spans) or any(a[1] > b[0] for a, b in pairwise(found)):
            return None
        return found

    @cached_property
    def _places(self) -> dict[Span, Span]:
        found = {}
        for selector in filter(None, (self.review.parts, self.review.target.selector)):
            for span, piece in pieces(selector):
                place = anchor(piece, self.document.text, self.document.text_sha256)
                if isinstance(place, tuple):
                    found[span] = place[0]
        return found


@dataclass(frozen=True)
class Effect:
    """What the standing reviews of one record come to."""

    last: Decision
    fields: frozenset[str]  # that people have set since a rejection, with the last review's values
    is_own: bool  # added again after a rejection: nothing of the machine's record counts
    was_kept: bool  # by one of these reviews

    @property
    def is_kept(self) -> bool:
        return self.last.review.action != "reject"


@dataclass(eq=False)
class Entry:
    """One record with its reviews: the machine's, or one that only people know of.

    One with neither keeps a place: a review told a second record on its words, so there was a first.
    """

    kind: ReviewKind
    record: Any | None  # as the machine read it
    spans: Spans  # as the reviews so far leave it
    is_live: bool
    local: str = ""  # its id in the reading; of a people's record once it is numbered
    held_by: str = ""  # the first review that named exactly these words
    handles: set[Spans] = field(default_factory=set)  # all words that it was told by
    decisions: list[Decision] = field(default_factory=list)
    judgements: list[Review] = field(default_factory=list)  # of how credible it is

    def judgement(self, taken: dict[str, str]) -> Review | None:
        """The latest one, without those `taken` back."""
        standing = [each for each in self.judgements if each.id not in taken]
        return standing[-1] if standing else None

    def effect(self, taken: dict[str, str]) -> Effect | None:
        """What its reviews come to without those `taken` back; `None` where none stands."""
        standing = [each for each in self.decisions if each.review.id not in taken]
        fields: set[str] = set()
        is_refused = is_own = False
        for each in standing:
            if each.review.action == "reject":
                fields.clear()
                is_refused, is_own = True, False
            else:
                fields.update(each.review.fields)
                is_own = is_own or (is_refused and each.review.action == "add")
        if not standing:
            return None
        was_kept = any(each.review.action != "reject" for each in standing)
        return Effect(standing[-1], frozenset(fields), is_own, was_kept)

    def settle(self, taken: dict[str, str]) -> None:
        """Whether and where it stands, as far as its reviews go until now."""
        effect = self.effect(taken)
        at_first = spans_of(self.record) if self.record else self.decisions[0].spans
        if effect is None or not effect.is_kept:
            self.is_live, self.spans = effect is None and self.record is not None, at_first
            return
        is_moved = self.record is None or effect.is_own or not effect.fields.isdisjoint({"spans", "mentions"})
        self.is_live, self.spans = True, effect.last.own if is_moved else at_first
        self.handles.add(self.spans)


class Matching:
    """The records of a reading and those that people added, each with its reviews."""

    def __init__(self, reading: Reading, reviews: Sequence[Review]) -> None:
        self.document = reading.document
        self.entries: dict[ReviewKind, list[Entry]] = {kind: [] for kind in KINDS}
        self.entries["private"] = []
        for kind in KINDS:
            self.entries[kind] += [_entry(kind, record) for record in records(reading, kind)]
        self.set_aside: dict[str, Ambiguous | Orphaned] = {}  # by review
        self.taken: dict[str, str] = {}
        self._follow(reviews)

    def find(self, target: Target) -> Entry | None:
        """The record that `target` tells of; `None` where there is none or several."""
        spans = _anchored(target, self.document)
        if isinstance(spans, Ambiguous | Orphaned):
            return None
        found = self._told(target, spans, is_new=False) or self._near(target, spans)
        return found if isinstance(found, Entry) else None

    def _follow(self, reviews: Sequence[Review]) -> None:
        for number, review in enumerate(reviews, 1):
            if review.action != "withdraw":
                self._take(review)
                continue
            self.taken = withdrawn(reviews[:number])
            for entries in self.entries.values():
                for entry in entries:
                    if entry.decisions:
                        entry.settle(self.taken)

    def _take(self, review: Review) -> None:
        spans = _anchored(review.target, self.document)
        if not 1 <= review.target.ordinal <= _MOST_ON_WORDS:
            spans = Orphaned(f"no record can be number {review.target.ordinal} on its words")
        if isinstance(spans, Ambiguous | Orphaned):
            self.set_aside[review.id] = spans
            return
        decision = Decision(review, spans, self.document)
        entry = self._judged(decision) if review.action == "judge" else self._entry(decision)
        if isinstance(entry, Ambiguous | Orphaned):
            self.set_aside[review.id] = entry
            return
        if review.action == "judge":
            entry.judgements.append(review)
            return
        entry.handles.add(spans)
        entry.decisions.append(decision)
        entry.settle(self.taken)

    def _judged(self, decision: Decision) -> Entry | Ambiguous | Orphaned:
        """The record that a judgement is about. It opens no place for one, and moves none."""
        target, review = decision.review.target, decision.review
        if review.credibility is None:
            return Orphaned("it judges no claim from 1 to 6")
        told = self._told(target, decision.spans, is_new=False)
        if told is not None:
            return told
        near = self._near(target, decision.spans)
        if isinstance(near, Entry) and near.held_by:
            return Ambiguous(f"nearest is {_name(near)}, which review {near.held_by} is about")
        return near or Orphaned(f"no {target.kind} is on its words now")

    def _entry(self, decision: Decision) -> Entry | Ambiguous:
        """The record that the decision is about; where there is none yet, a place for it."""
        target, review = decision.review.target, decision.review
        told = self._told(target, decision.spans, is_new=review.action == "add")
        if isinstance(told, Entry):
            told.held_by = told.held_by or review.id
        if told is not None:
            return told
        near = None if review.action == "add" else self._near(target, decision.spans)
        if isinstance(near, Entry) and near.held_by:
            return Ambiguous(f"nearest is {_name(near)}, which review {near.held_by} is about")
        return near or self._opened(target, decision.spans, review.id)

    def _opened(self, target: Target, spans: Spans, review: str) -> Entry:
        entries = self.entries[target.kind]
        here = sum(entry.is_live and entry.spans == spans for entry in entries)
        for _ in range(here + 1, target.ordinal):
            entries.append(Entry(target.kind, None, spans, is_live=True))
        entries.append(Entry(target.kind, None, spans, is_live=False, held_by=review))
        return entries[-1]

    def _told(self, target: Target, spans: Spans, *, is_new: bool) -> Entry | Ambiguous | None:
        """The record on exactly these words, at its number among them.

        Those count first that stand there now. A record that was there (moved, rejected, taken back)
        is still told by its words, though not by somebody who adds one there.
        """
        entries = self.entries[target.kind]
        here = [entry for entry in entries if entry.is_live and entry.spans == spans]
        told = [entry for entry in entries if spans in entry.handles and not (is_new and entry.is_live)]
        for among in (here, told):
            if len(among) >= target.ordinal:
                found = among[target.ordinal - 1]
                return found if found.record or found.decisions else Ambiguous(_several(target))
        if is_new or not any(entry.record for entry in (*here, *told)):
            return None
        return Ambiguous(f"{_several(target)}, where now are {len(told)}")

    def _near(self, target: Target, spans: Spans) -> Entry | Ambiguous | None:
        """The one record of this kind that overlaps the words by at least half."""
        if target.kind == "private":
            return None
        near = [
            entry
            for entry in self.entries[target.kind]
            if (entry.record or (entry.is_live and entry.decisions))
            and entry.spans != spans
            and _is_half(entry.spans, spans)
        ]
        if len(near) > 1:
            return Ambiguous(f"several {target.kind}s overlap its words: {', '.join(map(_name, near))}")
        if near and target.ordinal > 1:
            return Ambiguous(f"{_several(target)}, where now is {_name(near[0])}")
        return near[0] if near else None


def _entry(kind: RecordKind, record: Frozen) -> Entry:
    spans = spans_of(record)
    return Entry(kind, record, spans, is_live=True, local=str(getattr(record, "id", "")), handles={spans})


def _name(entry: Entry) -> str:
    return entry.local or f"one added by review {entry.held_by}"


def _several(target: Target) -> str:
    return f"it was one of several {target.kind}s on its words"


def _anchored(target: Target, document: Document) -> Spans | Ambiguous | Orphaned:
    """The target's words in the present text; of mentions at least half, of private names any."""
    found = anchor(target.selector, document.text, document.text_sha256)
    if isinstance(found, tuple):
        return found or Orphaned("it names no words")
    if target.kind != "private" and target.kind not in _MENTIONED:
        return found
    places = [anchor(piece, document.text, document.text_sha256) for _, piece in pieces(target.selector)]
    kept = {place[0] for place in places if isinstance(place, tuple)}
    enough = len(kept) * 2 >= len(places) or target.kind == "private"
    return tuple(sorted(kept)) if kept and enough else found


def _is_half(a: Spans, b: Spans) -> bool:
    """Whether code points in common are at least half of those in either (intersection over union)."""
    common = sum(max(0, min(x[1], y[1]) - max(x[0], y[0])) for x in a for y in b)
    both = sum(end - begin for begin, end in (*a, *b)) - common
    return 0 < both <= 2 * common
