"""Whether enough is said to speak of a happening: who, whom, where, when or how many."""

from __future__ import annotations

from collections.abc import Sequence

from marsad.reading.clauses.clauses import Group
from marsad.reading.incidents.mentions import Mention

_QUARRELS = frozenset({"fight", "struggle", "war"})  # "the fight against X" goes on for years
_HOLDING = frozenset({"arrest"})  # what is held has to be somebody: not "territory held by"
FINE = 4  # where_prec of a place small enough to name a happening by: a province or finer


def is_grounded(mentions: Sequence[Mention]) -> bool:
    """Whether the mentions of one happening tell enough of it to be kept as an incident."""
    return any(map(_is_told, mentions))


def _is_told(mention: Mention) -> bool:
    if mention.kind.verbal or mention.kind.type == "COOPERATE":
        return _both_sided(mention)
    if _means_something_else(mention):
        return False
    if mention.status == "hypothetical":
        return not mention.purpose and _is_aimed(mention)
    if not mention.real:
        return bool(_armed_or_named(mention)) or bool(mention.places)
    return _names_a_noun(mention) if mention.noun else _names_a_verb(mention)


def _names_a_verb(mention: Mention) -> bool:
    """A verb has to say who or whom, or how many; what takes a place has to say which."""
    if mention.figures or _armed_or_named(mention):
        return True
    if mention.agents or mention.targets or mention.tied:
        return _anchors(mention) > 0
    return mention.kind.object in {"place", "any"} and _anchors(mention) > 1


def _names_a_noun(mention: Mention) -> bool:
    """A noun alone may be any fight anywhere: a country is not enough to tell which."""
    if mention.agents or mention.targets or mention.figures or mention.time or mention.things:
        return True
    return mention.tied or any((place.where_prec or 7) <= FINE for place in mention.places)


def _both_sided(mention: Mention) -> bool:
    """What is done by words alone is told only where both sides are, and it is not merely supposed."""
    sides = (mention.agents, mention.targets)
    return mention.status != "hypothetical" and all(sides) and bool(_armed_or_named(mention))


def _is_aimed(mention: Mention) -> bool:
    """Who might do it, and to whom or where; of a noun, at least at what."""
    aim = bool(mention.targets or mention.places or mention.things)
    doers = [member for member in mention.agents if not _is_person(member)]
    return aim and (bool(doers) or (mention.noun and mention.tied))


def _means_something_else(mention: Mention) -> bool:
    """ "The fall of the president", "ousted" without a fight, "freed" of nobody."""
    kind = mention.kind
    if mention.word in _QUARRELS and not mention.tied and mention.time is None:
        return True
    if kind.struggle and not mention.noun and not _anchors(mention) and not mention.targets:
        return True
    if kind.name in _HOLDING and not mention.noun and not mention.targets:
        return True
    if kind.object == "place" and mention.noun and not mention.tied:
        return True
    if kind.leaves and any(_is_person(member) for member in mention.targets):
        return True
    return kind.object == "captive" and not mention.targets and not mention.noun


def _is_person(member: object) -> bool:
    actor = getattr(member, "actor", None)
    return actor is not None and actor.kind == "person_role"


def _armed_or_named(mention: Mention) -> Group:
    return tuple(who for who in (*mention.agents, *mention.targets) if who.actor or who.sort != "civilian")


def _anchors(mention: Mention) -> int:
    return bool(mention.places) + (mention.time is not None) + bool(mention.figures) + bool(mention.things)
