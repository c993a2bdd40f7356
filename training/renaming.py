"""Other names in the place of a document's own, so that who is named says little of who speaks.

News of one campaign names the same few people over and over, mostly as speakers. In a renamed document
each word that is only ever a name becomes another such word of the same case, the same one throughout;
what the words are keeps its place, so keys hold.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from tokenizers import Tokenizer

from marsad.models.words import Words
from training.data import Document

_WORD = re.compile(r"[^\W\d_]{3,}")
_RARELY = 0.02  # of its uses: a name written in lower case
_CALENDAR = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)


class Names:
    """The names of a corpus by case, each as its wordpieces."""

    def __init__(self, texts: Iterable[str], tokenizer: Tokenizer) -> None:
        capital: Counter[str] = Counter()
        lower: Counter[str] = Counter()
        for text in texts:
            for word in _WORD.findall(text):
                (lower if word[0].islower() else capital)[word] += 1
        self.words = {
            word
            for word, count in capital.items()
            if count > 1
            and lower[word.lower()] <= _RARELY * (count + capital[word.lower().capitalize()])
            and word.lower() not in _CALENDAR
        }
        title = [word for word in sorted(self.words) if word.istitle()]
        upper = [word for word in sorted(self.words) if word.isupper()]
        self._pools = {2: _pieces(title, tokenizer), 3: _pieces(upper, tokenizer)}

    def renamed(self, document: Document, random: np.random.Generator) -> Document:
        """The document with other names; positions and keys as before."""
        words = document.words
        chosen: dict[str, np.ndarray] = {}
        parts, starts = [], [0]
        for at in range(len(words)):
            own = words.pieces[words.starts[at] : words.starts[at + 1]]
            pool = self._pools.get(int(words.features[at, 0]))
            surface = words.text[words.begins[at] : words.ends[at]]
            if pool and surface in self.words:
                own = chosen.setdefault(surface, pool[int(random.integers(len(pool)))])
            parts.append(own)
            starts.append(starts[-1] + len(own))
        pieces = np.concatenate(parts) if parts else words.pieces
        return replace(document, words=_with(words, pieces, starts))


def _with(words: Words, pieces: np.ndarray, starts: list[int]) -> Words:
    return replace(words, pieces=pieces, starts=np.array(starts, np.int64))


def _pieces(names: list[str], tokenizer: Tokenizer) -> list[np.ndarray]:
    return [np.array(tokenizer.encode(name, add_special_tokens=False).ids, np.int64) for name in names]
