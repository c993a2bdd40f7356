"""What a number counts that no noun follows: one told before it, "the number of refugees rose to 900"."""

from __future__ import annotations

from collections.abc import Sequence

from marsad.reading.figures.counted import ASIDES, THINGS, Counted, clause, last_of_compound, lower_at
from marsad.reading.figures.head_nouns import head_at
from marsad.reading.figures.lemmas import singular
from marsad.reading.figures.measures import PEOPLE, Noun, nouns, singulars, vocabulary
from marsad.reading.figures.numbers import Expression, like_a_year
from marsad.reading.phrases import Match
from marsad.reading.syntax import grammar
from marsad.reading.text import Token

_LOOK_BACK = 12
_FAR_BACK = 24  # the same before "stood at"
_TOTALLED = frozenset(
    {
        "at",
        "to",
        "exceed",
        "exceeds",
        "exceeded",
        "reached",
        "was",
        "passed",
        "topped",
        "surpassed",
        "is",
        "hit",
        "reach",
        "total",
    }
)
_LIMITS = frozenset({"from", "to", "by"})
_COUNTED_WITHIN = 8  # tokens of "number of X fighters"
_NUMBERING = frozenset({"number", "numbers", "numbered", "numbering"})
_SUBJECT = 3  # tokens of ", which now numbers"
_NAMED_BEFORE = frozenset({"fighters", "held", "displaced"})  # kinds that "of them" takes up


def counted_before(tokens: Sequence[Token], number: Expression) -> Counted | None:
    """The noun of "the number of refugees rose to 212,000", for a number that none follows."""
    for told in (_of_change, _of_them, _numbering, _of_whom):
        if counted := told(tokens, number):
            return counted
    total = lower_at(tokens, number.first - 1) in _TOTALLED
    low = max(clause(tokens, number.first).start, number.first - (_FAR_BACK if total else _LOOK_BACK))
    for index in range(number.first - 1, low - 1, -1):
        if tokens[index].is_number and not like_a_year(tokens[index : index + 1]):
            return None
        phrase = tuple(token.lower for token in tokens[index : index + 2])
        if phrase[1:] == ("of",) and index + 2 == number.first and phrase[0] in vocabulary().forces:
            return Counted(number, Noun("fighters", "person"), index, index + 1)  # a force of 30,000
        if phrase[:1] == ("population",) and _is_told_of(tokens, index + 1, number.first):
            return Counted(number, Noun("people", "person"), index, index + 1)
        if phrase == ("ranks", "of"):
            return Counted(number, Noun("fighters", "fighter"), index, index + 1)
        if phrase in (("number", "of"), ("numbers", "of")):
            for head in range(index + 2, min(index + _COUNTED_WITHIN, number.first)):
                if found := nouns().at(tokens, head):
                    return _of_compound(tokens, number, head, found)
            return _thing_before(tokens, number, index + 2)
    return None


def _numbering(tokens: Sequence[Token], number: Expression) -> Counted | None:
    """ "the refugees number 40,000", "the militia numbers 5,000"."""
    if lower_at(tokens, number.first - 1) not in _NUMBERING:
        return None
    for index in range(number.first - 2, max(number.first - 2 - _SUBJECT, -1), -1):
        found = nouns().at(tokens, index)
        if tokens[index].lower in vocabulary().forces:
            return Counted(number, Noun("fighters", "person"), index, index + 1)
        if found and found.value.kind in PEOPLE and tokens[index].lower not in singulars():
            return Counted(number, found.value, index, found.stop)
    return None


def _is_told_of(tokens: Sequence[Token], start: int, stop: int) -> bool:
    """Not "a sixth of the population – and X has 3 million": another clause stands between."""
    return all(token.lower != "and" and token.text not in ASIDES for token in tokens[start:stop])


def _of_whom(tokens: Sequence[Token], number: Expression) -> Counted | None:
    """ "to take back fighters, of whom 150 are in Ilyria": the plural named right before."""
    if [token.lower for token in tokens[max(number.first - 2, 0) : number.first]] != ["of", "whom"]:
        return None
    for index in range(number.first - 3, max(number.first - 3 - _LOOK_BACK, -1), -1):
        if tokens[index].is_number:
            return None  # of which it is a part
        found = nouns().at(tokens, index)
        if found and found.value.kind in _NAMED_BEFORE and tokens[index].lower not in singulars():
            return Counted(number, found.value, index, found.stop)
    return None


def _of_them(tokens: Sequence[Token], number: Expression) -> Counted | None:
    """ "If you ask what the refugees want, there are 40,000 of them": the plural named last, uncounted."""
    if [token.lower for token in tokens[number.stop : number.stop + 2]] != ["of", "them"]:
        return None
    for index in range(number.first - 1, max(number.first - _FAR_BACK, -1), -1):
        if tokens[index].is_number:
            return None
        found = nouns().at(tokens, index)
        if found and found.value.kind in _NAMED_BEFORE and tokens[index].lower not in singulars():
            return Counted(number, found.value, index, found.stop)
    return None


def _of_change(tokens: Sequence[Token], number: Expression) -> Counted | None:
    """The attacks of "attacks have fallen from 120 to 45": the plural subject of a verb of change."""
    verb = number.first - 1
    verb -= lower_at(tokens, verb) in _LIMITS
    changes = vocabulary().changes
    if lower_at(tokens, verb) not in changes.up and lower_at(tokens, verb) not in changes.down:
        return None
    head = verb - 1
    while lower_at(tokens, head) in grammar().auxiliaries:
        head -= 1
    if head < 0 or singular(tokens[head].lower) == tokens[head].lower:
        return None
    if tokens[head].lower == "ranks":
        return Counted(number, Noun("fighters", "fighter"), head, head + 1)
    found = nouns().at(tokens, head)
    return Counted(number, found.value, head, head + 1) if found else None


def _of_compound(tokens: Sequence[Token], number: Expression, index: int, found: Match[Noun]) -> Counted:
    head, noun, stop = last_of_compound(tokens, index, found)
    return Counted(number, noun, head, stop)


def _thing_before(tokens: Sequence[Token], number: Expression, start: int) -> Counted | None:
    """The shares of "the number of shares rose to 212,000"."""
    head = head_at(tokens, start)
    if head is None or head >= number.first:
        return None
    return Counted(number, Noun(THINGS, singular(tokens[head].lower)), head, head + 1)
