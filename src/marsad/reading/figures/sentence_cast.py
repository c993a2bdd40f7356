"""The records of a document dealt out to its sentences, for annotators that read one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

from marsad.reading.text import Sentence, Text, Token
from marsad.records.reading import Actor, Claim, Place, Time
from marsad.records.spans import Span, any_contains, hull, overlaps

T = TypeVar("T")


class Cast(NamedTuple):
    """The records of one sentence, each in order of its spans."""

    sentence: Sentence
    claims: tuple[Claim, ...]
    actors: tuple[tuple[Span, Actor], ...]  # by mention
    places: tuple[Place, ...]
    times: tuple[Time, ...]
    told: tuple[Place, ...] = ()  # of each kind the place last named before the sentence, in order

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.sentence.tokens


def casts(
    text: Text,
    *,
    claims: Sequence[Claim],
    actors: Sequence[Actor],
    places: Sequence[Place],
    times: Sequence[Time],
) -> tuple[Cast, ...]:
    """The records of a document dealt out to its sentences."""
    mentions = [(span, actor) for actor in actors for span in actor.mentions]
    by_claim = _deal(text, [(span, claim) for claim in claims for span in claim.spans])
    by_actor = _deal(text, [(span, (span, actor)) for span, actor in mentions])
    by_place = _deal(text, [(place.spans[0], place) for place in places])
    by_time = _deal(text, [(time.spans[0], time) for time in times])
    dealt: list[Cast] = []
    told: dict[str, Place] = {}
    for sentence in text.sentences:
        here = tuple(by_place.get(sentence.number, ()))
        dealt.append(
            Cast(
                sentence,
                tuple(by_claim.get(sentence.number, ())),
                tuple(by_actor.get(sentence.number, ())),
                here,
                tuple(by_time.get(sentence.number, ())),
                tuple(sorted(told.values(), key=lambda place: place.spans)),
            )
        )
        told |= {place.kind: place for place in here}
    return tuple(dealt)


def _deal(text: Text, records: Iterable[tuple[Span, T]]) -> dict[int, list[T]]:
    dealt: dict[int, list[T]] = {}
    for span, record in sorted(records, key=lambda item: item[0]):
        first, last = text.sentence_at(span[0]).number, text.sentence_at(max(span[1] - 1, span[0])).number
        for number in range(first, last + 1):
            dealt.setdefault(number, []).append(record)
    return dealt


def claim_of(cast: Cast, span: Span) -> Claim | None:
    """The innermost claim that holds `span`, or else that shares words with it; of equals the last."""
    holding = [claim for claim in cast.claims if any_contains(claim.spans, span)]
    holding = holding or [c for c in cast.claims if any(overlaps(piece, span) for piece in c.spans)]
    return min(reversed(holding), key=_size, default=None)


def _size(claim: Claim) -> int:
    begin, end = hull(claim.spans)
    return end - begin


def token_at(tokens: Sequence[Token], offset: int) -> int:
    """Index of the first token that ends after `offset`."""
    return next((index for index, token in enumerate(tokens) if token.end > offset), len(tokens) - 1)
