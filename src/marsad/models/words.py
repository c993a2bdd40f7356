"""A text as words: where each stands, its wordpieces, and what an uncased encoder cannot see of it.

A *word* is what BERT's pre-tokenizer makes (a run without space or punctuation, or one mark), so that
nearly every boundary of a span falls between two words and every tag is given once a word. All arrays
are aligned: index `i` is the word `text[begins[i]:ends[i]]`. Words do not overlap and are not empty.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from marsad.records.spans import Span

Ints = NDArray[np.int64]

CASES = 6  # a mark, lower, Title, UPPER, miXed, digits
GAPS = 4  # before the word: nothing, a space, a line break, a paragraph break
QUOTES = 4  # outside quotation marks, inside, an opening mark, a closing mark
AT_ONCE = 50_000  # code points that are tokenised at a time: an encoding takes 200 bytes a wordpiece

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
    pieces, starts, begins, ends = _tokenised(text, tokenizer)
    if not text.isascii():
        ends = _with_marks(text, begins, ends)
    surfaces = [text[b:e] for b, e in zip(begins, ends, strict=True)]
    gaps = _gaps(text, begins, ends)
    features = np.array([[_case(word) for word in surfaces], gaps, _quotes(surfaces, gaps)], np.int64)
    return Words(
        text=text,
        begins=np.array(begins, np.int64),
        ends=np.array(ends, np.int64),
        pieces=np.array(pieces, np.int64),
        starts=np.array([*starts, len(pieces)], np.int64),
        features=features.T,
        paragraphs=_ordinals(gap >= 2 for gap in gaps),
        sentences=_ordinals(_sentence_starts(surfaces, gaps)),
    )


def _tokenised(text: str, tokenizer: Tokenizer) -> tuple[list[int], list[int], list[int], list[int]]:
    """Ids of wordpieces; of each word its first wordpiece, where it begins and where it ends."""
    pieces: list[int] = []
    starts: list[int] = []
    begins: list[int] = []
    ends: list[int] = []
    for low, high in _parts(text):
        encoding = tokenizer.encode(text[low:high], add_special_tokens=False)
        previous = None
        for at, (word, (begin, end)) in enumerate(zip(encoding.word_ids, encoding.offsets, strict=True)):
            if word != previous:
                starts.append(len(pieces) + at)
                begins.append(low + begin)
                ends.append(low + end)
                previous = word
            else:
                ends[-1] = low + end
        pieces += encoding.ids
    return pieces, starts, begins, ends


def _parts(text: str) -> Iterator[Span]:
    """Parts to tokenise one after the other, cut after a space: there nothing depends on what is beside."""
    low = 0
    while len(text) - low > AT_ONCE:
        high = low + AT_ONCE
        space = max(text.rfind(" ", low, high), text.rfind("\n", low, high))
        cut = space + 1 if space >= low else high
        yield low, cut
        low = cut
    if low < len(text):
        yield low, len(text)


def _with_marks(text: str, begins: Sequence[int], ends: Sequence[int]) -> list[int]:
    """The ends, each after the combining marks that belong to the word's last letter."""
    limits = [*begins[1:], len(text)][: len(ends)]
    found = []
    for end, limit in zip(ends, limits, strict=True):
        while end < limit and unicodedata.category(text[end]) in ("Mn", "Me"):
            end += 1  # noqa: PLW2901
        found.append(end)
    return found


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
