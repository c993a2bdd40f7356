"""How sure a content leaves its holder: hedges and modals of its main clause, and questions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from marsad.reading.lexicon import Entry, load
from marsad.reading.syntax import grammar
from marsad.reading.text import Text, Token
from marsad.records.reading import Certainty
from marsad.records.spans import Spans

MAIN_CLAUSE = 14  # words; a hedge further on weakens a part of the content, not the claim

_SCALE: tuple[Certainty, ...] = ("certain", "probable", "possible", "unknown")
_MARKS = frozenset("“”\"'‘’([")


class _Hedges(Entry, frozen=True):
    probable: frozenset[str]
    possible: frozenset[str]
    ability: frozenset[str]
    adjectives: frozenset[str]
    open: frozenset[str]
    before: frozenset[str]


@cache
def hedges() -> _Hedges:
    return load("hedges", _Hedges)


def weaker(one: Certainty, other: Certainty) -> Certainty:
    """The less sure of two, on FactBank's scale (Saurí and Pustejovsky 2009)."""
    return max(one, other, key=_SCALE.index)


def certainty_of(text: Text, content: Spans, *, sure: bool) -> Certainty:
    """What the main clause of `content` says of how sure its holder is, read as a statement.

    `sure` is whether the cue leaves the holder sure. Where it does not ("believe it could rise"),
    "could" adds nothing.
    """
    words = [token for span in content for token in text.tokens_in(span)]
    if _is_question(words):
        return "unknown"
    clause = _main_clause([token for token in words if token.is_word or token.text == ","])
    if clause and clause[0].lower in hedges().open:
        return "unknown"
    if any(_is_possible(before, token, sure=sure) for before, token in _pairs(clause)):
        return "possible"
    return "probable" if any(_is_probable(before, token) for before, token in _pairs(clause)) else "certain"


def _is_question(tokens: Sequence[Token]) -> bool:
    """Whether every sentence of the content asks."""
    stops = [token.text for token in tokens if token.text in {".", "?", "!"}]
    return bool(stops) and set(stops) == {"?"} and bool(tokens) and tokens[-1].text in {"?"} | _MARKS


def _main_clause(tokens: Sequence[Token]) -> list[Token]:
    """The first words of the content's main clause, up to where another clause begins."""
    tokens = tokens[_main_begin(tokens) :]
    clause: list[Token] = []
    for at, token in enumerate(tokens):
        if len(clause) > MAIN_CLAUSE or (clause and _opens_clause(token, tokens[at + 1 : at + 2])):
            break
        if token.is_word and not (token.lower == "that" and not clause):
            clause.append(token)
    return clause


def _main_begin(tokens: Sequence[Token]) -> int:
    """Index after a clause that stands before the main one: "if they leave, ..." """
    first = next((at for at, token in enumerate(tokens[:2]) if token.lower != "that"), 0)
    if not tokens or tokens[first].lower not in hedges().before:
        return 0
    return next((at + 1 for at, token in enumerate(tokens) if token.text == ","), 0)


def _opens_clause(token: Token, after: Sequence[Token]) -> bool:
    if token.lower in {"and", "but"}:  # "is weak and may fall": a predicate of its own
        return any(word.lower in grammar().auxiliaries | grammar().pronouns for word in after)
    return token.lower in _openers()


@cache
def _openers() -> frozenset[str]:
    """Words with which a clause of another standing begins."""
    return grammar().subordinators - {"but", "or", "yet", "so", "once", "nor", "as"}


def _pairs(clause: Sequence[Token]) -> list[tuple[str, Token]]:
    return [("", clause[0]), *((before.lower, token) for before, token in pairwise(clause))] if clause else []


def _is_possible(before: str, token: Token, *, sure: bool) -> bool:
    if token.lower in hedges().ability:  # "he could walk" is what he is able to do
        return sure and before not in grammar().pronouns
    return token.lower in hedges().possible and _hedges_here(before, token)


def _is_probable(before: str, token: Token) -> bool:
    return token.lower in hedges().probable and _hedges_here(before, token)


def _hedges_here(before: str, token: Token) -> bool:
    """Not "not possible", "May 2017" or "a likely candidate"."""
    if before == "not" or (before and token.is_title):
        return False
    return token.lower not in hedges().adjectives or before in grammar().auxiliaries
