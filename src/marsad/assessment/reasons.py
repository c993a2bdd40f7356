"""Why something was chosen or proposed, or is not known, in one sentence; and what is contested.

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
    "unsure": "{n} named origins say nearly this; no two of them surely say the same.",
    "nobody": "Nobody says that it happened.",
    "one_named": "One named origin says it: {name}.",
    "one_named_and_weak": "One named origin says it: {name}; "
    "{n} without a name or of a dataset cannot confirm it.",
    "none_named": "No named origin says it; {n} without a name or of a dataset cannot confirm it.",
    # the questions that are contested
    "is_it_so": "Is it so: {words}",
    "did_it_happen": "Did it happen ({what}): {words}",
    "who_was_it": "Who was it ({what}): {words}",
    "is_alive": "Is {who} alive",
    "which_way": "{what} of {who}",
    "how_many": "{of}",
    # which way an indicator moves, what is not known of it, and who is silent
    "since": "Since {day}, {words}.",
    "way_unknown": "Not known: since {day}, nobody says which way it goes.",
    "way_divided": "Not known: since {day}, who says which way it goes says several.",
    "no_evidence": "No evidence: no claim about the subject tells of it.",
    "old_evidence": "Only old evidence: the newest is of {day}.",
    "only_unnamed": "Only unnamed sources.",
    "unnamed_since": "Only unnamed sources since {day}.",
    "only_one": "Only one origin: {name}.",
    "one_since": "Only one origin since {day}: {name}.",
    "last_heard": "Last heard of the subject on {day}.",
    "last_heard_and_none": "Last heard of the subject on {day}; the ledger has nothing of it since {first}.",
    "last_heard_elsewhere": "Last heard of the subject on {day}; "
    "none of its documents since {first} ({documents}) speaks of it.",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence of `ENGLISH`, with the number and the words that are put into it."""

    name: str
    n: int | None = None
    given: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return ENGLISH[self.name].format(n=self.n, **self.given)
