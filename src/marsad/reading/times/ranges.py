"""The two ends of a range, which TIMEX3 marks each on its own.

The ledger keeps "2014–2017" as one interval; who compares with a TIMEX3 key wants "2014" and "2017".
"""

from __future__ import annotations

import re
from typing import NamedTuple

from marsad.records.reading import Time
from marsad.records.spans import Span, hull

_BETWEEN = re.compile(r"\s?[-–—/]\s?| (?:to|and|or) ")


class End(NamedTuple):
    """A TIMEX3 extent and its value."""

    span: Span
    value: str


def ends(time: Time) -> tuple[End, ...]:
    """The ends of the range that `time` is, in order; `time` itself where it is none."""
    begin, end = hull(time.spans)
    first, _, last = time.value.partition("/")
    links = list(_BETWEEN.finditer(time.text)) if last and "/" not in last else []
    if len(links) != 1:
        return (End((begin, end), time.value),)
    link = links[0]
    return End((begin, begin + link.start()), first), End((begin + link.end(), end), last)
