"""What a person says of a record: a review, and the words that it is attached to.

A review is attached by document, kind and quote, never by a record's id, so that it survives a new
reading and a new extraction of the text. `Selector` carries both of W3C Web Annotation's selectors:
a TextPositionSelector (`spans`, into the text that `text_sha256` names) and one TextQuoteSelector
(`quotes`) for each span.
"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import field

from marsad.records.reading import Frozen
from marsad.records.spans import Spans

RecordKind = Literal["claim", "figure", "incident", "relation", "place", "time", "actor"]
# `private` is no record: words that name a private person, to be masked wherever something is shown
ReviewKind = Literal["claim", "figure", "incident", "relation", "place", "time", "actor", "private"]
# `judge` says how credible a claim is and leaves its record as it is
Action = Literal["add", "accept", "edit", "reject", "judge", "withdraw"]
CREDIBILITY = "credibility"  # what a `judge` sets, in `Review.record`
CREDIBILITIES = {  # of information, by NATO Admiralty (STANAG 2511); a source has its own, A to F
    1: "confirmed by other sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "truth cannot be judged",
}


class Quote(Frozen, frozen=True, kw_only=True):
    """The words of one span with those around it, as they stood in the text."""

    exact: str
    prefix: str
    suffix: str


class Selector(Frozen, frozen=True, kw_only=True):
    """Where words stand: by position in one text, and by quote in any other text of the document."""

    text_sha256: str
    spans: Spans
    quotes: tuple[Quote, ...]  # one a span


class Target(Frozen, frozen=True, kw_only=True):
    """One record of a document, told by its kind and words rather than by its id."""

    kind: ReviewKind
    selector: Selector
    ordinal: int = 1  # 1, 2, ... among the records of this kind on exactly these words


class Review(Frozen, frozen=True, kw_only=True):
    """One decision of a person about one record. It is appended, and never changed.

    `record` is the whole record as the decision leaves it (JSON, as the contract has it), so that an
    accepted or edited record stays when a later reader does not find it. Local ids inside it are
    those of the reading that was reviewed; `references` tells each of them by its words, and `parts`
    every span inside it (of a source, a cue, a scope) that is not of the target itself. Of a `judge` it
    holds what was judged alone.
    """

    id: str  # r1, r2, ... in the ledger
    document: str
    action: Action
    target: Target
    by: str
    reason: str
    record: dict[str, Any] | None = None  # None where the action is reject or withdraw
    fields: tuple[str, ...] = ()  # of `record`: those that the person set
    references: dict[str, Target] = field(default_factory=dict)
    parts: Selector | None = None
    withdraws: str | None = None  # the review that a `withdraw` takes back
    recorded_at: str | None = None  # ISO 8601 in UTC; set by the ledger

    @property
    def credibility(self) -> int | None:
        """What a `judge` says, 1 (confirmed) to 6 (cannot be judged); `None` of any other review."""
        value = (self.record or {}).get(CREDIBILITY)
        is_judge = self.action == "judge" and self.target.kind == "claim"
        return value if is_judge and type(value) is int and value in CREDIBILITIES else None
