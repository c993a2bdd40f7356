"""Which words of a caseless text are names, and how they are written: the tables behind `casing`."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from marsad.gazetteer.countries import load_countries
from marsad.reading.actors.known import known_actors
from marsad.reading.actors.names import organisation_heads
from marsad.reading.actors.roles import roles
from marsad.reading.lexicon import Entry, load
from marsad.reading.syntax import closed_class
from marsad.reading.times import vocabulary as time_words

WORD = re.compile(r"[^\W\d_]{1,60}(?:['’][^\W\d_]{1,60})?")

_ENDINGS = (
    ("s", ""), ("es", ""), ("ed", ""), ("ed", "e"), ("d", ""), ("ing", ""), ("ing", "e"), ("ly", ""),
    ("er", ""), ("ers", ""), ("ies", "y"), ("ied", "y"), ("ness", ""),
)  # fmt: skip
_STARTS = ("un", "re", "dis", "mis", "non", "anti", "counter", "over")


class Casing(Entry, frozen=True):
    """The shape of `casing.toml`."""

    formal: frozenset[str]
    inner: frozenset[str]
    acronyms: frozenset[str]
    marks: frozenset[str]
    common: str


class Form(NamedTuple):
    """A name as it is written, by its words."""

    words: tuple[str, ...]
    written: tuple[str, ...]
    marks: str  # that may stand between them


def title_case(word: str) -> str:
    """ "d'aubuisson" is D'Aubuisson."""
    mark = next((at for at, char in enumerate(word) if char in "'’"), None)
    if mark == 1:
        return word[0].upper() + word[1] + word[2:3].upper() + word[3:]
    return word[:1].upper() + word[1:]


@cache
def casing_words() -> Casing:
    """The vocabulary of `casing.toml`."""
    return load("casing", Casing)


@cache
def _common() -> frozenset[str]:
    words = frozenset(casing_words().common.split()) | casing_words().marks | casing_words().formal
    return words | closed_class() | frozenset(organisation_heads())


def is_rare(word: str) -> bool:
    """Whether English does not write it small, in this form or in one that it is made from."""
    if len(word) < 2 or _is_common(word):
        return False
    stem = next((word.removeprefix(start) for start in _STARTS if word.startswith(start)), word)
    return stem == word or not _is_common(stem)


def _is_common(word: str) -> bool:
    return word in _common() or any(
        word.endswith(ending)
        and len(word) - len(ending) > 2
        and word.removesuffix(ending) + rest in _common()
        for ending, rest in _ENDINGS
    )


@cache
def known_forms() -> dict[str, tuple[Form, ...]]:
    """Names of the tables by their first word, the longest first; what is a common word alone is none."""
    names = [
        name
        for actor in known_actors()
        for name in (actor.name, *actor.aliases)
        if name not in actor.ambiguous
    ]
    names += [
        each for country in load_countries() for each in (country.name, *country.aliases, *country.demonyms)
    ]
    names += [title_case(each) for each in (*time_words.words().months, *time_words.words().weekdays)]
    table: dict[str, list[Form]] = {}
    for name in names:
        written = tuple(WORD.findall(name))
        words = tuple(each.lower() for each in written)
        if len(words) > 1 or (words and is_rare(words[0]) and len(words[0]) > 2):
            table.setdefault(words[0], []).append(Form(words, written, "." if "." in name else ""))
    return {first: tuple(sorted(forms, key=lambda form: -len(form.words))) for first, forms in table.items()}


@cache
def dated_words() -> frozenset[str]:
    """Months, and short names of months and days: what stands beside a number."""
    words = time_words.words()
    return frozenset([*words.months, *words.month_abbreviations, *words.weekday_abbreviations])


@cache
def no_acronyms() -> frozenset[str]:
    """Short words that may stand alone in brackets: titles, months, an editor's marks."""
    return title_words() | dated_words() | casing_words().marks


@cache
def title_words() -> frozenset[str]:
    """The words of titles that stand right before a name."""
    return frozenset(word for title in (*roles().titles, *roles().honorifics) for word in title.split())
