"""The vocabulary of numbers: `data/numbers.toml` with its shape and its phrases."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache

from marsad.reading.figures.units import signs
from marsad.reading.inflection import plural
from marsad.reading.lexicon import Entry, load
from marsad.reading.phrases import Phrases
from marsad.reading.text import Token, tokenize
from marsad.records.reading import Bound

VULGAR = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_SMALLEST_TEN = 20
_LARGEST_NUMERATOR = 20
_NEVER: frozenset[str] = frozenset()


class Hedges(Entry, frozen=True):
    about: tuple[str, ...]
    at_least: tuple[str, ...]
    at_most: tuple[str, ...]


class Ranges(Entry, frozen=True):
    joiners: tuple[str, ...]
    ranging: tuple[str, ...]


class Letters(Entry, frozen=True):
    metre_context: tuple[str, ...]
    ordinal: tuple[str, ...]
    halves: frozenset[str]


class Multiples(Entry, frozen=True):
    words: dict[str, int]
    followers: frozenset[str]
    times_followers: frozenset[str]


class Vocabulary(Entry, frozen=True):
    """`data/numbers.toml`."""

    cardinals: dict[str, int]
    scales: dict[str, int]
    suffixes: dict[str, int]
    plurals: dict[str, tuple[int, int]]
    vague_multipliers: dict[str, tuple[int, int]]
    fixed: dict[str, int]
    denominators: dict[str, int]
    multiples: Multiples
    attributive: frozenset[str]
    bounding: dict[str, Bound]
    before: Hedges
    phrasal: dict[str, frozenset[str]]
    after: Hedges
    ranges: Ranges
    letters: Letters


@cache
def vocabulary() -> Vocabulary:
    loaded: Vocabulary = load("numbers", Vocabulary)
    return loaded


@cache
def before() -> Phrases[Bound]:
    hedges = vocabulary().before
    return Phrases.of({"about": hedges.about, "at_least": hedges.at_least, "at_most": hedges.at_most})


@cache
def after() -> Phrases[Bound]:
    hedges = vocabulary().after
    return Phrases.of({"about": hedges.about, "at_least": hedges.at_least, "at_most": hedges.at_most})


@cache
def fixed() -> Phrases[int]:
    return Phrases(vocabulary().fixed)


@cache
def fraction_words() -> dict[str, Fraction]:
    """Shares in words with their value: "half", "a third", "two-thirds", "three quarters"."""
    known = vocabulary()
    found = {"half": Fraction(1, 2), "quarter": Fraction(1, 4)}
    for name, below in known.denominators.items():
        for one in ("a", "one", "another"):
            found |= {f"{one} {name}": Fraction(1, below), f"{one}-{name}": Fraction(1, below)}
        for many, above in known.cardinals.items():
            if 1 < above < min(below, _LARGEST_NUMERATOR):
                value = Fraction(above, below)
                found |= {f"{many} {plural(name)}": value, f"{many}-{plural(name)}": value}
    return found


@cache
def fractions() -> Phrases[Fraction]:
    return Phrases(fraction_words())


@cache
def vague_words() -> dict[str, tuple[int, int]]:
    """Vague counts with their ends: "dozens", "several hundred", "a few thousand"."""
    numbers = vocabulary()
    entries = dict(numbers.plurals)
    for words, (low, high) in numbers.vague_multipliers.items():
        for scale, value in numbers.scales.items():
            entries[f"{words} {scale}"] = (low * value, high * value)
        for many, ends in numbers.plurals.items():
            entries.setdefault(f"{words} {many}", ends)
    return entries


@cache
def vague() -> Phrases[tuple[int, int]]:
    return Phrases(vague_words())


@cache
def openers() -> dict[str, frozenset[str] | None]:
    """The tokens, case-folded, that may begin a number in words or its sign.

    Each with the tokens one of which must follow it, or `None` where it may stand alone: "three" is a
    number, "a" only before "dozen". Digits may follow any. Compounds ("ten-man") are told by their head.
    """
    known = vocabulary()
    folds = [f"{name}fold" for name in known.cardinals]
    alone = {*known.cardinals, *folds, *VULGAR, "minus"}
    found: dict[str, set[str] | None] = dict.fromkeys(alone)
    phrases = [*known.fixed, *fraction_words(), *known.plurals, *vague_words(), *signs()]
    phrases += [
        f"{word} {follower}" for word in known.multiples.words for follower in known.multiples.followers
    ]
    for phrase in phrases:
        tokens = [token.lower for token in tokenize(phrase, 0, len(phrase))]
        followers = found.setdefault(tokens[0], set())
        if len(tokens) == 1 and not (tokens[0].isalpha() and phrase in signs()):
            found[tokens[0]] = None
        elif followers is not None:
            followers.update(tokens[1:2])
    return {word: None if following is None else frozenset(following) for word, following in found.items()}


def candidates(tokens: Sequence[Token]) -> list[int]:
    """The indices where a number may begin, by the token alone: most sentences have none."""
    known = openers()
    return [
        at
        for at, token in enumerate(tokens)
        if token.is_number or (word := token.lower) in known or "-" in word
    ]


def opens(tokens: Sequence[Token], index: int) -> bool:
    """Whether a number may begin at token `index`; a cheap test, wrong only in saying yes."""
    token = tokens[index]
    if token.is_number:
        return True
    followers = openers().get(token.lower, _NEVER)
    if followers is None:
        return True
    if followers is _NEVER:
        head, hyphen, _ = token.lower.partition("-")
        return bool(hyphen) and head in vocabulary().cardinals
    if index + 1 >= len(tokens):
        return False
    follower = tokens[index + 1]
    return follower.is_number or follower.lower in followers


@cache
def leads() -> frozenset[str]:
    """The tokens that may stand before a number and belong to it: hedges, and the words of a range."""
    bounds = vocabulary().before
    hedges = (*bounds.about, *bounds.at_least, *bounds.at_most)
    return frozenset({hedge.split()[0] for hedge in hedges} | {"between", "from"})


@cache
def word_ranges() -> dict[str, tuple[int, int]]:
    """Ranges in one token: "two-three", "ten-fifteen"; "twenty-five" is a number."""
    values = {name: value for name, value in vocabulary().cardinals.items() if value > 1}
    return {
        f"{a}-{b}": (low, high)
        for a, low in values.items()
        for b, high in values.items()
        if low < high and not (low >= _SMALLEST_TEN and high < _SMALLEST_TEN)
    }
