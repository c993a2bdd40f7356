"""The best range now of one series, and the rule that chose it.

Casualty recorders settle conflicting numbers by one of four rules (Every Casualty Worldwide, Standards for
Casualty Recording, 2016, and its good practice series): a *range* from the least to the most that is
reported, the number that the *majority* of sources give, that of the best source of a *hierarchy*, or
*discussion*. Here they are tried in this order:

1. hierarchy: where the user has rated sources, and the best of them A, B or C, above all others;
2. majority: where at least two independent named origins, and more than half of all, give one value;
3. range: where values overlap, or where the highest low is at most twice the lowest high;
4. discussion: else nothing is chosen, and all values are shown.

Each origin has one vote, its newest number. Whatever lies outside the chosen range stands beside it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import inf

from marsad.assessment.reasons import Reason
from marsad.assessment.series.points import is_own, moment
from marsad.assessment.series.records import Basis, Current, Point, Rule
from marsad.assessment.voices import voices
from marsad.ledger.store import Store
from marsad.records.reading import Number

UNRATED = "F"  # NATO Admiralty: cannot be judged
_TRUSTED = frozenset("ABC")
_APART = 2  # how many times the lowest high the highest low may be, for a range to tell anything
_NAMELESS = frozenset({"unnamed", "dataset"})  # kinds of origin that make nothing sure
_MAJORITY = 2  # independent origins, at the least
# Days before the newest number in which others are still of now, by the beginning of the measure
_NOW = {"strength.": 366, "finance.": 366}
_ELSE = 92
_LOCAL = 31  # of fighters in a town or a district
_DISTRICT = 3  # UCDP's where_prec

Value = tuple[Number | None, Number | None]


def ratings(ledger: Store) -> dict[str, str]:
    """The reliability of each source that people have rated, A to F, by the key of the origin."""
    return {source.key: source.reliability for source in ledger.sources() if source.ratings}


def current(basis: Basis, points: Sequence[Point], rated: Mapping[str, str]) -> Current | None:
    """The best range of the points of `basis` now; none where they are no counts.

    Args:
        rated: of keys of origins, how reliable the user finds them, from A to F.
    """
    if basis.status != "counted":
        return None
    near = _near(basis, [point for point in points if point.superseded_by is None])
    votes = _votes(near)
    if not votes:
        return None
    rule, chosen, reason = _chosen(votes, rated)
    is_open = rule == "discussion"
    low, high = (None, None) if is_open else _hull(chosen)
    outside = [] if is_open else [point for point in near if not _overlap((low, high), _value(point))]
    return Current(
        low=low,
        best=None if is_open else _best(chosen),
        high=high,
        rule=rule,
        reason=reason,
        points=tuple(chosen),
        dissent=tuple(outside),
    )


def _near(basis: Basis, points: Sequence[Point]) -> list[Point]:
    """Those that are of now: near the newest in time; of stretches, those that share a day with its own."""
    if not points:
        return []
    newest = max(points, key=lambda point: (moment(point), point.known, point.figure.id))
    if basis.period and basis.period[0].isdigit():  # one event
        return list(points)
    if basis.period and basis.period.startswith("P"):
        return [point for point in points if _share_a_day(point, newest)]
    return [point for point in points if _days(moment(point), moment(newest)) <= _window(basis)]


def _window(basis: Basis) -> int:
    is_local = all((place.where_prec or _DISTRICT + 1) <= _DISTRICT for place in basis.places)
    if basis.measure.startswith("strength.") and basis.places and is_local:
        return _LOCAL
    return next((days for prefix, days in _NOW.items() if basis.measure.startswith(prefix)), _ELSE)


def _share_a_day(a: Point, b: Point) -> bool:
    if a.as_of is None or b.as_of is None:
        return a is b
    begins, ends = max(a.as_of.earliest or "", b.as_of.earliest or ""), (a.as_of.latest, b.as_of.latest)
    return all(end is None or begins <= end for end in ends)


def _days(earlier: str, later: str) -> int:
    return abs((date.fromisoformat(later) - date.fromisoformat(earlier)).days)


def _votes(near: Iterable[Point]) -> list[Point]:
    """One point an origin, its newest. Unsourced and vague ones count where there are no others."""
    points = list(near)
    whose = voices(point.origin.key for point in points)
    by_voice: defaultdict[str, list[Point]] = defaultdict(list)
    for point in points:
        by_voice[whose[point.origin.key]].append(point)
    votes = [max(several, key=_weight) for several in by_voice.values()]
    for is_strong in (_is_sourced_count, _is_count):
        strong = [point for point in votes if is_strong(point)]
        if strong:
            return sorted(strong, key=_in_order)
    return sorted(votes, key=_in_order)


def _weight(point: Point) -> tuple[bool, str, bool, str, str]:
    is_count = _is_count(point)
    return is_count, moment(point), is_own(point), point.restated, point.figure.id


def _is_count(point: Point) -> bool:
    return point.figure.record.bound != "vague"


def _is_sourced(point: Point) -> bool:
    return not (point.unsourced or point.by_outlet)


def _is_sourced_count(point: Point) -> bool:
    return _is_count(point) and _is_sourced(point)


def _in_order(point: Point) -> tuple[str, str, str]:
    return moment(point), point.known, point.figure.id


# The rules


def _chosen(votes: list[Point], rated: Mapping[str, str]) -> tuple[Rule, list[Point], Reason]:
    if len(votes) == 1:
        holder = votes[0].holder
        alone = Reason("alone_unnamed") if votes[0].unsourced else _with("alone_holder", holder=holder)
        return "range", votes, alone
    best = min(rated.get(point.origin.key, UNRATED) for point in votes)
    first = [point for point in votes if rated.get(point.origin.key, UNRATED) == best]
    if best in _TRUSTED and len(first) < len(votes):
        names = ", ".join(point.origin.name for point in first)
        return "source_hierarchy", first, _with("rated", rating=best, names=names)
    value, count = _most_given(votes)
    if count >= _MAJORITY and 2 * count > len(votes):
        agree = [point for point in votes if _value(point) == value]
        return "majority", agree, _with("majority", count, all=str(len(votes)))
    least, most = _spread(votes)
    whom = "origins" if any(map(_is_sourced, votes)) else "unnamed"
    if most <= _APART * least:
        return "range", votes, _with(f"range_{whom}", len(votes))
    return "discussion", votes, _with(f"apart_{whom}", len(votes))


def _with(name: str, n: int | None = None, **given: str) -> Reason:
    return Reason(name, n, given)


def _most_given(votes: Iterable[Point]) -> tuple[Value, int]:
    """The value that most named origins give; of two, the lower one. An outlet counts nothing itself."""
    named = [point for point in votes if point.origin.kind not in _NAMELESS and _is_sourced_count(point)]
    counted = Counter(map(_value, named))
    ordered = sorted(counted.items(), key=lambda item: (-item[1], _ends(item[0])))
    return ordered[0] if ordered else ((None, None), 0)


def _spread(votes: Iterable[Point]) -> tuple[float, float]:
    """The lowest high and the highest low: where the second is not above the first, all values overlap."""
    ends = [_ends(_value(point)) for point in votes]
    return min(high for _, high in ends), max(low for low, _ in ends)


# Values


def _value(point: Point) -> Value:
    return point.low, point.high


def _ends(value: Value) -> tuple[float, float]:
    low, high = value
    return (-inf if low is None else low), (inf if high is None else high)


def _overlap(a: Value, b: Value) -> bool:
    (a_low, a_high), (b_low, b_high) = _ends(a), _ends(b)
    return a_low <= b_high and b_low <= a_high


def _hull(chosen: Iterable[Point]) -> Value:
    """From the low of lows to the high of highs; open where the outermost number is."""
    values = [_value(point) for point in chosen]
    numbers = [number for value in values for number in value if number is not None]
    if not numbers:
        return None, None
    low, high = min(numbers), max(numbers)
    is_low_open = any(value == (None, low) for value in values)
    is_high_open = any(value == (high, None) for value in values)
    return (None if is_low_open else low), (None if is_high_open else high)


def _best(chosen: Iterable[Point]) -> Number | None:
    bests = {point.best for point in chosen}
    return bests.pop() if len(bests) == 1 else None
