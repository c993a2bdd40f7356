"""Which names are of one voice, as far as the names tell.

Two questions, for an error costs otherwise in each. `may_be_one`: may two origins be one, so that they do not
corroborate each other? In doubt they are. `are_one`: are two names surely one, so that their numbers are one
series of estimates? In doubt they are not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from marsad.disclosure import MARK
from marsad.linkage.claims.words import content
from marsad.linkage.origins import NAMED, NOBODY, PRIVATE, Origin, folded_name, is_pronoun

UNTOLD = frozenset({NOBODY.key, PRIVATE.key})  # keys that many share who have nothing in common
_OF = "of"
_RECENT = 50_000  # names whose words are kept: the same ones come again and again


def speaker(holder: str | None, origin: str | None) -> str | None:
    """A holder without the marks at its end; whom it goes back to, where it is a pronoun or all masked.

    Args:
        holder: as a list shows it, and
        origin: the name of whom the claim goes back to.
    """
    words = (holder or "").strip(" ,;:–")
    is_masked = bool(words) and not words.strip(f"{MARK} ’'")
    if origin and (is_masked or is_pronoun(words)):
        return origin
    return words or None


# Surely one: keyed by name, a name that is the last words of another is that one, told shorter


def are_one(a: str, b: str) -> bool:
    """Whether two keys of origins are of one name, or of its last words."""
    if a in UNTOLD or b in UNTOLD:
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
    longest = max(others, key=_length, default=key)
    return longest if all(are_one(other, longest) for other in others) else key


def _length(key: str) -> tuple[int, bool, str]:
    return len(_name(key)), key.startswith(NAMED), key


@lru_cache(_RECENT)
def _name(key: str) -> tuple[str, ...]:
    """The words of a name, what it is at the end: the "Ministry of Defence" is the "defence ministry"."""
    words = key.partition(":")[2].split()
    at = words.index(_OF) if _OF in words else len(words)
    return (*words[at + 1 :], *words[:at])


# Perhaps one: by the stems of their words, initials and offices


def may_be_one(a: Origin, b: Origin, offices: Mapping[str, str]) -> bool:
    """Whether two origins may be one voice. `offices`: the office of a person, by the key of his origin."""
    if a.key == b.key:
        return True
    if {a.key, b.key} & UNTOLD or "dataset" in (a.kind, b.kind):
        return False
    one, other = _stems(a.name), _stems(b.name)
    if one and other and (one <= other | _initials(b.name) or other <= one | _initials(a.name)):
        return True
    if _whole(a.name) in folded_name(b.name).split() or _whole(b.name) in folded_name(a.name).split():
        return True  # "us" is no content elsewhere
    held, of = (_stems(offices.get(each.key, "")) - _RANKS for each in (a, b))
    return bool((held and (held >= other or held <= other)) or (of and (of >= one or of <= one)))


def fullness(origin: Origin) -> int:
    """How many words of a name tell whose it is."""
    return len(_stems(origin.name))


# Words of an office that do not tell whose it is.
_RANKS = frozenset(
    stem
    for word in (
        "chair", "chief", "colonel", "commander", "commissioner", "deputy", "director", "general", "head",
        "lieutenant", "major", "officer", "official", "permanent", "president", "representative", "secretary",
        "senior", "spokesman", "spokesperson", "spokeswoman", "leader",
    )
    for stem in content(word)
)  # fmt: skip
_MINISTRY = {stem: "ministry" for word in ("minister", "ministrys", "ministerial") for stem in content(word)}


@lru_cache(_RECENT)
def _stems(name: str) -> frozenset[str]:
    """The stems of a name; a minister is of the ministry."""
    return frozenset(_MINISTRY.get(word, word) for word in content(folded_name(name)))


@lru_cache(_RECENT)
def _initials(name: str) -> frozenset[str]:
    """The initials of each run of two capitalised words or more: "un" of "United Nations Panel"."""
    firsts = [word[0].casefold() if word[:1].isupper() else " " for word in name.split()]
    runs = "".join(firsts).split()
    return frozenset(run[a:b] for run in runs for a in range(len(run)) for b in range(a + 2, len(run) + 1))


@lru_cache(_RECENT)
def _whole(name: str) -> str:
    """ "us" of "United Sylvania"; of one word, a sign that is in no name."""
    words = [word for word in name.split() if word[:1].isupper()]
    return "".join(word[0] for word in words).casefold() if len(words) > 1 else "\0"
