"""Who suffered, by description: "six priests were killed", "the kidnapping of two engineers".

A noun for people that stands right before the passive of a verb of harm, or right behind such a verb or its
noun, with the number before it; and the nouns that "and" and commas join to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from marsad.evaluation.muc_slots import PLURAL, Ends
from marsad.reading.clauses.words import nouns
from marsad.reading.figures.number_words import vocabulary as number_words
from marsad.reading.inflection import plural
from marsad.reading.syntax import grammar
from marsad.reading.text import Sentence, Token

REACH = 7  # words between a noun and the verb of which it is the subject
MOST = 6  # words of a description

_HARMED = re.compile(
    r"killed|murdered|assassinated|slain|shot|wounded|injured|kidnapped|abducted|massacred|executed|tortured"
    r"|captured|attacked|ambushed|beaten|raped|burned|held|machine-?gunned|died|disappeared|perished|hurt"
)
_HARMING = re.compile(
    r"kill(?:ed|ing|s)?|murder(?:ed|ing|s)?|assassinat(?:ed|ing|es?)|shot|wound(?:ed|ing)|injur(?:ed|ing)"
    r"|kidnap(?:ped|ping|s)?|abduct(?:ed|ing|s)?|massacr(?:ed|ing)|execut(?:ed|ing)|tortur(?:ed|ing)|slaying|slew"
    r"|captur(?:ed|ing)|attack(?:ed|ing)|ambush(?:ed|ing)|machine-?gunn(?:ed|ing)"
)
_NOUNS = re.compile(
    r"murders?|killings?|assassinations?|deaths?|massacres?|kidnappings?|abductions?|attacks?|attempts?|slayings?"
    r"|executions?|ambush|wounding|disappearances?"
)
_MORE = frozenset({"priest", "jesuit", "maid", "person", "driver", "clergyman", "candidate", "watchman"})
_LINKS = frozenset({"of", "on", "against"})
_JOINS = frozenset({"and", ",", "or", "as", "well"})
_BE = frozenset({"was", "were", "been", "be", "being", "is", "are"})


class Described(NamedTuple):
    """A description of those who suffered, and how many they are."""

    text: str
    number: Ends
    begin: int


def described(sentence: Sentence) -> Iterator[Described]:
    """Those whom the sentence says to have suffered harm."""
    tokens = sentence.tokens
    phrases = [*_phrases(tokens)]
    harmed = {at for at, phrase in enumerate(phrases) if _suffers(tokens, phrase)}
    for at in range(1, len(phrases)):  # "a priest and two maids"
        if at - 1 in harmed and _joined(tokens[phrases[at - 1][1] : phrases[at][0]]):
            harmed.add(at)
    for at in range(len(phrases) - 2, -1, -1):
        if at + 1 in harmed and _joined(tokens[phrases[at][1] : phrases[at + 1][0]]):
            harmed.add(at)
    for at in sorted(harmed):
        yield _described(tokens, phrases[at])


def _phrases(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Noun phrases with a noun for people as their last word, as stretches of words."""
    for at, token in enumerate(tokens):
        follows = at + 1 < len(tokens) and tokens[at + 1].lower in _people()
        if token.lower in _people() and not follows:
            first = at
            while first and at - first < MOST and _goes_before(tokens[first - 1]):
                first -= 1
            yield first, at + 1


def _goes_before(token: Token) -> bool:
    word = token.lower
    if not (token.is_word or token.is_number) or _HARMING.fullmatch(word) or word in _BE:
        return False
    return word not in _outside()


def _suffers(tokens: Sequence[Token], phrase: tuple[int, int]) -> bool:
    first, stop = phrase
    before = [token.lower for token in tokens[max(first - 3, 0) : first]]
    if before and _HARMING.fullmatch(before[-1]):
        return not (len(before) > 1 and before[-2] in _BE)
    if len(before) > 1 and before[-1] in _LINKS and _NOUNS.fullmatch(before[-2]):
        return True
    after = [token.lower for token in tokens[stop : stop + REACH]]
    for at, word in enumerate(after):
        if _HARMED.fullmatch(word):
            return at == 0 or word in ("died", "disappeared", "perished") or bool(_BE & set(after[:at]))
        if word in (".", ";", ",", "and", "who", "which", "that"):
            return False
    return False


def _joined(between: Sequence[Token]) -> bool:
    return 0 < len(between) <= 3 and all(token.lower in _JOINS for token in between)


def _described(tokens: Sequence[Token], phrase: tuple[int, int]) -> Described:
    first, stop = phrase
    while first < stop - 1 and (tokens[first].lower in grammar().determiners or _value(tokens[first])):
        first += 1
    words = [token.text for token in tokens[first:stop]]
    return Described(" ".join(words), number_of(tokens[phrase[0] : stop]), tokens[first].begin)


def number_of(tokens: Sequence[Token]) -> Ends:
    """What the words of a noun phrase say of how many: a number, one, or several."""
    found = next((value for token in tokens if (value := _value(token))), None)
    if found:
        return found, found
    last = tokens[-1].lower if tokens else ""
    return PLURAL if last in _plurals() or last.endswith("s") else (1, 1)


def _value(token: Token) -> int | None:
    bare = token.text.replace(",", "")
    return int(bare) if bare.isdigit() else number_words().cardinals.get(token.lower)


@cache
def _outside() -> frozenset[str]:
    """Words that a noun phrase does not go back over."""
    known = grammar()
    return known.prepositions | known.subordinators | (known.pronouns - {"one", "some"}) | {"and", "or"}


@cache
def _plurals() -> frozenset[str]:
    return frozenset(plural(noun) for noun in _singulars()) | {
        "people",
        "police",
        "children",
        "dead",
        "wounded",
    }


def is_people(mention: str) -> bool:
    """Whether a mention has a noun for people in it."""
    return any(word in _people() for word in mention.lower().split())


@cache
def _people() -> frozenset[str]:
    return _plurals() | _singulars()


@cache
def _singulars() -> frozenset[str]:
    known = (*nouns().combatants, *nouns().civilians, *nouns().offices, *nouns().officials)
    return frozenset(noun for noun in known if " " not in noun) | _MORE
