"""MUC-4's slots date, location, number of human targets and confidence of responsibility, and their credit.

After the MUC-4 scoring (Chinchor 1992): a fill is correct (1), partially correct (½) or incorrect (0), by the
alternative of the key that suits it best.

- *Date*, a stretch of days: correct where both ends are the same; partial where it shares an end with the key
  or lies within it.
- *Location*, names from the country down: correct where the country and the narrowest name are the same;
  partial where the country is.
- *Number*, one fill a human target, with a reference to that target: correct where number and reference are;
  partial where the number is right of another target, or shares one end of a range of the right one.
- *Confidence*, one fill an organisation, with a reference to it: correct where both are; partial where it is
  right of another organisation, or differs only in whether authorities accuse.

Two references are the same where a mention of each ends in the same word. Fills of a slot are paired one to
one for most credit. A fill that the key marks as optional ("?") is not missed.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

from marsad.evaluation.assignment import assignment
from marsad.gazetteer.folding import fold

Mentions = tuple[str, ...]  # ways in which a text speaks of one entity
Ends = tuple[int | None, int | None]
Fill = TypeVar("Fill")

HALF = 0.5
PLURAL: Ends = (2, None)

_ARTICLES = frozenset({"a", "an", "the"})
_NO_MARKS = str.maketrans("", "", string.punctuation)


class Stretch(NamedTuple):
    """Some day from `earliest` to `latest`, ISO dates, either of them open."""

    earliest: str | None
    latest: str | None


class Count(NamedTuple):
    """How many of one human target, as alternatives."""

    numbers: tuple[Ends, ...]
    target: Mentions
    optional: bool = False


class Blame(NamedTuple):
    """How surely one organisation did it, as alternatives in the words of MUC-4."""

    values: tuple[str, ...]
    organisation: Mentions
    optional: bool = False


class Slots(NamedTuple):
    """The slots of one template; of date and place alternatives, of which there may be none."""

    dates: tuple[Stretch, ...] = ()
    places: tuple[tuple[str, ...], ...] = ()  # names from the country down
    counts: tuple[Count, ...] = ()
    blames: tuple[Blame, ...] = ()


class Credit(NamedTuple):
    """What the fills of a slot are worth, how many the key asks for and how many there are."""

    worth: float = 0.0
    possible: int = 0
    actual: int = 0


Referring = TypeVar("Referring", Count, Blame)

SLOTS = ("date", "place", "human_count", "responsibility")
_NOTHING = Slots()


@lru_cache(20_000)
def normal(mention: str) -> str:
    """Small letters without punctuation and articles, single blanks: as GTT and GRIT compare strings."""
    words = mention.lower().translate(_NO_MARKS).split()
    return " ".join(word for word in words if word not in _ARTICLES)


def credits_of(gold: Slots, found: Slots) -> dict[str, Credit]:
    """The credit of each of `SLOTS` for a template and the one of the key that it is mapped to."""
    blames = _paired(gold.blames, found.blames, _blame)
    return {
        "date": _single(gold.dates, found.dates, _date),
        "place": _single(gold.places, found.places, _place),
        "human_count": _paired(gold.counts, found.counts, _count),
        "responsibility": blames,
    }


def spurious(found: Slots) -> dict[str, Credit]:
    """Credits of a template that the key does not have."""
    return credits_of(_NOTHING, found)


def missing(gold: Slots) -> dict[str, Credit]:
    """Credits of a template of the key that was not found."""
    return credits_of(gold, _NOTHING)


def _single(gold: Sequence[Fill], found: Sequence[Fill], worth: Callable[[Fill, Fill], float]) -> Credit:
    best = max((worth(key, answer) for key in gold for answer in found), default=0.0)
    return Credit(best, int(bool(gold)), int(bool(found)))


def _date(key: Stretch, answer: Stretch) -> float:
    if key == answer:
        return 1.0
    shared = any(end is not None and end == other for end, other in zip(key, answer, strict=True))
    first, last = answer
    inside = (key.earliest is None or (first is not None and key.earliest <= first)) and (
        key.latest is None or (last is not None and last <= key.latest)
    )
    return HALF if shared or inside else 0.0


def _place(key: Sequence[str], answer: Sequence[str]) -> float:
    ours, theirs = [*map(fold, answer)], [*map(fold, key)]
    if ours[0] != theirs[0]:
        return 0.0
    return 1.0 if ours[-1] == theirs[-1] else HALF


def _paired(
    gold: Sequence[Referring], found: Sequence[Referring], worth: Callable[[Referring, Referring], float]
) -> Credit:
    table = [[worth(key, answer) for answer in found] for key in gold]
    pairs = assignment(table)
    used = {row for row, _ in pairs}
    possible = sum(1 for row, key in enumerate(gold) if not key.optional or row in used)
    return Credit(sum(table[row][column] for row, column in pairs), possible, len(found))


def _count(key: Count, answer: Count) -> float:
    same = is_same(key.target, answer.target)
    if set(key.numbers) & set(answer.numbers):
        return 1.0 if same else HALF
    return HALF if same and any(_touch(a, b) for a in key.numbers for b in answer.numbers) else 0.0


def _touch(a: Ends, b: Ends) -> bool:
    return any(end is not None and end in b for end in a) and PLURAL not in (a, b)


def _blame(key: Blame, answer: Blame) -> float:
    same = is_same(key.organisation, answer.organisation)
    if set(key.values) & set(answer.values):
        return 1.0 if same else HALF
    return HALF if same and set(map(_general, key.values)) & set(map(_general, answer.values)) else 0.0


def _general(value: str) -> str:
    return value.removesuffix(" BY AUTHORITIES")


def is_same(key: Mentions, answer: Mentions) -> bool:
    """Whether a mention of each ends in the same word."""
    return bool(_last_words(key) & _last_words(answer))


def _last_words(mentions: Mentions) -> set[str]:
    return {words[-1] for words in (normal(mention).split() for mention in mentions) if words}
