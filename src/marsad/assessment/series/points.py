"""Points: each estimate once, with those who repeat it, and what its own holder put in its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from marsad.assessment.series.records import PLANNED, Point
from marsad.assessment.series.scope import Known
from marsad.assessment.voices import UNTOLD, are_one, speaker, voices
from marsad.ledger.asking.found import Found
from marsad.linkage.origins import NAMED, NOBODY, Origin, folded_name
from marsad.records.reading import Figure, Interval, Number

_AGAIN = 60  # days in which an equal number without a date of its own is the same estimate
_PLANS = 184  # days in which a plan is told: it is one plan, however many tell it


def points(
    members: Iterable[Known], origins: Mapping[str, Origin], outlets: frozenset[str] = frozenset()
) -> tuple[Point, ...]:
    """The points of figures of one basis, in the order of what they are true of, then of being known.

    An equal number is the same estimate where it stands in the same text or a copy of it, goes back to the
    same origin, or where nobody but an outlet is named for one of the two; of a plan, whoever tells it.
    Another date makes it another estimate. Its figure is the first that says whose it is.

    Args:
        origins: of each claim, whose word it is.
        outlets: the keys of origins that report and count nothing themselves: `outlets_of`.
    """
    estimates: defaultdict[tuple[Number, ...], list[_Estimate]] = defaultdict(list)
    for told in sorted((_told(known, origins, outlets) for known in members), key=_order):
        same = [each for each in estimates[told.known.stated.numbers] if each.is_again(told)]
        if same:
            max(same, key=lambda each: each.likeness(told)).add(told)
        else:
            estimates[told.known.stated.numbers].append(_Estimate(told))
    found = [_point(each) for several in estimates.values() for each in several]
    return tuple(sorted(_superseded(found), key=lambda point: (moment(point), point.known, point.figure.id)))


def moment(point: Point) -> str:
    """The day by which a point stands in its series: the last that it is true of, else when it became known.

    Nothing is counted before it happens: "this year" is until then.
    """
    when = point.as_of
    day = (when and (when.latest or when.earliest)) or point.known
    is_ahead = point.figure.record.status in PLANNED
    return day if is_ahead else min(day, point.known)


def is_own(point: Point) -> bool:
    """Whether the origin itself published it, so that nobody can have misquoted it."""
    publisher = point.figure.found_in.document.publisher
    return point.origin.own or (publisher is not None and point.origin.key == NAMED + folded_name(publisher))


@dataclass(frozen=True, slots=True)
class _Told:
    """A figure with whose word it is."""

    known: Known
    origin: Origin
    unsourced: bool
    is_outlet: bool  # of the press: it reports numbers, and counts nothing itself
    as_of: Interval | None

    @property
    def is_held(self) -> bool:
        """Whether the text says whose number it is."""
        return not (self.unsourced or self.is_outlet)

    @property
    def figure(self) -> Found[Figure]:
        return self.known.stated.figure

    @property
    def document(self) -> str:
        return self.figure.found_in.id


def _told(known: Known, origins: Mapping[str, Origin], outlets: frozenset[str]) -> _Told:
    figure = known.stated.figure
    origin = origins.get(figure.record.claim, NOBODY)
    times = (figure.record.as_of, figure.record.period)
    as_of = next((when for when in times if when and (when.earliest or when.latest)), None)
    return _Told(known, origin, is_unsourced(figure), origin.key in outlets, as_of)


def outlets_of(figures: Iterable[Found[Figure]]) -> frozenset[str]:
    """The keys of the origins that publish what others say."""
    documents = (figure.found_in.document for figure in figures)
    return frozenset(
        NAMED + folded_name(document.publisher)
        for document in documents
        if document.publisher and document.genre != "official"
    )


def is_unsourced(figure: Found[Figure]) -> bool:
    """Whether the text names nobody for it. What an office or a group publishes itself is its own word."""
    claim = figure.accounts[0].claim
    if claim.hidden_source:
        return True
    if claim.kind == "attributed":
        return claim.source is None
    return figure.found_in.document.genre != "official"


def _order(told: _Told) -> tuple[str, bool, str, int, str]:
    """As they became known; of one day, originals before their copies, and by their place in the text."""
    is_copy = told.known.stated.document != told.document
    begin = told.figure.record.spans[0][0] if told.figure.record.spans else 0
    return told.figure.found_in.known, is_copy, told.document, begin, told.figure.id


class _Estimate:
    """One number that somebody gave, with those who gave it again, in the order of their being known."""

    __slots__ = ("all", "as_of", "held")

    def __init__(self, first: _Told) -> None:
        self.all = [first]
        self.held = first  # the first that says whose number it is; where none does, the first
        self.as_of = first.as_of  # when it is true of, as any of them tells

    def add(self, told: _Told) -> None:
        self.all.append(told)
        is_begun = told.as_of is not None and (told.as_of.earliest or "") <= self.first.figure.found_in.known
        if told.is_held and not self.held.is_held:
            self.held, self.as_of = told, (told.as_of if is_begun else None) or self.as_of
        if is_begun:
            self.as_of = self.as_of or told.as_of

    @property
    def first(self) -> _Told:
        return self.all[0]

    @property
    def last_known(self) -> str:
        return self.all[-1].figure.found_in.known

    def is_again(self, told: _Told) -> bool:
        """Whether `told`, an equal number that became known later, is this estimate."""
        if _are_opposite(self.first.figure.record, told.figure.record):
            return False
        if self.first.known.stated.document == told.known.stated.document:  # one text, or copies of one
            return True
        if _exclude(self.as_of, told.as_of):
            return False
        is_planned = told.known.basis.status in PLANNED
        is_dated = _is_one_time(self.as_of, told.as_of)
        near = is_dated or self._days_to(told) <= (_PLANS if is_planned else _AGAIN)
        return near and (is_planned or self._is_one_voice(told))

    def _is_one_voice(self, told: _Told) -> bool:
        mine, other = self.held, told
        if not (mine.is_held and other.is_held):  # nobody is named for one of them
            return not told.known.stated.is_vague or mine.origin.key == other.origin.key
        return are_one(mine.origin.key, other.origin.key)

    def _days_to(self, told: _Told) -> int:
        later, earlier = told.figure.found_in.known, self.last_known
        return (date.fromisoformat(later) - date.fromisoformat(earlier)).days

    def likeness(self, told: _Told) -> tuple[bool, bool, str, str]:
        """Of several of which it may be an echo: one of its document, of its origin, then the newest."""
        is_here = self.first.known.stated.document == told.known.stated.document
        return is_here, self.held.origin.key == told.origin.key, self.last_known, self.first.figure.id


def _are_opposite(a: Figure, b: Figure) -> bool:
    return {a.bound, b.bound} == {"at_least", "at_most"}


def _is_one_time(a: Interval | None, b: Interval | None) -> bool:
    """Whether two times, both told, are the same."""
    return a is not None and b is not None and (a.earliest, a.latest) == (b.earliest, b.latest)


def _exclude(a: Interval | None, b: Interval | None) -> bool:
    """Whether two times, both told, have no day in common."""
    if a is None or b is None:
        return False
    return (a.latest or "9999") < (b.earliest or "") or (b.latest or "9999") < (a.earliest or "")


def _point(estimate: _Estimate) -> Point:
    held = estimate.held
    record = held.figure.record
    return Point(
        figure=held.figure,
        holder=speaker(held.figure.accounts[0].holder, held.origin.name) or held.origin.name,
        origin=held.origin,
        unsourced=held.unsourced,
        by_outlet=held.is_outlet,
        low=record.low,
        best=record.best,
        high=record.high,
        as_of=estimate.as_of,
        known=estimate.first.figure.found_in.known,
        echoes=tuple(told.figure for told in estimate.all if told is not held),
        assumed=held.known.assumed,
    )


# What was replaced


def _superseded(found: Sequence[Point]) -> list[Point]:
    """The points, each with the number that its own origin put in its place."""
    whose = voices(point.origin.key for point in found)
    by_voice: defaultdict[str, list[Point]] = defaultdict(list)
    for point in sorted(found, key=lambda each: (each.known, each.figure.id)):
        by_voice[whose[point.origin.key]].append(point)
    replaced = {
        old.figure.id: new.figure.id
        for key, several in by_voice.items()
        if key not in UNTOLD
        for old, new in pairwise(several)
        if _replaces(new, old)
    }
    return [replace(point, superseded_by=replaced.get(point.figure.id)) for point in found]


def _replaces(new: Point, old: Point) -> bool:
    """Whether a holder took back its number: of the same time, and not said again since.

    A level of another date is movement. What others say that it said does not undo what it published.
    """
    if new.figure.found_in.document.revision_of == old.figure.found_in.id:
        return True
    is_later = new.known > old.known and old.restated <= new.known
    return _is_one_time(old.as_of, new.as_of) and is_later and not (is_own(old) and not is_own(new))
