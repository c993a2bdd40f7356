"""Who is taken or held: a journalist who is a hostage is a victim, and stays masked.

A person is public by office, command, or as somebody who is quoted. Whoever the text tells to be a captive
keeps a public name by office and command alone: see `data/captivity.toml`.
"""

from __future__ import annotations

from functools import cache

from marsad.reading.actors.names import Name
from marsad.reading.actors.roles import public_heads, roles
from marsad.reading.lexicon import Entry, load
from marsad.reading.text import Text

REACH = 14  # tokens behind a name in which it is said
_MARKS = frozenset({".", "?", "!", ";", "“", "”", '"'})


class _Captivity(Entry, frozen=True):
    trades: frozenset[str]
    held: frozenset[str]
    taken: frozenset[str]
    states: frozenset[str]
    before: frozenset[str]
    ends: frozenset[str]


@cache
def captivity() -> _Captivity:
    return load("captivity", _Captivity)


def is_held(text: Text, name: Name, first: int) -> bool:
    """Whether a head before a name, or what is said behind it, tells that this person is held.

    Args:
        first: the token at which the name begins without its titles.
    """
    words = captivity()
    if first and text.tokens[first - 1].lower in words.held:
        return True
    behind = [token.lower for token in text.tokens[name.last : name.last + REACH]]
    for at, word in enumerate(behind):
        if word in _MARKS or word in words.ends:
            return False
        pair = f"{word} {behind[at + 1]}" if at + 1 < len(behind) else word
        if (word in words.taken or pair in words.states) and _is_of_name(behind[:at]):
            return True
    return False


def _is_of_name(between: list[str]) -> bool:
    """Whether a participle behind these words is said of the name before them, not of others."""
    words = captivity()
    told = words.before | words.trades | words.held | {","}
    return not between or between[-1] in told or " one of " in f" {' '.join(between)} "


def is_of_trade(role: str) -> bool:
    """Whether a role is a trade alone: "a British journalist", and not "a lawyer and minister"."""
    heads = set(role.lower().replace(",", " ").split()) & (public_heads() - roles().modifiers)
    return bool(heads) and heads <= captivity().trades
