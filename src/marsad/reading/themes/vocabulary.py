"""The words of `themes.toml`: phrases of themes, verbs with their objects, words for directions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Literal, NamedTuple

from msgspec import Meta

from marsad.reading.inflection import conjugate, plural
from marsad.reading.lexicon import Entry, load
from marsad.reading.phrases import Phrases
from marsad.records.reading import Direction

ThemeName = Literal[
    "strength", "capability", "finance", "recruitment", "leadership", "territory", "detention",
    "displacement", "repatriation", "hostages", "protection", "governance", "external_support", "intent",
    "civilian_harm", "risk",
]  # fmt: skip
Count = Annotated[int, Meta(ge=0)]


class _Words(Entry, frozen=True):
    words: tuple[str, ...]
    up: tuple[str, ...] = ()
    down: tuple[str, ...] = ()
    steady: tuple[str, ...] = ()


class _Act(Entry, frozen=True):
    theme: ThemeName
    direction: Direction
    objects: tuple[str, ...]
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    named: bool = False


class _Directions(Entry, frozen=True):
    up: tuple[str, ...]
    down: tuple[str, ...]
    steady: tuple[str, ...]


class _Open(Entry, frozen=True):
    denials: tuple[str, ...]
    suppositions: tuple[str, ...]
    carried_out: frozenset[str]


class Reach(Entry, frozen=True):
    words: Count
    object: Count
    open: Count
    most: Annotated[int, Meta(ge=1)]


class _Vocabulary(Entry, frozen=True):
    """The shape of `themes.toml`."""

    ignored: tuple[str, ...]
    themes: dict[ThemeName, _Words]
    acts: tuple[_Act, ...]
    directions: _Directions
    open: _Open
    reach: Reach


class Sense(NamedTuple):
    """A theme, with the direction that a phrase brings of itself; `None`: the words near it say."""

    theme: ThemeName
    direction: Direction | None


class Trigger(NamedTuple):
    """A verb or noun that has a theme together with one of `objects`."""

    sense: Sense
    objects: frozenset[str]
    named: bool  # a name is an object too
    is_participle: bool
    is_noun: bool  # its object follows "of", "for" or "to"
    particle: str | None


@cache
def _vocabulary() -> _Vocabulary:
    loaded: _Vocabulary = load("themes", _Vocabulary)
    return loaded


def reach() -> Reach:
    return _vocabulary().reach


@cache
def phrases() -> Phrases[Sense | None]:
    """Every phrase of a theme with its sense; `None` for those to pass over."""
    groups: dict[Sense | None, tuple[str, ...]] = {None: _vocabulary().ignored}
    for theme, words in _vocabulary().themes.items():
        groups[Sense(theme, "up")] = words.up
        groups[Sense(theme, "down")] = words.down
        groups[Sense(theme, "steady")] = words.steady
        groups[Sense(theme, None)] = words.words
    return Phrases.of(groups)


@cache
def triggers() -> dict[str, tuple[Trigger, ...]]:
    """The verbs and nouns of acts by every form of theirs, lower case."""
    found: dict[str, tuple[Trigger, ...]] = {}
    for act in _vocabulary().acts:
        for surface, trigger in _forms(act):
            found[surface] = (*found.get(surface, ()), trigger)
    return found


def _forms(act: _Act) -> Iterator[tuple[str, Trigger]]:
    sense = Sense(act.theme, None if act.direction == "none" else act.direction)
    objects = frozenset(form for noun in act.objects for form in (noun, plural(noun)))
    for entry in act.verbs:
        for form in conjugate(entry):
            is_participle = "participle" in form.forms
            yield form.surface, Trigger(sense, objects, act.named, is_participle, False, form.particle)
    for noun in act.nouns:
        yield noun, Trigger(sense, objects, act.named, False, True, None)


@cache
def moves() -> Phrases[Direction]:
    """Words that say how what stands near them moves."""
    directions = _vocabulary().directions
    groups: dict[Direction, tuple[str, ...]] = {
        "up": directions.up,
        "down": directions.down,
        "steady": directions.steady,
    }
    return Phrases.of(groups)


@cache
def openers() -> Phrases[bool]:
    """Words that deny what follows, or only suppose, wish or fear it."""
    words = _vocabulary().open
    return Phrases.of({True: (*words.denials, *words.suppositions)})


def carried_out() -> frozenset[str]:
    """Words before "to" and a verb that say that it is done: "began to regroup"."""
    return _vocabulary().open.carried_out
