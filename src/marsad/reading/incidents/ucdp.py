"""UCDP's type of organised violence from the kinds of the two sides (`sides.toml`)."""

from __future__ import annotations

from typing import Literal

from marsad.reading.clauses.clauses import Group
from marsad.reading.clauses.participants import Participant
from marsad.reading.lexicon import Entry, load

Side = Literal["state", "armed", "civilian"]

_STATE_KINDS = frozenset({"state", "state_force", "coalition"})


class SideNouns(Entry, frozen=True):
    """The shape of `sides.toml`."""

    state: frozenset[str]
    armed: frozenset[str]


def ucdp_type(agents: Group, targets: Group) -> Literal[1, 2, 3] | None:
    """1 a state fights an organised group or a state, 2 organised groups fight, 3 one kills civilians.

    None where the kind of a side is unknown, and where civilians are the first.
    """
    left, right = _side(agents), _side(targets)
    if left == "civilian" or left is None or right is None:
        return None
    if right == "civilian":
        return 3
    return 1 if "state" in {left, right} else 2


def _side(group: Group) -> Side | None:
    """The kind of a side: of a state if one of it is, of civilians only if all are."""
    kinds = {_kind(member) for member in group}
    if "state" in kinds:
        return "state"
    if "armed" in kinds:
        return "armed"
    return "civilian" if kinds == {"civilian"} else None


def _kind(member: Participant) -> Side | None:
    nouns = load("sides", SideNouns)
    if member.actor is not None and member.sort != "civilian":
        if member.actor.kind in _STATE_KINDS:
            return "state"
        if member.actor.kind == "armed_group":
            return "armed"
        return "civilian" if member.actor.kind == "population" else None
    if member.sort == "civilian":
        return "civilian"
    if member.head in nouns.state:
        return "state"
    return "armed" if member.head in nouns.armed else None
