"""Which reviews still stand: those that no standing withdrawal has taken back."""

from __future__ import annotations

from collections.abc import Sequence

from marsad.records.review import Review


def withdrawn(reviews: Sequence[Review]) -> dict[str, str]:
    """The reviews that are taken back, each with the withdrawal that does it.

    `reviews` are in the order they were recorded. A withdrawal can itself be taken back, and what
    it took back then counts again. One that names no earlier review takes nothing back.
    """
    place = {review.id: at for at, review in enumerate(reviews)}
    taken: dict[str, str] = {}
    for at in range(len(reviews) - 1, -1, -1):  # whether the last one stands depends on no other
        review = reviews[at]
        if review.action != "withdraw" or review.id in taken or review.withdraws is None:
            continue
        if place.get(review.withdraws, at) < at:
            taken[review.withdraws] = review.id
    return taken
