"""Which way a theme moves, from the words near its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from marsad.reading.text import Token
from marsad.reading.themes.mentions import BREAKS, Mention
from marsad.reading.themes.vocabulary import carried_out, moves, openers, reach
from marsad.records.reading import Direction

_BRACKETS = frozenset("()")


def direction(tokens: Sequence[Token], mention: Mention, taken: frozenset[int]) -> Direction:
    """The direction that a phrase brings, else the one that words near it name, short of a break.

    Two directions are none; so is one that is denied or only supposed. A word of another theme's
    phrase (`taken`) says how that one moves.
    """
    if mention.sense.direction is not None:
        is_aim = mention.is_act and _is_aim(tokens, mention.first)
        return "none" if is_aim or _is_open(tokens, mention.first) else mention.sense.direction
    named: set[Direction] = set()
    for at in _around(tokens, mention):
        match = moves().at(tokens, at) if at not in taken else None
        if match is not None:
            named.add("none" if _is_open(tokens, at, taken) else match.value)
    return named.pop() if len(named) == 1 else "none"


def _around(tokens: Sequence[Token], mention: Mention) -> list[int]:
    """Indices within reach of the phrase, none of them beyond a break; a name counts as one word."""
    before = _reached(tokens, range(mention.first - 1, -1, -1))
    return [*reversed(before), *_reached(tokens, range(mention.stop, len(tokens)))]


def _reached(tokens: Sequence[Token], indices: Iterable[int]) -> list[int]:
    """The indices, nearest first, up to a break; what stands in brackets after a name is no break."""
    found: list[int] = []
    words, in_name, in_brackets = 0, False, False
    for index in indices:
        token = tokens[index]
        if in_brackets or (in_name and token.text in _BRACKETS):
            in_brackets = token.text not in _BRACKETS or not in_brackets
            continue
        words += not (in_name and token.is_title)
        if token.text in BREAKS or words > reach().words:
            break
        found.append(index)
        in_name = token.is_title
    return found


def _is_aim(tokens: Sequence[Token], at: int) -> bool:
    """Whether what is done at `at` is only aimed at: "is there to defeat", but not "began to defeat"."""
    if at == 0 or tokens[at - 1].lower != "to":
        return False
    return at < 2 or tokens[at - 2].lower not in carried_out()


def _is_open(tokens: Sequence[Token], at: int, taken: frozenset[int] = frozenset()) -> bool:
    """Whether a word right before `at`, and in no phrase of `taken`, denies or supposes it."""
    for index in range(at - 1, max(at - 1 - reach().open, -1), -1):
        if tokens[index].text in BREAKS:
            return False
        if index not in taken and openers().at(tokens, index) is not None:
            return True
    return False
