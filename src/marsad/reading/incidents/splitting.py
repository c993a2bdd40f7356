"""Several happenings that one trigger tells of: "bombings in X and Y", "killed five in X and seven in Y"."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from marsad.reading.clauses.participants import Row
from marsad.reading.incidents.mentions import Mention
from marsad.records.reading import Place, Time

COARSE = frozenset({"country", "region", "admin1", "admin2", "water"})
_JOINING = frozenset(
    {
        ",",
        "and",
        "or",
        "the",
        "in",
        "near",
        "at",
        "town",
        "towns",
        "city",
        "cities",
        "village",
        "villages",
        "of",
    }
)
_AND = frozenset({",", "and"})


class _Spot(NamedTuple):
    """A small place at its row index."""

    at: int
    place: Place


def split(mention: Mention, row: Row) -> tuple[Mention, ...]:
    """The mention for each of its places, where the sentence tells of one happening in each."""
    spots = _spots(mention, row)
    if len(spots) < 2 or mention.kind.episode or mention.kind.two_sided:
        return (mention,)
    tolls = _tolls(mention, row, spots)
    if tolls is None and not (mention.plural and mention.noun and _is_list(row, spots)):
        return (mention,)
    wide = tuple(place for place in mention.places if place.kind in COARSE)
    pieces = []
    for number, spot in enumerate(spots):
        stop = spots[number + 1].at if number + 1 < len(spots) else mention.clause[1]
        pieces.append(
            mention._replace(
                places=(spot.place, *wide),
                figures=tuple(mention.figures[i] for i in tolls[number]) if tolls else (),
                time=_time(row, spot.at, stop) or mention.time,
                many=False,
            )
        )
    return tuple(pieces)


def _spots(mention: Mention, row: Row) -> list[_Spot]:
    """The small places of the mention after its trigger, none within another."""
    outer = {place.within for place in mention.places}
    small = {p.id: p for p in mention.places if p.kind not in COARSE and p.id not in outer}
    found: list[_Spot] = []
    for at in range(mention.row_span[1], mention.clause[1]):
        place = row[at].place
        if place is not None and place.id in small and all(place.name != one.place.name for one in found):
            found.append(_Spot(at, place))
    return found


def _is_list(row: Row, spots: list[_Spot]) -> bool:
    """Whether the places are a list that "and" closes: "X, Y and Z"; "X, Y" names one within the other."""
    gaps = [[word.lower for word in row[a.at + 1 : b.at]] for a, b in pairwise(spots)]
    return all(gap and set(gap) <= _JOINING and set(gap) & _AND for gap in gaps) and "and" in gaps[-1]


def _tolls(mention: Mention, row: Row, spots: list[_Spot]) -> list[list[int]] | None:
    """For each place the indices of the figures told right before it; None where one has none."""
    begins = [figure.spans[0][0] for figure in mention.figures]
    edges = [row[mention.clause[0]].begin, *(row[spot.at].begin for spot in spots)]
    found = [[i for i, at in enumerate(begins) if low <= at < high] for low, high in pairwise(edges)]
    return found if all(found) and len(mention.figures) >= len(spots) else None


def _time(row: Row, begin: int, stop: int) -> Time | None:
    """The date told right after a place: "in X on Monday and in Y on Tuesday"."""
    after = (word.time for word in row[begin:stop] if word.time is not None)
    return next((time for time in after if time.type == "DATE" and time.earliest), None)
