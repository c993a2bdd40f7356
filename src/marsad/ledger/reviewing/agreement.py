"""How far two reviewers agree: the share of targets judged alike, and Cohen's kappa."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from marsad.ledger.reviewing.standing import withdrawn
from marsad.records.review import Action, Review

_JUDGED: frozenset[Action] = frozenset({"accept", "edit", "reject"})


class Agreement(NamedTuple):
    """Two reviewers, named in alphabetical order, over the targets that both of them judged."""

    first: str
    second: str
    n: int  # targets, at least one
    observed: float  # share judged alike, 0 to 1
    kappa: float | None  # -1 to 1; None where chance alone would make them agree on everything


def kappa(pairs: Iterable[tuple[Hashable, Hashable]]) -> float | None:
    """Cohen's kappa of two raters' labels: agreement beyond chance.

    `(p_o - p_e) / (1 - p_e)`, J. Cohen, "A coefficient of agreement for nominal scales",
    Educational and Psychological Measurement 20 (1960). `None` where it is undefined: no pairs, or
    both raters gave one and the same label throughout.
    """
    rated = list(pairs)
    n = len(rated)
    alike = sum(a == b for a, b in rated)
    first = Counter(a for a, _ in rated)
    second = Counter(b for _, b in rated)
    by_chance = sum(count * second[label] for label, count in first.items())
    return (n * alike - by_chance) / (n * n - by_chance) if n * n > by_chance else None


def agreement(reviews: Sequence[Review]) -> list[Agreement]:
    """Each two reviewers with a target in common, in alphabetical order.

    A target is a document, a kind and words with those around them, whatever their white space. The
    latest judgement of a reviewer counts that is not withdrawn. `reviews` may be of several documents
    and in any order: that of recording is told by `recorded_at` and then by the ids.
    """
    judged: dict[str, dict[Hashable, Action]] = defaultdict(dict)
    for review in _in_force(reviews):
        judged[review.by][_target(review)] = review.action
    found = []
    for first, second in combinations(sorted(judged), 2):
        common = judged[first].keys() & judged[second].keys()
        pairs = [(judged[first][target], judged[second][target]) for target in common]
        if pairs:
            observed = sum(a == b for a, b in pairs) / len(pairs)
            found.append(Agreement(first, second, len(pairs), observed, kappa(pairs)))
    return found


def _in_force(reviews: Sequence[Review]) -> list[Review]:
    ordered = sorted(reviews, key=lambda review: (review.recorded_at or "", len(review.id), review.id))
    taken = withdrawn(ordered)
    return [review for review in ordered if review.action in _JUDGED and review.id not in taken]


def _target(review: Review) -> Hashable:
    target = review.target
    quotes = tuple(
        tuple(" ".join(part.split()) for part in (quote.prefix, quote.exact, quote.suffix))
        for quote in target.selector.quotes
    )
    return review.document, target.kind, quotes, target.ordinal
