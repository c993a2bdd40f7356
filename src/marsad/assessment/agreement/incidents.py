"""Which incidents of several documents are one: by type, place, day, sides and tolls.

Two accounts are one incident where type and day are the same, a place of one is or lies in a place of
the other, and nothing else parts them. An account without a day or a place is compared with none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from marsad.assessment.agreement.statements import ordinal, place_keys
from marsad.ledger.asking.found import Found
from marsad.ledger.asking.gathering import Gathered
from marsad.linkage.origins import folded_name
from marsad.records.reading import Incident, Toll

LONGEST = 7  # days of the date of an incident that can be told from another of the same week
APART = 1  # days between the dates that two reports give one incident
FINE = frozenset({"city", "town", "village", "camp", "facility", "admin2", "other"})


class Happening(NamedTuple):
    """What is compared of an incident."""

    found: Found[Incident]
    type: str
    first: int
    last: int
    places: tuple[tuple[str, ...], ...]
    sides: tuple[frozenset[str], frozenset[str]]
    deaths: Toll | None


def incident_groups(gathered: Gathered) -> list[list[Found[Incident]]]:
    """All single incidents that have a day and a place, in groups that tell the same, first known first."""
    happenings = sorted(
        filter(None, (_happening(found, gathered) for found in gathered.incidents)), key=_rank
    )
    blocks: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for at, each in enumerate(happenings):
        for key in {key for place in each.places for key in place[:1]}:
            blocks[each.type, key].append(at)
    above = list(range(len(happenings)))
    for block in blocks.values():
        _join(block, happenings, above)
    groups: defaultdict[int, list[Found[Incident]]] = defaultdict(list)
    for at, each in enumerate(happenings):
        groups[above[at]].append(each.found)
    return list(groups.values())


def _rank(each: Happening) -> tuple[str, str]:
    return each.found.found_in.known, each.found.id


def _join(block: Sequence[int], happenings: Sequence[Happening], above: list[int]) -> None:
    """Give each its first known leader in the block that it is the same as."""
    leaders: list[int] = []
    for at in block:
        if above[at] != at:
            continue
        led = (of for of in leaders if _are_one(happenings[of], happenings[at]))
        above[at] = next(led, at)
        if above[at] == at:
            leaders.append(at)


def _happening(found: Found[Incident], gathered: Gathered) -> Happening | None:
    incident = found.record
    date = incident.date
    places = tuple(place_keys(gathered.places[each]) for each in incident.places if each in gathered.places)
    if (
        incident.shape != "single"
        or date is None
        or date.earliest is None
        or date.latest is None
        or not places
    ):
        return None
    if not any(gathered.places[each].kind in FINE for each in incident.places if each in gathered.places):
        return None
    first, last = ordinal(date.earliest), ordinal(date.latest)
    if last - first >= LONGEST:
        return None
    sides = tuple(
        frozenset(
            gathered.actors.get(party.actor or "", folded_name(party.text))
            for party in side
            if party.actor in gathered.actors
        )
        for side in incident.sides
    )
    return Happening(found, incident.type, first, last, places, (sides[0], sides[1]), incident.deaths)


def _are_one(a: Happening, b: Happening) -> bool:
    return (
        a.first - APART <= b.last
        and b.first - APART <= a.last
        and any(one[0] in other or other[0] in one for one in a.places for other in b.places)
        and all(not one or not other or one & other for one, other in zip(a.sides, b.sides, strict=True))
        and tolls_meet(a.deaths, b.deaths)
    )


def tolls_meet(a: Toll | None, b: Toll | None) -> bool:
    """Whether two tolls can be one; an unknown one can be any."""
    if a is None or b is None:
        return True
    spans = sorted(
        (toll.low if toll.low is not None else 0, toll.high if toll.high is not None else float("inf"))
        for toll in (a, b)
    )
    return all(before[1] >= after[0] for before, after in pairwise(spans))
