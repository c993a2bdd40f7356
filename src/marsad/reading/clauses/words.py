"""The words of a row: those who may act, places and times are one word each."""

from __future__ import annotations

from typing import Literal, NamedTuple

from marsad.reading.lexicon import Entry, load
from marsad.records.reading import Actor, Place, Time

Sort = Literal["name", "combatant", "official", "civilian"]
Tie = Literal["leads", "backs", "holds", "describes"]


class Participant(NamedTuple):
    """Somebody who may act, as worded: `actor` is the record that the name in it stands for."""

    begin: int
    end: int
    sort: Sort
    actor: Actor | None
    head: str  # the noun in the singular; empty where a name stands alone


class Word(NamedTuple):
    """One word of the row: a token, or a participant, place or time as a whole."""

    begin: int
    end: int
    lower: str
    title: bool = False
    party: Participant | None = None
    place: Place | None = None
    time: Time | None = None
    tie: tuple[Tie, Participant] | None = None  # "US-led": what the name does to the noun after it
    nation: Participant | None = None  # a country's name or demonym that is no actor's mention here
    acts: Participant | None = None  # whom a name that is no actor's mention stands for, where it acts

    @property
    def plain(self) -> bool:
        """A token that stands for nobody, nowhere and no time."""
        return not (self.party or self.place or self.time or self.tie or self.nation)


Row = tuple[Word, ...]


class Nouns(Entry, frozen=True):
    """The shape of `participants.toml`."""

    combatants: tuple[str, ...]
    named_only: frozenset[str]
    persons_in_arms: frozenset[str]
    offices: tuple[str, ...]
    officials: tuple[str, ...]
    civilians: tuple[str, ...]
    ties: frozenset[str]
    between: frozenset[str]
    leads: frozenset[str]
    backs: frozenset[str]
    holds: frozenset[str]
    describes: frozenset[str]
    happenings: frozenset[str]
    participles: frozenset[str]
    irregular_pasts: frozenset[str]
    plural_describers: frozenset[str]


def nouns() -> Nouns:
    loaded: Nouns = load("participants", Nouns)
    return loaded
