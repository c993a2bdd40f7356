"""Which known actor a key is: by its own names and the countries of its documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from marsad.linkage.actors_names import is_acronym
from marsad.linkage.actors_nodes import Groups, Join, Node, Rule, are_alike
from marsad.linkage.actors_seeds import Seed, Seeds


class Told(NamedTuple):
    """A known actor, by some rule; or those that it may be."""

    seed: Seed | None = None
    rule: Rule = "known"
    unsure: tuple[Seed, ...] = ()


def told(node: Node, seeds: Seeds) -> Told:
    """Which known actor `node` is. A form that several bear is never enough by itself."""
    named = seeds.bearing(node.called)
    if not named:
        return _by_spelling(node, seeds)
    if seeds.is_sure(node.called):
        return Told(named[0])
    others = [seeds.bearing(form)[0].name for form in node.forms if seeds.is_sure(form)]
    by_name = [seed for seed in named if seed.name in others]
    if by_name:
        return Told(by_name[0], "names") if len(by_name) == 1 else Told(unsure=named)
    here = [seed for seed in named if seed.countries & node.countries]
    is_told = len(here) == 1 and len(node.countries) == 1
    return Told(here[0], "country") if is_told else Told(unsure=named)


def _by_spelling(node: Node, seeds: Seeds) -> Told:
    if is_acronym(node.name):
        return Told()
    found = [seed for seed in seeds.spelt(node.called) if are_alike(frozenset({seed.kind}), node.kinds)]
    return Told(found[0], "spelling") if len(found) == 1 else Told(unsure=tuple(found))


def join_known(nodes: Mapping[str, Node], found: Mapping[str, Told], groups: Groups) -> None:
    """Put the keys of each known actor together, under the one that bears its own name."""
    members: defaultdict[str, list[str]] = defaultdict(list)
    for key, each in found.items():
        if each.seed is not None:
            members[each.seed.name].append(key)
    for name, keys in members.items():
        top = standing(nodes, keys, name)
        for key in keys:
            if key != top:
                groups.join(Join(key, top, found[key].rule, nodes[key].called, name))


def standing(nodes: Mapping[str, Node], keys: Iterable[str], name: str) -> str:
    """Of keys of one known actor, the one that stands for all: one of this name, else the least."""
    return min(keys, key=lambda key: (nodes[key].name != name, key))
