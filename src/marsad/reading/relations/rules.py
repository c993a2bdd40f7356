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
from marsad.reading.incidents.kinds import vocabulary
from marsad.reading.inflection import VerbForm, conjugate, plural
from marsad.reading.relations.vocabulary import NounRule, VerbRule, relation_words
from marsad.records.reading import Polarity, RelationType

_NEAR_PREPOSITION = 7  # words between a verb and the preposition that it takes


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
    if "to" in group.auxiliaries or _is_supposed(row, group.begin, group.at):
        return None
    close = {word.lower for word in row[group.begin : group.at]} | set(group.auxiliaries)
    return "denied" if close & vocabulary().status.negations else "affirmed"


def stance(row: Row, begin: int, stop: int) -> Polarity | None:
    """Of a relation that row indices `[begin, stop)` state; None where it is only supposed or planned."""
    if _is_supposed(row, begin, stop):
        return None
    return (
        "denied" if {word.lower for word in row[begin:stop]} & vocabulary().status.negations else "affirmed"
    )


def _is_supposed(row: Row, begin: int, stop: int) -> bool:
    """Words of conditions, plans and threats, from a little before `begin`."""
    words = vocabulary().status
    inside = {word.lower for word in row[max(0, begin - 3) : stop]}
    return bool(inside & (words.hypothetical | words.planned | words.threatened | {"if", "whether"}))


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
        for size in (4, 3, 2, 1):
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
    """ "X, a member of Y", "X, the leader of Y", "Y leader X": a person beside who they are in a group."""
    for at, word in enumerate(row):
        person = word.party
        if person is None or person.sort != "name":
            continue
        for place in _beside(row, at):
            held = row[place].party
            kind = _standing(held.head) if held is not None else None
            if held is not None and kind is not None:
                for group in _held_of(row, place, held):
                    yield Found(kind, person, group, place, place + 1, persons=True)


def _held_of(row: Row, at: int, held: Participant) -> Group:
    """The group that an office or membership at `at` is in: named with it, or after "of"."""
    if held.actor is not None:
        return (held,)
    found = object_after(row, at + 2) if at + 1 < len(row) and row[at + 1].lower == "of" else None
    return (found[1].party,) if found is not None and found[1].party is not None else ()


def _beside(row: Row, at: int) -> Iterator[int]:
    """Row indices of what may say who the person at `at` is: "Y leader X"; "X, the leader of Y"."""
    if at and row[at - 1].party is not None:
        yield at - 1
    if at + 1 < len(row) and row[at + 1].lower == ",":
        after = at + 2
        while after < len(row) and after < at + 5 and row[after].lower in _ARTICLES:
            after += 1
        if after < len(row):
            yield after


_ARTICLES = frozenset({"a", "an", "the", "one", "former", "then", "its", "their"})


def _standing(head: str) -> RelationType | None:
    """What a person is to the group whose name goes with such a head."""
    words = relation_words()
    return "leads" if head in words.leaders else "member_of" if head in words.members else None


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
