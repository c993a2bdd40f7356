"""A text cut at every boundary of every span, so that overlapping records can be shown in place.

HTML nests and spans overlap: each segment therefore carries all the records that cover it, and a
record is shown by all of its segments.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from marsad.records.reading import Claim, Reading
from marsad.records.spans import Span, Spans, hull

# The kinds of a mark, in the order of a key
KINDS = (
    "attributed",
    "narrated",
    "source",
    "cue",
    "figure",
    "time",
    "place",
    "actor",
    "incident",
    "relation",
)


class Mark(NamedTuple):
    """One span of one record. `claim` is the claim that a click on it opens."""

    span: Span
    kind: str
    record: str
    claim: str | None = None


class Segment(NamedTuple):
    """A stretch of text that the same records cover from end to end."""

    begin: int
    text: str
    kinds: tuple[str, ...]
    records: tuple[str, ...]
    claim: str | None
    first_of: tuple[str, ...]  # records whose first words these are
    last_of: tuple[str, ...]  # claims whose last words these are


def marks_of(reading: Reading) -> list[Mark]:
    """The marks of every record, claims first. A claim's source and cue are `c1-source`, `c1-cue`."""
    found = [mark for claim in reading.claims for mark in _claim_marks(claim)]
    for figure in reading.figures:
        found += _marks(figure.spans, "figure", figure.id, figure.claim)
    for incident in reading.incidents:
        found += _marks(incident.spans, "incident", incident.id, next(iter(incident.claims), None))
    for relation in reading.relations:
        found += _marks(relation.spans, "relation", relation.id, relation.claim)
    for place in reading.places:
        found += _marks(place.spans, "place", place.id)
    for time in reading.times:
        found += _marks(time.spans, "time", time.id)
    for actor in reading.actors:
        found += _marks(actor.mentions, "actor", actor.id)
    return found


def masked(whole: str, shown: str) -> list[Mark]:
    """Where `shown`, of the same length, hides what `whole` says; masked words in a row are one."""
    spans: list[Span] = []
    for offset, (before, after) in enumerate(zip(whole, shown, strict=True)):
        if before == after:
            continue
        if spans and not whole[spans[-1][1] : offset].strip():
            spans[-1] = (spans[-1][0], offset + 1)
        else:
            spans.append((offset, offset + 1))
    return [Mark(span, "masked", "masked") for span in spans]


def _claim_marks(claim: Claim) -> Iterator[Mark]:
    yield from _marks(claim.spans, claim.kind, claim.id, claim.id)
    hands = [party.spans for party in claim.chain] + ([claim.source.spans] if claim.source else [])
    for span in sorted({span for spans in hands for span in spans}):
        yield Mark(span, "source", f"{claim.id}-source", claim.id)
    if claim.cue:
        yield from _marks(claim.cue.spans, "cue", f"{claim.id}-cue", claim.id)


def _marks(spans: Spans, kind: str, record: str, claim: str | None = None) -> list[Mark]:
    return [Mark(span, kind, record, claim) for span in spans if span[0] < span[1]]


def segments(text: str, blocks: Sequence[Span], marks: Iterable[Mark]) -> list[list[Segment]]:
    """The segments of each of `blocks`, which are in order and do not overlap.

    Joined, the segments of a block are its text. Time is linear in text and marks, but for sorting
    and for the marks that lie over one another.
    """
    ordered = sorted(marks, key=lambda mark: (mark.span[0], -mark.span[1], mark.kind, mark.record))
    first, last = _ends(ordered)
    return [
        [_segment(text, piece, active, first, last) for piece, active in _sweep(block, inside)]
        for block, inside in zip(blocks, _by_block(blocks, ordered), strict=True)
    ]


def _ends(marks: list[Mark]) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Records by the offset at which they begin, and claims by the offset at which they end."""
    spans: dict[str, list[Span]] = defaultdict(list)
    claims = set()
    for mark in marks:
        spans[mark.record].append(mark.span)
        if mark.record == mark.claim:
            claims.add(mark.record)
    first: dict[int, list[str]] = defaultdict(list)
    last: dict[int, list[str]] = defaultdict(list)
    for record, where in spans.items():
        begin, end = hull(tuple(where))
        first[begin].append(record)
        if record in claims:
            last[end].append(record)
    return first, last


def _by_block(blocks: Sequence[Span], marks: list[Mark]) -> Iterator[list[Mark]]:
    """For each block the marks that touch it; a mark over several blocks is in each."""
    waiting: list[Mark] = []
    rest = iter(marks)
    upcoming = next(rest, None)
    for begin, end in blocks:
        while upcoming and upcoming.span[0] < end:
            waiting.append(upcoming)
            upcoming = next(rest, None)
        waiting = [mark for mark in waiting if mark.span[1] > begin]
        yield list(waiting)


def _sweep(block: Span, marks: list[Mark]) -> Iterator[tuple[Span, list[Mark]]]:
    """The pieces of `block` between all boundaries of `marks`, each with the marks that cover it."""
    begin, end = block
    cuts = {begin, end} | {cut for mark in marks for cut in mark.span if begin < cut < end}
    borders = sorted(cuts)
    starting = iter(marks)
    upcoming = next(starting, None)
    active: list[Mark] = []
    for left, right in pairwise(borders):
        while upcoming and upcoming.span[0] <= left:
            active.append(upcoming)
            upcoming = next(starting, None)
        active = [mark for mark in active if mark.span[1] > left]
        yield (left, right), active


def _segment(
    text: str, piece: Span, active: list[Mark], first: dict[int, list[str]], last: dict[int, list[str]]
) -> Segment:
    begin, end = piece
    return Segment(
        begin=begin,
        text=text[begin:end],
        kinds=tuple(dict.fromkeys(mark.kind for mark in active)),
        records=tuple(dict.fromkeys(mark.record for mark in active)),
        claim=_innermost(active),
        first_of=tuple(first.get(begin, ())),
        last_of=tuple(last.get(end, ())),
    )


def _innermost(active: list[Mark]) -> str | None:
    """The claim of the shortest mark that belongs to one: a source's own words lead to its claim."""
    held = [mark for mark in active if mark.claim]
    return min(held, key=lambda mark: mark.span[1] - mark.span[0]).claim if held else None
