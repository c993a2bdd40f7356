"""Whose those counted are, and what of them: from the noun phrase of a figure as it was worded."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources

import msgspec

from marsad.gazetteer.countries import load_countries
from marsad.linkage.copies import folded_words
from marsad.reading.figures.lemmas import singular

STATE = "state:"  # before a country's code: the key of a state and its forces
_SIDED = "strength.sided"
_LONGEST = 3  # words of the name of a country
_RECENT = 20_000  # phrases that are kept: the same ones come again and again


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`words.toml`."""

    plain: frozenset[str]
    forces: frozenset[str]
    owned: tuple[str, ...]
    unplaced: tuple[str, ...]
    events: tuple[str, ...]
    unnamed: frozenset[str]
    nouns: dict[str, frozenset[str]]
    alike: dict[str, str]


@cache
def words() -> Words:
    shipped = resources.files("marsad.assessment.series").joinpath("words.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(shipped), Words)


def is_owned(measure: str) -> bool:
    """Whether whose it is belongs to what is counted: fighters, money, recruits."""
    return measure.startswith(words().owned)


def needs_place(measure: str, subject: str | None) -> bool:
    """Whether a number without a place is of an unknown scope. A group's money is not."""
    return subject is None or not measure.startswith(words().unplaced)


def is_event(measure: str) -> bool:
    return measure.startswith(words().events)


def is_named(measure: str) -> bool:
    return measure not in words().unnamed


@lru_cache(_RECENT)
def lemmas(phrase: str) -> tuple[str, ...]:
    """The words of a noun phrase, folded, nouns in the singular."""
    return tuple(singular(word) for word in folded_words(phrase))


def folded_phrase(phrase: str) -> str:
    return " ".join(folded_words(phrase))


@cache
def _countries() -> dict[tuple[str, ...], str]:
    return {
        lemmas(word): country.code
        for country in load_countries()
        for word in (country.name, *country.aliases, *country.demonyms)
    }


def name_of(state: str) -> str:
    """What the state is called that has this key."""
    code = state.removeprefix(STATE)
    return next((each.name for each in load_countries() if each.code == code), code)


def _country_at_start(phrase: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    """The country whose name or adjective opens a phrase, and the words after it."""
    for size in range(min(_LONGEST, len(phrase)), 0, -1):
        code = _countries().get(phrase[:size])
        if code:
            return code, phrase[size:]
    return None, phrase


@lru_cache(_RECENT)
def state_of(name: str) -> str | None:
    """The key of the state that is named, or whose forces are: `state:US` of "US troops"; else none."""
    code, rest = _country_at_start(tuple(word for word in lemmas(name) if word not in words().plain))
    return STATE + code if code and all(word in words().forces for word in rest) else None


@lru_cache(_RECENT)
def is_of_state(noun: str) -> bool:
    """Whether a country's name or adjective opens it: "US airstrikes"."""
    code, _ = _country_at_start(lemmas(noun))
    return code is not None


@lru_cache(_RECENT)
def narrower(measure: str, population: str | None, names: tuple[str, ...], *, is_told: bool) -> str | None:
    """What is counted, where that is less than all that the measure counts, as sorted words.

    Args:
        population: the noun phrase as worded.
        names: what the owner is called.
        is_told: whether the owner is known, so that "jihadists" are all its fighters.
    """
    if not population:
        return None
    known = _nouns(measure, is_told=is_told) | words().plain
    own = {word for name in names for word in lemmas(name)}
    code = next((key.removeprefix(STATE) for name in names if (key := state_of(name))), None)
    left = _without_country(lemmas(population), code)
    kept = {words().alike.get(word, word) for word in left if word not in own and word not in known}
    return " ".join(sorted(kept)) or None


def _nouns(measure: str, *, is_told: bool) -> frozenset[str]:
    table = words().nouns
    found = [nouns for prefix, nouns in table.items() if measure.startswith(prefix) and prefix != _SIDED]
    if is_told and measure.startswith("strength."):
        found.append(table[_SIDED])
    kind, _, noun = measure.partition(".")
    return frozenset().union(*found, lemmas(noun) if kind == "count" else ())


def _without_country(phrase: tuple[str, ...], code: str | None) -> tuple[str, ...]:
    found, rest = _country_at_start(phrase)
    return rest if found is not None and found == code else phrase


def names_of(key: str | None, said: Iterable[str]) -> tuple[str, ...]:
    """What an actor is called: as documents have it and, of a known one, all that it is called."""
    from marsad.reading.actors.known import known_actors  # noqa: PLC0415 (a table that is loaded once)

    told = sorted(set(said))
    known = [each for each in known_actors() if each.name in told] if key else []
    return tuple(dict.fromkeys([*told, *(name for each in known for name in (each.name, *each.aliases))]))
