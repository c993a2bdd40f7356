"""Which way an indicator moves: what each independent origin says of it, and the rule that makes one of all.

An origin speaks by its claims that tell how the indicator moves, and by its own figures: two estimates of
one series, the later one of a later time, whose ranges do not overlap, or that do. No figure is compared with
one of another scope, basis or origin: those who differ in a number disagree, and nothing has moved.

Of what an origin says within the window, the newest day counts. A number of claims is never a direction:
it rises where a source begins.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from marsad.assessment.board.records import (
    Direction,
    Movement,
    Step,
    Voice,
    told_of,
    told_of_point,
)
from marsad.assessment.reasons import Reason
from marsad.assessment.series import Point, Series
from marsad.assessment.watch.definition import Indicator
from marsad.assessment.watch.evidence import Phrases, Scene
from marsad.ledger.asking.found import Found
from marsad.ledger.asking.gathering import Gathered
from marsad.linkage.origins import Group, Origin, independent
from marsad.records.reading import Claim

DIRECTIONS: tuple[Direction, ...] = ("up", "down", "steady")
_ASSERTED = frozenset({"statement", "belief", "perception"})  # an intention or a demand is not yet so
_SUPPORTING = frozenset({"named", "publisher", "document"})  # a dataset repeats what reports said
_LEVELS = frozenset({"level", "rate", "share"})


class Telling(NamedTuple):
    """One thing that says how an indicator moves."""

    day: str  # of which it tells
    known: str
    direction: Direction
    origin: Origin
    by: Found[Claim] | Step


def tellings(
    indicator: Indicator, claims: Iterable[Found[Claim]], series: Iterable[Series], scene: Scene
) -> tuple[Telling, ...]:
    """All that says how an indicator moves: claims of its evidence, and steps of its series."""
    by_claims = [
        Telling(told_of(found), found.found_in.known, way, scene.gathered.origins[found.id], found)
        for found, way in _told(indicator, claims, scene)
    ]
    by_figures = [
        Telling(told_of_point(step.later), step.later.known, step.direction, step.later.origin, step)
        for each in series
        for step in steps(each)
    ]
    return (*by_claims, *by_figures)


def voices(told: Iterable[Telling], first: str) -> tuple[Voice, ...]:
    """What each origin says of the newest day from `first` on; the newest first, then by key."""
    by_origin: defaultdict[str, list[Telling]] = defaultdict(list)
    for telling in told:
        if telling.day >= first:
            by_origin[telling.origin.key].append(telling)
    made = [voice for several in by_origin.values() for voice in _voices(several)]
    return tuple(sorted(made, key=lambda v: (v.day, v.origin.key, v.direction), reverse=True))


def _voices(told: Sequence[Telling]) -> Iterator[Voice]:
    """The voices of one origin: one for each direction of its newest day."""
    newest = max(telling.day for telling in told)
    for direction in DIRECTIONS:
        kept = [each for each in told if each.direction == direction and each.day == newest]
        claims = sorted((each.by for each in kept if isinstance(each.by, Found)), key=_age, reverse=True)
        by_figures = tuple(each.by for each in kept if isinstance(each.by, Step))
        if kept:
            yield Voice(direction, min(each.origin for each in kept), tuple(claims), by_figures)


def _age(found: Found[Claim]) -> tuple[str, str]:
    return found.found_in.known, found.id


# By claims


def _told(
    indicator: Indicator, claims: Iterable[Found[Claim]], scene: Scene
) -> Iterator[tuple[Found[Claim], Direction]]:
    """The claims that tell how the indicator moves, each with its direction.

    One that holds another claim of the same direction passes it on, and does not tell it.
    """
    words = {way: Phrases(getattr(indicator, way)) for way in DIRECTIONS}
    found = [
        (claim, way)
        for claim in claims
        if _is_asserted(claim.record) and (way := _direction(indicator, claim, words, scene))
    ]
    passed_on = {(claim.record.parent, way) for claim, way in found}
    for claim, way in found:
        if (claim.id, way) not in passed_on:
            yield claim, way


def _is_asserted(claim: Claim) -> bool:
    return claim.polarity == "affirmed" and claim.attitude in _ASSERTED


def _direction(
    indicator: Indicator, found: Found[Claim], words: dict[Direction, Phrases], scene: Scene
) -> Direction | None:
    """By the indicator's own words for directions where it has any, else by its themes; of two, none.

    Whose theme moves is told only by a claim that names no other actor.
    """
    if indicator.has_own_directions:
        ways = {way for way in DIRECTIONS if words[way].are_in(scene.folded[found.id])}
    elif scene.is_alone(found.record):
        named = {theme.direction for theme in found.record.themes if theme.theme in indicator.themes}
        ways = {way for way in DIRECTIONS if way in named}
    else:
        return None
    return ways.pop() if len(ways) == 1 else None


# By figures


def steps(series: Series) -> Iterator[Step]:
    """From each estimate of an origin to its next one of a later time."""
    if series.basis.status != "counted" or not _may_move(series):
        return
    by_origin: defaultdict[str, list[Point]] = defaultdict(list)
    for point in series.points:
        if point.superseded_by is None and not point.unsourced:
            by_origin[point.origin.key].append(point)
    for points in by_origin.values():
        ordered = sorted(points, key=lambda point: (told_of_point(point), point.known, point.figure.id))
        for earlier, later in pairwise(ordered):
            way = _way(earlier, later)
            if way and _is_later(earlier, later):
                yield Step(series, earlier, later, way)


def _may_move(series: Series) -> bool:
    """A level may; so may the counts of stretches of one length, but not a toll that runs on."""
    basis = series.basis
    return basis.aspect in _LEVELS or (basis.aspect == "flow" and (basis.period or "").startswith("P"))


def _is_later(earlier: Point, later: Point) -> bool:
    began = later.as_of.earliest if later.as_of else None
    return told_of_point(earlier) < (began or told_of_point(later))


def _way(earlier: Point, later: Point) -> Direction | None:
    """Apart, up or down; overlapping, steady, but where a bound is open nobody knows."""
    if _low(later) > _high(earlier):
        return "up"
    if _high(later) < _low(earlier):
        return "down"
    ends = (_low(earlier), _high(earlier), _low(later), _high(later))
    return "steady" if all(abs(end) < inf for end in ends) else None


def _low(point: Point) -> float:
    return -inf if point.low is None else point.low


def _high(point: Point) -> float:
    return inf if point.high is None else point.high


# The rule


def movement(said: Sequence[Voice], first: str) -> tuple[Movement, Reason]:
    """The direction that most independent origins give, with the rule in one sentence.

    It is contested where one says up and another down, or where as many say one thing as another.
    Origins without a name count only where no other speaks. An origin that says two things at
    once counts for neither.
    """
    supporting = [voice for voice in said if voice.origin.kind in _SUPPORTING]
    counted = supporting or [voice for voice in said if voice.origin.kind == "unnamed"]
    divided = {key for key, number in Counter(voice.origin.key for voice in counted).items() if number > 1}
    tally = Counter(voice.direction for voice in counted if voice.origin.key not in divided)
    if not tally:
        return "unknown", Reason("way_divided" if divided else "way_unknown", given={"day": first})
    kind = "named" if supporting else "unnamed"
    given = {"day": first, "words": _words(tally, len(divided), kind), "kind": kind}
    given |= {way: str(number) for way, number in (*tally.items(), ("several", len(divided))) if number}
    return _moved(tally), Reason("since", given=given)


def _words(tally: Counter[Direction], divided: int, kind: str) -> str:
    """How many origins said what: 2 independent origins said up, 1 said down."""
    who = "independent origin" if kind == "named" else "unnamed origin"
    most, *others = (f"{tally[way]}{{}} said {way}" for way in _ordered(tally))
    noun = f" {who}{'' if tally[_ordered(tally)[0]] == 1 else 's'}"
    words = ", ".join([most.format(noun), *(other.format("") for other in others)])
    return words + (f", {divided} said several things at once" if divided else "")


def _moved(tally: Counter[Direction]) -> Movement:
    (most, number), *others = tally.most_common()
    is_tied = any(other == number for _, other in others)
    return "contested" if is_tied or (tally["up"] and tally["down"]) else most


def _ordered(tally: Counter[Direction]) -> list[Direction]:
    return sorted(tally, key=lambda way: (-tally[way], DIRECTIONS.index(way)))


def origins_of(claims: Iterable[Found[Claim]], gathered: Gathered) -> tuple[Group, ...]:
    """The independent origins of claims, most claims first."""
    return independent(((gathered.origins[found.id], found.found_in.id) for found in claims), {}, {})
