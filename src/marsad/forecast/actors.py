"""Actors of a panel by any of their names: UCDP's `IS` is who `actors.toml` calls ISIS, and others Daesh."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from marsad.errors import BadInput
from marsad.ledger.asking.linked import seeds
from marsad.linkage.origins import folded_name

_NEAR: Final = 5  # names that are told of one that is not there
_ALIKE: Final = 0.6  # as `difflib` measures it


def same(name: str | None) -> str | None:
    """One word for all names of an actor: a known actor's own name, else the name folded."""
    if name is None:
        return None
    bearers = seeds().bearing(folded_name(name))
    return bearers[0].name if len(bearers) == 1 else folded_name(name)


def spelt(name: str, present: Iterable[str]) -> tuple[str, ...]:
    """How data calls an actor: as it was named, where the data has that, else by its other names.

    Args:
        present: all names in the data.

    Raises:
        BadInput: the data has none of its names; says which are nearest.
    """
    names = sorted(set(present))
    if name in names:
        return (name,)
    wanted = same(name)
    found = tuple(each for each in names if same(each) == wanted)
    if not found:
        raise BadInput(f"no side of an event is called {name[:80]!r}; {_nearest(name, names)}")
    return found


def _nearest(name: str, names: list[str]) -> str:
    called: dict[str, str] = {}  # by all that it is called, folded
    for each in names:
        own = folded_name(each)
        for form in (own, *(form for seed in seeds().bearing(own) for form in sorted(seeds().forms(seed)))):
            called.setdefault(form, each)
    asked = folded_name(name)
    holding = sorted((form for form in called if asked in form), key=len)
    near = [*get_close_matches(asked, called, _NEAR, _ALIKE), *holding]
    told = ", ".join(map(repr, [*dict.fromkeys(called[form] for form in near)][:_NEAR]))
    return f"the nearest are {told}" if told else "the data spells its sides in the columns side_a and side_b"
