"""The vocabulary of `data/entities.toml`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from marsad.gazetteer import load_countries
from marsad.reading.actors.roles import roles
from marsad.reading.inflection import plural
from marsad.reading.lexicon import Entry, load


class Vocabulary(Entry, frozen=True):
    determiners: frozenset[str]
    approximators: frozenset[str]
    pointers: frozenset[str]
    numbers: frozenset[str]
    scales: frozenset[str]
    few: frozenset[str]
    undertakings: frozenset[str]
    modifiers: frozenset[str]
    endings: tuple[str, ...]
    binding: frozenset[str]
    peoples: frozenset[str]
    pronouns: dict[str, frozenset[str]]
    heads: dict[str, frozenset[str]]


@cache
def vocabulary() -> Vocabulary:
    return load("entities", Vocabulary)


@cache
def heads() -> dict[str, str]:
    """Types by head noun, singular and plural; several persons are an Organisation to re3d."""
    table: dict[str, str] = {}
    for kind, words in _singulars():
        table |= dict.fromkeys(words, kind)
        table |= {_plural(word): "Organisation" if kind == "Person" else kind for word in words}
    return table


@cache
def plurals() -> frozenset[str]:
    """Head nouns that stand for several."""
    return frozenset(_plural(word) for _, words in _singulars() for word in words) | {"people", "police"}


def _singulars() -> Iterator[tuple[str, frozenset[str]]]:
    """Head nouns by type; of persons also those of the roles."""
    yield "Person", roles().public | roles().private | roles().kin
    yield from vocabulary().heads.items()


def _plural(word: str) -> str:
    return f"{word[:-3]}men" if word.endswith("man") else plural(word)


@cache
def pronouns() -> dict[str, str]:
    """Types by pronoun."""
    return {word: kind for kind, words in vocabulary().pronouns.items() for word in words}


@cache
def demonyms() -> dict[str, str]:
    """Types by what a country's people are called: "Syrian" is a nationality, "Syrians" are people."""
    words = {word for country in load_countries() for word in country.demonyms} | vocabulary().peoples
    many = {word for word in words if word.endswith("s") and word[:-1] in words}
    return dict.fromkeys(words, "Nationality") | dict.fromkeys(many, "Organisation")
