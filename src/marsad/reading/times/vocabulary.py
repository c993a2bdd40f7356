"""The vocabulary of times, as `data/times.toml` holds it, and the pieces of patterns made of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal

from marsad.reading.lexicon import Entry, load

PartName = Literal["early", "mid", "late", "begin", "end"]


class Part(Entry, frozen=True):
    name: PartName
    mod: str
    words: tuple[str, ...]


class Vague(Entry, frozen=True):
    words: tuple[str, ...]


class Look(Entry, frozen=True):
    published: dict[str, int]
    narrative: dict[str, int]


class Table(Entry, frozen=True):
    """First and last month, day or year of each vague part of a period."""

    year: dict[PartName, tuple[int, int]]
    month: dict[PartName, tuple[int, int]]
    decade: dict[PartName, tuple[int, int]]
    century: dict[PartName, tuple[int, int]]
    week: dict[PartName, tuple[int, int]]
    season: dict[PartName, tuple[int, int]]


class Sets(Entry, frozen=True):
    adverbs: dict[str, str]
    every: tuple[str, ...]
    no_rate_after: tuple[str, ...]


class Lengths(Entry, frozen=True):
    back: tuple[str, ...]
    ahead: tuple[str, ...]
    aside: tuple[str, ...]
    vague: tuple[str, ...]
    also_prepositions: tuple[str, ...]
    before_over: tuple[str, ...]
    no_length_before: tuple[str, ...]
    after_age: tuple[str, ...]
    between: tuple[str, ...]
    before_bare: tuple[str, ...]
    before_single: tuple[str, ...]


class Tense(Entry, frozen=True):
    ahead: tuple[str, ...]
    back: tuple[str, ...]
    to_come: frozenset[str]
    window: int


class Refused(Entry, frozen=True):
    phrases: tuple[str, ...]
    before_year: tuple[str, ...]
    after_year: tuple[str, ...]
    month_context: tuple[str, ...]
    persons: tuple[str, ...]


class TimeWords(Entry, frozen=True):
    """The shape of `data/times.toml`."""

    months: dict[str, int]
    month_abbreviations: dict[str, int]
    weekdays: dict[str, int]
    weekday_abbreviations: dict[str, int]
    seasons: dict[str, str]
    dayparts: dict[str, str]
    units: dict[str, str]
    plurals: dict[str, str]
    numbers: dict[str, float]
    vague_numbers: Vague
    ordinals: dict[str, int]
    century_ordinals: dict[str, int]
    decades: dict[str, int]
    parts: tuple[Part, ...]
    table: Table
    quantity_mods: dict[str, str]
    date_mods: dict[str, str]
    look: Look
    deictic: dict[str, int]
    lengths: Lengths
    sets: Sets
    tense: Tense
    refused: Refused


@cache
def words() -> TimeWords:
    loaded: TimeWords = load("times", TimeWords)
    return loaded


def any_of(phrases: Iterable[str], *, capital: bool = False) -> str:
    """An alternation of `phrases`, longest first; with a capital where `capital`."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "|".join(_capital(phrase) if capital else _either(phrase) for phrase in ordered)


def _capital(phrase: str) -> str:
    """`May` and `MAY`, never `may`."""
    return f"{phrase.capitalize()}|{phrase.upper()}"


def _either(phrase: str) -> str:
    """With a small or a capital first letter, and any white space for a blank."""
    first, rest = phrase[0], re.escape(phrase[1:]).replace(r"\ ", r"[\s-]{1,3}")
    return f"[{first.lower()}{first.upper()}]{rest}" if first.isalpha() else re.escape(first) + rest


def plural(unit: str) -> str:
    return words().plurals.get(unit, unit + "s")


def month_number(name: str) -> int:
    key = name.lower().rstrip(".")
    return words().months.get(key) or words().month_abbreviations[key]


def weekday_number(name: str) -> int:
    key = name.lower().rstrip(".")
    return words().weekdays.get(key) or words().weekday_abbreviations[key]


def unit_of(name: str) -> str:
    """The vocabulary's unit for `months`, `centuries`, `Year`."""
    key = name.lower()
    return next(unit for unit in words().units if key in (unit, plural(unit)))


def part_of(phrase: str) -> PartName:
    key = " ".join(phrase.lower().replace("-", " ").split())
    found = (part.name for part in words().parts if key in {word.strip("-") for word in part.words})
    return next(found)


def part_mod(name: PartName) -> str:
    return next(part.mod for part in words().parts if part.name == name)


def count_of(phrase: str) -> float | None:
    """The number that `phrase` names; None for `several`."""
    key = " ".join(phrase.lower().split())
    if key.replace(".", "", 1).isdigit():
        return float(key)
    known = words().numbers
    if key in known:
        return known[key]
    if key in words().vague_numbers.words:
        return None
    tens, _, ones = key.replace("-", " ").partition(" ")
    return known[tens] + known[ones] if tens in known and ones in known else None
