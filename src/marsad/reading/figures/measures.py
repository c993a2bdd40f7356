"""The vocabulary of measures: which nouns are counted, and what happened to those counted."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Literal, NamedTuple

from marsad.gazetteer.countries import load_countries
from marsad.reading.inflection import conjugate, plural
from marsad.reading.lexicon import Entry, load
from marsad.reading.phrases import Phrases
from marsad.records.reading import Aspect, PlaceKind

Context = Literal["demanded", "planned", "projected", "estimated"]

PEOPLE = frozenset(
    {
        "fighters",
        "people",
        "families",
        "held",
        "displaced",
        "hostages",
        "dead",
        "hurt",
        "casualties",
        "recruits",
    }
)
_LEMMAS = {"people": "person", "others": "person", "more": "person", "forces": "fighter"}


class Kind(Entry, frozen=True):
    """One kind of counted noun. `shares_only`: counted only as what a share is of."""

    measure: str
    part: str
    nouns: tuple[str, ...]
    shares_only: bool = False


class EventWords(Entry, frozen=True):
    measure: str
    aspect: Aspect
    verbs: tuple[str, ...]
    intransitive: tuple[str, ...]
    states: tuple[str, ...]
    totals: tuple[str, ...]
    lead_ins: tuple[str, ...]


class Money(Entry, frozen=True):
    default: str
    measures: dict[str, tuple[str, ...]]


class Detention(Entry, frozen=True):
    nouns: frozenset[str]
    verbs: frozenset[str]
    staying: frozenset[str]
    moving: frozenset[str]
    kinds: frozenset[str]
    custody: frozenset[str]


class Origin(Entry, frozen=True):
    before: frozenset[str]


class Changes(Entry, frozen=True):
    up: frozenset[str]
    down: frozenset[str]


class Links(Entry, frozen=True):
    earlier: tuple[str, ...]
    parts: tuple[str, ...]
    possession: frozenset[str]
    per: frozenset[str]
    periods: frozenset[str]
    adverbs: dict[str, str]


class OtherNumbers(Entry, frozen=True):
    names: frozenset[str]
    after: frozenset[str]
    definite: frozenset[str]


class Vocabulary(Entry, frozen=True):
    """`data/measures.toml`."""

    notable: int
    small_measures: tuple[str, ...]
    forces: frozenset[str]
    peaceful: frozenset[str]
    members: frozenset[str]
    men: frozenset[str]
    kinds: dict[str, Kind]
    events: tuple[EventWords, ...]
    money: Money
    places_of_detention: Detention
    taken_up: dict[str, frozenset[PlaceKind]]
    origin: Origin
    context: dict[Context, tuple[str, ...]]
    within: dict[Context, frozenset[str]]
    follows: dict[Context, tuple[str, ...]]
    changes: Changes
    links: Links
    other_numbers: OtherNumbers


class Noun(NamedTuple):
    kind: str
    lemma: str


class Event(NamedTuple):
    measure: str
    aspect: Aspect


class Verb(NamedTuple):
    """A surface form of an event's verb. `participle`: may stand in the passive."""

    event: Event
    active: bool
    participle: bool
    particle: tuple[str, ...]


@cache
def vocabulary() -> Vocabulary:
    loaded: Vocabulary = load("measures", Vocabulary)
    return loaded


@cache
def nouns() -> Phrases[Noun]:
    """Counted nouns in the singular and the plural, and peoples by their demonyms."""
    entries: dict[str, Noun] = {}
    for kind, entry in vocabulary().kinds.items():
        for noun in entry.nouns:
            lemma = _LEMMAS.get(noun, noun)
            for form in (noun, plural(noun)):
                entries.setdefault(form.casefold(), Noun(kind, lemma))
    for country in load_countries():
        for demonym in country.demonyms:
            if demonym.endswith("s") and f"{demonym[:-1]}" in country.demonyms:  # Syrian, Syrians
                entries.setdefault(demonym.casefold(), Noun("people", demonym[:-1]))
            elif demonym.endswith("ese"):
                entries.setdefault(demonym.casefold(), Noun("people", demonym))
    return Phrases(entries)


@cache
def singulars() -> frozenset[str]:
    """The forms that count one only: "refugee" in "100 refugee cases" is not what is counted."""
    names = [noun for entry in vocabulary().kinds.values() for noun in entry.nouns]
    many = (
        {plural(noun) for noun in names} | set(_LEMMAS) | {"staff", "personnel", "dead", "wounded", "druze"}
    )
    return frozenset(noun.casefold() for noun in names if noun not in many and not noun.endswith("s"))


@cache
def part_phrases() -> Phrases[bool]:
    return Phrases(dict.fromkeys(vocabulary().links.parts, True))


@cache
def earlier_phrases() -> Phrases[bool]:
    return Phrases(dict.fromkeys(vocabulary().links.earlier, True))


@cache
def verbs() -> dict[str, tuple[Verb, ...]]:
    """Verbs whose object, or whose subject in the passive, are those counted."""
    return _by_surface((entry, entry.verbs) for entry in vocabulary().events)


@cache
def intransitive() -> dict[str, tuple[Verb, ...]]:
    """Verbs whose subject are those counted."""
    return _by_surface((entry, entry.intransitive) for entry in vocabulary().events)


def _by_surface(groups: Iterable[tuple[EventWords, tuple[str, ...]]]) -> dict[str, tuple[Verb, ...]]:
    """The verbs by their surface, those that need a particle first: "left to join" is no flight."""
    found: dict[str, list[Verb]] = {}
    for entry, bases in groups:
        for surface, verb in _forms(entry, bases):
            found.setdefault(surface, []).append(verb)
    return {
        surface: tuple(sorted(each, key=lambda verb: not verb.particle)) for surface, each in found.items()
    }


def _forms(entry: EventWords, bases: tuple[str, ...]) -> list[tuple[str, Verb]]:
    event = Event(entry.measure, entry.aspect)
    return [
        (
            form.surface,
            Verb(event, bool(form.forms - {"participle"}), "participle" in form.forms, _words(form.particle)),
        )
        for base in bases
        for form in conjugate(base)
    ]


def _words(particle: str | None) -> tuple[str, ...]:
    return tuple(particle.split()) if particle else ()


@cache
def states() -> Phrases[Event]:
    return Phrases({phrase: _event(entry) for entry in vocabulary().events for phrase in entry.states})


@cache
def totals() -> Phrases[Event]:
    return Phrases({phrase: _event(entry) for entry in vocabulary().events for phrase in entry.totals})


@cache
def lead_ins() -> Phrases[Event]:
    return Phrases({phrase: _event(entry) for entry in vocabulary().events for phrase in entry.lead_ins})


@cache
def contexts() -> Phrases[Context]:
    return Phrases.of(vocabulary().context)


@cache
def follows() -> Phrases[Context]:
    return Phrases.of(vocabulary().follows)


@cache
def money() -> dict[str, str]:
    """Words near an amount of money to its measure."""
    words = vocabulary().money.measures.items()
    return {form: measure for measure, group in words for word in group for form in (word, plural(word))}


def _event(entry: EventWords) -> Event:
    return Event(entry.measure, entry.aspect)
