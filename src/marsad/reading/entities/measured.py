"""Times, sums of money and counts as re3d cuts them: without words that only approximate or point."""

from __future__ import annotations

from collections.abc import Iterator

from marsad.reading.entities.entity import Entity
from marsad.reading.entities.vocabulary import vocabulary
from marsad.reading.text import Text, Token
from marsad.records.reading import Figure, Reading, Time
from marsad.records.spans import Span, hull

_DEGREES = frozenset("°′″;")  # behind a part of a coordinate
_CODE = 3  # letters of a currency's code, ISO 4217


def times(text: Text, reading: Reading) -> Iterator[Entity]:
    """Dates, times of day and lengths of time that say how long."""
    for time in reading.times:
        span = _trimmed(text, hull(time.spans))
        if span and _names_time(time, text.tokens_in(span)):
            yield Entity(span, "Temporal")


def _names_time(time: Time, tokens: tuple[Token, ...]) -> bool:
    if any(token.lower in vocabulary().pointers for token in tokens):
        return False
    return time.type in {"DATE", "TIME"} or (time.type == "DURATION" and len(tokens) > 1)


def amounts(text: Text, reading: Reading) -> Iterator[Entity]:
    """Sums of money and measured amounts whole; of what is counted the number alone."""
    for figure in reading.figures:
        span = _trimmed(text, hull(figure.spans))
        if span and text.text[span[1] : span[1] + 1] in _DEGREES:
            continue
        if span and _is_money(figure):
            yield Entity(span, "Money")
        elif span and _is_measured(figure):
            yield Entity(span, "Quantity")
        elif span and (number := _number(text.tokens_in(span))):
            yield Entity(number, "Quantity")


def _is_measured(figure: Figure) -> bool:
    """Whether its unit is one of UCUM, such as a length: no counted noun."""
    return figure.unit is not None and figure.population is None and figure.measure.startswith("count.")


def _is_money(figure: Figure) -> bool:
    return figure.unit is not None and len(figure.unit) == _CODE and figure.unit.isupper()


def _number(tokens: tuple[Token, ...]) -> Span | None:
    """The number that opens an amount, with what scales it; no part of a coordinate."""
    if not tokens or not (tokens[0].is_number or tokens[0].lower in vocabulary().numbers):
        return None
    last = 0
    while last + 1 < len(tokens) and tokens[last + 1].lower in vocabulary().scales:
        last += 1
    last -= tokens[last].lower == "of"  # "tens of thousands of people"
    return tokens[0].begin, tokens[last].end


def _trimmed(text: Text, span: Span) -> Span | None:
    """The span without approximators before it, nor an article before a number."""
    tokens = text.tokens_in(span)
    at = 0
    while at < len(tokens) and tokens[at].lower in vocabulary().approximators:
        at += 1
    if at + 1 < len(tokens) and tokens[at].lower == "the" and tokens[at + 1].is_number:
        at += 1
    return (tokens[at].begin, span[1]) if at < len(tokens) else None
