"""Series: the figures of one measure, subject, scope and basis over time, whoever says them.

Two figures stand in one series only where nothing that bounds them differs: a step from one series to
another is no rise or fall.

records   the types
words     whose those counted are, and what of them: the vocabulary, `words.toml`
bases     what a figure is a number of, as far as its own text tells it
scope     what it leaves open, and what a careful reader takes it to be
points    each estimate once, with those who repeat it
ranges    the best range now, and the rule that chose it
titles    what a series is called
grouping  all of it: the series of what was gathered
listing   a series as a JSON object
"""

from __future__ import annotations

from marsad.assessment.series.grouping import series
from marsad.assessment.series.listing import listed
from marsad.assessment.series.ranges import ratings
from marsad.assessment.series.records import Basis, Current, Point, Rule, Series
from marsad.assessment.series.scope import bases, comparable

__all__ = [
    "Basis",
    "Current",
    "Point",
    "Rule",
    "Series",
    "bases",
    "comparable",
    "listed",
    "ratings",
    "series",
]
