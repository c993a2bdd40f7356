"""Which origins of one series are one voice: "the panel" is the "UN Panel" that stands beside it.

Origins are keyed by name. Among those who count one and the same thing, a name that is the last words of
another is that one, told shorter. Where it may be of two, it is left alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from marsad.linkage.origins import NAMED, NOBODY, PRIVATE

_OF = "of"
_RECENT = 20_000  # keys whose words are kept: the same ones come again and again
NOT_ONE = frozenset({NOBODY.key, PRIVATE.key})  # keys that many share who have nothing in common


def are_one(a: str, b: str) -> bool:
    """Whether two keys of origins are of one name, or of its last words."""
    if a in NOT_ONE or b in NOT_ONE:
        return False
    one, other = _name(a), _name(b)
    size = min(len(one), len(other))
    return size > 0 and one[-size:] == other[-size:]


def voices(keys: Iterable[str]) -> dict[str, str]:
    """Each key with the one that stands for it: the longest name of which it is the end."""
    by_end: defaultdict[str, list[str]] = defaultdict(list)
    for key in sorted(set(keys)):
        by_end[" ".join(_name(key)[-1:])].append(key)
    return {key: _standing(key, several) for several in by_end.values() for key in several}


def _standing(key: str, several: list[str]) -> str:
    others = [other for other in several if are_one(key, other) and len(_name(other)) >= len(_name(key))]
    longest = max(others, key=_fullness, default=key)
    return longest if all(are_one(other, longest) for other in others) else key


def _fullness(key: str) -> tuple[int, bool, str]:
    return len(_name(key)), key.startswith(NAMED), key


@lru_cache(_RECENT)
def _name(key: str) -> tuple[str, ...]:
    """The words of a name, what it is at the end: the "Ministry of Defence" is the "defence ministry"."""
    words = key.partition(":")[2].split()
    at = words.index(_OF) if _OF in words else len(words)
    return (*words[at + 1 :], *words[:at])
