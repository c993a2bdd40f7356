"""What an expression of time means before it is anchored, and the pieces its patterns are made of."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, NamedTuple

from marsad.reading.times.vocabulary import PartName
from marsad.records.spans import Span

Base = Literal["published", "narrative", "nearest"]  # nearest: the narrative where it binds
Match = re.Match[str]


class Calendar(NamedTuple):
    """A year, month, day or part of them, as far as named. `end` is the last of a range.

    Years before Christ are negative: 480 BC is -480.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    end: tuple[int | None, int | None, int | None] | None = None
    part: PartName | None = None
    season: str | None = None
    months: tuple[int, int] | None = None  # first and last month of a half, a quarter
    halves: str | None = None  # TIMEX3: H1, Q3
    week: tuple[int, int] | None = None  # first and last day of the first, the last week of a month
    shift: tuple[Base, int] | None = None  # "last year", "that year": years from the base
    look: int | None = None  # "last March": -1, "this March": 0, "next March": 1


class Era(NamedTuple):
    """A decade or century by its first year; -499 is the first of the fifth century BC."""

    first: int
    length: Literal[10, 100]
    part: PartName | None = None


class Holiday(NamedTuple):
    """A named day or month; its date follows from the year."""

    name: str
    year: int | None = None
    look: int | None = None
    shift: tuple[Base, int] | None = None


class Weekday(NamedTuple):
    day: int  # ISO: Monday is 1
    base: Base = "published"
    look: int | None = None


class Shift(NamedTuple):
    """So many units from the base: last week, two years ago, three days later, today."""

    unit: str
    amount: float | None
    base: Base = "published"
    part: PartName | None = None
    edge: Literal["earlier", "later"] | None = None  # earlier this year, later that week
    fuzzy: bool = False  # counted, so that only about right: "three years ago"
    back: bool = False  # which way an unknown amount goes


class Length(NamedTuple):
    unit: str
    amount: float | None
    look: int | None = None  # -1 up to now, 1 from now
    most: float | None = None  # the upper end of "four to six weeks"


class Repeat(NamedTuple):
    value: str


class Reference(NamedTuple):
    """`now`, `recently`, `the future`: no day, only a side of the present."""

    value: Literal["PRESENT_REF", "PAST_REF", "FUTURE_REF"]


class Quarter(NamedTuple):
    """`the quarter`, `the year-ago quarter`: of the quarter last named, so many years from it."""

    years: int = 0


Meaning = Calendar | Era | Holiday | Weekday | Shift | Length | Repeat | Reference | Quarter


class Found(NamedTuple):
    span: Span
    meaning: Meaning | None  # None: an hour whose day is to be found
    mod: str | None = None
    clock: str | None = None  # TIMEX3: T10:35, TMO


Built = tuple[Meaning | None, str | None, str | None] | None  # with mod and clock; None: no date after all
Build = Callable[[Match], Built]


class Spec(NamedTuple):
    """A pattern, what to make of a match, and where it is worth trying.

    It is tried at a word that has one of the kinds `here`, where the words from there on have one
    of the kinds `near`, and only after one of the words `before` where those are given.
    """

    name: str
    pattern: str
    build: Build
    here: int
    near: int = 0
    before: frozenset[str] | None = None


Rules = list[Spec]


class Rule(NamedTuple):
    name: str
    match: Callable[[str, int, int], Match | None]
    build: Build
    here: int
    near: int
    before: frozenset[str] | None


S = r"[\s ]{1,3}"
LEFT = r"(?<![\w$£€#/-])"
LEFT_YEAR = r"(?:(?<![\w$£€#/.,:-])|(?<=pre-)|(?<=post-)|(?<=Pre-)|(?<=Post-)|(?<=mid-))"
Y = r"(?:1[0-9]\d\d|20\d\d)"
AFTER_YEAR = r"(?![\w/%°]|[.,:]\d|[-–]\d)"
YEAR = rf"(?P<year>{Y}){AFTER_YEAR}"
DAY = (
    r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\w|:\d|,\d{3}|[.]\d|%)"
    r"(?![\s ]?(?:[ap][.]?m\b|per\b|percent|million|billion))"
)
DASH = r"\s?[-–—]\s?"


def group(match: Match, name: str) -> str | None:
    """What the group matched; None also where the pattern has no such group."""
    return match[name] if name in match.re.groupindex else None


def number(match: Match, name: str) -> int | None:
    found = group(match, name)
    digits = re.sub(r"\D", "", found) if found else ""
    return int(digits) if digits else None
