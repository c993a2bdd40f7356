"""Names as runs of words: finding them in a text, and putting marks in their place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from marsad.records.spans import Span, Spans

MARK = "█"  # stands for one code point; white space is kept, so that lines still break

Words = tuple[str, ...]  # of a name, folded
_WORD = re.compile(r"[^\W_]{1,64}")


def mask(text: str, spans: Iterable[Span]) -> str:
    """`text` with a mark for every code point under `spans` that is not white space."""
    pieces = []
    at = 0
    for begin, end in sorted(spans):
        start = max(begin, at)
        if end > start:
            marks = "".join(char if char.isspace() else MARK for char in text[start:end])
            pieces += [text[at:start], marks]
            at = end
    return "".join(pieces) + text[at:]


class Word(NamedTuple):
    begin: int
    end: int
    text: str

    @property
    def folded(self) -> str:
        return self.text.casefold()

    @property
    def span(self) -> Span:
        return self.begin, self.end


def words_of(text: str, span: Span | None = None) -> list[Word]:
    begin, end = span or (0, len(text))
    return [Word(*found.span(), found.group()) for found in _WORD.finditer(text, begin, end)]


def folded(words: Iterable[Word]) -> Words:
    return tuple(word.folded for word in words)


Index = dict[str, list[Words]]  # names by their first word


def index(names: Iterable[Words]) -> Index:
    """`names`, folded and none of them empty, to look for with `_occurrences`."""
    index: Index = defaultdict(list)
    for name in names:
        index[name[0]].append(name)
    return dict(index)


def occurrences(words: list[Word], names: Index) -> Iterator[list[Word]]:
    """Every run of `words` that is one of `names`."""
    for at, word in enumerate(words):
        for name in names.get(word.folded, ()):
            run = words[at : at + len(name)]
            if folded(run) == name:
                yield run


def merged(spans: Iterable[Span]) -> Spans:
    """The same cover in sorted spans that do not overlap."""
    merged: list[Span] = []
    for begin, end in sorted(spans):
        if merged and begin < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        elif begin < end:
            merged.append((begin, end))
    return tuple(merged)


def touches(span: Span, merged: Spans) -> bool:
    """Whether `span` overlaps one of `merged`; the last one that begins before its end will do."""
    at = bisect_left(merged, (span[1],)) - 1
    return at >= 0 and merged[at][1] > span[0]
