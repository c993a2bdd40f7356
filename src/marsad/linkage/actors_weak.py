"""Joins of actors that no list knows: by how they are spelt, and by what documents call them.

Each is weak. A key that could go two ways goes neither, and no join of this kind leads on to another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from marsad.linkage.actors_names import is_acronym, is_generic, spelling
from marsad.linkage.actors_nodes import Candidate, Groups, Join, Node, Open, are_alike


def by_spelling(nodes: Iterable[Node], groups: Groups) -> Open:
    """Join transliterations of one name where all of them may be of one kind."""
    spelt: defaultdict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        if not _says_little(node) and (sound := spelling(node.called)):
            spelt[sound].append(node)
    left: Open = {}
    for several in spelt.values():
        kinds = {node.kinds for node in several}
        if all(are_alike(one, other) for one in kinds for other in kinds):
            for node in several[1:]:
                groups.join(Join(node.key, several[0].key, "spelling", several[0].called))
        else:
            left |= {node.key: _others(node, several) for node in several}
    return left


def _says_little(node: Node) -> bool:
    """Whether others may well bear the same name: an acronym, "National Army"."""
    return is_acronym(node.name) or is_generic(node.called)


def _others(node: Node, several: Sequence[Node]) -> tuple[Candidate, ...]:
    return tuple(Candidate(each.name, each.key) for each in several if each is not node)


class Aliases:
    """Names that documents give to actors, for those which elsewhere stand under such a name."""

    def __init__(self, nodes: Mapping[str, Node], groups: Groups) -> None:
        self._nodes, self._groups = nodes, groups
        self._bearing: defaultdict[str, set[str]] = defaultdict(set)  # groups by what they are called
        self._countries: defaultdict[str, set[str]] = defaultdict(set)  # of groups
        for node in nodes.values():
            top = groups.top(node.key)
            self._countries[top] |= node.countries
            for form in node.forms - {node.called}:
                self._bearing[form].add(top)

    def join(self, alone: Iterable[Node]) -> Open:
        """Join each to the one group that a document calls so; those with more stay open."""
        wanted = {node.key: self._meant(node) for node in alone if self._groups.top(node.key) == node.key}
        left: Open = {}
        joins: list[Join] = []
        for key, targets in wanted.items():
            if not targets:
                continue
            only = self._only(self._nodes[key], targets)
            if only is None or not self._is_end(only, key, wanted):
                left[key] = tuple(Candidate(self._nodes[each].name, each) for each in targets)
            elif wanted.get(only, ()) != (key,) or only < key:  # of two that name each other, one goes
                joins.append(Join(key, only, "alias", self._nodes[key].called))
        for join in joins:
            self._groups.join(join)
        return left

    def _meant(self, node: Node) -> tuple[str, ...]:
        found = self._bearing.get(node.called, set()) - {node.key}
        return tuple(sorted(key for key in found if are_alike(self._nodes[key].kinds, node.kinds)))

    def _only(self, node: Node, targets: Sequence[str]) -> str | None:
        """The one that is meant; a name that says little needs the country, too."""
        if _says_little(node):
            targets = [each for each in targets if self._countries[each] & node.countries]
        return targets[0] if len(targets) == 1 else None

    def _is_end(self, target: str, key: str, wanted: Mapping[str, tuple[str, ...]]) -> bool:
        """Whether `target` goes nowhere itself, unless it is `key` that it would go to."""
        return not wanted.get(target) or wanted[target] == (key,)
