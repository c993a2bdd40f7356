"""Actors by the words of their noun phrase: "Ruritanian" and "Ruritanian officers" can be compared."""

from __future__ import annotations

from functools import cache

import msgspec

from marsad.gazetteer.countries import load_countries
from marsad.reading.syntax import grammar, is_finite
from marsad.reading.text import Token, segment
from marsad.records.reading import Party

REACH = 8  # words that a noun phrase may have on either side of the party's own


class Phrase(msgspec.Struct, frozen=True, omit_defaults=True):
    """An actor by its noun phrase, with the names that its record has."""

    text: str = msgspec.field(name="actorText")
    names: tuple[str, ...] = ()

    def words(self) -> frozenset[str]:
        return _words(self.text)

    def names_words(self) -> tuple[frozenset[str], ...]:
        return tuple(_words(name) for name in self.names)


def phrase_of(text: str, party: Party, names: tuple[str, ...] = ()) -> Phrase:
    """A party with the words that describe it: "the" officers "of Ruritania", "Ruritania's" officers."""
    if not party.spans:
        return Phrase(party.text, names)
    tokens = segment(text).tokens
    begin, end = party.spans[0]
    first = next((i for i, token in enumerate(tokens) if token.end > begin), len(tokens))
    stop = next((i for i, token in enumerate(tokens) if token.begin >= end), len(tokens))
    first, stop = _leftwards(tokens, first), _rightwards(tokens, _to_head(text, tokens, first, stop))
    return Phrase(text[tokens[first].begin : tokens[stop - 1].end] if first < stop else party.text, names)


def _leftwards(tokens: tuple[Token, ...], at: int) -> int:
    """Index of the first word of the noun phrase that goes on at `at`."""
    least = max(0, at - REACH)
    while at > least and _describes(tokens[at - 1]):
        at -= 1
    return at


def _describes(token: Token) -> bool:
    g = grammar()
    closed = g.prepositions | g.subordinators | g.auxiliaries | g.determiners | g.pronouns | {"and"}
    if token.lower in {"'s", "-"} or token.is_title:
        return token.lower not in closed
    return (
        token.is_word
        and token.lower not in closed
        and not is_finite(token)
        and not token.lower.endswith("ed")
    )


def _to_head(text: str, tokens: tuple[Token, ...], first: int, stop: int) -> int:
    """Index after the noun that a country's adjective stands before: "Ruritanian" cocoa growers."""
    at = stop
    if first < stop and _country(text, list(tokens[first:stop])):
        while at < min(len(tokens), stop + 3) and _describes(tokens[at]) and not tokens[at].is_title:
            at += 1
    return at


def _rightwards(tokens: tuple[Token, ...], at: int) -> int:
    """Index after "of Ruritania", "in northern Ruritania", "from the Ruritanian army" behind a phrase."""
    while at + 1 < len(tokens) and tokens[at].lower in {"of", "in", "from", "for"}:
        stop = at + 1
        while stop < min(len(tokens), at + REACH) and _goes_on(tokens, stop):
            stop += 1
        if not any(token.is_title for token in tokens[at + 1 : stop]):
            return at
        at = stop
    return at


def _goes_on(tokens: tuple[Token, ...], at: int) -> bool:
    token = tokens[at]
    if token.is_title:
        return token.lower not in grammar().time_words
    return token.lower in {"the", "northern", "southern", "eastern", "western"}


@cache
def _countries() -> dict[str, str]:
    return {
        word.casefold(): country.code
        for country in load_countries()
        for word in (*country.demonyms, *country.aliases, country.name)
    }


@cache
def _words(phrase: str) -> frozenset[str]:
    """The words of a phrase that say who it is; of a country its code."""
    tokens = [token for token in segment(phrase).tokens if token.lower not in grammar().determiners]
    kept: list[str] = []
    at = 0
    while at < len(tokens):
        size = next((n for n in (4, 3, 2, 1) if _country(phrase, tokens[at : at + n])), 0)
        if size:
            kept.append(_country(phrase, tokens[at : at + size]))
        elif tokens[at].is_word and tokens[at].lower not in {"'s", "of", "in", "from", "for", "and"}:
            kept.append(tokens[at].lower)
        at += size or 1
    return frozenset(kept)


def _country(phrase: str, tokens: list[Token]) -> str:
    if not tokens:
        return ""
    return _countries().get(phrase[tokens[0].begin : tokens[-1].end].casefold(), "")
