"""The vocabulary of `data/places.toml`, in the sets that the readers of places ask for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from marsad.gazetteer import load_countries
from marsad.gazetteer.folding import fold
from marsad.reading.lexicon import Entry, load
from marsad.records.reading import PlaceKind


class _Type(Entry, frozen=True):
    kind: PlaceKind
    words: tuple[str, ...]
    after: bool = False
    before: tuple[str, ...] = ()
    of: bool = False
    alone: tuple[str, ...] = ()
    road: bool = False


class _Feature(Entry, frozen=True):
    kind: PlaceKind
    words: frozenset[str]
    first: frozenset[str] = frozenset()


class _Told(Entry, frozen=True):
    common: frozenset[str]
    dwellings: frozenset[str]
    bodies: frozenset[str]


class _Context(Entry, frozen=True):
    not_a_unit: frozenset[str]
    directions: frozenset[str]
    locatives: frozenset[str]
    weak_locatives: frozenset[str]
    verbs_of_place: frozenset[str]
    near: frozenset[str]
    rural: frozenset[str]
    inside: frozenset[str]
    fillers: frozenset[str]
    connectors: frozenset[str]
    with_the: frozenset[str]
    after_the: frozenset[str]
    borders: frozenset[str]
    strongholds: frozenset[str]
    camps: frozenset[str]
    pacts: frozenset[str]
    colleges: frozenset[str]
    based: frozenset[str]
    parties: frozenset[str]
    has: frozenset[str]
    called: frozenset[str]
    called_before: frozenset[str]


class _Persons(Entry, frozen=True):
    titles: frozenset[str]
    speech: frozenset[str]
    offices: frozenset[str]
    institutions: frozenset[str]
    kin: frozenset[str]
    nouns: frozenset[str]
    peoples: frozenset[str]
    acts: frozenset[str]
    belongings: frozenset[str]


class _Words(Entry, frozen=True):
    openers: frozenset[str]
    calendar: frozenset[str]
    ambiguous: frozenset[str]
    never: frozenset[str]
    personal_countries: frozenset[str]


class _Adjectival(Entry, frozen=True):
    names: frozenset[str]
    followed_by: frozenset[str]


class Vocabulary(Entry, frozen=True):
    types: tuple[_Type, ...]
    features: tuple[_Feature, ...]
    told: _Told
    context: _Context
    persons: _Persons
    words: _Words
    adjectival: _Adjectival
    senses: dict[str, str]


@cache
def vocabulary() -> Vocabulary:
    found: Vocabulary = load("places", Vocabulary)
    return found


@cache
def types_after() -> dict[str, PlaceKind]:
    """Type words that follow a name, in singular and plural, by the kind that they tell."""
    found: dict[str, PlaceKind] = {}
    for entry in vocabulary().types:
        for word in entry.words:
            if entry.after and not entry.road:
                found[word] = found[plural(word)] = entry.kind
    return found


@cache
def type_heads() -> frozenset[str]:
    """The first words of `types_after`."""
    return frozenset(words.split()[0] for words in types_after())


@cache
def roads() -> frozenset[str]:
    """Type words of roads: a name of its own, whatever place it is called after."""
    return frozenset(word for entry in vocabulary().types if entry.road for word in entry.words)


@cache
def types_before() -> dict[str, PlaceKind]:
    return {word: entry.kind for entry in vocabulary().types for word in entry.before}


@cache
def types_of() -> dict[str, PlaceKind]:
    """Type words of the pattern "the town of Baghuz", in singular and plural."""
    found: dict[str, PlaceKind] = {}
    for entry in vocabulary().types:
        for word in entry.words:
            if entry.of:
                found[word] = found[plural(word)] = entry.kind
    return found


@cache
def types_alone() -> frozenset[str]:
    """Type words that make a place even of a name that the gazetteer does not have."""
    return frozenset(word for entry in vocabulary().types for word in entry.alone)


@cache
def longer_names() -> frozenset[str]:
    """Words that make a longer name of a place's, which is no place: "Bank of Syria"."""
    return vocabulary().persons.institutions | vocabulary().context.called


@cache
def leading() -> frozenset[str]:
    """Words between a preposition and a name: "in [the countryside of]"."""
    context = vocabulary().context
    return context.fillers | context.rural | context.directions


def feature_of(words: Sequence[str]) -> PlaceKind | None:
    """What a name of these words, in small letters, is by the last or the first of them."""
    features = vocabulary().features if len(words) > 1 else ()
    ends = (one.kind for one in features if words[-1] in one.words)
    return next(ends, None) or next((one.kind for one in features if words[0] in one.first), None)


def plural(word: str) -> str:
    if word.endswith("y") and not word.endswith(("ay", "ey")):
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "ch", "sh", "x")) else f"{word}s"


@cache
def demonyms() -> dict[str, tuple[str, ...]]:
    """Folded demonym to the codes of its countries: "congolese" has two."""
    found: dict[str, tuple[str, ...]] = {}
    for country in load_countries():
        for word in country.demonyms:
            found[fold(word)] = (*found.get(fold(word), ()), country.code)
    return found


@cache
def acronyms() -> frozenset[str]:
    """Folded names of countries that are written in capitals only: us, uk, drc."""
    names = (alias for country in load_countries() for alias in country.aliases)
    return frozenset(fold(name) for name in names if name.replace(".", "").isupper())
