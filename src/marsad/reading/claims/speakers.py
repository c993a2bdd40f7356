"""What kinds of words can stand for somebody who speaks."""

from __future__ import annotations

from functools import cache

from marsad.reading.actors.names import organisation_heads
from marsad.reading.actors.persons import private_heads, public_heads
from marsad.reading.lexicon import Entry, load
from marsad.reading.syntax import grammar
from marsad.reading.text import Token


class _Speakers(Entry, frozen=True):
    documents: frozenset[str]
    unnamed: frozenset[str]
    spokespeople: frozenset[str]
    private: frozenset[str]
    institutions: frozenset[str]
    collectives: frozenset[str]
    suffixes: tuple[str, ...]


@cache
def vocabulary() -> _Speakers:
    return load("speakers", _Speakers)


def core(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The words of a noun phrase up to its first preposition, comma, bracket or participle."""
    g = grammar()
    for i, token in enumerate(tokens):
        stops = (
            token.lower in g.prepositions
            or token.text in {",", "("}
            or token.lower in {"who", "which", "whose"}
        )
        if i and (stops or (token.lower.endswith("ing") and not token.is_name) or _is_participle(tokens, i)):
            return tokens[:i]
    return tokens


def _is_participle(tokens: tuple[Token, ...], at: int) -> bool:
    """ "a report issued by", "officials involved in": a participle behind the noun, before a preposition."""
    follows = at + 1 < len(tokens) and tokens[at + 1].lower in grammar().prepositions
    return tokens[at].lower.endswith("ed") and not tokens[at].is_name and follows


def can_speak(tokens: tuple[Token, ...]) -> bool:
    """Whether a noun phrase names a person, a group of people, an institution or a document."""
    words = core(tokens)
    if not words:
        return False
    v, head = vocabulary(), words[-1]
    if len(words) == 1 and head.lower in {
        "he",
        "she",
        "they",
        "who",
        "it",
        "some",
        "many",
        "others",
        "most",
        "one",
    }:
        return True
    if len(words) == 1 and head.is_title and head.lower.endswith("ing"):
        return False
    if head.is_name or head.text.isupper() or head.text in {")", "’s"}:
        return True
    known = v.documents | v.unnamed | v.spokespeople | v.private | v.institutions | v.collectives
    forms = {head.lower, head.lower.removesuffix("s"), head.lower.removesuffix("ies") + "y"}
    institution = not forms.isdisjoint(organisation_heads())
    public = head.lower in known | public_heads() | private_heads()
    return public or institution or head.lower.endswith(v.suffixes)
