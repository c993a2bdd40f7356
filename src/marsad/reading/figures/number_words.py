"""The vocabulary of numbers: `data/numbers.toml` with its shape and its phrases."""

from __future__ import annotations

from functools import cache

from marsad.reading.lexicon import Entry, load
from marsad.reading.phrases import Phrases
from marsad.records.reading import Bound


class Hedges(Entry, frozen=True):
    about: tuple[str, ...]
    at_least: tuple[str, ...]
    at_most: tuple[str, ...]


class Ranges(Entry, frozen=True):
    joiners: tuple[str, ...]
    ranging: tuple[str, ...]


class Letters(Entry, frozen=True):
    metre_context: tuple[str, ...]
    ordinal: tuple[str, ...]


class Vocabulary(Entry, frozen=True):
    """`data/numbers.toml`."""

    cardinals: dict[str, int]
    scales: dict[str, int]
    suffixes: dict[str, int]
    plurals: dict[str, tuple[int, int]]
    vague_multipliers: dict[str, tuple[int, int]]
    fixed: dict[str, int]
    fractions: dict[str, tuple[int, int]]
    before: Hedges
    phrasal: dict[str, frozenset[str]]
    after: Hedges
    ranges: Ranges
    letters: Letters


@cache
def vocabulary() -> Vocabulary:
    loaded: Vocabulary = load("numbers", Vocabulary)
    return loaded


@cache
def before() -> Phrases[Bound]:
    hedges = vocabulary().before
    return Phrases.of({"about": hedges.about, "at_least": hedges.at_least, "at_most": hedges.at_most})


@cache
def after() -> Phrases[Bound]:
    hedges = vocabulary().after
    return Phrases.of({"about": hedges.about, "at_least": hedges.at_least, "at_most": hedges.at_most})


@cache
def fixed() -> Phrases[int]:
    return Phrases(vocabulary().fixed)


@cache
def fractions() -> Phrases[tuple[int, int]]:
    return Phrases(vocabulary().fractions)


@cache
def vague() -> Phrases[tuple[int, int]]:
    numbers = vocabulary()
    entries = dict(numbers.plurals)
    for words, (low, high) in numbers.vague_multipliers.items():
        for scale, value in numbers.scales.items():
            entries[f"{words} {scale}"] = (low * value, high * value)
        for plural, (least, most) in numbers.plurals.items():
            entries.setdefault(f"{words} {plural}", (least, most))
    return Phrases(entries)
