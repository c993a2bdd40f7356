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
            pieces += [text[at:start], _marks(text[start:end])]
            at = end
    return "".join(pieces) + text[at:]


def _marks(words: str) -> str:
    if words.isprintable():  # so that all white space in it is plain blanks
        return " ".join([MARK * len(word) for word in words.split(" ")])
    return "".join(char if char.isspace() else MARK for char in words)


class Word(NamedTuple):
    """A run of letters or digits, with its place in the text."""

    begin: int
    end: int
    text: str

    @property
    def folded(self) -> str:
        return self.text.casefold()


def words_of(text: str, span: Span | None = None) -> list[Word]:
    """The words of `text`, or of one span of it, in order."""
    begin, end = span or (0, len(text))
    return [Word(*found.span(), found.group()) for found in _WORD.finditer(text, begin, end)]


def folded(words: Iterable[Word]) -> Words:
    """What `words` are when looked up: without case."""
    return tuple(word.folded for word in words)


class Names:
    """Names to look for, each the folded words of one; true where there are any."""

    def __init__(self, names: Iterable[Words]) -> None:
        self._names = frozenset(names) - {()}
        self._lengths: dict[str, set[int]] = defaultdict(set)  # of the names that begin with a word
        for name in self._names:
            self._lengths[name[0]].add(len(name))

    def __bool__(self) -> bool:
        return bool(self._names)

    def among(self, words: list[Word]) -> Iterator[list[Word]]:
        """Every run of `words` that is one of the names."""
        for at, word in enumerate(words):
            for length in self._lengths.get(word.folded, ()):
                run = words[at : at + length]
                if folded(run) in self._names:
                    yield run


def touches(span: Span, cover: Spans) -> bool:
    """Whether `span` overlaps one of `cover`, which is `merged`: the last to begin before its end."""
    at = bisect_left(cover, (span[1],)) - 1
    return at >= 0 and cover[at][1] > span[0]
