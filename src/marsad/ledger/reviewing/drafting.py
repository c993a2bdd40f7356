"""Reviews before they are recorded: of a record of a reading, or of words that the reader missed.

`reading` is always the one that people see: the machine's with all earlier reviews applied. A draft
has no id and no moment; the ledger gives both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from marsad.errors import BadInput, NotFound
from marsad.ledger.reviewing import drafted, given
from marsad.ledger.reviewing.anchors import places, selector
from marsad.ledger.reviewing.links import KINDS, inner_spans, links, records, spans_of
from marsad.records.reading import Frozen, Reading
from marsad.records.review import (
    CREDIBILITIES,
    CREDIBILITY,
    Action,
    RecordKind,
    Review,
    ReviewKind,
    Selector,
    Target,
)
from marsad.records.spans import Spans


def of_record(
    reading: Reading,
    local_id: str,
    action: Literal["accept", "edit", "reject"],
    fields: Mapping[str, Any],
    by: str,
    reason: str,
) -> Review:
    """A review of one record of `reading`.

    Args:
        fields: what an edit sets. Other words for the record are given as `words`.

    Raises:
        NotFound: no such record.
        BadInput: an unknown field, a value that it cannot have, an edit of nothing.
    """
    kind, record = _located(reading, local_id)
    if not spans_of(record):
        raise BadInput(f"{local_id}: stands on no words, so no review can be attached to it")
    if (action == "edit") != bool(fields):
        raise BadInput("fields: an edit sets at least one; to accept or reject a record sets none")
    target = _target(reading, kind, record)
    if action == "reject":
        return _draft(reading, action, target, drafted.Drafted(None), by, reason)
    left = drafted.edited(reading, record, fields) if fields else drafted.Drafted(record)
    return _draft(reading, action, target, left, by, reason)


def of_words(
    reading: Reading,
    kind: ReviewKind,
    words: str,
    fields: Mapping[str, Any],
    by: str,
    reason: str,
    *,
    occurrence: int | None = None,
) -> Review:
    """A review that adds the record on `words`, or masks them where `kind` is `private`.

    An actor is on every place of its name, and every place of a private name is masked, unless
    `occurrence` names one.

    Raises:
        BadInput: the words are not in the text, or in several places and no `occurrence` says which;
            they have such a record already; a field is unknown, missing or cannot have its value.
    """
    text = reading.document.text
    spans = places(text, words) if kind in ("actor", "private") and occurrence is None else ()
    spans = spans or given.in_text(text, words, occurrence=occurrence)
    if kind == "private":
        if fields:
            raise BadInput(f"{min(fields)}: words to be masked have no fields")
        return _draft(reading, "add", _target_on(reading, kind, spans, 1), drafted.Drafted(None), by, reason)
    there = [each for each in records(reading, kind) if spans_of(each) == spans]
    if there and kind != "relation":  # several relations may stand on one wording
        raise BadInput(f"words: they are {kind} {there[0].id} already; accept or edit it")
    added = drafted.added(reading, kind, spans, fields)
    return _draft(reading, "add", _target_on(reading, kind, spans, len(there) + 1), added, by, reason)


def unmasking(reading: Reading, words: str, by: str, reason: str, *, occurrence: int | None = None) -> Review:
    """A review that says of words which are masked that they name no private person.

    Raises:
        BadInput: as `of_words`.
    """
    spans = places(reading.document.text, words) if occurrence is None else ()
    spans = spans or given.in_text(reading.document.text, words, occurrence=occurrence)
    target = _target_on(reading, "private", spans, 1)
    return _draft(reading, "reject", target, drafted.Drafted(None), by, reason)


def judgement(reading: Reading, local_id: str, credibility: int, by: str, reason: str) -> Review:
    """A review that says how credible a claim of `reading` is, from 1 to 6 (NATO Admiralty).

    Raises:
        NotFound: no such record.
        BadInput: it is no claim, or `credibility` is another number.
    """
    _require(by)
    kind, record = _located(reading, local_id)
    if kind != "claim":
        raise BadInput(f"{local_id}: is a {kind}; only a claim has a credibility")
    if not 1 <= credibility <= len(CREDIBILITIES):
        known = ", ".join(f"{number} {words}" for number, words in CREDIBILITIES.items())
        raise BadInput(f"{credibility}: no credibility; give one of {known}")
    return Review(
        id="",
        document=reading.document.id,
        action="judge",
        target=_target(reading, kind, record),
        by=by,
        reason=reason,
        record={CREDIBILITY: credibility},
        fields=(CREDIBILITY,),
    )


def withdrawal(review: Review, by: str, reason: str) -> Review:
    """A review that takes `review` back, which may be a withdrawal itself."""
    _require(by)
    return Review(
        id="",
        document=review.document,
        action="withdraw",
        target=review.target,
        by=by,
        reason=reason,
        withdraws=review.id,
    )


def _draft(
    reading: Reading, action: Action, target: Target, left: drafted.Drafted, by: str, reason: str
) -> Review:
    _require(by)
    draft = Review(id="", document=reading.document.id, action=action, target=target, by=by, reason=reason)
    if left.record is None:
        return draft
    return replace(
        draft,
        record=msgspec.json.decode(msgspec.json.encode(left.record)),
        fields=tuple(sorted(left.names)),
        references=dict(_references(reading, left.record)),
        parts=_parts(reading, left.record, target),
    )


def _require(by: str) -> None:
    if not by.strip():
        raise BadInput("by: nobody is named; say who reviews")


# What a review is attached to


def _located(reading: Reading, local_id: str) -> tuple[RecordKind, Any]:
    for kind in KINDS:
        for record in records(reading, kind):
            if record.id == local_id:
                return kind, record
    raise NotFound(f"{local_id}: no such record in document {reading.document.id}")


def _target(reading: Reading, kind: RecordKind, record: Frozen) -> Target:
    spans = spans_of(record)
    on_words = [each for each in records(reading, kind) if spans_of(each) == spans]
    return _target_on(reading, kind, spans, on_words.index(record) + 1)


def _target_on(reading: Reading, kind: ReviewKind, spans: Spans, ordinal: int) -> Target:
    return Target(kind=kind, selector=_selector(reading, spans), ordinal=ordinal)


def _selector(reading: Reading, spans: Spans) -> Selector:
    return selector(reading.document.text, reading.document.text_sha256, spans)


def _references(reading: Reading, record: Frozen) -> Iterator[tuple[str, Target]]:
    known = {each.id: each for kind in KINDS for each in records(reading, kind)}
    for link in links(record):
        if link.local in known:
            yield link.local, _target(reading, link.kind, known[link.local])


def _parts(reading: Reading, record: Frozen, target: Target) -> Selector | None:
    inside = {span for spans in inner_spans(record) for span in spans} - set(target.selector.spans)
    return _selector(reading, tuple(sorted(inside))) if inside else None
