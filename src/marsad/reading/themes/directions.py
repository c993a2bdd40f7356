"""Which way a theme moves, from the words near its own."""

from __future__ import annotations

from collections.abc import Sequence

from marsad.reading.text import Token
from marsad.reading.themes.mentions import BREAKS, Mention
from marsad.reading.themes.vocabulary import moves, openers, reach
from marsad.records.reading import Direction


def direction(tokens: Sequence[Token], mention: Mention, taken: frozenset[int]) -> Direction:
    """The direction that a phrase brings, else the one that words near it name, short of a break.

    Two directions are none; so is one that is denied or only supposed. A word of another theme's
    phrase (`taken`) says how that one moves.
    """
    if mention.sense.direction is not None:
        return "none" if _is_open(tokens, mention.first, taken) else mention.sense.direction
    named: set[Direction] = set()
    for at in _around(tokens, mention):
        match = moves().at(tokens, at) if at not in taken else None
        if match is not None:
            named.add("none" if _is_open(tokens, at, taken) else match.value)
    return named.pop() if len(named) == 1 else "none"


def _around(tokens: Sequence[Token], mention: Mention) -> list[int]:
    """Indices within reach of the phrase, none of them beyond a break."""
    begin, end = mention.first, mention.stop
    while begin > max(0, mention.first - reach().words) and tokens[begin - 1].text not in BREAKS:
        begin -= 1
    while end < min(len(tokens), mention.stop + reach().words) and tokens[end].text not in BREAKS:
        end += 1
    return [*range(begin, mention.first), *range(mention.stop, end)]


def _is_open(tokens: Sequence[Token], at: int, taken: frozenset[int]) -> bool:
    """Whether a word right before `at` denies or supposes it."""
    for index in range(at - 1, max(at - 1 - reach().open, -1), -1):
        if tokens[index].text in BREAKS:
            return False
        if index not in taken and openers().at(tokens, index) is not None:
            return True
    return False
