"""Merges: two actors that a person has said to be one. Each can be undone; nothing is rewritten.

An actor is told by its name, folded. A merge points from one to another, the last word on each
actor counts, and the actors that point to one another are a group with one that stands for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select

from marsad.ledger.schema import merges
from marsad.ledger.view import NOW
from marsad.linkage.origins import standing_for


def current(connection: Connection, through: int = NOW) -> dict[str, str]:
    """The actors that are merged into another, each with the one that stands for it."""
    said = select(merges.c.actor, merges.c.into).where(merges.c.entry <= through).order_by(merges.c.entry)
    last = {row.actor: row.into for row in connection.execute(said)}
    into = {actor: other for actor, other in last.items() if other is not None}
    found = {actor: standing_for(actor, into) for actor in into}
    return {actor: other for actor, other in found.items() if actor != other}


def group(merged: Mapping[str, str], actors: Iterable[str]) -> set[str]:
    """`actors` and all that are the same as one of them."""
    tops = {merged.get(actor, actor) for actor in actors}
    return tops | {actor for actor, top in merged.items() if top in tops}
