"""Which actors of which documents are one, and why: a function of the set of keys alone.

Each key (see `actors_keys`) is first told by itself, by the list of known actors; a form that several of
them bear counts only with another name or a country that decides. Keys of one known actor are one.
What is in no list is joined by weak rules: a key goes to the one group that can be meant, and where
there is more than one it stays alone, with those as its candidates. A weak join never leads on to
another, so it never joins two known actors. What people join or take apart comes last, and holds.

Everything goes by blocks of equal keys of comparison: no key is compared with all others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from marsad.linkage.actors_known import Told, join_known, told
from marsad.linkage.actors_nodes import Candidate, Groups, Join, Node, Open
from marsad.linkage.actors_persons import by_office
from marsad.linkage.actors_seeds import Seed, Seeds
from marsad.linkage.actors_weak import Aliases, by_spelling

__all__ = ["Candidate", "Decision", "Join", "Links", "Node", "Seed", "Seeds", "link"]


class Decision(NamedTuple):
    """The last word of a person on an actor, by its key or folded name."""

    actor: str
    into: str  # `actor` itself: it is no other
    entry: int  # of the journal


class Links(NamedTuple):
    """Which keys are one. A key that has no `top` stands for itself alone."""

    top: dict[str, str]  # each key of a group of several, with the one that stands for it
    joins: dict[str, tuple[Join, ...]]  # why each is where it is
    open: Open  # keys that were left alone, with those that may be meant
    seeds: dict[str, str]  # of keys that stand for a group: the known actor that it is


def link(nodes: Iterable[Node], seeds: Seeds, decisions: Iterable[Decision] = ()) -> Links:
    """The groups of `nodes`, whatever their order, in time linear in them but for sorting."""
    return _Linking(nodes, seeds, decisions).links()


class _Linking:
    def __init__(self, nodes: Iterable[Node], seeds: Seeds, decisions: Iterable[Decision]) -> None:
        self._nodes = {node.key: node for node in sorted(nodes, key=lambda node: node.key)}
        self._called: defaultdict[str, list[str]] = defaultdict(list)
        for node in self._nodes.values():
            self._called[node.called].append(node.key)
        self._decisions = sorted(decisions)
        self._seeds = seeds
        self._groups = Groups()
        self._open: Open = {}

    def links(self) -> Links:
        apart = self._apart()
        free = [node for node in self._nodes.values() if node.key not in apart]
        groups = {node.key: node for node in free if not node.is_person}
        found = {key: told(node, self._seeds) for key, node in groups.items()}
        join_known(self._nodes, found, self._groups)
        alone = [node for node in groups.values() if found[node.key] == Told()]
        self._open |= by_spelling(alone, self._groups)
        self._open |= Aliases(groups, self._groups).join(alone)
        self._open |= by_office((node for node in free if node.is_person), self._groups)
        self._open |= self._unsure(found)
        self._decided()
        return self._links(found)

    def _of(self, actor: str) -> Collection[str]:
        """The keys that a decision is about: the one, or all of this folded name."""
        return (actor,) if actor in self._nodes else self._called.get(actor, ())

    def _apart(self) -> frozenset[str]:
        """What people have taken apart: the keys that one of them named stay together."""
        found: list[str] = []
        for said in self._decisions:
            if said.into == said.actor:
                keys = list(self._of(said.actor))
                found += keys
                for key in keys:
                    self._groups.join(Join(key, keys[0], "apart", entry=said.entry))
        return frozenset(found)

    def _unsure(self, found: dict[str, Told]) -> Open:
        """Keys that may be one of several known actors."""
        tops: dict[str, str] = {}
        for key, each in found.items():
            if each.seed is not None:
                tops.setdefault(each.seed.name, self._groups.top(key))
        return {
            key: tuple(Candidate(seed.name, tops.get(seed.name)) for seed in each.unsure)
            for key, each in found.items()
            if each.unsure
        }

    def _decided(self) -> None:
        """Join whole groups as people have said; what no document shows still joins others."""
        for said in self._decisions:
            if said.into == said.actor:
                continue
            into = next(iter(self._of(said.into)), said.into)
            for key in self._of(said.actor) or (said.actor,):
                self._groups.join(Join(key, into, "person", entry=said.entry))

    def _links(self, found: dict[str, Told]) -> Links:
        members: defaultdict[str, list[str]] = defaultdict(list)
        for key in self._nodes:
            members[self._groups.top(key)].append(key)
        shown = {top: top if top in self._nodes else keys[0] for top, keys in members.items()}
        top = {key: shown[at] for at, keys in members.items() if len(keys) > 1 for key in keys}
        told_of = {key: each.seed.name for key, each in found.items() if each.seed is not None}
        known = {key: name for key, name in told_of.items() if top.get(key, key) == key}
        joins = {key: tuple(several) for key, several in self._groups.joins.items() if key in self._nodes}
        still = {key: several for key, several in self._open.items() if key not in top}
        return Links(top, joins, still, known)
