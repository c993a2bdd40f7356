"""The vocabulary of times, as `data/times.toml` holds it, and the pieces of patterns made of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal

from marsad.reading.lexicon import Entry, load

PartName = Literal["early", "mid", "late", "begin", "end"]
Side = Literal["PRESENT_REF", "PAST_REF", "FUTURE_REF"]


class Part(Entry, frozen=True):
    name: PartName
    mod: str
    words: tuple[str, ...]


class Vague(Entry, frozen=True):
    words: tuple[str, ...]


class Before(Entry, frozen=True):
    """The words that some expressions stand after; the empty one is the begin of a sentence."""

    moment: frozenset[str]
    season: frozenset[str]
    quarter: frozenset[str]
    weekend: frozenset[str]
    years: frozenset[str]
    told: frozenset[str]


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
    soon: frozenset[str]
    with_to: frozenset[str]
    perhaps: frozenset[str]
    towards: frozenset[str]
    window: int


class Holidays(Entry, frozen=True):
    """Named days and months by the rule that dates them."""

    fixed: dict[str, str]  # MM-DD
    easter: dict[str, int]  # days from Easter Sunday
    islamic: dict[str, str]  # MM-DD or MM of the tabular Islamic calendar
    nth: dict[str, str]  # month-weekday-number; 5 is the last
    nowruz: tuple[str, ...]
    known: dict[str, str]  # one day of history


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
    references: dict[str, Side]
    pointers: dict[str, Side]
    moments: dict[str, Side]
    before: Before
    holidays: Holidays
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


def folded(phrase: str) -> str:
    """`phrase` as a key: in lower case, its words parted by single blanks."""
    return " ".join(phrase.lower().replace("-", " ").split())


def plural(unit: str) -> str:
    return words().plurals.get(unit, unit + "s")


@cache
def day_ordinals() -> dict[str, int]:
    """`first` to `thirty-first`, as days are spelt."""
    ones = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    teens = "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
    named = {name: index for index, name in enumerate([*ones.split(), *teens.split()], 1)}
    later = {
        f"{tens} {name}": base + day
        for tens, base in (("twenty", 20), ("thirty", 30))
        for name, day in list(named.items())[:9]
        if base + day <= 31
    }
    return {**named, "twentieth": 20, "thirtieth": 30, **later}


@cache
def holiday_names() -> tuple[str, ...]:
    """The names of holidays, longest first."""
    known = words().holidays
    names = [*known.fixed, *known.easter, *known.islamic, *known.nth, *known.nowruz, *known.known]
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def month_number(name: str) -> int:
    key = name.lower().rstrip(".")
    return words().months.get(key) or words().month_abbreviations[key]


def weekday_number(name: str) -> int:
    key = name.lower().rstrip(".")
    return words().weekdays.get(key) or words().weekday_abbreviations[key]


@cache
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
    key = folded(phrase)
    if key.replace(".", "", 1).isdigit():
        return float(key)
    known = words().numbers
    if key in known:
        return known[key]
    if key in words().vague_numbers.words:
        return None
    tens, _, ones = key.replace("-", " ").partition(" ")
    return known[tens] + known[ones] if tens in known and ones in known else _mixed(key)


def _mixed(key: str) -> float | None:
    """ "2 1/2", "5½", "two and a half"."""
    counted, _, half = key.partition(" and a half")
    if key.endswith(" and a half") and not half:
        number = count_of(counted)
        return None if number is None else number + 0.5
    whole = "".join(c for c in key.split(" ", maxsplit=1)[0] if c.isdigit())
    return float(whole) + 0.5 if whole and key.endswith(("1/2", "½")) else None
