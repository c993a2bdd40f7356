"""The vocabulary of `data/relations.toml`."""

from __future__ import annotations

from marsad.reading.lexicon import Entry, load
from marsad.records.reading import ActorKind, RelationType


class VerbRule(Entry, frozen=True):
    """Subject to object, or to what `preposition` governs."""

    type: RelationType
    words: tuple[str, ...]
    preposition: str | None = None
    symmetric: bool = False
    persons: bool = False  # the source is a person


class NounRule(Entry, frozen=True):
    """Where source and target of a noun stand: prepositions, or owner, clause, named, carrier."""

    type: RelationType
    words: tuple[str, ...]
    source: tuple[str, ...]
    target: tuple[str, ...]
    symmetric: bool = False
    persons: bool = False


class Kinds(Entry, frozen=True):
    sides: frozenset[ActorKind]
    fighters: frozenset[ActorKind]


class Fighting(Entry, frozen=True):
    kinds: frozenset[str]


class Cues(Entry, frozen=True):
    """Words that hint at a relation: verbs in all their forms, others also in the plural."""

    verbs: tuple[str, ...]
    words: tuple[str, ...]


class Elsewhere(Entry, frozen=True):
    """Words that part somebody from a place: `before` it, or anywhere between the two."""

    before: frozenset[str]
    breaks: frozenset[str]


class RelationWords(Entry, frozen=True):
    """The shape of `relations.toml`."""

    verbs: tuple[VerbRule, ...]
    nouns: tuple[NounRule, ...]
    members: frozenset[str]
    leaders: frozenset[str]
    kinds: Kinds
    fighting: Fighting
    cues: dict[RelationType, Cues]
    elsewhere: Elsewhere
    sure: dict[RelationType, float]  # the probability from which the pair model's relations are told


def relation_words() -> RelationWords:
    loaded: RelationWords = load("relations", RelationWords)
    return loaded
