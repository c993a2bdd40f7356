"""Make the words of `reading/data/casing.toml`: what English writes small, counted in the training corpora.

    python -m training.casing CORPUS.jsonl... > words

A word is common where the running text of the corpora has it in small letters at least twice, and at least
three times for each ten that have a capital away from the head of a sentence. Corpora are JSON Lines with
`text`.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

LEAST = 2  # times in small letters
SHARE = 0.3  # of the times with a capital

_WORD = re.compile(r"[^\W\d_]{1,40}(?:['’][^\W\d_]{1,10})?")
_OPENS = re.compile(r"[.?!:“”\"\n(\]–—-]\s?$")  # what stands before the head of a sentence or a quotation


def common_words(texts: Iterable[str]) -> list[str]:
    """The common words of `texts`, sorted."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for text in texts:
        for found in _WORD.finditer(text):
            word, begin = found.group(), found.start()
            if word.islower():
                small[word] += 1
            elif begin and not _OPENS.search(text[max(begin - 2, 0) : begin]):
                capital[word.lower()] += 1
    return sorted(word for word, times in small.items() if times >= max(LEAST, capital[word] * SHARE))


def _texts(paths: Iterable[str]) -> Iterable[str]:
    for path in paths:
        with Path(path).open(encoding="utf-8") as lines:
            for line in lines:
                text = json.loads(line).get("text")
                if isinstance(text, str):
                    yield text


if __name__ == "__main__":
    sys.stdout.writelines(f"{word}\n" for word in common_words(_texts(sys.argv[1:])))
