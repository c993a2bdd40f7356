"""The corpora as documents of words with gold tags, and windows of them for training.

PolNeAR (Newell et al. 2018) has attributions, re3d (dstl) entities. Forms: see the corpora's own README.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from marsad.models.labels import ENTITY_TAGS, ENTITY_TYPES, ROLES
from marsad.models.windows import Range
from marsad.models.words import Ints, Words, split
from marsad.records.spans import Span, Spans

SURE = 0.5  # of re3d's confidence
ROOM = 300  # wordpieces of a window


class Attribution(NamedTuple):
    """Who says what by which words: spans of code points, in order."""

    source: Spans
    cue: Spans
    content: Spans


class Entity(NamedTuple):
    """One mention of the schema of re3d."""

    span: Span
    type: str


@dataclass(frozen=True)
class Document:
    """A text with its key; `attributions` or `entities` is None where the corpus does not mark them."""

    id: str
    words: Words
    attributions: tuple[Attribution, ...] | None
    entities: tuple[Entity, ...] | None


@dataclass(frozen=True)
class Window:
    """Words `first` to `last` of a document."""

    document: Document
    first: int
    last: int


class Targets(NamedTuple):
    """What a window should be tagged with.

    cues: [words], 0 outside, 1 begins, 2 inside a cue; edges: [words, 6], whether a source, cue or
    content begins, then ends, at the word; triples: one (range of the cue, [words] of TRIPLE_TAGS)
    an attribution; entities: [words] of ENTITY_TAGS. None: not marked in this corpus.
    """

    cues: Ints | None
    edges: NDArray[np.float32] | None
    triples: tuple[tuple[Range, Ints], ...]
    entities: Ints | None


def polnear(path: Path, tokenizer: Tokenizer) -> Iterator[Document]:
    """Documents of PolNeAR, also any other in the form of `marsad evaluate claims`."""
    return attributed(_rows(path), tokenizer)


def attributed(rows: Iterable[dict[str, Any]], tokenizer: Tokenizer) -> Iterator[Document]:
    """Documents of rows in PolNeAR's form, without attributions that have no cue."""
    for row in rows:
        found = [Attribution(*(_spans(one.get(role)) for role in ROLES)) for one in row["attributions"]]
        kept = tuple(one for one in found if one.cue and one.content)
        yield Document(row["id"], split(row["text"], tokenizer), kept, None)


def re3d(path: Path, tokenizer: Tokenizer) -> Iterator[Document]:
    """Documents of re3d: entities of confidence 0.5 and more, the largest of those that overlap."""
    for row in _rows(path):
        sure = [
            Entity((one["b"], one["e"]), one["type"])
            for one in row["entities"]
            if one["confidence"] >= SURE and one["type"] in ENTITY_TYPES
        ]
        yield Document(row["id"], split(row["text"], tokenizer), None, tuple(largest(sure)))


def largest(entities: Sequence[Entity]) -> list[Entity]:
    """The entities without those that overlap a longer one; in the order of the text."""
    kept: list[Entity] = []
    for one in sorted(entities, key=lambda each: (each.span[0] - each.span[1], each.span)):
        if all(one.span[1] <= other.span[0] or other.span[1] <= one.span[0] for other in kept):
            kept.append(one)
    return sorted(kept)


def held_out(documents: Sequence[Document], every: int = 5) -> tuple[list[Document], list[Document]]:
    """Documents to train on and, of each `every`, one to score on, by the order of their ids."""
    ordered = sorted(documents, key=lambda document: document.id)
    train = [document for at, document in enumerate(ordered) if at % every]
    return train, ordered[::every]


def windows(document: Document, room: int, first_room: int | None = None) -> Iterator[Window]:
    """Windows of at most `room` wordpieces that follow one another, cut between sentences where it goes.

    The first has at most `first_room`, so that another epoch cuts elsewhere.
    """
    words, at = document.words, 0
    limit = first_room or room
    while at < len(words):
        end = _cut(words, at, limit)
        yield Window(document, at, end)
        at, limit = end, room


