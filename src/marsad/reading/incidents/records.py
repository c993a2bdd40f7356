"""The record of an incident from its mentions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from msgspec.structs import replace

from marsad.reading.clauses.clauses import Group
from marsad.reading.clauses.participants import Participant, party_of
from marsad.reading.incidents.accounts import Denials, deniers, responsibilities, statuses, told
from marsad.reading.incidents.kinds import vocabulary
from marsad.reading.incidents.mentions import Mention
from marsad.reading.incidents.ucdp import ucdp_type
from marsad.reading.text import Text
from marsad.records.reading import (
    Figure,
    Incident,
    Interval,
    Number,
    Party,
    Place,
    Thing,
    Time,
    Toll,
)
from marsad.records.spans import Span

T = TypeVar("T")

_NEAR = 2  # where_prec of "near a town"
_FINEST_UNIT = 3  # where_prec of a second-order division: two of these are two places


def incident_of(
    text: Text, number: int, mentions: Sequence[Mention], denials: Denials, reader: str
) -> Incident:
    """One incident from all its mentions, which are in order and not empty."""
    main = max(mentions, key=told)
    agents, targets = _sides(mentions)
    if main.kind.two_sided and targets and agents and targets[0].begin < agents[0].begin:
        agents, targets = targets, agents
    places = _by_name(place for mention in mentions for place in mention.places)
    time = _finest([mention.time for mention in mentions if mention.time is not None])
    figures = _unique(figure for mention in mentions for figure in mention.figures)
    tolls = vocabulary().tolls
    return Incident(
        id=f"i{number}",
        claims=(*dict.fromkeys(mention.claim.id for mention in mentions), *deniers(mentions, denials)),
        spans=tuple(sorted({span for mention in mentions for span in mention.spans})),
        type=main.kind.type,
        mode=next((mention.kind.mode for mention in mentions if mention.kind.mode), None),
        ucdp_type=ucdp_type(agents, targets) if main.kind.type == "ASSAULT" else None,
        shape="aggregate" if _is_aggregate(mentions, places, time) else "single",
        statuses=statuses(mentions, denials),
        responsibility=responsibilities(mentions, denials),
        two_sided=main.kind.two_sided,
        sides=(_parties(text, agents), _parties(text, targets)),
        targets=_targets(text, mentions),
        weapons=tuple(dict.fromkeys(weapon for mention in mentions for weapon in mention.weapons)),
        places=tuple(place.id for place in places),
        where_prec=_where_prec(places, mentions),
        date=_interval(time),
        date_prec=time.date_prec if time is not None else None,
        deaths=_envelope(figures, tolls.deaths),
        injured=_envelope(figures, tolls.injured),
        reader=reader,
    )


def _sides(mentions: Sequence[Mention]) -> tuple[Group, Group]:
    """Of each side the members that the fullest mention names; a name counts before a description."""
    agents = _best(mentions, lambda mention: mention.agents)
    targets = _best(mentions, lambda mention: mention.targets)
    taken = {member.actor.id for member in agents if member.actor}
    return agents, tuple(_apart(member, taken) for member in targets)


def _apart(member: Participant, taken: set[str]) -> Participant:
    """Nobody fights himself: a second mention of an actor on the other side is somebody unknown."""
    return member._replace(actor=None) if member.actor and member.actor.id in taken else member


def _best(mentions: Sequence[Mention], side: Callable[[Mention], Group]) -> Group:
    return max(
        (side(mention) for mention in mentions),
        key=lambda group: (sum(1 for m in group if m.actor), len(group)),
    )


def _parties(text: Text, group: Iterable[Participant]) -> tuple[Party, ...]:
    """The members of a side, each actor once."""
    named: dict[str, Participant] = {}
    for member in group:
        named.setdefault(member.actor.id if member.actor else f"{member.begin}-{member.end}", member)
    return tuple(party_of(text, member) for member in named.values())


def _targets(text: Text, mentions: Sequence[Mention]) -> tuple[Thing, ...]:
    """Each thing once, by the first mention of its words."""
    named: dict[str, Span] = {}
    for span in sorted({span for mention in mentions for span in mention.things}):
        named.setdefault(text[span].casefold(), span)
    return tuple(Thing(text=text[span], spans=(span,)) for span in named.values())


def _unique(items: Iterable[T]) -> list[T]:
    kept: list[T] = []
    for item in items:
        if item not in kept:
            kept.append(item)
    return kept


def _by_name(places: Iterable[Place]) -> list[Place]:
    """Each place once, by the first mention of it."""
    kept: dict[str, Place] = {}
    for place in places:
        kept.setdefault(place.gazetteer_id or place.name, place)
    return list(kept.values())


def _is_aggregate(mentions: Sequence[Mention], places: Sequence[Place], time: Time | None) -> bool:
    """A round-up: many of them, not tied to one day and not one long fight for one place."""
    many = [mention for mention in mentions if mention.many]
    if not many or (time is not None and time.date_prec == 1):
        return False
    if all(mention.kind.two_sided for mention in many):
        return len(places) > 1 and _where_prec(places, ()) != min((p.where_prec or 7) for p in places)
    return True


def _where_prec(places: Sequence[Place], mentions: Sequence[Mention]) -> int | None:
    """UCDP: of a chain from small to large the finest, of several places apart the coarsest.

    A town that it was only near ("outside X") is 2.
    """
    known = [place.where_prec for place in places if place.where_prec is not None]
    if not known:
        return None
    fine = [precision for precision in known if precision <= _FINEST_UNIT]
    chain = len(fine) <= 1 or _is_chain(places)
    found = min(known) if chain else max(known)
    return _NEAR if found == 1 and _only_near(places, mentions) else found


def _only_near(places: Sequence[Place], mentions: Sequence[Mention]) -> bool:
    """Whether every mention of the exact places says "near" of them."""
    exact = {place.gazetteer_id or place.name for place in places if place.where_prec == 1}
    named = [
        place.id in mention.beside
        for mention in mentions
        for place in mention.places
        if (place.gazetteer_id or place.name) in exact
    ]
    return bool(named) and all(named)


def _is_chain(places: Sequence[Place]) -> bool:
    """Whether all but one hold another: "in the town of X in Y, eastern Z"."""
    outer = {place.within for place in places}
    return sum(1 for place in places if place.id not in outer) <= 1


def _finest(times: Sequence[Time]) -> Time | None:
    return min(times, key=lambda time: (time.date_prec or 5, time.spans), default=None)


def _interval(time: Time | None) -> Interval | None:
    if time is None:
        return None
    return Interval(earliest=time.earliest, latest=time.latest, edtf=time.edtf, time=time.id)


def _envelope(figures: Sequence[Figure], measures: frozenset[str]) -> Toll | None:
    """The widest bounds of the figures; an open end stays open, a best only where they agree on it."""
    counted = [figure for figure in figures if figure.measure in measures]
    if not counted:
        return None
    counted = [figure for figure in counted if figure.high != 0] or counted  # "no civilians" is of others
    low = [figure.low for figure in counted]
    high = [figure.high for figure in counted]
    best = {figure.best for figure in counted}
    return Toll(low=_edge(low, min), best=best.pop() if len(best) == 1 else None, high=_edge(high, max))


def _edge(values: Sequence[Number | None], choose: Callable[[Iterable[Number]], Number]) -> Number | None:
    known = [value for value in values if value is not None]
    return choose(known) if known and len(known) == len(values) else None


def with_incident(figures: Sequence[Figure], groups: Sequence[Sequence[Mention]]) -> tuple[Figure, ...]:
    """The figures, each with the first incident that holds it."""
    homes: dict[str, str] = {}
    for number, group in enumerate(groups, 1):
        for mention in group:
            for figure in mention.figures:
                homes.setdefault(figure.id, f"i{number}")
    return tuple(
        replace(figure, incident=homes[figure.id]) if figure.id in homes else figure for figure in figures
    )
