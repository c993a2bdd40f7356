"""How a row of words states a relation: by a verb, by a noun, or by a describer like "X-backed"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import NamedTuple

from marsad.reading.clauses.clauses import POSSESSIVES, Group, clause_of, in_phrase
from marsad.reading.clauses.participants import Participant, Row
from marsad.reading.clauses.subjects import clause_subject, joined_after, joined_before, object_after, subject
from marsad.reading.clauses.verb_groups import VerbGroup, verb_group
from marsad.reading.incidents.arguments import carrier_before, prepositions_after
from marsad.reading.incidents.triggers import vocabulary
from marsad.reading.inflection import VerbForm, conjugate, plural
from marsad.reading.lexicon import Entry, load
from marsad.records.reading import ActorKind, Polarity, RelationType

_NEAR_PREPOSITION = 7  # words between a verb and the preposition that it takes


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


class RelationWords(Entry, frozen=True):
    """The shape of `relations.toml`."""

    verbs: tuple[VerbRule, ...]
    nouns: tuple[NounRule, ...]
    members: frozenset[str]
    kinds: Kinds
    fighting: Fighting


def relation_words() -> RelationWords:
    loaded: RelationWords = load("relations", RelationWords)
    return loaded


class Found(NamedTuple):
    """One relation as a row states it; `at` and `stop` are the row indices of its words."""

    type: RelationType
    source: Participant
    target: Participant
    at: int
    stop: int
    polarity: Polarity = "affirmed"
    persons: bool = False


@cache
def _verbs() -> dict[str, tuple[tuple[VerbRule, VerbForm], ...]]:
    table: dict[str, tuple[tuple[VerbRule, VerbForm], ...]] = {}
    for rule in relation_words().verbs:
        for entry in rule.words:
            for form in conjugate(entry):
                table[form.surface] = (*table.get(form.surface, ()), (rule, form))
    return table


@cache
def _nouns() -> dict[tuple[str, ...], tuple[NounRule, ...]]:
    table: dict[tuple[str, ...], tuple[NounRule, ...]] = {}
    for rule in relation_words().nouns:
        for noun in rule.words:
            for form in {noun, plural(noun)}:
                key = tuple(form.split())
                table[key] = (*table.get(key, ()), rule)
    return table


def by_ties(row: Row) -> Iterator[Found]:
    """ "X-backed Y" and "X-led Y": the name describes the next participant of its phrase."""
    for at, word in enumerate(row):
        if word.tie is None or word.tie[0] not in {"backs", "leads"} or word.tie[1].actor is None:
            continue
        described = object_after(row, at + 1)
        if described is None or described[1].party is None:
            continue
        kind: RelationType = "supports" if word.tie[0] == "backs" else "leads"
        yield Found(kind, word.tie[1], described[1].party, at, at + 1)


def by_verbs(row: Row) -> Iterator[Found]:
    for at, word in enumerate(row):
        if not word.plain:
            continue
        for rule, form in _verbs().get(word.lower, ()):
            group = verb_group(row, at, form)
            if group is None:
                continue
            polarity = _polarity(row, group)
            if polarity is None:
                continue
            sources, targets = _sides_of_verb(row, rule, group)
            yield from _pairs(rule.type, sources, targets, at, group.stop, polarity, rule.persons)


def _polarity(row: Row, group: VerbGroup) -> Polarity | None:
    """Denied where the verb is negated; None where the clause only supposes or plans it."""
    words = vocabulary().status
    before = {word.lower for word in row[max(0, group.begin - 3) : group.at]}
    if before & (words.hypothetical | words.planned | words.threatened) or {"if", "whether"} & before:
        return None
    if "to" in group.auxiliaries:
        return None
    close = {word.lower for word in row[group.begin : group.at]} | set(group.auxiliaries)
    return "denied" if close & words.negations else "affirmed"


def _sides_of_verb(row: Row, rule: VerbRule, group: VerbGroup) -> tuple[Group, Group]:
    tail = prepositions_after(row, group.stop)
    if rule.preposition is not None:
        found = _governed_by(row, group.stop, rule.preposition)
        return (subject(row, group) if found else ()), found
    if group.voice == "passive" and rule.symmetric:
        return (), ()  # "conditions met by them" is no meeting
    if group.voice == "passive":
        return tail.by, subject(row, group)
    found_object = object_after(row, group.stop)
    if found_object is None or found_object[1].party is None:
        return (), ()
    return subject(row, group), joined_after(row, found_object[0])[1]


def _governed_by(row: Row, stop: int, preposition: str) -> Group:
    for at in range(stop, min(len(row), stop + _NEAR_PREPOSITION)):
        if row[at].lower == preposition:
            found = object_after(row, at + 1)
            return joined_after(row, found[0])[1] if found and found[1].party else ()
        if row[at].lower in {",", ";", ":", "and", "but", "who", "which"} and row[at].plain:
            return ()
    return ()


def by_nouns(row: Row) -> Iterator[Found]:
    for at, word in enumerate(row):
        if not word.plain:
            continue
        for size in (3, 2, 1):
            for rule in _nouns().get(tuple(other.lower for other in row[at : at + size]), ()):
                yield from _by_noun(row, rule, at, at + size)


def _by_noun(row: Row, rule: NounRule, at: int, stop: int) -> Iterator[Found]:
    sources = _first(row, rule.source, at, stop)
    if not sources:
        return
    if rule.source == rule.target == ("between",):
        sources, targets = sources[:1], sources[1:]
    else:
        targets = _first(row, rule.target, at, stop)
    yield from _pairs(rule.type, sources, targets, at, stop, "affirmed", rule.persons)


def by_apposition(row: Row) -> Iterator[Found]:
    """ "X, a member of Y": a person's name with a member of a group beside it."""
    for at, word in enumerate(row[:-2]):
        person, member = word.party, row[at + 2].party
        if at + 3 < len(row) and member is None and row[at + 2].lower in {"a", "an", "one"}:
            member = row[at + 3].party
        if person is None or member is None or row[at + 1].lower != ",":
            continue
        if person.sort == "name" and member.sort == "combatant" and member.head in relation_words().members:
            yield Found("member_of", person, member, at + 2, at + 3, persons=True)


