"""What of a document's past may be shown: its earlier texts and readings, and what reviews say of it.

What is hidden now is hidden in the past too. An earlier reading may not have known that a name is a
private person's, and a review holds the words as they stood; so each of them is masked where it was
masked itself, and wherever it has words that are masked today.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, Select, desc, select

from marsad.disclosure import disclose, mask, mask_text
from marsad.ledger import identity, prose, view
from marsad.ledger.reviewing.anchors import anchor, places
from marsad.ledger.reviewing.links import KINDS, Rewriting, records, spans_of
from marsad.ledger.reviewing.matching import Decision
from marsad.ledger.reviewing.outcomes import Outcome
from marsad.ledger.schema import readings, texts
from marsad.ledger.view import View
from marsad.records.reading import Frozen, Party, Reading
from marsad.records.review import CREDIBILITY, RecordKind, Review
from marsad.records.spans import Span, Spans, merged, text_of

RECORD_KINDS = tuple(KINDS)


class Version(NamedTuple):
    """One reading of a document as it may be shown, with the ids that its records have in the ledger."""

    entry: int
    is_current: bool  # what people see now, reviews applied; else as the machine read it
    reading: Reading
    ids: dict[str, str]  # by local id

    def local(self, record_id: str) -> str | None:
        return next((local for local, found in self.ids.items() if found == record_id), None)

    def found(self, local: str) -> tuple[RecordKind, Any]:
        """A record by its local id, with its kind; ids inside it are those of the ledger."""
        for kind in RECORD_KINDS:
            for record in records(self.reading, kind):
                if record.id == local:
                    return kind, self.globally(record)
        raise KeyError(local)

    def globally(self, record: Any) -> Any:  # noqa: ANN401 - any record type
        named = Rewriting(link=lambda _, local: self.ids.get(local)).record(record) or record
        return replace(named, id=self.ids.get(record.id, record.id))


class Told(NamedTuple):
    """A review as it may be shown."""

    review: Review
    quote: str | None  # the words that it is attached to; None where their text is not kept
    reason: str
    fields: dict[str, dict[str, Any]]  # that the person set: what each was `before` and is `after`


class Past:
    """One document of the ledger with all its readings and reviews."""

    def __init__(self, connection: Connection, now: View) -> None:
        self._connection, self.now = connection, now
        self.lift_camps = view.are_camps_lifted(connection)
        self._masked = mask_text(now.reading, lift_camps=self.lift_camps)
        self._hidden = tuple(_masked_spans(self._text, self._masked))
        self.current = self._version(now.entry, now.reading, is_current=True)
        self.reviews = view.reviews_of(connection, self.id)
        self.outcomes = {outcome.review: outcome for outcome in now.reviewed.outcomes}
        self._machine: dict[int, Version] = {}
        self._read: dict[str, tuple[int, Reading]] = {}

    @property
    def id(self) -> str:
        return self.now.reading.document.id

    @property
    def _text(self) -> str:
        return self.now.reading.document.text

    # Readings

    def machine(self, entry: int) -> Version:
        """The reading of a journal entry, without reviews."""
        if entry not in self._machine:
            row = self._connection.execute(_stored().where(readings.c.entry == entry)).one()
            whole = self._safe(entry, view.unpacked(row.body, row.text))
            self._machine[entry] = self._version(entry, whole, is_current=False)
        return self._machine[entry]

    def _version(self, entry: int, whole: Reading, *, is_current: bool) -> Version:
        ids = {found.record.id: found.id for found in identity.numbered(whole)}
        return Version(entry, is_current, disclose(whole, lift_camps=self.lift_camps), ids)

    def _safe(self, entry: int, whole: Reading, also: Spans = ()) -> Reading:
        """`whole` with all marked as private that is hidden of it: then, now, or by `also`."""
        private = self.now.reading.private if entry == self.now.entry else whole.private
        whole = replace(whole, private=merged((*private, *also)))
        missing = tuple(self._missing(whole))
        return replace(whole, private=merged((*whole.private, *missing))) if missing else whole

    def _missing(self, whole: Reading) -> Iterator[Span]:
        """What is hidden now and not yet hidden of `whole`."""
        document = whole.document
        masked = mask_text(whole, lift_camps=self.lift_camps)
        for begin, end in self._hidden_in(document.text, document.text_sha256):
            words = document.text[begin:end]
            if masked[begin:end] != mask(words, [(0, len(words))]):
                yield begin, end

    def _hidden_in(self, text: str, text_sha256: str) -> Iterator[Span]:
        if text_sha256 == self.now.reading.document.text_sha256:
            yield from self._hidden
            return
        for words in {self._text[begin:end] for begin, end in self._hidden}:
            yield from places(text, words)

    # Reviews

    def told(self, review: Review) -> Told:
        """What a review says, as it may be shown."""
        if (found := self._reviewed(review)) is None:
            return Told(review, None, self.prose(review.reason), {})
        spans = review.target.selector.spans
        quote = text_of(mask_text(found, lift_camps=self.lift_camps), spans)
        return Told(review, quote, self.prose(review.reason, found), self._set(review, found))

    def became(self, review: Review) -> Outcome:
        """What became of a review; its reason quotes what it looked for, and is masked likewise."""
        outcome = self.outcomes[review.id]
        if outcome.reason is None or review.target.kind == "private":
            return outcome._replace(reason=None)
        return outcome._replace(reason=self.prose(outcome.reason, self._reviewed(review)))

    def is_on(self, review: Review, version: Version, local: str) -> bool:
        """Whether a review is about a record of `version`: by what became of it, else by its words."""
        outcome = self.outcomes[review.id]
        if outcome.local is not None and version.entry == self.now.entry:
            return outcome.local == local
        kind, record = version.found(local)
        if review.target.kind != kind:
            return False
        document = version.reading.document
        spans = spans_of(record)
        same = [each.id for each in records(version.reading, kind) if spans_of(each) == spans]
        here = anchor(review.target.selector, document.text, document.text_sha256)
        return here == spans and same.index(local) + 1 == review.target.ordinal

    def prose(self, words: str, of: Reading | None = None) -> str:
        """Words about the document that stand nowhere in it, without the names that are hidden of it."""
        for reading in (of, self.now.reading):
            if reading is not None:
                words = prose.masked(words, reading, lift_camps=self.lift_camps)
        return words

    def _reviewed(self, review: Review) -> Reading | None:
        """The reading that a review was made of, whole, with all private that may not be shown."""
        found = self._of_text(review.target.selector.text_sha256)
        if found is None:
            return None
        entry, reading = found
        return self._safe(entry, reading, self._also(review))

    def _of_text(self, text_sha256: str) -> tuple[int, Reading] | None:
        """The newest reading of a text of this document, and its entry."""
        if text_sha256 == self.now.reading.document.text_sha256:
            return self.now.entry, self.now.reading
        if text_sha256 not in self._read:
            of_text = readings.c.document == self.id, readings.c.text_sha256 == text_sha256
            row = self._connection.execute(_stored().where(*of_text)).first()
            if row is None:
                return None
            self._read[text_sha256] = row.entry, view.unpacked(row.body, row.text)
        return self._read[text_sha256]

    def _record(self, review: Review) -> Any | None:  # noqa: ANN401 - any record type
        return Decision(review, (), self.now.reading.document).told

    def _set(self, review: Review, whole: Reading) -> dict[str, dict[str, Any]]:
        """The fields that a review set, each with its value before and after, as they may be shown."""
        if review.credibility is not None:
            return {CREDIBILITY: {"before": self._judged_before(review), "after": review.credibility}}
        record, kind = self._record(review), review.target.kind
        if record is None or kind == "private" or not review.fields:
            return {}
        before = view.view(self._connection, self.id, int(review.id[1:]) - 1)
        was = None
        if before and before.reading.document.text_sha256 == review.target.selector.text_sha256:
            whole = self._safe(before.entry, before.reading, self._also(review))
            was = _targeted(before.reading, review) if review.action == "edit" else None
        ids = {found.record.id: found.id for found in identity.numbered(before.reading if before else whole)}
        old = self._values(whole, kind, was, ids) if was else {}
        new = self._values(whole, kind, record, ids)
        changed = (name for name in review.fields if not was or old.get(name) != new.get(name))
        return {name: {"before": old.get(name), "after": new.get(name)} for name in changed}

    def _judged_before(self, review: Review) -> int | None:
        before = view.view(self._connection, self.id, int(review.id[1:]) - 1)
        claim = before and _targeted(before.reading, review)
        earlier = before.reviewed.judgements.get(claim.id) if before and claim else None
        return earlier.credibility if earlier else None

    def _values(self, whole: Reading, kind: RecordKind, record: Any, ids: dict[str, str]) -> dict[str, Any]:  # noqa: ANN401
        """The fields of a record on words of `whole`, as they may be shown."""
        listed = KINDS[kind].list
        held = replace(whole, **{listed: (*getattr(whole, listed), record)})
        shown = getattr(disclose(held, lift_camps=self.lift_camps), listed)[-1]
        return dict(msgspec.to_builtins(Version(0, False, whole, ids).globally(shown)))

    def _also(self, review: Review) -> Spans:
        """What a review says is private, whether or not it still stands."""
        also: list[Span] = []
        if review.target.kind == "private" and review.action != "reject":
            also += review.target.selector.spans
        for party in _parties(self._record(review)):
            also += party.spans if party.kind == "private" else ()
        return tuple(also)


def _stored() -> Select[Any]:
    """The stored readings with their texts, newest first."""
    joined = select(readings, texts.c.body.label("text")).join(
        texts, texts.c.sha256 == readings.c.text_sha256
    )
    return joined.order_by(desc(readings.c.entry))


def _targeted(reading: Reading, review: Review) -> Any | None:  # noqa: ANN401 - any record type
    """The record that a review was made of."""
    target = review.target
    if target.kind == "private":
        return None
    same = [each for each in records(reading, target.kind) if spans_of(each) == target.selector.spans]
    return same[target.ordinal - 1] if target.ordinal <= len(same) else None


def _parties(value: object) -> Iterator[Party]:
    """Whoever speaks or acts in a record."""
    if isinstance(value, Party):
        yield value
    elif isinstance(value, Frozen):
        for name in value.__struct_fields__:
            yield from _parties(getattr(value, name))
    elif isinstance(value, tuple):
        for each in value:
            yield from _parties(each)


def _masked_spans(text: str, masked: str) -> Iterator[Span]:
    """Where the two differ; spans with only white space between them, which is never masked, are one."""
    begin = end = -1
    for at, (char, shown) in enumerate(zip(text, masked, strict=True)):
        if char == shown:
            continue
        if begin >= 0 and text[end:at].strip():
            yield begin, end
            begin = at
        begin, end = (at if begin < 0 else begin), at + 1
    if begin >= 0:
        yield begin, end
