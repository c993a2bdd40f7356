"""English nouns: which forms are plural, and their singular."""

from __future__ import annotations

from functools import cache

from marsad.reading.lexicon import Entry, load

_SIBILANT = ("ses", "xes", "ches", "shes", "zes")
_LEAST = 3  # letters of a plural


class Nouns(Entry, frozen=True):
    """`data/nouns.toml`."""

    invariant: frozenset[str]
    no_plurals: frozenset[str]
    animals: frozenset[str]
    irregular: dict[str, str]


@cache
def _nouns() -> Nouns:
    loaded: Nouns = load("nouns", Nouns)
    return loaded


def animals() -> frozenset[str]:
    """Animals, in the singular: their dead are no casualties."""
    return _nouns().animals


def is_plural(word: str) -> bool:
    """Whether `word`, in lower case, can be a noun in the plural."""
    known = _nouns()
    if word in known.irregular or word in known.invariant:
        return True
    ends = word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))
    return (ends and len(word) >= _LEAST and word not in known.no_plurals) or word.endswith(("men", "-women"))


def singular(word: str) -> str:
    """The singular of `word`, in lower case; of a compound with hyphens that of its last part.

    >>> singular("companies"), singular("boxes"), singular("houses"), singular("policewomen")
    ('company', 'box', 'house', 'policewoman')
    """
    head, hyphen, last = word.rpartition("-")
    return head + hyphen + _singular(last)


def _singular(word: str) -> str:
    known = _nouns()
    if word in known.irregular or word in known.invariant:
        return known.irregular.get(word, word)
    if word.endswith("men"):
        return word[:-2] + "an"
    if not is_plural(word):
        return word
    if word.endswith("ies") and len(word) > len("ties"):
        return word[:-3] + "y"
    if word.endswith(_SIBILANT) and not word.endswith(
        ("uses", "ases", "oses", "ises", "nses", "rses", "izes")
    ):
        return word[:-2]
    return word[:-2] if word.endswith("oes") else word[:-1]
