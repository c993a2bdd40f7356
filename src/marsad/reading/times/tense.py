"""Whether the words around an expression of time look back or ahead."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache, lru_cache

from marsad.reading.text import Sentence
from marsad.reading.times.meanings import Calendar, Found, Weekday
from marsad.reading.times.vocabulary import words
from marsad.reading.times.years import Tense

_LIMITS = frozenset(("until", "till", "since"))
_INFINITIVE = 3  # words of "begin again on" between "to" and the date


def before(sentence: Sentence, found: Found) -> str:
    """The word right before `found`, in lower case; empty where it opens its sentence."""
    return next(iter(_lower(sentence, found.span[0], -1)), "")


def tense(sentence: Sentence, found: Found) -> Tense:
    """Whether the words around `found` look ahead: the nearest cue decides, those before it first."""
    window = words().tense.window
    left = _lower(sentence, found.span[0], -window)
    right = _lower(sentence, found.span[1], window)
    if left[-1:] == ["for"] and isinstance(found.meaning, Weekday | Calendar) and _is_day(found.meaning):
        return "ahead"  # "polls called for 24 June"
    if left[-3:] in (["as", "early", "as"], ["as", "soon", "as"]):
        return "ahead"
    if right[:1] in (["'s"], ["s"]):
        return "back"  # "Wednesday's ruling"
    for index in range(len(left) - 1, -1, -1):
        if looks_ahead(left[index]) or _is_to_come(left, index):
            return "ahead"
        if looks_back(left[index]):
            lead = left[max(0, index - 3) : index]  # "will be held on Friday", "to be held"
            return "ahead" if lead[-2:] == ["to", "be"] or any(map(looks_ahead, lead)) else "back"
    return next(("ahead" if looks_ahead(word) else "back" for word in right if _is_cue(word)), "back")


def _is_day(meaning: Weekday | Calendar) -> bool:
    return isinstance(meaning, Weekday) or meaning.day is not None


def is_limit(sentence: Sentence, found: Found, reach: int = 1) -> bool:
    """ "until 2016" ends what went before, "since 2014" runs up to now: neither dates what follows."""
    return not _LIMITS.isdisjoint(_lower(sentence, found.span[0], -reach))


def _lower(sentence: Sentence, offset: int, count: int) -> list[str]:
    """The `count` words from `offset` on, or before it where `count` is negative."""
    at = bisect_left(sentence.tokens, offset, key=lambda token: token.begin)
    tokens = sentence.tokens[at : at + count] if count > 0 else sentence.tokens[max(0, at + count) : at]
    return [token.lower for token in tokens]


def _is_to_come(before: list[str], index: int) -> bool:
    """ "talks to begin on Tuesday": the infinitive stands right before the date."""
    known = words().tense
    if index < len(before) - _INFINITIVE:
        return False
    if before[index] in known.with_to:
        return before[index + 1 : index + 2] in (["to"], ["for"])
    return before[index] in (known.to_come if before[index - 1 : index] == ["to"] else known.soon)


@lru_cache(maxsize=4_096)
def looks_ahead(word: str) -> bool:
    return word in _cues("ahead") or word.endswith("'ll")


@lru_cache(maxsize=4_096)
def looks_back(word: str) -> bool:
    return word in _cues("back") or (word.endswith("ed") and len(word) > 3)


@cache
def _cues(side: Tense) -> frozenset[str]:
    return frozenset(words().tense.ahead if side == "ahead" else words().tense.back)


def _is_cue(word: str) -> bool:
    return looks_ahead(word) or looks_back(word)
