"""People counted at a camp or a prison, of whom nothing else is told: held there, or on their way."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import lru_cache

from marsad.reading.figures.counted import Counted
from marsad.reading.figures.measures import PEOPLE, Event, vocabulary
from marsad.reading.figures.sentence_cast import Cast, claim_of, clause_at
from marsad.reading.text import Token
from marsad.records.spans import Spans, any_contains, hull, overlaps

_HELD = Event("detention.*", "level")
_MOVED = Event("displacement.people", "flow")
_AT = frozenset({"in", "at", "inside", "within", "across", "throughout"})
_TO = frozenset({"to", "into", "from"})
_KEPT = 4  # sentences whose camps are kept
_LOCATED = 6  # tokens of "in the sprawling camp of X"


def at_camp(cast: Cast, found: Counted) -> Event | None:
    """What the clause says by naming a camp or a prison: that those counted are there, or come or go.

    "Oak Camp houses 900 people" says so; "are" and "live" only with "in the camp". The place of
    whoever says it ("said the camp's administrator") is no place of theirs.
    """
    if found.noun is None or found.noun.kind not in PEOPLE:
        return None
    known = vocabulary().places_of_detention
    tokens = _outside(cast, found)
    words = {token.lower for token in tokens}
    if not words & (known.verbs | known.staying | known.moving):
        return None
    named = words & known.nouns or any(_is_camp(cast, token) for token in tokens)
    if not named:
        return None
    low = found.number.low
    few = low is not None and low < vocabulary().notable  # one of three girls was found in the camp
    if not few and words & known.moving and _is_located(cast, tokens, _AT | _TO):
        return _MOVED
    if words & known.verbs:
        return _HELD
    return _HELD if not few and words & known.staying and _is_located(cast, tokens, _AT) else None


def _outside(cast: Cast, found: Counted) -> list[Token]:
    """The words of the clause and of what is claimed, without those counted; of "camps, where" too."""
    around = clause_at(cast, found.number.first)
    if around.start > 1 and cast.tokens[around.start - 1].lower in ("where", "which"):
        around = range(clause_at(cast, around.start - 2).start, around.stop)
    first, stop = found.number.first, max(found.stop, found.number.first)
    said = _said(cast, found)
    return [
        token
        for token in (*cast.tokens[around.start : first], *cast.tokens[stop : around.stop])
        if not said or any_contains(said, (token.begin, token.end))
    ]


def _said(cast: Cast, found: Counted) -> Spans:
    """The spans of the attributed claim that holds the number; none where the narrator tells it."""
    number = cast.tokens[found.number.first]
    claim = claim_of(cast, (number.begin, number.end))
    return claim.spans if claim is not None and claim.kind == "attributed" else ()


def _is_camp(cast: Cast, token: Token) -> bool:
    return any(overlaps(span, (token.begin, token.end)) for span in _camps(cast))


@lru_cache(maxsize=_KEPT)
def _camps(cast: Cast) -> Spans:
    kinds = vocabulary().places_of_detention.kinds
    return tuple(hull(place.spans) for place in cast.places if place.kind in kinds)


def _is_located(cast: Cast, tokens: Sequence[Token], prepositions: Set[str]) -> bool:
    """ "in the camp", "at Oak Camp"."""
    nouns = vocabulary().places_of_detention.nouns
    for at, token in enumerate(tokens):
        if token.lower in nouns or _is_camp(cast, token):
            words = [each.lower for each in tokens[max(at - _LOCATED, 0) : at]]
            if not prepositions.isdisjoint(words):
                return True
    return False
