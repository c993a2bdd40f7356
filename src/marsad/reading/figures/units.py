"""Units of figures: ISO 4217 currencies and UCUM units, by the words and signs that name them.

The names are those of Unicode CLDR (`data/cldr.json`, written by `scripts/units.py` from Babel),
and what news writes beside them (`data/units.toml`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

import msgspec

from marsad.reading.inflection import plural
from marsad.reading.lexicon import Entry, load
from marsad.reading.phrases import Match, Phrases
from marsad.reading.text import Token, tokenize


class Unit(NamedTuple):
    """A code with what it measures: money, share, multiple, or a dimension of CLDR such as length."""

    code: str
    role: str


class _CldrUnit(msgspec.Struct, frozen=True):
    role: str
    names: tuple[str, ...]
    symbols: tuple[str, ...]


class _CldrCurrency(msgspec.Struct, frozen=True):
    names: tuple[str, ...]
    signs: tuple[str, ...]


class _Cldr(msgspec.Struct, frozen=True):
    """`data/cldr.json`."""

    units: dict[str, _CldrUnit]
    currencies: dict[str, _CldrCurrency]


class Currency(Entry, frozen=True):
    signs: dict[str, str]
    words: dict[str, str]
    common: frozenset[str]
    codes: frozenset[str]


class Vocabulary(Entry, frozen=True):
    """`data/units.toml`: what is written before or after a number, and its code."""

    currency: Currency
    units: dict[str, tuple[str, ...]]
    roles: dict[str, tuple[str, ...]]


@cache
def _cldr() -> _Cldr:
    raw = resources.files("marsad.reading").joinpath("data", "cldr.json").read_bytes()
    return msgspec.json.decode(raw, type=_Cldr)


@cache
def _vocabulary() -> Vocabulary:
    loaded: Vocabulary = load("units", Vocabulary)
    return loaded


@cache
def names() -> dict[str, str]:
    """The English name, in the singular, of every code that a figure can have as its unit."""
    cldr = _cldr()
    named = {code: words[0] for code, words in _vocabulary().units.items()}
    named |= {code: unit.names[0] for code, unit in cldr.units.items()}
    return named | {code: money.names[0] for code, money in cldr.currencies.items()}


@cache
def _roles() -> dict[str, str]:
    roles = {code: unit.role for code, unit in _cldr().units.items()}
    return roles | {code: role for role, codes in _vocabulary().roles.items() for code in codes}


@cache
def signs() -> dict[str, str]:
    """What may stand before an amount of money, signs and codes, to the code."""
    known = _vocabulary().currency
    codes = {code: code for code in _cldr().currencies if code not in known.codes}
    marks = {sign: code for code, money in _cldr().currencies.items() for sign in money.signs}
    return codes | marks | known.signs


@cache
def _signs() -> Phrases[Unit]:
    return Phrases({sign: Unit(code, "money") for sign, code in signs().items()})


@cache
def _names() -> Phrases[Unit]:
    """Words for units in any case: names of CLDR, abbreviations of two letters and more."""
    entries = {"%": Unit("%", "share")} | dict(_currency_names())
    for code, unit in _cldr().units.items():
        for name in unit.names:
            for form in _variants(name):
                entries.setdefault(form, Unit(code, unit.role))
    for code, words in _vocabulary().units.items():
        entries |= {word: Unit(code, _roles()[code]) for word in words if len(word) > 1}
    return Phrases(entries)


def _variants(name: str) -> Iterator[str]:
    """As CLDR has it, with "an hour" for "per hour", and with a hyphen or a blank within."""
    yield name
    for per, article in ((" per hour", " an hour"), (" per ", " a ")):
        if per in name:
            yield name.replace(per, article)
            break
    if "-" in name:
        yield name.replace("-", " ")


def _currency_names() -> Iterator[tuple[str, Unit]]:
    """Names of currencies; the last word alone where one currency has it: "naira"."""
    known = _vocabulary().currency
    last: dict[str, set[str]] = {}
    for code, money in _cldr().currencies.items():
        for name in money.names:
            last.setdefault(name.split()[-1].casefold(), set()).add(code)
            yield name, Unit(code, "money")
    common = known.common | {plural(word) for word in known.common}
    for word, codes in last.items():
        if len(codes) == 1 and word not in common:
            yield word, Unit(min(codes), "money")
    for word, code in known.words.items():
        yield from ((form, Unit(code, "money")) for form in (word, plural(word)))


@cache
def _symbols() -> Phrases[dict[str, Unit]]:
    """Abbreviations by their letters in lower case, then as written: mW and MW, Gb and GB."""
    found: dict[str, dict[str, Unit]] = {}
    for code, unit in _cldr().units.items():
        for symbol in unit.symbols:
            found.setdefault(symbol.casefold(), {}).setdefault(symbol.replace(" ", ""), Unit(code, unit.role))
    for code, words in _vocabulary().units.items():
        for word in words:
            if len(word) == 1 and word.isalpha():
                found.setdefault(word.casefold(), {})[word] = Unit(code, _roles()[code])
    for code in _cldr().currencies:
        found.setdefault(code.casefold(), {})[code] = Unit(code, "money")
    return Phrases(found)


def sign_at(tokens: Sequence[Token], index: int) -> Match[Unit] | None:
    """A currency sign or code before a number: `$`, `US$`, `USD`, `Rs`. A code is in capitals."""
    found = _signs().at(tokens, index)
    if found and any(token.is_word and not token.text[0].isupper() for token in tokens[index : found.stop]):
        return None
    codes = found and found.stop == index + 1 and len(tokens[index].text) > 2 and tokens[index].is_word
    return None if codes and not tokens[index].text.isupper() else found


def named(name: str) -> Unit | None:
    """The unit that one word names, in any case: the mile of "billion-mile"."""
    found = _names().at(tokenize(name, 0, len(name)), 0)
    return found.value if found else None


def word_at(tokens: Sequence[Token], index: int) -> Match[Unit] | None:
    """A unit after a number: `dollars`, `per cent`, `square kilometres`, `kWh`, `USD`."""
    name = _names().at(tokens, index)
    symbol = _symbol_at(tokens, index)
    if name and symbol:
        return symbol if symbol.stop > name.stop else name
    return name or symbol


def _symbol_at(tokens: Sequence[Token], index: int) -> Match[Unit] | None:
    found = _symbols().at(tokens, index)
    if found is None or not tokens[index - 1].is_number:
        return None
    written = "".join(token.text for token in tokens[index : found.stop]).replace("µ", "μ")
    if written in found.value:
        return Match(found.value[written], found.stop)
    units = [unit for symbol, unit in found.value.items() if len(symbol) > 1 and unit.role != "money"]
    return Match(units[0], found.stop) if units else None
