"""Keys that bring the spellings of one place name together.

Three keys, from strict to loose. `fold` sets aside case, diacritics, hyphens and apostrophes.
`without_articles` also drops the Arabic article in each of its assimilated forms (al-, ar-, ez-).
`sound` also brings together the ways in which Arabic and Kurdish vowels are written in Latin
letters (Hasakah, Hassakeh): it is loose, and needs evidence beside it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

ARTICLES = frozenset({
    "al", "el", "ul", "ar", "er", "as", "es", "ash", "esh", "ad", "ed", "adh", "edh", "az", "ez", "at", "et",
    "ath", "eth", "an", "en", "the",
})  # fmt: skip

RECENT = 20_000  # answers kept: a document's names come again and again

_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ŋ": "n"}
)
_ABBREVIATIONS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_VOWELS = str.maketrans({"e": "a", "o": "u", "w": "u", "y": "i", "q": "k", "c": "k"})
_RUN = re.compile(r"(.)\1+")


@lru_cache(RECENT)
def fold(name: str) -> str:
    """Letters and digits only, lower case, single blanks between words. Idempotent."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    kept = []
    for char in plain.translate(_LETTERS):
        if char.isalnum():
            kept.append(char)
        elif char.isspace() or char in "-‐‑–/_,()":
            kept.append(" ")
    words = "".join(kept).split()
    if len(words) > 1:
        words[0] = _ABBREVIATIONS.get(words[0], words[0])
    return " ".join(words)


@lru_cache(RECENT)
def without_articles(folded: str) -> str:
    """A folded name without its articles; a name of nothing else is left as it is."""
    words = folded.split()
    kept = [word for word in words if word not in ARTICLES]
    return " ".join(kept or words)


@lru_cache(RECENT)
def sound(folded: str) -> str:
    """A folded name by its sound in a romanised Arabic or Kurdish spelling."""
    words = without_articles(folded)
    for digraph, letter in (("ou", "u"), ("oo", "u"), ("ee", "i"), ("ei", "i"), ("ai", "i"), ("ay", "i")):
        words = words.replace(digraph, letter)
    words = words.translate(_VOWELS).replace(" ", "")
    return _RUN.sub(r"\1", words).removesuffix("h")
