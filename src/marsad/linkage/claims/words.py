"""The content of a claim's words: without inflection, small words and the difference of synonyms."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

from msgspec import Struct, convert

from marsad.linkage.copies import folded_words

LONGEST = 20  # words of a text whose negation is looked for
_SHORTEST = 4  # letters that a stem keeps
_RECENT = 10_000  # texts whose words are kept: each is looked at several times


class _Alike(Struct, frozen=True, forbid_unknown_fields=True):
    words: tuple[str, ...]


class _Vocabulary(Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of `claim_words.toml`."""

    empty: frozenset[str]
    denying: frozenset[str]
    bounds: frozenset[str]
    second: frozenset[str]
    alike: tuple[_Alike, ...]


@cache
def _vocabulary() -> _Vocabulary:
    raw = resources.files("marsad.linkage").joinpath("data", "claim_words.toml").read_text("utf-8")
    return convert(tomllib.loads(raw), _Vocabulary)


@cache
def _standing() -> dict[str, str]:
    return {word: group.words[0] for group in _vocabulary().alike for word in group.words}


@lru_cache(_RECENT)
def folded(text: str) -> tuple[str, ...]:
    """The words of `text` without case, diacritics and punctuation."""
    return tuple(folded_words(text))


@lru_cache(_RECENT)
def content(text: str) -> tuple[str, ...]:
    """The stems of the content words of `text`, each once, in order; numbers stay as they are."""
    empty = _vocabulary().empty
    words = [word for word in folded(text) if word not in empty and (len(word) > 1 or word.isdigit())]
    return tuple(dict.fromkeys(map(stem, words)))


def is_negated(text: str) -> bool:
    """Whether a short text says that something is not so: "Isis is far from defeated".

    In a long one a "not" may stand in any clause, and says nothing of the whole.
    """
    words = folded(text)
    if len(words) > LONGEST or _turning().isdisjoint(words):
        return False
    pairs = [f"{one} {other}" for one, other in pairwise(words)]
    second = next((at for at, pair in enumerate(pairs) if pair in _vocabulary().second), len(words))
    return _negations(words[:second]) % 2 == 1


def may_be_negated(text: str) -> bool:
    """Whether a text is too long to tell whether a "not" in it is of the whole."""
    words = folded(text)
    return len(words) > LONGEST and not _turning().isdisjoint(words) and _negations(words) > 0


@cache
def _turning() -> frozenset[str]:
    """The words with which all that denies, or does not after all, begins: without any nothing is denied."""
    return frozenset(each.partition(" ")[0] for each in _vocabulary().denying | _vocabulary().bounds)


def _negations(words: Sequence[str]) -> int:
    pairs = [f"{one} {other}" for one, other in pairwise(words)]
    bounds = sum(pair in _vocabulary().bounds for pair in pairs)
    found = sum(word in _vocabulary().denying for word in words)
    return found + sum(pair in _vocabulary().denying for pair in pairs) - bounds


@lru_cache(50_000)
def stem(word: str) -> str:
    """An English word without its inflection, synonyms under one stem. Crude: it only has to be the same."""
    standing = _standing().get(word)
    if standing is not None:
        return standing
    if word.isdigit():
        return word
    for ending, instead in (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
        if word.endswith(ending) and not word.endswith("ss") and len(word) - len(ending) >= _SHORTEST - 1:
            return _bare(word.removesuffix(ending) + instead)
    return _bare(word)


def _bare(word: str) -> str:
    """Without a doubled consonant or a silent e, so that "plan", "planned" and "moved", "move" meet."""
    if len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] not in "aeiouls":
        return word[:-1]
    return word[:-1] if word.endswith("e") and len(word) >= _SHORTEST else word
