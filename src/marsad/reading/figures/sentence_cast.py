"""The records of a document dealt out to its sentences, for annotators that read one at a time."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from marsad.reading.figures.counted import clause
from marsad.reading.text import Sentence, Text, Token
from marsad.records.reading import Actor, Claim, Place, Published, Time
from marsad.records.spans import Span, any_contains, hull, overlaps

T = TypeVar("T")
_NEIGHBOURS = 2  # sentences before that may say where and when
_OFTEN = 3  # mentions of a group that a document is about
_UNKNOWN = Published()


@dataclass(frozen=True, eq=False, slots=True)
class Cast:
    """The records of one sentence, each in order of its spans. Equal only to itself, so cheap as a key."""

    sentence: Sentence
    claims: tuple[Claim, ...]
    actors: tuple[tuple[Span, Actor], ...]  # by mention
    places: tuple[Place, ...]
    times: tuple[Time, ...]
    told: tuple[Place, ...] = ()  # of each kind the place last named before the sentence, in order
    before: tuple[Cast, ...] = ()  # the sentences right before it, in order, without their own
    published: Published = _UNKNOWN
    home: Place | None = None  # the country that most of the document's places are in
    group: Actor | None = None  # the armed group that the document tells of more than of any other

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
    published: Published = _UNKNOWN,
    wanted: Set[int],
) -> Iterator[Cast]:
    """The records of a document dealt out to those of its sentences whose numbers are `wanted`, in order."""
    mentions = [(span, actor) for actor in actors for span in actor.mentions]
    by_claim = _deal(text, [(span, claim) for claim in claims for span in claim.spans])
    by_actor = _deal(text, [(span, (span, actor)) for span, actor in mentions])
    by_place = _deal(text, [(place.spans[0], place) for place in places])
    by_time = _deal(text, [(time.spans[0], time) for time in times])
    home, group = _home(places), _group(actors)
    told: dict[str, Place] = {}
    before: deque[Cast] = deque(maxlen=_NEIGHBOURS)
    kept = {number - back for number in wanted for back in range(_NEIGHBOURS + 1)}
    for sentence in text.sentences:
        number = sentence.number
        here = tuple(by_place.get(number, ()))
        if number in kept:
            dealt = (
                sentence,
                tuple(by_claim.get(number, ())),
                tuple(by_actor.get(number, ())),
                here,
                tuple(by_time.get(number, ())),
                tuple(told.values()),
            )
            if number in wanted:
                yield Cast(*dealt, tuple(before), published, home, group)
            before.append(Cast(*dealt, (), published, home, group))
        for place in here:
            told.pop(place.kind, None)
            told[place.kind] = place


def _home(places: Sequence[Place]) -> Place | None:
    """What "the country" is: one that is named, with twice as many of the places as any other."""
    counts = Counter(place.country for place in places if place.country)
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    code = ranked[0][0]
    return next((place for place in places if place.kind == "country" and place.country == code), None)


def _group(actors: Sequence[Actor]) -> Actor | None:
    """The armed group that is named twice as often as any other, three times at least."""
    groups = sorted((a for a in actors if a.kind == "armed_group"), key=lambda a: -len(a.mentions))
    if not groups or len(groups[0].mentions) < _OFTEN:
        return None
    clear = len(groups) == 1 or len(groups[0].mentions) >= 2 * len(groups[1].mentions)
    return groups[0] if clear else None


def _deal(text: Text, records: Iterable[tuple[Span, T]]) -> dict[int, list[T]]:
    dealt: dict[int, list[T]] = {}
    for span, record in sorted(records, key=lambda item: item[0]):
        sentence = text.sentence_at(span[0])
        first = last = sentence.number
        if span[1] > sentence.end:
            last = text.sentence_at(max(span[1] - 1, span[0])).number
        for number in range(first, last + 1):
            dealt.setdefault(number, []).append(record)
    return dealt


@lru_cache(maxsize=64)
def clause_at(cast: Cast, index: int) -> range:
    """The tokens of the clause around token `index`; many slots of one figure ask for the same."""
    return clause(cast.tokens, index)


def claim_of(cast: Cast, span: Span) -> Claim | None:
    """The innermost claim that holds `span`, or else that shares words with it; of equals the last."""
    holding = [claim for claim in cast.claims if any_contains(claim.spans, span)]
    holding = holding or [c for c in cast.claims if any(overlaps(piece, span) for piece in c.spans)]
    return min(reversed(holding), key=_size, default=None)


def _size(claim: Claim) -> int:
    begin, end = hull(claim.spans)
    return end - begin


def token_at(tokens: Sequence[Token], offset: int) -> int:
    """Index of the first token that ends after `offset`, or of the last one."""
    return min(bisect_right(tokens, offset, key=lambda token: token.end), len(tokens) - 1)
