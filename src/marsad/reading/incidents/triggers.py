"""The words that report a happening, and where a row of words holds them."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from marsad.reading.clauses.clauses import POSSESSIVES, clause_words, closed_class
from marsad.reading.clauses.names import acting
from marsad.reading.clauses.participants import Row, Word
from marsad.reading.clauses.subjects import is_counted, object_after, subject_before
from marsad.reading.clauses.verb_groups import VerbGroup, verb_group
from marsad.reading.incidents.frames import AHEAD, Frame, fits, present
from marsad.reading.incidents.kinds import (
    Kind,
    carriers,
    nouns,
    verbs,
    vocabulary,
)

PARTICLE_REACH = 6  # words between a verb and its particle: "drove the last of them out"


class Trigger(NamedTuple):
    """A happening's word or words at row indices `[at, stop)`; `group` where it is a verb."""

    kind: Kind
    at: int
    stop: int
    many: bool
    group: VerbGroup | None
    frame: Frame | None = None  # the nouns that the verb was read with


def find(row: Row) -> tuple[Trigger, ...]:
    """The triggers of a row, in order and apart from each other."""
    found: list[Trigger] = []
    named = acting(row)
    at = 0
    while at < len(row):
        trigger = (_noun(row, at) or _verb(row, named, at)) if row[at].plain else None
        if trigger is None:
            at += 1
            continue
        if not (found and _is_spoken_of(found[-1], trigger)):
            found.append(trigger)
        at = trigger.stop
    return tuple(found)


def _is_spoken_of(first: Trigger, second: Trigger) -> bool:
    """ "agreed to meet", "signed a peace accord": words about words are one happening."""
    if first.frame is not None and second.group is None and second.at - first.stop < AHEAD:
        return second.kind.verbal or second.kind.type == first.kind.type
    group = second.group
    infinitive = group is not None and "to" in group.auxiliaries and group.begin <= first.stop + 1
    return infinitive and first.kind.object == "whom" and second.kind.verbal


def _verb(row: Row, named: Row, at: int) -> Trigger | None:
    """The happening of the verb at `at`; `named` is `row` with every name as a participant."""
    for kind, frame, form in verbs().get(row[at].lower, ()):
        if form.particle and not _particle(row, at, form.particle):
            continue
        group = verb_group(named, at, form)
        if group is None and frame is not None:
            group = present(row, at, form, frame)
        if group is None or (kind.verbal and group.voice == "passive" and group.reduced):
            continue  # "a plan proposed by X" tells of the plan
        if (
            fits(row, group, frame)
            if frame
            else kind.object == "whom" or _fits(named if kind.verbal else row, kind, group)
        ):
            return Trigger(kind, at, group.stop, False, group, frame)
    return None


def _particle(row: Row, at: int, particle: str) -> bool:
    return any(word.lower == particle for word in row[at + 1 : at + 1 + PARTICLE_REACH])


def _fits(row: Row, kind: Kind, group: VerbGroup) -> bool:
    """Whether the verb's object is of the sort that makes it this kind of happening."""
    ahead = row[group.stop : group.stop + 4]
    if any(word.lower in vocabulary().words.objects_else for word in ahead):
        return False
    if kind.object in {"none", "captive"} or kind.leaves:
        return True
    if group.voice == "passive":
        before = row[group.begin - 1] if group.begin else None
        return kind.object != "place" or (before is not None and _is_ground(before))
    found = object_after(row, group.stop)
    if kind.object in {"place", "either", "any"} and _takes_ground(row, group.stop):
        return True
    if (
        found is None
        and kind.object == "any"
        and not is_counted(row, group.stop)
        and _prepositional(row, group.stop, clause_words().prepositions)
    ):
        return _prepositional(row, group.stop, frozenset({"on", "against", "at"}))
    if found is None:
        joined = kind.two_sided and len(subject_before(acting(row, settlements=False), group.begin)) > 1
        return (
            kind.object == "any"
            or kind.result
            or joined
            or (kind.object != "place" and _takes_oblique(row, group.stop))
        )
    if kind.object == "place":
        return found[1].place is not None
    party = found[1].party
    if kind.object == "force":
        return party is not None and party.sort != "civilian"
    return kind.object in {"any", "either"} or party is not None


def _takes_ground(row: Row, stop: int) -> bool:
    """ "seized the town", "took three villages": a ground at the head of the object, named or not."""
    for at in range(stop, min(len(row), stop + 6)):
        word = row[at]
        if word.plain and word.lower in vocabulary().words.grounds:
            return True
        if word.plain and word.lower in clause_words().prepositions - {"of"}:
            return False
    return False


def _is_ground(word: Word) -> bool:
    return word.place is not None or word.lower in vocabulary().words.grounds


def _takes_oblique(row: Row, stop: int) -> bool:
    """ "fought hard against the army", "clashed with": the other side a word or two on."""
    return any(word.lower in _OBLIQUE - {"on", "at"} for word in row[stop : stop + 3]) or _prepositional(
        row, stop
    )


_OBLIQUE = frozenset({"against", "with", "on", "at"})


def _prepositional(row: Row, stop: int, words: frozenset[str] = _OBLIQUE) -> bool:
    return stop < len(row) and row[stop].lower in words


def _noun(row: Row, at: int) -> Trigger | None:
    for size in _noun_sizes().get(row[at].lower, ()):
        some = row[at : at + size]
        entry = nouns().get(tuple(word.lower for word in some)) if len(some) == size else None
        if entry is None or not all(word.plain for word in some):
            continue
        kind, many = entry
        if size == 1 and _is_verb_here(row, at):
            return None
        if _other_sense(row, at, at + size):
            return None
        return Trigger(kind, at, at + size, many, None)
    return None


@cache
def _noun_sizes() -> dict[str, tuple[int, ...]]:
    """The lengths of the nouns of incidents by their first word, longest first."""
    sizes: dict[str, set[int]] = {}
    for words in nouns():
        sizes.setdefault(words[0], set()).add(len(words))
    return {first: tuple(sorted(found, reverse=True)) for first, found in sizes.items()}


def _is_verb_here(row: Row, at: int) -> bool:
    """ "rebels attack the town", "to attack", "is fighting": a form that is a verb in this place."""
    forms = verbs().get(row[at].lower, ())
    if not forms:
        return False
    if row[at].lower.endswith("ing") and at and row[at - 1].lower in {"heavy", "fierce", "intense", "fresh"}:
        return False
    return any(verb_group(row, at, form) is not None for _, _, form in forms)


def _other_sense(row: Row, at: int, stop: int) -> bool:
    words = vocabulary().words
    before = row[at - 1].lower if at else ""
    after = row[stop].lower if stop < len(row) else ""
    hyphenated = before == "-" or after == "-"
    return before in words.not_after or after in words.not_before or hyphenated


def modifiers_begin(row: Row, at: int) -> int:
    """Row index where the words that describe the noun at `at` begin, its determiner included."""
    begin = at
    while begin > 0 and at - begin < 8:
        word = row[begin - 1]
        if word.lower in POSSESSIVES:
            return max(0, begin - 2)
        if word.plain and word.lower in clause_words().determiners:
            return begin - 1
        if word.party is not None:
            return begin - 1
        if not (word.place or word.tie or word.nation or word.time or _describes(word.lower)):
            return begin
        begin -= 1
    return begin


def _describes(lower: str) -> bool:
    closed = closed_class()
    return (
        lower[:1].isalnum() and lower not in closed and lower not in carriers() and not lower.endswith("ed")
    ) or lower == "-"
