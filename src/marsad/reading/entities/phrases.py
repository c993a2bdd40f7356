"""Persons, organisations, places and things as whole noun phrases, as re3d cuts them.

A phrase is a determiner, what modifies, and a name or a head noun: "the Iraqi security forces". A name
behind "of" belongs to some heads: "the city of Xyz". One pass over the tokens of each sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from marsad.reading.entities.entity import Entity
from marsad.reading.entities.vocabulary import heads, plurals, pronouns, vocabulary
from marsad.reading.syntax import closed_class, is_adverb, is_finite
from marsad.reading.text import Text, Token
from marsad.records.spans import Span

Names = dict[int, str]  # types by the index of each token of a name


class _Phrase(NamedTuple):
    first: int  # of the determiner, else as core
    core: int  # of the first word behind the determiner
    last: int  # of the head
    type: str


def phrases(text: Text, names: Names) -> Iterator[Entity]:
    """Noun phrases that name an entity, and pronouns that stand for one.

    Args:
        names: the type of each token of `text` that is part of a known name.
    """
    for sentence in text.sentences:
        at, stop = sentence.first, sentence.first + len(sentence.tokens)
        while at < stop:
            if pronoun := _pronoun(text.tokens[at], text.tokens[at + 1] if at + 1 < stop else None):
                yield pronoun
                at += 1
                continue
            found = _bound(text.tokens, at, stop, names)
            if found is not None:
                yield Entity(_span(text.tokens, found, stop), found.type)
            at = found.last + 1 if found else at + 1


def _pronoun(token: Token, after: Token | None) -> Entity | None:
    """A pronoun, also one with its verb: "they’ve"; but not the numeral of "I." """
    word, _, verb = token.lower.partition("'")
    kind = pronouns().get(word)
    if kind is None or (token.text == "I" and after is not None and after.text in ".)"):
        return None
    return Entity((token.begin, token.begin + len(word) if verb else token.end), kind)


def _bound(tokens: tuple[Token, ...], at: int, stop: int, names: Names) -> _Phrase | None:
    """The phrase that begins at `at`, with the name behind "of" that belongs to it."""
    found = _phrase(tokens, at, stop, names)
    if found is None or tokens[found.last].lower not in vocabulary().binding:
        return found
    links = {"of", "for"} if found.type == "Person" else {"of"}
    if found.last + 2 >= stop or tokens[found.last + 1].lower not in links:
        return found
    owner = _phrase(tokens, found.last + 2, stop, names)
    return found if owner is None or owner.last not in names else found._replace(last=owner.last)


def _phrase(tokens: tuple[Token, ...], at: int, stop: int, names: Names) -> _Phrase | None:
    core = at + 1 if tokens[at].lower in vocabulary().determiners else at
    if core > at and core < stop and tokens[core].lower in vocabulary().few:
        core += 1  # "the two leaders"
    end = core + int(core < stop and _is_count(tokens[core]))
    while end < stop and _is_nominal(tokens, end, names):
        end += 1
    for last in range(end - 1, core - 1, -1):
        if kind := names.get(last):
            return _Phrase(at, core, last, kind)
        kind = heads().get(tokens[last].lower)
        if kind and _stands(tokens, _Phrase(at, core, last, kind), stop):
            return _Phrase(at, core, last, kind)
    return None


def _is_count(token: Token) -> bool:
    """A number that may open a phrase: no year."""
    return token.is_number and not (len(token.text) == _YEAR and token.text[:2] in {"19", "20"})


def _stands(tokens: tuple[Token, ...], found: _Phrase, stop: int) -> bool:
    """Whether a head noun is that of the whole phrase, and something is said of which it is."""
    head = tokens[found.last]
    many = head.lower in plurals()
    if not many and found.last + 1 < stop and _is_noun(tokens[found.last + 1]):
        return False  # "terrorist attacks"
    if found.first < found.last or found.type in _BARE:
        return True
    return found.type == "Organisation" and (many or head.is_name)


_YEAR = 4  # digits
_BARE = frozenset({"Weapon", "MilitaryPlatform", "Vehicle"})


def _is_nominal(tokens: tuple[Token, ...], at: int, names: Names) -> bool:
    """Whether a token may stand in a noun phrase behind its determiner."""
    token, words = tokens[at], vocabulary()
    if at in names or token.lower in heads():
        return True
    if not _is_open(token) or token.lower in words.numbers:
        return False
    if token.is_name or "-" in token.text or token.lower in words.modifiers:
        return True
    return len(token.text) > 4 and token.lower.endswith(words.endings)


def _span(tokens: tuple[Token, ...], found: _Phrase, stop: int) -> Span:
    """Its extent: a name before another noun has not the determiner of that noun."""
    first = found.first
    if found.type == "Nationality":
        first = found.last
    elif found.type in _BARE and any(t.is_number for t in tokens[first : found.last]):
        first = next(at for at in range(found.last, first, -1) if tokens[at - 1].is_number)
    elif found.last + 1 < stop and first < found.core and _is_noun(tokens[found.last + 1]):
        first = found.core
    return tokens[first].begin, tokens[found.last].end


def _is_noun(token: Token) -> bool:
    """Whether a word may be a noun that goes on with the phrase: no verb, no word of grammar."""
    return _is_open(token) and not token.is_name and not token.lower.endswith("ed")


def _is_open(token: Token) -> bool:
    """A word that may be a noun or an adjective."""
    grammatical = token.lower in closed_class() or is_finite(token) or is_adverb(token)
    return token.is_word and not grammatical
