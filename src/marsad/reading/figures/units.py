"""Units of figures: ISO 4217 currencies and UCUM units, by the words and signs that name them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from marsad.reading.lexicon import Entry, load
from marsad.reading.phrases import Match, Phrases
from marsad.reading.text import Token

Role = Literal["money", "share", "area", "length", "mass", "volume"]


class Unit(NamedTuple):
    code: str
    role: Role


class Currency(Entry, frozen=True):
    signs: dict[str, str]
    words: dict[str, str]


class Vocabulary(Entry, frozen=True):
    """`data/units.toml`: what is written before or after a number, and its code."""

    currency: Currency
    ucum: dict[str, str]
    roles: dict[Literal["area", "length", "mass", "volume"], tuple[str, ...]]


@cache
def _signs() -> Phrases[Unit]:
    vocabulary: Vocabulary = load("units", Vocabulary)
    return Phrases({sign: Unit(code, "money") for sign, code in vocabulary.currency.signs.items()})


@cache
def _words() -> Phrases[Unit]:
    vocabulary: Vocabulary = load("units", Vocabulary)
    role_of = {code: role for role, codes in vocabulary.roles.items() for code in codes}
    words = {word: Unit(code, role_of.get(code, "share")) for word, code in vocabulary.ucum.items()}
    return Phrases(words | {word: Unit(code, "money") for word, code in vocabulary.currency.words.items()})


def sign_at(tokens: Sequence[Token], index: int) -> Match[Unit] | None:
    """A currency sign or code before a number: `$`, `US$`, `USD`. A code is in capitals."""
    found = _signs().at(tokens, index)
    if found and any(token.is_word and not token.text.isupper() for token in tokens[index : found.stop]):
        return None
    return found


def word_at(tokens: Sequence[Token], index: int) -> Match[Unit] | None:
    """A unit after a number: `dollars`, `per cent`, `square kilometres`."""
    return _words().at(tokens, index)
