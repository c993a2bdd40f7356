"""Sorts of happenings and the words around them, from `plover`, `violence`, `politics` and `incidents.toml`.

PLOVER's types are data: a type is added in `plover.toml` and used at once.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from marsad.errors import MarsadError
from marsad.reading.incidents.frames import Frame
from marsad.reading.inflection import VerbForm, conjugate, plural
from marsad.reading.lexicon import Entry, load

ObjectSort = Literal["party", "place", "either", "any", "none", "force", "captive", "whom"]
Quad = Literal["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"]


class PloverType(Entry, frozen=True):
    """A type of event with its quadrant and modes, as PLOVER's manual has them."""

    name: str
    quad: Quad
    modes: tuple[str, ...]


class Types(Entry, frozen=True):
    """The shape of `plover.toml`."""

    types: tuple[PloverType, ...]


class Kind(Entry, frozen=True):
    """One sort of happening with its words. `object` "whom": the other side is anywhere behind the verb."""

    name: str
    type: str
    object: ObjectSort
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    mode: str | None = None
    mass: tuple[str, ...] = ()
    frames: tuple[Frame, ...] = ()  # verbs that need certain nouns: "sever ties", "threw a grenade"
    to: tuple[str, ...] = ()  # prepositions that name the other side, the likeliest first
    of_target: bool = False  # "of" names whom it was done to: "the killing of X"
    victim_owner: bool = False  # so does an owner: "X's arrest"
    attack: bool = False  # an attack may be told as it
    reverse: bool = False  # the subject suffers it: "received aid from"
    public: bool = False  # done by states, offices and those who hold them: a tourist's visit is none
    reciprocal: bool = False  # "X and Y met" has two sides
    two_sided: bool = False
    episode: bool = False  # many fights make one: a plural is no round-up
    leaves: bool = False  # where it is, is what somebody left: "driven out of X"
    struggle: bool = False  # its verb alone tells of a long quarrel, which is a relation
    result: bool = False  # what an attack does: joins the attack of its clause
    needs_carrier: bool = False  # the noun alone says nothing: "sanctions"
    weapon: str | None = None

    @property
    def quad(self) -> Quad:
        """The quadrant of its type."""
        return types()[self.type].quad

    @property
    def verbal(self) -> bool:
        """Whether it is done by words alone: told only where both sides are named."""
        return self.quad.startswith("verbal")


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
    others: dict[str, frozenset[str]]


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
def types() -> dict[str, PloverType]:
    """PLOVER's types by name."""
    return {one.name: one for one in load("plover", Types).types}


@cache
def kinds() -> tuple[Kind, ...]:
    """All sorts of happenings.

    Raises:
        MarsadError: a sort is of a type that `plover.toml` does not have.
    """
    found = []
    for name in ("violence", "politics"):
        for kind in load(name, Kinds).kinds:
            if kind.type not in types():
                raise MarsadError(
                    f"vocabulary {name}.toml: kind {kind.name!r} is of type {kind.type!r}, which is none of "
                    f"{', '.join(types())}; add it to plover.toml or mend the kind"
                )
            found.append(kind)
    return tuple(found)


@cache
def verbs() -> dict[str, tuple[tuple[Kind, Frame | None, VerbForm], ...]]:
    """Every form of every verb with its sorts; those that need certain nouns, and say more, first."""
    table: dict[str, list[tuple[Kind, Frame | None, VerbForm]]] = {}
    framed = [(kind, frame, frame.verbs) for kind in kinds() for frame in kind.frames]
    for kind, frame, entries in (*framed, *((kind, None, kind.verbs) for kind in kinds())):
        for entry in entries:
            for form in conjugate(entry):
                table.setdefault(form.surface, []).append((kind, frame, form))
    return {surface: tuple(sorted(found, key=_vague)) for surface, found in table.items()}


def _vague(entry: tuple[Kind, Frame | None, VerbForm]) -> tuple[bool, bool, bool]:
    """Verbs with their nouns before those with a particle, and these before bare ones; politics says more."""
    kind, frame, form = entry
    return frame is None, form.particle is None, kind.object != "whom"


@cache
def nouns() -> dict[tuple[str, ...], tuple[Kind, bool]]:
    """Every noun, as its words, with its sort and whether it is a plural."""
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
