"""Mentions that speak of one happening: across a text.

Two mentions are one where nothing of what they say is at odds (sort of happening, whether it is, sides,
day, place, one or many) and where they have enough in common: both sides, or a side or the place and the
day, or a small place. A mention that says next to nothing ("the clashes", "the attack") speaks of the
last one that it can speak of.
"""

from __future__ import annotations

from collections.abc import Sequence

from marsad.reading.incidents.kinds import Kind
from marsad.reading.incidents.mentions import Mention, same_or_open
from marsad.records.reading import Place, Time

LOOK_BACK = 40  # happenings: how far back one that says more may stand
COMPARED = 8  # of a long group only its first and last members are compared
NEAR_SENTENCES = 3  # "the attack" speaks of one named this recently
FAR_SENTENCES = 12  # "the Ruritanian attack on X" may speak of one named so long ago
COARSE = frozenset({"country", "region", "admin1", "water"})


def group_mentions(mentions: Sequence[Mention]) -> list[tuple[Mention, ...]]:
    """Mentions by happening, in order of their first."""
    groups: list[list[Mention]] = []
    for mention in mentions:
        near = groups[-LOOK_BACK:]
        home = next((group for group in reversed(near) if _belongs(group, mention)), None)
        if home is not None:
            home.append(mention)
        else:
            groups.append([mention])
    return [tuple(group) for group in groups]


def _belongs(group: Sequence[Mention], mention: Mention) -> bool:
    members = (group[0], *group[1:][-COMPARED:])
    if not all(_agrees(one, mention) for one in members):
        return False
    gap = mention.sentence.number - group[-1].sentence.number
    if says_little(mention) or says_little(group[0]):
        return _speaks_of(group, mention, gap)
    return any(_evidence(one, mention, gap) for one in members)


def _speaks_of(group: Sequence[Mention], mention: Mention, gap: int) -> bool:
    """Whether one that says little and `group` may be the same happening."""
    same = mention.kind.name == group[0].kind.name
    if not says_little(mention):
        return gap <= 1 and same  # "Clashes erupted. The army fought them in X."
    if gap > NEAR_SENTENCES:
        return False
    if mention.kind.result:
        return gap <= 1 and bool(mention.figures) and not group[-1].kind.result
    return mention.noun and (mention.definite or same)


def says_little(mention: Mention) -> bool:
    """Whether it names no side, place, day or thing; it may still say how many, or whose deed it was."""
    blamed = mention.responsibility not in {None, "stated"}
    named = mention.targets or mention.places or mention.time or mention.things
    return not named and (blamed or not mention.agents)


def _agrees(one: Mention, other: Mention) -> bool:
    """Whether nothing that the two say is at odds."""
    return (
        one.real == other.real
        and kinds_agree(one.kind, other.kind)
        and _sides_agree(one, other)
        and _times_agree(one.time, other.time)
        and _places_agree(one.places, other.places)
        and (one.many == other.many or _is_long(one.kind) or _is_long(other.kind))
    )


def kinds_agree(one: Kind, other: Kind) -> bool:
    """An attack may be told as its airstrike, a killing as its attack, a battle as its offensive."""
    if one.type != other.type:
        return False
    if one.name == other.name or (one.mode is not None and one.mode == other.mode):
        return True
    if one.type != "ASSAULT":
        return False
    if _is_any(one) or _is_any(other):
        return all(kind.attack or kind.result or _is_long(kind) for kind in (one, other))
    return _is_long(one) and _is_long(other)


def _is_any(kind: Kind) -> bool:
    """A word for any attack, or for what an attack did."""
    return kind.result or (kind.attack and kind.mode is None)


def _is_long(kind: Kind) -> bool:
    """Fights that go on: many of them make one."""
    return kind.episode or kind.two_sided


def _sides_agree(one: Mention, other: Mention) -> bool:
    if _is_long(one.kind) and _is_long(other.kind):
        both, rest = _actors(one), _actors(other)
        return not both or not rest or both <= rest or rest <= both
    return same_or_open(one.agents, other.agents) and same_or_open(one.targets, other.targets)


def _times_agree(one: Time | None, other: Time | None) -> bool:
    if one is None or other is None:
        return True
    return _within(one, other) or _within(other, one)


def _within(inner: Time, outer: Time) -> bool:
    early = outer.earliest is None or (inner.earliest or "") >= outer.earliest
    late = outer.latest is None or (inner.latest or "9999") <= outer.latest
    return early and late


def _places_agree(one: tuple[Place, ...], other: tuple[Place, ...]) -> bool:
    if not one or not other:
        return True
    return bool(_names(one) & _names(other))


def _names(places: tuple[Place, ...]) -> set[str]:
    return {place.gazetteer_id or place.name for place in places}


def _evidence(one: Mention, other: Mention, gap: int) -> bool:
    """What two mentions have in common that makes them one."""
    shared = _names(one.places) & _names(other.places)
    fine = any(p.kind not in COARSE for p in one.places if (p.gazetteer_id or p.name) in shared)
    day = one.time is not None and other.time is not None
    sides = len(_actors(one) & _actors(other))
    if (shared or sides) and day:
        return True
    if fine and (sides or other.definite or _is_long(one.kind) or not one.real):
        return True
    if sides > 1 and (shared or not one.places or not other.places):
        return True
    hit = bool(one.hit & other.hit) and other.definite
    return gap <= FAR_SENTENCES and bool(shared or sides or hit) and _victims_agree(one, other)


def _victims_agree(one: Mention, other: Mention) -> bool:
    """Whether the nameless who suffered it may be the same: a mayor is not two teachers."""
    left = {member.head for member in one.targets if not member.actor}
    right = {member.head for member in other.targets if not member.actor}
    return other.definite or not left or not right or bool(left & right)


def _actors(mention: Mention) -> set[str]:
    return {p.actor.id for p in (*mention.agents, *mention.targets) if p.actor}
