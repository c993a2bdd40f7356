"""The series of what was gathered."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping

import msgspec

from marsad.assessment.series.points import outlets_of, points
from marsad.assessment.series.ranges import current
from marsad.assessment.series.records import Basis, Point, Series
from marsad.assessment.series.scope import Known, known_bases
from marsad.assessment.series.titles import title
from marsad.assessment.series.words import is_named
from marsad.ledger.asking.gathering import Gathered

_NONE: Mapping[str, str] = {}


def series(gathered: Gathered, rated: Mapping[str, str] = _NONE) -> tuple[Series, ...]:
    """All series of the figures that were gathered, those with most points first, then by title.

    Numbers of which nothing says what they count are in none.

    Args:
        rated: of keys of origins, how reliable the user finds them, from A to F: `ranges.ratings`.
    """
    members: defaultdict[Basis, list[Known]] = defaultdict(list)
    for known in known_bases(gathered):
        if is_named(known.basis.measure):
            members[known.basis].append(known)
    outlets = outlets_of(gathered.figures)
    found = [
        _series(basis, points(several, gathered.origins, outlets), rated)
        for basis, several in members.items()
    ]
    return tuple(sorted(found, key=lambda each: (-len(each.points), each.title, each.id)))


def _series(basis: Basis, of: tuple[Point, ...], rated: Mapping[str, str]) -> Series:
    return Series(
        id=hashlib.blake2b(msgspec.json.encode(basis.key), digest_size=16).hexdigest(),
        title=title(basis, of),
        basis=basis,
        points=of,
        current=current(basis, of, rated),
    )
