"""Names of actors as they are compared: acronyms, names that say only what somebody is, and spellings.

All of it is a function of the words alone, so that a key which is made of them never changes.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from marsad.gazetteer.countries import load_countries
from marsad.linkage.origins import folded_name

LONGEST_ACRONYM = 7  # letters
SHORTEST_SPELLING = 5  # letters; shorter names of different actors are often spelled alike

_RECENT = 20_000

_SMALL = frozenset({"and", "for", "in", "of", "on", "the", "to", "s"})
_ARTICLES = frozenset({"al", "el", "ul"})  # of Arabic names
# before a sun letter the article takes its sound: "ad-Din", "an-Nusra", "ash-Sham"
_ASSIMILATED = frozenset(
    vowel + sound for vowel in "ae" for sound in ("d", "n", "r", "s", "sh", "t", "z", "dh", "th")
)
_SOUNDS = (
    *(("ou", "u"), ("oo", "u"), ("ee", "i"), ("dj", "j"), ("dh", "d"), ("q", "k"), ("ck", "k")),
    *(("y", "i"), ("e", "i"), ("o", "u")),
)


class _Words(NamedTuple):
    generic: frozenset[str]
    offices: dict[str, str]  # each with the first of its family


@cache
def _words() -> _Words:
    """The table `data/actor_names.toml`."""
    raw = resources.files("marsad.linkage").joinpath("data", "actor_names.toml").read_text("utf-8")
    table = tomllib.loads(raw)
    offices = {word: family[0] for family in table["offices"] for word in family}
    return _Words(frozenset(table["generic"]), offices)


def is_acronym(name: str) -> bool:
    """Whether a name is one run of capitals, digits or dots: SDF, U.N., M23."""
    word = name.replace(".", "")
    return word.isalnum() and word.isupper() and 2 <= len(word) <= LONGEST_ACRONYM


@lru_cache(_RECENT)
def is_generic(called: str) -> bool:
    """Whether a folded name says only what somebody is: there is one in many countries."""
    return all(word in _words().generic or word in _SMALL for word in called.split())


def office(role: str) -> str | None:
    """The family of offices that a folded role is of: that of its last word which has one, else that word."""
    words = role.split()
    known = next((found for word in reversed(words) if (found := _words().offices.get(word))), None)
    return known or next(iter(words[-1:]), None)


@lru_cache(_RECENT)
def spelling(called: str) -> str | None:
    """What all transliterations of a folded name have in common; `None` for one too short to tell.

    Arabic articles, hyphens and doubled letters are set aside; q is k, and o, ou, oo and u are one
    vowel, as e, ee, y and i are: "Ansar Allah" and "Ansarullah" stay two, "Hezbollah" and "Hizbullah"
    are one.
    """
    words = called.split()
    kept = [word for at, word in enumerate(words) if not _is_article(words, at)]
    found = _DOUBLED.sub(r"\1", _sound(" ".join(kept)))
    return found if len(found) >= SHORTEST_SPELLING else None


def _is_article(words: list[str], at: int) -> bool:
    if at + 1 == len(words):
        return False
    word, following = words[at], words[at + 1]
    return word in _ARTICLES or (word in _ASSIMILATED and following.startswith(word[1:]))


def _sound(words: str) -> str:
    for letters, sound in _SOUNDS:
        words = words.replace(letters, sound)
    return _SILENT.sub("", words).replace(" ", "")


_SILENT = re.compile(r"(?<=\w[aiu])h(?= |$)")
_DOUBLED = re.compile(r"(.)\1+")


@cache
def _countries() -> dict[str, str]:
    """Countries by all that they and their people are called, folded."""
    found: dict[str, str] = {}
    for country in load_countries():
        for name in (country.name, *country.aliases, *country.demonyms):
            found.setdefault(folded_name(name), country.code)
    return found


@lru_cache(_RECENT)
def country_of(called: str) -> str | None:
    """The country that a folded name begins with or is: "iraqi interior ministry", "sudan"."""
    words = called.split()
    sizes = range(min(len(words), 4), 0, -1)
    return next((code for n in sizes if (code := _countries().get(" ".join(words[:n])))), None)
