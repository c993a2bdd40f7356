"""The vocabulary of the slots: words that say where, when and within what limits a figure holds."""

from __future__ import annotations

from functools import cache

from marsad.gazetteer.countries import load_countries
from marsad.reading.lexicon import Entry, load
from marsad.reading.phrases import Phrases


class PlaceWords(Entry, frozen=True):
    hosting: frozenset[str]
    hosts: frozenset[str]
    leaving: frozenset[str]
    fleeing: frozenset[str]
    of_it: frozenset[str]
    types: frozenset[str]
    beside: frozenset[str]
    journeys: frozenset[str]
    reaching: frozenset[str]
    battles: frozenset[str]
    compass: frozenset[str]
    speaking: frozenset[str]
    elsewhere: frozenset[str]
    told_of_places: tuple[str, ...]
    far_told: tuple[str, ...]
    not_told_of_places: frozenset[str]


class TimeWords(Entry, frozen=True):
    now: frozenset[str]
    now_phrases: tuple[str, ...]
    anaphors: tuple[str, ...]
    beginnings: frozenset[str]


class AspectWords(Entry, frozen=True):
    stative: frozenset[str]
    dynamic: frozenset[str]
    nouns: frozenset[str]


class SubjectWords(Entry, frozen=True):
    others: frozenset[str]
    groups: frozenset[str]
    organised: frozenset[str]
    irregulars: frozenset[str]
    regulars: frozenset[str]
    strengths: frozenset[str]
    paying: frozenset[str]
    losing: frozenset[str]


class StatusWords(Entry, frozen=True):
    promised: frozenset[str]
    denying: frozenset[str]


class PartWords(Entry, frozen=True):
    openings: tuple[str, ...]
    harmed: tuple[str, ...]
    taking_up: tuple[str, ...]
    counting: frozenset[str]
    counts: frozenset[str]


class LimitWords(Entry, frozen=True):
    phrases: tuple[str, ...]
    without: tuple[str, ...]
    recent: frozenset[str]


class SlotWords(Entry, frozen=True):
    """`data/figure_slots.toml`."""

    places: PlaceWords
    times: TimeWords
    aspects: AspectWords
    subjects: SubjectWords
    statuses: StatusWords
    parts: PartWords
    limits: LimitWords


@cache
def slot_words() -> SlotWords:
    loaded: SlotWords = load("figure_slots", SlotWords)
    return loaded


@cache
def now_phrases() -> Phrases[bool]:
    words = slot_words().times
    return Phrases(dict.fromkeys((*words.now, *words.now_phrases), True))


@cache
def anaphors() -> Phrases[bool]:
    """What a sentence takes up from the one before: "the attack"."""
    return Phrases(dict.fromkeys(slot_words().times.anaphors, True))


@cache
def limit_phrases() -> Phrases[bool]:
    return Phrases(dict.fromkeys(slot_words().limits.phrases, True))


@cache
def part_openings() -> Phrases[bool]:
    """What opens a sentence that gives a part of the number before: "Among them were"."""
    return Phrases(dict.fromkeys(slot_words().parts.openings, True))


@cache
def harmed_openings() -> Phrases[bool]:
    """The same where the whole came to harm: "Among the dead were"."""
    return Phrases(dict.fromkeys(slot_words().parts.harmed, True))


@cache
def taking_up() -> Phrases[bool]:
    """What gives the number of the sentence before anew: "put the number at"."""
    return Phrases(dict.fromkeys(slot_words().parts.taking_up, True))


@cache
def without() -> Phrases[bool]:
    """What opens an exception: "not counting"."""
    return Phrases(dict.fromkeys(slot_words().limits.without, True))


@cache
def demonyms() -> dict[str, tuple[str, ...]]:
    """The adjective of a country, in lower case, to its code: of "congolese" two."""
    found: dict[str, tuple[str, ...]] = {}
    for country in load_countries():
        for word in country.demonyms:
            found[word.lower()] = (*found.get(word.lower(), ()), country.code)
    return found
