"""Fillers of a frame mended by the text: whole names, whole noun phrases, and who else may have done it.

The trained reader marks words; a key has the noun phrase without its determiner and number, a person by the
full name, and as organisations those that can attack: armed groups, forces, governments, gangs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache

from marsad.evaluation.muc_page import Page
from marsad.evaluation.muc_slots import normal
from marsad.evaluation.muc_victims import is_people
from marsad.models import Filler
from marsad.reading.actors.roles import title_words
from marsad.reading.syntax import closed_class
from marsad.reading.text import Token
from marsad.records.spans import Span

LONGEST = 4  # words that a phrase is longer by
LEAST = 3  # letters of a filler
MENTIONS = 40  # of a name that are looked at
TELLING = 4  # sentences in which a doer is looked for

_ADJECTIVES = ("ed", "al", "ic", "ist", "an", "ese", "ive", "ary", "ban")
_ARMED = frozenset({"armed_group", "state_force"})

_ATTACKERS = re.compile(
    r"\b(?:front|army|forces?|police|movement|cartel|government|battalion|brigade|command|military|guard"
    r"|commandos?|group|organi[sz]ation|squads?|party|union|militia|unit|contras?|troops|regime|mafia|alliance)\b",
    re.IGNORECASE,
)
_DOERS = re.compile(
    r"\b(?:terrorist|guerrilla|rebel|subversive|gunm[ae]n|assailant|attacker|kidnapper|assassin|extremist|commando"
    r"|trafficker|criminal|insurgent|individual|hit ?m[ae]n|soldier|troop|squad|men)s?\b",
    re.IGNORECASE,
)


def mended(page: Page, fillers: Sequence[Filler]) -> list[Filler]:
    """The fillers that can fill their roles, each as a whole phrase or name."""
    return [each._replace(span=_whole(page, each)) for each in fillers if _may_fill(page, each)]


def doer(page: Page, sentences: Sequence[int]) -> Filler | None:
    """The first of those who commonly attack in `sentences`, the likeliest sentence first."""
    for number in sentences[:TELLING]:
        found = _DOERS.search(page.words, *page.text.sentences[number].span)
        if found is not None:
            return Filler("perpetrator", _phrase(page, found.span()), 0.0)
    return None


def attacker(page: Page, sentences: Sequence[int]) -> Filler | None:
    """The armed group or force that the likeliest sentence names most."""
    named: Counter[str] = Counter()
    spans: dict[str, Span] = {}
    for actor in page.reading.actors:
        for span in actor.mentions if actor.kind in _ARMED else ():
            inside = span[0] >= page.begin and page.sentence(span) in sentences[:1]
            if inside and page.text[span][:1].isupper():
                named[actor.id] += 1
                spans.setdefault(actor.id, span)
    best = max(named, key=lambda key: (named[key], -spans[key][0]), default=None)
    return None if best is None else Filler("organisation", spans[best], 0.0)


def _may_fill(page: Page, filler: Filler) -> bool:
    words = page.text[filler.span]
    if len(normal(words)) < LEAST:
        return False
    if filler.role == "organisation":
        return _may_attack(page, filler.span)
    if filler.role in ("perpetrator", "described"):
        return is_people(words) or words.split()[-1][:1].isupper()
    return True


def _may_attack(page: Page, span: Span) -> bool:
    words, kind = page.text[span], page.actor_kind(span)
    if span[0] < page.begin:
        return False
    return kind in _ARMED or _ATTACKERS.search(words) is not None or (kind is None and words.isupper())


def _whole(page: Page, filler: Filler) -> Span:
    if filler.role == "victim":
        return _full_name(page, filler.span)
    return _phrase(page, filler.span) if filler.role == "perpetrator" else filler.span


def _full_name(page: Page, span: Span) -> Span:
    """The longest run of capitalised words in the text that ends as the name does."""
    name, words = page.text[span], page.text.text
    found, at = [span], words.find(page.text[span])
    while at >= 0 and len(found) < MENTIONS:
        found.append((_left(page, at, _is_name), at + len(name)))
        at = words.find(name, at + 1)
    return max(found, key=lambda each: (each[1] - each[0], -each[0]))


def _phrase(page: Page, span: Span) -> Span:
    """A noun phrase with the adjectives before it."""
    return _left(page, span[0], _is_modifier), span[1]


def _left(page: Page, begin: int, goes_on: Callable[[Token], bool]) -> int:
    """Where the words begin that go on to the left of `begin` with blanks between them."""
    tokens = page.text.tokens
    at = first = page.text.token_index(begin)
    while first and at - first < LONGEST and goes_on(tokens[first - 1]):
        if page.text.text[tokens[first - 1].end : tokens[first].begin].strip():
            break
        first -= 1
    return tokens[first].begin if first < at else begin


def _is_name(token: Token) -> bool:
    return token.is_title and token.is_word and token.lower not in title_words()


def _is_modifier(token: Token) -> bool:
    word = token.lower
    known = word.endswith(_ADJECTIVES) or word in _common_modifiers()
    return token.is_word and known and word not in closed_class()


@cache
def _common_modifiers() -> frozenset[str]:
    return frozenset({"guerrilla", "rebel", "death", "drug", "police", "army", "government"})
