"""A dictionary of phrases, matched on tokens: the longest one that begins at a token."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from marsad.reading.text import Token, tokenize

T = TypeVar("T")


class Match(NamedTuple, Generic[T]):
    value: T
    stop: int  # index of the first token after the phrase


class Phrases(Generic[T]):
    """Phrases to values. Matching is on `Token.lower`; its cost is the longest phrase's length."""

    def __init__(self, entries: Mapping[str, T]) -> None:
        self._values = {_words(phrase): value for phrase, value in entries.items()}
        # The lengths of the phrases by their first word and by their last, longest first: most words
        # begin and end none, and cost one look-up.
        self._sizes = _sizes(self._values, 0)
        self._sizes_by_last = _sizes((words for words in self._values if len(words) <= _LONGEST_BEFORE), -1)

    @classmethod
    def of(cls, groups: Mapping[T, Iterable[str]]) -> Phrases[T]:
        """From lists of phrases by their value; of a phrase listed twice the first counts."""
        entries: dict[str, T] = {}
        for value, phrases in groups.items():
            for phrase in phrases:
                entries.setdefault(phrase, value)
        return cls(entries)

    def at(self, tokens: Sequence[Token], index: int) -> Match[T] | None:
        """The longest phrase that begins at token `index`."""
        if not 0 <= index < len(tokens):
            return None
        for size in self._sizes.get(tokens[index].lower, ()):
            words = tuple([token.lower for token in tokens[index : index + size]])
            if len(words) == size and words in self._values:
                return Match(self._values[words], index + size)
        return None

    def before(self, tokens: Sequence[Token], stop: int) -> tuple[T, int] | None:
        """The longest phrase that ends right before token `stop`, with its first index."""
        if not 0 < stop <= len(tokens):
            return None
        for size in self._sizes_by_last.get(tokens[stop - 1].lower, ()):
            words = tuple([token.lower for token in tokens[max(stop - size, 0) : stop]])
            if len(words) == size and words in self._values:
                return self._values[words], stop - size
        return None


_LONGEST_BEFORE = 6  # tokens of a phrase that `before` finds


def _sizes(phrases: Iterable[tuple[str, ...]], end: int) -> dict[str, tuple[int, ...]]:
    """The lengths of `phrases` by the word at their `end`, 0 or -1; each once, longest first."""
    found: dict[str, set[int]] = {}
    for words in phrases:
        found.setdefault(words[end], set()).add(len(words))
    return {word: tuple(sorted(sizes, reverse=True)) for word, sizes in found.items()}


def _words(phrase: str) -> tuple[str, ...]:
    return tuple(token.lower for token in tokenize(phrase, 0, len(phrase)))
