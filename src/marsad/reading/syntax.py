"""What rules need of English grammar without a trained tagger: closed classes and noun phrases."""

from __future__ import annotations

from functools import cache

from marsad.reading.lexicon import Entry, load
from marsad.reading.text import Token


class _Grammar(Entry, frozen=True):
    determiners: frozenset[str]
    pronouns: frozenset[str]
    first_person: frozenset[str]
    objects: frozenset[str]
    prepositions: frozenset[str]
    subordinators: frozenset[str]
    auxiliaries: frozenset[str]
    contracted: frozenset[str]
    modals: frozenset[str]
    negations: frozenset[str]
    adverbs: frozenset[str]
    no_adverbs: frozenset[str]
    time_words: frozenset[str]
    time_modifiers: frozenset[str]
    openers: frozenset[str]
    finite_verbs: frozenset[str]


@cache
def grammar() -> _Grammar:
    return load("syntax", _Grammar)


@cache
def closed_class() -> frozenset[str]:
    """Words that are never a name, whatever their capital letter."""
    g = grammar()
    return (
        g.determiners | g.pronouns | g.prepositions | g.subordinators | g.auxiliaries | g.contracted
        | g.adverbs | g.first_person | g.objects | {"and", "but", "or", "his", "not"}
    )  # fmt: skip


def is_adverb(token: Token) -> bool:
    """A word that may stand between a subject and its verb."""
    g = grammar()
    manner = len(token.text) > 4 and token.lower.endswith("ly") and token.lower not in g.no_adverbs
    return token.lower in g.adverbs or manner


def is_finite(token: Token) -> bool:
    """A verb that closes a noun phrase. With a capital it is a name: Omar Said."""
    return token.lower in _finite() and not token.is_name


@cache
def _finite() -> frozenset[str]:
    g = grammar()
    return g.finite_verbs | g.auxiliaries | g.contracted


def before_verb(tokens: tuple[Token, ...], verb: int, first: int = 0) -> int:
    """Index just after the last word of the subject: auxiliaries and adverbs are passed over."""
    g = grammar()
    at = verb
    while at > first:
        before = tokens[at - 1]
        if before.lower in g.auxiliaries or is_adverb(before):
            at -= 1
        elif (
            before.text == "," and at - 3 > first and tokens[at - 3].text == "," and is_adverb(tokens[at - 2])
        ):
            at -= 3  # "Russia, too, said"
        elif before.lower in g.time_words and (stop := _before_time(tokens, at, first)) is not None:
            at = stop
        else:
            break
    return at


def _before_time(tokens: tuple[Token, ...], end: int, first: int) -> int | None:
    """Index where an adverbial of time that ends at `end` begins: "on Sunday", "late last month"."""
    g = grammar()
    at = end - 1
    while at > first and tokens[at - 1].lower in g.time_modifiers - {"the", "that"} | g.time_words:
        at -= 1
    modified = at < end - 1 or tokens[at].lower.endswith("day")
    return at if modified and at > first else None
