"""Keys that bring the spellings of one place name together.

Three keys, from strict to loose. `fold` sets aside case, diacritics, hyphens and apostrophes, and in
Arabic script the forms of hamza, taa marbuta, alef maqsura and tatweel. `without_articles` also drops
the Arabic article: al- in each of its assimilated forms (ar-, ez-), and ال where a word begins.
`sound` also brings together the ways in which Arabic and Kurdish vowels are written in Latin letters
(Hasakah, Hassakeh): it is loose, and needs evidence beside it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

ARTICLES = frozenset({
    "al", "el", "ul", "ar", "er", "as", "es", "ash", "esh", "ad", "ed", "adh", "edh", "az", "ez", "at", "et",
    "ath", "eth", "an", "en", "the",
})  # fmt: skip
ARABIC_ARTICLE = "ال"

RECENT = 20_000  # answers kept: a document's names come again and again

_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ŋ": "n"}
    # Arabic, and Persian and Kurdish letters that stand for the same
    | {"ة": "ه", "ہ": "ه", "ە": "ه", "ھ": "ه", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ٱ": "ا"}
    | {"ء": "", "ـ": ""}
)  # fmt: skip
_SEPARATORS = "-‐‑–/_,()"
_PLAIN = {  # the same for ASCII, in one pass
    code: " " if chr(code).isspace() or chr(code) in _SEPARATORS else None
    for code in range(128)
    if not chr(code).isalnum()
}
_ABBREVIATIONS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_VOWELS = str.maketrans({"e": "a", "o": "u", "w": "u", "y": "i", "q": "k", "c": "k"})
_RUN = re.compile(r"(.)\1+")
_LEAST_AFTER_ARTICLE = 3  # letters: what is shorter is no name without it


@lru_cache(RECENT)
def fold(name: str) -> str:
    """Letters and digits only, lower case, single blanks between words. Idempotent."""
    if name.isascii():
        words = name.lower().translate(_PLAIN).split()
    else:
        words = _letters(_decomposed(_decomposed(name).casefold())).split()
    if len(words) > 1:
        words[0] = _ABBREVIATIONS.get(words[0], words[0])
    return " ".join(words)


def _decomposed(name: str) -> str:
    return unicodedata.normalize("NFKD", name)


def _letters(plain: str) -> str:
    kept = []
    for char in plain.translate(_LETTERS):
        if char.isalnum():
            kept.append(char)
        elif char.isspace() or char in _SEPARATORS:
            kept.append(" ")
    return "".join(kept)


@lru_cache(RECENT)
def without_articles(folded: str) -> str:
    """A folded name without its articles; a name of nothing else is left as it is."""
    words = folded.split()
    kept = [word for word in words if word not in ARTICLES]
    if not folded.isascii():
        kept = [_bare(word) for word in kept]
    return " ".join(kept or words)


def _bare(word: str) -> str:
    while word.startswith(ARABIC_ARTICLE) and len(word) >= len(ARABIC_ARTICLE) + _LEAST_AFTER_ARTICLE:
        word = word[len(ARABIC_ARTICLE) :]
    return word


@lru_cache(RECENT)
def sound(folded: str) -> str:
    """A folded name by its sound in a romanised Arabic or Kurdish spelling."""
    words = without_articles(folded)
    for digraph, letter in (("ou", "u"), ("oo", "u"), ("ee", "i"), ("ei", "i"), ("ai", "i"), ("ay", "i")):
        words = words.replace(digraph, letter)
    words = words.translate(_VOWELS).replace(" ", "")
    return _RUN.sub(r"\1", words).removesuffix("h")
