"""A text as words: where each stands, its wordpieces, and what an uncased encoder cannot see of it.

A *word* is what BERT's pre-tokenizer makes (a run without space or punctuation, or one mark), so that
every boundary of the corpora falls between two words and every tag is given once a word. All arrays
are aligned: index `i` is the word `text[begins[i]:ends[i]]`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

Ints = NDArray[np.int64]
Span = tuple[int, int]

CASES = 6  # a mark, lower, Title, UPPER, miXed, digits
GAPS = 4  # before the word: nothing, a space, a line break, a paragraph break
QUOTES = 4  # outside quotation marks, inside, an opening mark, a closing mark

_OPENING = {"“": "”", "‘": "’", "«": "»", "„": "“", '"': '"', "'": "'"}
_STOPS = frozenset(".!?")
_CLOSERS = frozenset("\"'”’)]»")


@dataclass(frozen=True)
class Words:
    """The words of `text`.

    `pieces` holds the ids of all wordpieces, `starts[i]` the index of the first of word i (and
    `starts[-1]` their number); `features` is [words, 3]: case, gap, quote; `paragraphs` and `sentences`
    count up from 0.
    """

    text: str
    begins: Ints
    ends: Ints
    pieces: Ints
    starts: Ints
    features: Ints
    paragraphs: Ints
    sentences: Ints

    def __len__(self) -> int:
        return len(self.begins)

    def range_of(self, span: Span) -> tuple[int, int]:
        """The words that a span of code points touches, half-open."""
        first = int(np.searchsorted(self.ends, span[0], side="right"))
        last = int(np.searchsorted(self.begins, span[1], side="left"))
        return first, max(first, last)

    def span_of(self, first: int, last: int) -> Span:
        """The code points of words `first` to `last`, half-open."""
        return int(self.begins[first]), int(self.ends[last - 1])


def split(text: str, tokenizer: Tokenizer) -> Words:
    """The words of a text of any length. `tokenizer` is a BERT tokenizer without truncation."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    starts, begins, ends = [], [], []
    previous = None
    for at, (word, (begin, end)) in enumerate(zip(encoding.word_ids, encoding.offsets, strict=True)):
        if word != previous:
            starts.append(at)
            begins.append(begin)
            ends.append(end)
            previous = word
        else:
            ends[-1] = end
    gaps = _gaps(text, begins, ends)
    surfaces = [text[b:e] for b, e in zip(begins, ends, strict=True)]
    features = np.array([[_case(word) for word in surfaces], gaps, _quotes(surfaces, gaps)], np.int64)
    return Words(
        text=text,
        begins=np.array(begins, np.int64),
        ends=np.array(ends, np.int64),
        pieces=np.array(encoding.ids, np.int64),
        starts=np.array([*starts, len(encoding.ids)], np.int64),
        features=features.T,
        paragraphs=_ordinals(gap >= 2 for gap in gaps),
        sentences=_ordinals(_sentence_starts(surfaces, gaps)),
    )


def without_lines(words: Words) -> Words:
    """The same words as if the text had lost its line breaks, as archived news often has."""
    features = words.features.copy()
    features[1:, 1] = np.minimum(features[1:, 1], 1)
    return Words(
        words.text,
        words.begins,
        words.ends,
        words.pieces,
        words.starts,
        features,
        np.zeros_like(words.paragraphs),
        words.sentences,
    )


def _case(word: str) -> int:
    if word.isdigit():
        return 5
    if not any(letter.isalnum() for letter in word):
        return 0
    if word.islower():
        return 1
    if word.istitle():
        return 2
    return 3 if word.isupper() else 4


def _gaps(text: str, begins: Sequence[int], ends: Sequence[int]) -> list[int]:
    gaps = []
    before = 0
    for begin, end in zip(begins, ends, strict=True):
        between = text[before:begin]
        breaks = between.count("\n")
        gaps.append(min(breaks, 2) + 1 if breaks else int(between != ""))
        before = end
    return [3, *gaps[1:]] if gaps else gaps


def _quotes(surfaces: Sequence[str], gaps: Sequence[int]) -> list[int]:
    """Whether each word opens, closes or stands in a quotation; a paragraph break ends all of them."""
    states, closing = [], ""
    for at, word in enumerate(surfaces):
        glued = at + 1 < len(surfaces) and gaps[at + 1] == 0
        if gaps[at] >= 2:
            closing = ""
        if closing and word == closing and not (word in "'’" and glued and not gaps[at]):
            states.append(3)
            closing = ""
        elif not closing and word in _OPENING and glued and (gaps[at] or word in "“«„"):
            states.append(2)
            closing = _OPENING[word]
        else:
            states.append(int(bool(closing)))
    return states


def _sentence_starts(surfaces: Sequence[str], gaps: Sequence[int]) -> Iterable[bool]:
    ended = False
    for at, (word, gap) in enumerate(zip(surfaces, gaps, strict=True)):
        yield gap >= 2 or (ended and gap == 1 and not word[:1].islower())
        short = at > 0 and word == "." and len(surfaces[at - 1]) == 1 and gap == 0
        ended = (word in _STOPS and not short) or (ended and word in _CLOSERS and gap == 0)


def _ordinals(starts: Iterable[bool]) -> Ints:
    flags = np.fromiter(starts, np.int64)
    return np.cumsum(flags) - flags[:1].sum() if len(flags) else flags
