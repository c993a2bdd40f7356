"""Words broken over two lines: joined, with or without their hyphen, by what the document itself shows.

In order: a soft hyphen goes. A hyphen stays before a capital (al-Sabra) or a digit.
Else the document decides: the word as it stands within its lines, with the hyphen or without. Failing
that, the hyphen stays where what follows it is a word of the document, and what precedes it is one or
the first part of a usual compound (counter-, non-); else it goes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

HYPHENS = "-\u2010\u00ad"
_SOFT = "\u00ad"
_WORD = re.compile(r"[^\W\d_]{1,60}(?:[-\u2010\u2011'’][^\W\d_]{1,60}){0,5}")
_LAST = re.compile(r"[^\W_]{1,60}(?:[-\u2010\u2011'’][^\W_]{1,60}){0,5}$")
_LONGEST = 200  # characters at the end of a line that can be its last word
_SHORTEST = 3  # letters of a part that is a word by itself
_LONGEST_WORD = 20  # letters: more are no word without a hyphen

# First parts that English writes with a hyphen before any word, and before a word of the document.
_BEFORE_ANY = "self non quasi well low twenty thirty forty fifty sixty seventy eighty ninety"
_BEFORE_A_WORD = """counter ex anti co pre post semi multi inter vice mid high long short ill so
cross all half part large small full first second third fourth one two three four five six seven eight
nine ten deputy under sub pro neo"""
_ALWAYS = frozenset(_BEFORE_ANY.split())
_FIRST_PARTS = frozenset(_BEFORE_A_WORD.split())


class Words:
    """The words of a document as they stand within its lines."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.counts: Counter[str] = Counter()
        self.parts: Counter[str] = Counter()  # of compounds too
        is_broken = False
        for line in lines:
            words = [word.lower().replace("\u2010", "-") for word in _WORD.findall(line)]
            if is_broken:
                del words[:1]
            is_broken = bool(line) and line[-1] in HYPHENS
            if is_broken and words:
                words.pop()
            self.counts.update(words)
            self.parts.update(part for word in words for part in word.split("-"))

    def joined(self, one: str, other: str) -> str | None:
        """How `one`, which ends in a hyphen, goes on with the line `other`; None: with a blank.

        Returns:
            `one` with or without its hyphen, to be followed by `other` at once.
        """
        if not one or one[-1] not in HYPHENS or not other[:1].isalnum():
            return None
        if one[-1] == _SOFT:
            return one[:-1]
        first = _LAST.search(one[-_LONGEST:-1])
        if first is None:
            return None
        second = _WORD.match(other)
        if second is None or not second[0][0].islower() or not first[0][-1].isalpha():
            return one
        return one if self._keeps_hyphen(first[0].lower(), second[0].lower()) else one[:-1]

    def _keeps_hyphen(self, first: str, second: str) -> bool:
        first = first.replace("\u2010", "-")
        open_form, closed_form = self.counts[f"{first}-{second}"], self.counts[first + second]
        if open_form != closed_form:
            return open_form > closed_form
        part = first.rpartition("-")[2]
        head = second.partition("-")[0]
        if part in _ALWAYS:
            return True
        if len(part) + len(head) > _LONGEST_WORD or ("-" in first and self.parts[part]):
            return True
        if not self.parts[head] or len(head) < _SHORTEST:
            return False
        return part in _FIRST_PARTS or (self.parts[part] > 0 and len(part) >= _SHORTEST)