def _cut(words: Words, at: int, room: int) -> int:
    end = int(np.searchsorted(words.starts, words.starts[at] + room, side="right")) - 1
    end = max(end, at + 1)
    if end >= len(words):
        return len(words)
    least = at + (end - at) * 2 // 3
    for ordinals in (words.paragraphs, words.sentences):
        changes = np.flatnonzero(ordinals[least + 1 : end + 1] != ordinals[least:end])
        if len(changes):
            return least + 1 + int(changes[-1])
    return end


def targets(window: Window) -> Targets:
    """The gold tags of a window; of an attribution that goes beyond it, what is inside."""
    document, size = window.document, window.last - window.first
    entities = None
    if document.entities is not None:
        entities = _entity_tags(document, window.first, size)
    if document.attributions is None:
        return Targets(None, None, (), entities)
    cues, edges = np.zeros(size, np.int64), np.zeros((size, 6), np.float32)
    triples = []
    for one in document.attributions:
        ranges = [_ranges(document.words, spans, window) for spans in one]
        _mark_edges(edges, ranges, size)
        if ranges[1]:
            cue = ranges[1][0]
            _paint(cues, cue, 1, size)
            triples.append((_within(cue, size), _triple_tags(ranges, size)))
    return Targets(cues, edges, tuple(triples), entities)


def _triple_tags(ranges: Sequence[Sequence[Range]], size: int) -> Ints:
    tags = np.zeros(size, np.int64)
    for role in (2, 0, 1):
        for each in ranges[role]:
            _paint(tags, each, 1 + 2 * role, size)
    return _repaired(tags)


def _entity_tags(document: Document, first: int, size: int) -> Ints:
    tags = np.zeros(size, np.int64)
    for one in document.entities or ():
        begin, end = document.words.range_of(one.span)
        if begin < first + size and end > first:
            _paint(tags, (begin - first, end - first), ENTITY_TAGS.index(f"B-{one.type}"), size)
    return _repaired(tags)


def _paint(tags: Ints, where: Range, begin: int, size: int) -> None:
    """`begin` on the first word of a range and `begin + 1` on the others, as far as they are inside."""
    low, high = _within(where, size)
    tags[low:high] = begin + 1
    if low < high:
        tags[low] = begin


def _repaired(tags: Ints) -> Ints:
    """The tags, with B where spans that share a word left an I that continues nothing."""
    before = np.concatenate(([0], tags[:-1]))
    inside = (tags > 0) & (tags % 2 == 0)
    return np.where(inside & (before != tags) & (before != tags - 1), tags - 1, tags)


def _within(where: Range, size: int) -> Range:
    return max(where[0], 0), min(where[1], size)


def _mark_edges(edges: NDArray[np.float32], ranges: Sequence[Sequence[Range]], size: int) -> None:
    for role, each in enumerate(ranges):
        for begin, end in each:
            if begin >= 0:
                edges[begin, role] = 1
            if end <= size:
                edges[end - 1, 3 + role] = 1


def _ranges(words: Words, spans: Spans, window: Window) -> list[Range]:
    """Ranges of words counted from the window's first, without those wholly outside."""
    found = (words.range_of(span) for span in spans)
    return [
        (begin - window.first, end - window.first)
        for begin, end in found
        if begin < window.last and end > window.first and begin < end
    ]


def without_breaks(document: Document) -> Document:
    """The document as if its line breaks were lost, as archived news often has."""
    words = document.words
    features = words.features.copy()
    features[1:, 1] = np.minimum(features[1:, 1], 1)
    return replace(
        document, words=replace(words, features=features, paragraphs=np.zeros_like(words.paragraphs))
    )


def _spans(pairs: Iterable[Sequence[int]] | None) -> Spans:
    return tuple(sorted((int(begin), int(end)) for begin, end in pairs or ()))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)
