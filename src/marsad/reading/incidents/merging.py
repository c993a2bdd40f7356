"""Mentions that speak of one happening: within a sentence, and across a text."""

from __future__ import annotations

from collections.abc import Sequence

from marsad.reading.clauses.clauses import Group
from marsad.reading.clauses.participants import Row
from marsad.reading.incidents.mentions import Mention
from marsad.records.reading import Place, Time

LOOK_BACK = 40  # mentions: how far back one that says more may stand
COMPARED = 8  # of a long group only its first and last members are compared
NEAR_SENTENCES = 3  # "the attack" speaks of one named this recently

_LINKS = frozenset(
    {
        "in",
        "by",
        "during",
        "after",
        "when",
        "as",
        "with",
        "from",
        "following",
        "amid",
        "through",
        "and",
        "that",
        "which",
    }
)


def fuse_in_sentence(mentions: Sequence[Mention], row: Row) -> list[Mention]:
    """Join what one sentence says twice: "killed in an airstrike", "defeated after operations by"."""
    kept: list[Mention] = []
    for mention in mentions:
        if any(_carries(other, mention) for other in mentions):
            continue
        previous = kept[-1] if kept else None
        if previous is not None and _is_purpose(previous, mention, row):
            kept[-1] = previous._replace(
                targets=previous.targets or mention.targets, places=previous.places or mention.places
            )
        elif previous is not None and _one_happening(previous, mention, row):
            kept[-1] = _fused(previous, mention)
        else:
            kept.append(mention)
    return kept


def _carries(noun: Mention, verb: Mention) -> bool:
    """The verb is the carrier of the noun: "fought fierce battles" is one."""
    begin, stop = noun.row_span
    return begin <= verb.row_span[0] and verb.row_span[1] <= stop and verb.row_span != noun.row_span


def _is_purpose(first: Mention, second: Mention, row: Row) -> bool:
    """ "a campaign to drive them out": the infinitive says against whom."""
    stop = first.row_span[1]
    return first.kind.episode and stop + 1 == second.row_span[0] and row[stop].lower == "to"


def _one_happening(first: Mention, second: Mention, row: Row) -> bool:
    if first.kind.type != second.kind.type or first.claim.id != second.claim.id:
        return False
    if first.real != second.real or not _compatible_groups(first, second):
        return False
    between = {word.lower for word in row[first.row_span[1] : second.row_span[0]]}
    if first.kind.result != second.kind.result:
        return bool(between & _LINKS) or first.clause == second.clause
    if first.kind.name == second.kind.name and between <= {"and", ",", "or", "then"}:
        return True
    if first.kind.result and first.clause == second.clause and between & {"and"}:
        return True
    fills = (first.passive and second.noun and not second.targets) or (
        second.passive and first.noun and not first.targets
    )
    return fills and bool(first.agents or second.agents) and bool(first.targets or second.targets)


def _compatible_groups(first: Mention, second: Mention) -> bool:
    return _same_or_open(first.agents, second.agents) and _same_or_open(first.targets, second.targets)


def _same_or_open(one: Group, other: Group) -> bool:
    """No two different actors in one role; a group without a name may be anybody."""
    left = {member.actor.id for member in one if member.actor}
    right = {member.actor.id for member in other if member.actor}
    return not left or not right or bool(left & right)


def _fused(first: Mention, second: Mention) -> Mention:
    main, other = (second, first) if first.kind.result and not second.kind.result else (first, second)
    return main._replace(
        spans=tuple(sorted({*first.spans, *second.spans})),
        row_span=(first.row_span[0], second.row_span[1]),
        agents=main.agents or other.agents,
        targets=main.targets or other.targets,
        places=(*main.places, *(place for place in other.places if place not in main.places)),
        time=main.time or other.time,
        figures=(*main.figures, *(figure for figure in other.figures if figure not in main.figures)),
        weapons=tuple(dict.fromkeys((*main.weapons, *other.weapons))),
        responsibility=main.responsibility or other.responsibility,
        kind=main.kind,
        passive=False,
    )


def group_mentions(mentions: Sequence[Mention]) -> list[tuple[Mention, ...]]:
    """Mentions by happening, in order of their first."""
    groups: list[list[Mention]] = []
    for mention in mentions:
        home = next((group for group in reversed(groups[-LOOK_BACK:]) if _belongs(group, mention)), None)
        if home is not None:
            home.append(mention)
        else:
            groups.append([mention])
    return [tuple(group) for group in groups]


def _belongs(group: Sequence[Mention], mention: Mention) -> bool:
    first, members = group[0], (group[0], *group[1:][-COMPARED:])
    if not _kinds_agree(first, mention) or any(one.real != mention.real for one in members):
        return False
    if not all(_agrees(one, mention) for one in members):
        return False
    if _is_bare(mention) and mention.definite:
        gap = mention.sentence.number - group[-1].sentence.number
        return gap <= NEAR_SENTENCES and _specific(first)
    return any(_evidence(one, mention) for one in members)


_TOLD_AS = frozenset(
    {
        "attack",
        "killing",
        "airstrike",
        "explosion",
        "suicide attack",
        "chemical attack",
        "shooting",
        "stabbing",
    }
)


def _kinds_agree(one: Mention, other: Mention) -> bool:
    """An attack may be told as its airstrike, and a killing as the attack that did it."""
    if one.kind.type != other.kind.type:
        return False
    names = {one.kind.name, other.kind.name}
    return len(names) == 1 or (bool(names & {"attack", "killing"}) and names <= _TOLD_AS)


def _agrees(one: Mention, other: Mention) -> bool:
    return (
        _sides_agree(one, other)
        and _times_agree(one.time, other.time)
        and _places_agree(one.places, other.places)
        and (one.many == other.many or one.kind.episode or one.kind.two_sided)
    )


def _sides_agree(one: Mention, other: Mention) -> bool:
    if one.kind.two_sided:
        both = {p.actor.id for p in (*one.agents, *one.targets) if p.actor}
        rest = {p.actor.id for p in (*other.agents, *other.targets) if p.actor}
        return not both or not rest or both <= rest or rest <= both
    return _compatible_groups(one, other)


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


def _evidence(one: Mention, other: Mention) -> bool:
    """What two mentions have to share to be one: both sides and a place or day, or place and day."""
    place = bool(one.places) and bool(_names(one.places) & _names(other.places))
    fine = any(place.kind not in {"country", "region", "admin1", "water"} for place in one.places)
    day = one.time is not None and other.time is not None
    sides = bool(_actors(one) & _actors(other))
    both = sides and len(_actors(one) & _actors(other)) > 1
    return (
        (place and day)
        or (sides and day)
        or (sides and place and fine)
        or (both and (place or not one.places or not other.places))
        or (place and fine and (one.kind.episode or other.definite))
    )


def _actors(mention: Mention) -> set[str]:
    return {p.actor.id for p in (*mention.agents, *mention.targets) if p.actor}


def _is_bare(mention: Mention) -> bool:
    return not mention.agents and not mention.targets and not mention.places and mention.time is None


def _specific(mention: Mention) -> bool:
    return bool(mention.places or mention.time or (mention.agents and mention.targets)) and not mention.many
