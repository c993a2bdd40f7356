"""Where the words of a theme stand in a claim: phrases, and verbs with their objects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from marsad.reading.clauses.clauses import clause_words
from marsad.reading.syntax import is_adverb
from marsad.reading.text import Token
from marsad.reading.themes.vocabulary import Sense, Trigger, phrases, reach, triggers

BREAKS = frozenset(',;:.—–“”"()')
_NAME = 3  # tokens from a verb to the name that is its object
_AUXILIARY = 3  # tokens from an auxiliary to its participle
_PARTICLE = 4  # tokens from a verb to its particle
_OF = frozenset({"of", "for", "to"})  # the defeat of, support for, aid to
_AFTER_RELATIVE = frozenset({"by", "in", "at", "near", "during", "on", "from"})


class Mention(NamedTuple):
    """A theme's words, `first` to `stop` among the tokens of a span."""

    sense: Sense
    first: int
    stop: int
    is_act: bool = False  # a verb or noun with its object


def mentions(tokens: Sequence[Token]) -> list[Mention]:
    """All in order. A phrase is taken whole; a verb in no phrase counts with its object."""
    found: list[Mention] = []
    at = 0
    while at < len(tokens):
        match = phrases().at(tokens, at)
        if match is None or _in_name(tokens, at, match.stop):
            found += [Mention(sense, at, at + 1, is_act=True) for sense in _acts(tokens, at)]
            at += 1
            continue
        if match.value is not None:
            found.append(Mention(match.value, at, match.stop))
        at = match.stop
    return found


def _in_name(tokens: Sequence[Token], first: int, stop: int) -> bool:
    """ "the Liberation of ...", "Human Rights ...": written as a name is. A sentence's first word may be."""
    inner = first > 0 and tokens[first - 1].text not in BREAKS
    return any(token.is_title for token in tokens[first if inner else first + 1 : stop])


def _acts(tokens: Sequence[Token], at: int) -> list[Sense]:
    token = tokens[at]
    if token.is_title and at:  # "Free" and "Support" in a name
        return []
    return [trigger.sense for trigger in triggers().get(token.lower, ()) if _has_object(tokens, at, trigger)]


def _has_object(tokens: Sequence[Token], at: int, trigger: Trigger) -> bool:
    if trigger.is_noun:
        return at + 1 < len(tokens) and tokens[at + 1].lower in _OF and _after(tokens, at + 2, trigger)
    if trigger.particle is not None and not _has_particle(tokens, at, trigger.particle):
        return False
    auxiliary = _passive(tokens, at) if trigger.is_participle else None
    if auxiliary is not None:
        return _before(tokens, auxiliary, trigger)
    return _after(tokens, at + 1, trigger) or (trigger.is_participle and _described(tokens, at, trigger))


def _has_particle(tokens: Sequence[Token], at: int, particle: str) -> bool:
    return any(token.lower == particle for token in tokens[at + 1 : at + 1 + _PARTICLE])


def _passive(tokens: Sequence[Token], at: int) -> int | None:
    """Index of the form of "be" that makes the participle at `at` a passive."""
    for index in range(at - 1, max(at - 1 - _AUXILIARY, -1), -1):
        if tokens[index].lower in clause_words().be:
            return index
        if not (is_adverb(tokens[index]) or tokens[index].lower in clause_words().have):
            return None
    return None


def _after(tokens: Sequence[Token], begin: int, trigger: Trigger) -> bool:
    return _holds(_unbroken(tokens, range(begin, min(begin + reach().object, len(tokens)))), trigger)


def _before(tokens: Sequence[Token], end: int, trigger: Trigger) -> bool:
    if end and tokens[end - 1].text == ",":  # "people, most of them women, were killed"
        end -= 1
    return _holds(_unbroken(tokens, range(end - 1, max(end - 1 - reach().object, -1), -1)), trigger)


def _described(tokens: Sequence[Token], at: int, trigger: Trigger) -> bool:
    """ "civilians killed in the raid": the participle after the noun, and no object after it."""
    if not at or tokens[at - 1].lower not in trigger.objects:
        return False
    return at + 1 == len(tokens) or tokens[at + 1].lower in _AFTER_RELATIVE or tokens[at + 1].text in BREAKS


def _unbroken(tokens: Sequence[Token], indices: Iterable[int]) -> list[Token]:
    """The tokens at `indices` up to a mark or a word that begins another clause."""
    found: list[Token] = []
    for index in indices:
        token = tokens[index]
        if token.text in BREAKS or token.lower in clause_words().relatives | clause_words().subordinators:
            break
        found.append(token)
    return found


def _holds(tokens: Sequence[Token], trigger: Trigger) -> bool:
    if any(token.lower in trigger.objects for token in tokens):
        return True
    return trigger.named and any(token.is_name for token in tokens[:_NAME])
