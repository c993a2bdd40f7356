"""Why something was chosen or proposed, in one sentence.

A reason is kept as what it says, so that it can be said in another language: `str` says it in English, and
a page of the workbench by its message `reason.NAME`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

ENGLISH = {
    # the best range of a series
    "alone_unnamed": "One number stands: nobody is named for it.",
    "alone_holder": "One number stands: only {holder} gives one.",
    "rated": "Rated {rating}, above the others: {names}.",
    "majority": "{n} of {all} independent origins give this number.",
    "range_origins": "From the lowest to the highest number of {n} independent origins.",
    "range_unnamed": "From the lowest to the highest number of {n} reports that name nobody.",
    "apart_origins": "{n} independent origins exclude each other by more than twofold.",
    "apart_unnamed": "{n} reports that name nobody exclude each other by more than twofold.",
    # the proposed credibility of claims that agree
    "several_named": "{n} independent named origins say it: {names}.",
    "nobody": "Nobody says that it happened.",
    "one_named": "One named origin says it: {name}.",
    "one_named_and_weak": "One named origin says it: {name}; "
    "{n} without a name or of a dataset cannot confirm it.",
    "none_named": "No named origin says it; {n} without a name or of a dataset cannot confirm it.",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence of `ENGLISH`, with the number and the words that are put into it."""

    name: str
    n: int | None = None
    given: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return ENGLISH[self.name].format(n=self.n, **self.given)
