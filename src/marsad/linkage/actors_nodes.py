"""What the linkage of actors works on, and what it gives: nodes, joins, candidates."""

from __future__ import annotations

from collections import defaultdict
from typing import Literal, NamedTuple

# known     both are names of one known actor
# names     the same, where several known actors bear the name: told by another name in the documents
# country   the same, told by the country that its documents are about
# spelling  two transliterations of one name, of one kind
# alias     a document says that one is a name of the other
# office    one full name and one office
# person    somebody said so
# apart     somebody said that it is none of the others: what they named stays together
Rule = Literal["known", "names", "country", "spelling", "alias", "office", "person", "apart"]

_VAGUE = frozenset({"organisation", "other"})  # what a reader says who cannot tell
_MUST_AGREE = frozenset({"person_role", "population", "state"})  # no kind that is vague is one of these


class Node(NamedTuple):
    """All actors of the visible documents that have one key (see `actors_keys`)."""

    key: str
    called: str  # folded
    name: str  # as shown
    kinds: frozenset[str]
    countries: frozenset[str] = frozenset()  # ISO 3166-1 alpha-2
    forms: frozenset[str] = frozenset()  # all that the documents call it, folded
    roles: frozenset[str] = frozenset()  # of a person: see `actors_keys.Keyed.role`

    @property
    def is_person(self) -> bool:
        return "person_role" in self.kinds


class Join(NamedTuple):
    """Why a key is one with another."""

    key: str
    into: str
    rule: Rule
    form: str | None = None  # the folded name that tells it
    seed: str | None = None  # the known actor
    entry: int | None = None  # of the journal: what a person said


class Candidate(NamedTuple):
    """Who may be meant by a key that was left alone."""

    name: str
    key: str | None  # of the visible documents; `None` where only the list of known actors has it


Open = dict[str, tuple[Candidate, ...]]


class Groups:
    """Keys that are one, each group with the key that stands for it."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}
        self.joins: defaultdict[str, list[Join]] = defaultdict(list)

    def top(self, key: str) -> str:
        above = self._above
        while (after := above.get(key, key)) != key:
            above[key] = above.get(after, after)  # halves the path for the next search
            key = after
        return key

    def join(self, join: Join) -> None:
        """Put the group of `join.key` under that of `join.into`."""
        one, other = self.top(join.key), self.top(join.into)
        if one != other:
            self._above[one] = other
        self.joins[join.key].append(join)


def are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two actors may be one by their kinds."""
    if one & other:
        return True
    if (one | other) & _MUST_AGREE:
        return False
    return bool((one & _VAGUE) or (other & _VAGUE))
