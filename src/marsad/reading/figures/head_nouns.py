"""The head of the noun phrase that a number opens, without a tagger.

"20 decently sized coal-fired power *plants* in the south": a run of words that no closed class, no
verb and no mark breaks, to its first plural; a plural before another one qualifies it ("eight sales
offices").
"""

from __future__ import annotations

from collections.abc import Sequence

from marsad.reading.figures.lemmas import is_plural
from marsad.reading.syntax import closed_class, is_finite
from marsad.reading.text import Token

_LONGEST = 9  # tokens between a number and its noun
_WITHIN = frozenset("‘’'\"“”-&")
_POSSESSIVE = frozenset({"'s", "’s", "’", "'"})
_MORE = frozenset({"more", "other", "such", "further", "additional", "new", "most", "like", "so-called"})
_JOINS = frozenset({"and", "or", ","})


def head_at(tokens: Sequence[Token], start: int) -> int | None:
    """Index of the plural noun that heads the phrase at token `start`; `None` where there is none."""
    for index in range(start, min(start + _LONGEST, len(tokens))):
        token = tokens[index]
        if not _continues(tokens, index, start):
            return None
        if is_plural(token.lower) and not _is_within(tokens, index):
            return index
    return None


def singular_at(tokens: Sequence[Token], start: int) -> int | None:
    """Index of the noun in the singular that counts in "a 30-member council" or "1 house"."""
    if start >= len(tokens) or not tokens[start].is_word or tokens[start].is_title:
        return None
    return start if _continues(tokens, start, start) else None


def _is_within(tokens: Sequence[Token], index: int) -> bool:
    """Whether another plural follows, or a possessive: "sales offices", "people's homes"."""
    follower = tokens[index + 1] if index + 1 < len(tokens) else None
    if follower is None:
        return False
    if follower.text in _POSSESSIVE and (follower.text != "'" or index + 2 < len(tokens)):
        return True
    return (
        is_plural(follower.lower)
        and follower.lower not in closed_class()
        and not is_finite(follower)
        and not tokens[index].lower.endswith("men")
    )


def _continues(tokens: Sequence[Token], index: int, start: int) -> bool:
    token = tokens[index]
    if token.text in _WITHIN or token.text in _POSSESSIVE or token.lower in _MORE:
        return True
    if token.lower in _JOINS:
        return index > start and _joins(tokens, index)
    if token.is_number:  # 81 H5N1 cases
        return index > start and tokens[index - 1].end == token.begin
    if not token.is_word or token.lower in closed_class():
        return False
    return not is_finite(token) or token.lower.endswith("ed")


def _joins(tokens: Sequence[Token], index: int) -> bool:
    """Whether two qualifiers are joined: "Kia and Hyundai vehicles", "large, heavy tents"."""
    before, after = tokens[index - 1], tokens[index + 1] if index + 1 < len(tokens) else None
    if after is None or not after.is_word or after.lower in closed_class() or is_finite(after):
        return False
    if before.is_title and after.is_title:
        return True
    return tokens[index].text != "," and not after.is_title and not is_plural(after.lower)