def _first(row: Row, slots: tuple[str, ...], at: int, stop: int) -> Group:
    for slot in slots:
        group = _slot(row, slot, at, stop)
        if group:
            return group
    return ()


def _slot(row: Row, slot: str, at: int, stop: int) -> Group:
    """The participants in one place around a noun at row indices `[at, stop)`."""
    if slot == "owner":
        return _owner(row, at)
    if slot == "named":
        return _named(row, at, stop)
    if slot == "clause":
        begin, _ = clause_of(row, at)
        return clause_subject(row, begin, at)
    if slot == "carrier":
        return carrier_before(row, at)
    found = object_after(row, stop + 1) if stop < len(row) and row[stop].lower == slot else None
    return joined_after(row, found[0])[1] if found and found[1].party else ()


def _owner(row: Row, at: int) -> Group:
    """The name before the noun, with or without a possessive: "the group's ally", "US support"."""
    back = at - 1
    while back >= 0 and at - back < 5:
        word = row[back]
        if word.party is not None and word.party.actor is not None:
            adjacent = back == at - 1 or row[back + 1].lower in POSSESSIVES
            return joined_before(row, back)[1][-1:] if adjacent else ()
        if not (word.lower in POSSESSIVES or (word.plain and in_phrase(word))):
            return ()
        back -= 1
    return ()


def _named(row: Row, at: int, stop: int) -> Group:
    """The name beside a title: "its leader, X", "leader X", "X, the leader of", "X is the leader"."""
    ahead = stop + 1 if stop < len(row) and row[stop].lower == "," else stop
    if ahead < len(row) and (party := row[ahead].party) is not None and party.actor is not None:
        return (party,)
    back = at - 1
    while back >= 0 and at - back < 5 and row[back].plain and in_phrase(row[back]):
        back -= 1
    if back >= 0 and row[back].plain and row[back].lower in {",", "is", "was"}:
        back -= 1
    else:
        return ()
    party = row[back].party if back >= 0 else None
    return (party,) if party is not None and party.actor is not None else ()


def _pairs(
    kind: RelationType,
    sources: Group,
    targets: Group,
    at: int,
    stop: int,
    polarity: Polarity,
    persons: bool,
) -> Iterator[Found]:
    for source, target in product(sources, targets):
        yield Found(kind, source, target, at, stop, polarity, persons)
