"""Persons across documents: one full name and one office. A name alone is never enough."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from marsad.linkage.actors_keys import OF, is_full_name
from marsad.linkage.actors_names import office
from marsad.linkage.actors_nodes import Candidate, Groups, Join, Node, Open

_MOST = 12  # candidates that are listed


def by_office(nodes: Iterable[Node], groups: Groups) -> Open:
    """Join persons of one full name who hold one office; those with two ways to go stay open.

    First those whose office is of the same body, then those whose body is not told: each of these goes
    to the only one of its office.
    """
    named: defaultdict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        named[node.called].append(node)
    left: Open = {}
    for called, several in named.items():
        if len(several) > 1:
            left |= _Namesakes(several, groups).join() if is_full_name(called) else _all_open(several)
    return left


def _all_open(several: list[Node]) -> Open:
    shown = [Candidate(node.name, node.key) for node in several[:_MOST]]
    return {node.key: tuple(each for each in shown if each.key != node.key) for node in several}


class _Namesakes:
    def __init__(self, several: list[Node], groups: Groups) -> None:
        self._nodes, self._groups = several, groups
        self._bodies: defaultdict[str, list[Node]] = defaultdict(list)
        self._bodiless: defaultdict[str | None, list[Node]] = defaultdict(list)  # by office
        for node in several:
            body = _body(node)
            if body:
                self._bodies[body].append(node)
            else:
                self._bodiless[_office(node)].append(node)

    def join(self) -> Open:
        for body, members in self._bodies.items():
            self._together(members, body)
        left: Open = {}
        for held, members in self._bodiless.items():
            if held is not None:
                self._together(members, held)
            fitting = sorted({self._groups.top(node.key) for node in self._with(held)})
            if held is not None and len(fitting) == 1:
                self._groups.join(Join(members[0].key, fitting[0], "office", held))
            else:
                left |= self._open(members)
        if len(self._bodies) > 1:
            for members in self._bodies.values():
                left |= self._open(members)
        return left

    def _together(self, members: list[Node], told: str) -> None:
        for node in members[1:]:
            self._groups.join(Join(node.key, members[0].key, "office", told))

    def _with(self, held: str | None) -> list[Node]:
        return [node for members in self._bodies.values() for node in members if _office(node) == held]

    def _open(self, members: list[Node]) -> Open:
        top = self._groups.top
        found: Open = {}
        for node in members:
            others = (each for each in self._nodes if top(each.key) != top(node.key))
            if shown := tuple(Candidate(each.name, each.key) for each in others)[:_MOST]:
                found[node.key] = shown
        return found


def _body(node: Node) -> str | None:
    """Whose office it is; of a key there is one role alone."""
    return next((role.split(OF)[1] for role in sorted(node.roles) if OF in role), None)


def _office(node: Node) -> str | None:
    return next((found for role in sorted(node.roles) if (found := office(role.split(OF)[0]))), None)
