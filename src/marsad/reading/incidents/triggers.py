"""The words that report a happening: `incidents.toml` and where a row of words holds them."""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from marsad.reading.clauses.clauses import POSSESSIVES, clause_words, closed_class
from marsad.reading.clauses.participants import Row, Word
from marsad.reading.clauses.subjects import object_after
from marsad.reading.clauses.verb_groups import VerbGroup, verb_group
from marsad.reading.inflection import VerbForm, conjugate, plural
from marsad.reading.lexicon import Entry, load

PARTICLE_REACH = 6  # words between a verb and its particle: "drove the last of them out"

PloverType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "INVESTIGATE", "DEMAND", "DISAPPROVE",
    "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
ObjectSort = Literal["party", "place", "either", "any", "none", "force", "captive"]


class Kind(Entry, frozen=True):
    """One sort of happening with its words."""

    name: str
    type: PloverType
    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    object: ObjectSort
    mode: str | None = None
    mass: tuple[str, ...] = ()
    two_sided: bool = False
    episode: bool = False  # many fights make one: a plural is no round-up
    leaves: bool = False  # where it is, is what somebody left: "driven out of X"
    struggle: bool = False  # its verb alone tells of a long quarrel, which is a relation
    result: bool = False  # what an attack does: joins the attack of its clause
    needs_carrier: bool = False  # the noun alone says nothing: "sanctions"
    weapon: str | None = None


class TriggerWords(Entry, frozen=True):
    carriers: tuple[str, ...]
    sufferers: tuple[str, ...]
    not_after: frozenset[str]
    not_before: frozenset[str]
    objects_else: frozenset[str]
    plural_quantity: frozenset[str]
    predicates: frozenset[str]
    grounds: frozenset[str]


class StatusWords(Entry, frozen=True):
    negations: frozenset[str]
    planned: frozenset[str]
    threatened: frozenset[str]
    hypothetical: frozenset[str]
    ongoing: frozenset[str]
    announcing: frozenset[str]


class ResponsibilityWords(Entry, frozen=True):
    claimed: frozenset[str]
    claimed_object: frozenset[str]
    accused: frozenset[str]
    suspected: frozenset[str]
    denied: frozenset[str]


class PlaceWords(Entry, frozen=True):
    prepositions: frozenset[str]


class Weapons(Entry, frozen=True):
    words: tuple[str, ...]


class Tolls(Entry, frozen=True):
    deaths: frozenset[str]
    injured: frozenset[str]
    others: dict[PloverType, frozenset[str]]


class Kinds(Entry, frozen=True):
    """The shape of `violence.toml` and of `politics.toml`."""

    kinds: tuple[Kind, ...]


class Vocabulary(Entry, frozen=True):
    """The shape of `incidents.toml`."""

    words: TriggerWords
    status: StatusWords
    responsibility: ResponsibilityWords
    places: PlaceWords
    weapons: Weapons
    tolls: Tolls


def vocabulary() -> Vocabulary:
    loaded: Vocabulary = load("incidents", Vocabulary)
    return loaded


@cache
def kinds() -> tuple[Kind, ...]:
    """All sorts of happenings."""
    return tuple(kind for name in ("violence", "politics") for kind in load(name, Kinds).kinds)


class Trigger(NamedTuple):
    """A happening's word or words at row indices `[at, stop)`; `group` where it is a verb."""

    kind: Kind
    at: int
    stop: int
    many: bool
    group: VerbGroup | None


@cache
def _verbs() -> dict[str, tuple[tuple[Kind, VerbForm], ...]]:
    table: dict[str, tuple[tuple[Kind, VerbForm], ...]] = {}
    for kind in kinds():
        for entry in kind.verbs:
            for form in conjugate(entry):
                table[form.surface] = (*table.get(form.surface, ()), (kind, form))
    return table


@cache
def _nouns() -> dict[tuple[str, ...], tuple[Kind, bool]]:
    table: dict[tuple[str, ...], tuple[Kind, bool]] = {}
    for kind in kinds():
        for noun in kind.nouns:
            table.setdefault(tuple(noun.split()), (kind, False))
            table.setdefault(tuple(plural(noun).split()), (kind, True))
        for noun in kind.mass:
            table.setdefault(tuple(noun.split()), (kind, False))
    return table


@cache
def carriers() -> dict[str, tuple[VerbForm, ...]]:
    """Forms of the verbs that carry a noun: "launched an attack"."""
    table: dict[str, tuple[VerbForm, ...]] = {}
    words = vocabulary().words
    for entry in (*words.carriers, *words.sufferers):
        for form in conjugate(entry):
            table[form.surface] = (*table.get(form.surface, ()), form)
    return table


@cache
def sufferers() -> frozenset[str]:
    return frozenset(entry.split()[0] for entry in vocabulary().words.sufferers)


def find(row: Row) -> tuple[Trigger, ...]:
    """The triggers of a row, in order and apart from each other."""
    found: list[Trigger] = []
    at = 0
    while at < len(row):
        trigger = (_noun(row, at) or _verb(row, at)) if row[at].plain else None
        if trigger is None:
            at += 1
            continue
        found.append(trigger)
        at = trigger.stop
    return tuple(found)


def _verb(row: Row, at: int) -> Trigger | None:
    for kind, form in _verbs().get(row[at].lower, ()):
        if form.particle and not _particle(row, at, form.particle):
            continue
        group = verb_group(row, at, form)
        if group is not None and _fits(row, kind, group):
            return Trigger(kind, at, group.stop, False, group)
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
    if (
        found is None
        and kind.object == "any"
        and _prepositional(row, group.stop, clause_words().prepositions)
    ):
        return _prepositional(row, group.stop, frozenset({"on", "against", "at"}))
    if found is None:
        return kind.object == "any" or kind.result or _takes_oblique(row, group.stop)
    if kind.object == "place":
        return found[1].place is not None
    party = found[1].party
    if kind.object == "force":
        return party is not None and party.sort != "civilian"
    return kind.object in {"any", "either"} or party is not None


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
        entry = _nouns().get(tuple(word.lower for word in some)) if len(some) == size else None
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
    for words in _nouns():
        sizes.setdefault(words[0], set()).add(len(words))
    return {first: tuple(sorted(found, reverse=True)) for first, found in sizes.items()}


def _is_verb_here(row: Row, at: int) -> bool:
    """ "rebels attack the town", "to attack", "is fighting": a form that is a verb in this place."""
    forms = _verbs().get(row[at].lower, ())
    if not forms:
        return False
    if row[at].lower.endswith("ing") and at and row[at - 1].lower in {"heavy", "fierce", "intense", "fresh"}:
        return False
    return any(verb_group(row, at, form) is not None for _, form in forms)


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
