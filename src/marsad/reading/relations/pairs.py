"""Two mentions of a sentence as what is seen around them, by name: the features of the pair model.

A sentence is a line of *units*: a mention is one unit, and so is each word outside of mentions. No feature
holds a word that may be a name, so that who is named decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations
from typing import NamedTuple

from marsad.models.relations import Pair
from marsad.reading.inflection import conjugate, plural
from marsad.reading.relations.vocabulary import relation_words
from marsad.reading.syntax import closed_class, grammar
from marsad.reading.text import Sentence, Text, Token
from marsad.records.spans import Span

REACH = 40  # units between two mentions: beyond, they are no pair, which keeps a sentence linear
NEAR = 6  # units before the left and after the right mention that are looked at
SEVERAL = 12  # words between that are looked at one by one
_NAME = "^"
_ARTICLES = frozenset({"the", "a", "an"})
_JOINS = frozenset({",", "and", "or", "/", "both", "also", "well"})
_BREAKS = frozenset(
    {";", "who", "which", "that", "but", '"', "“", "”", "while", "when", "after", "as", ":", "("}
)


class Mention(NamedTuple):
    """Somebody or something that may stand in a relation; `type` is one of re3d's."""

    span: Span
    type: str


class Candidate(NamedTuple):
    """An ordered pair of mentions, by their indices."""

    source: int
    target: int
    pair: Pair


class _Unit(NamedTuple):
    """A word, or a mention with the words in it that are no name."""

    word: str
    mention: int | None = None
    inside: tuple[str, ...] = ()


@cache
def _cues() -> dict[str, tuple[tuple[str, str], ...]]:
    """The relations that a word hints at, by its form; with whether it does so as a verb."""
    found: dict[str, set[tuple[str, str]]] = {}
    for kind, cue in relation_words().cues.items():
        forms = [("verb", form.surface) for entry in cue.verbs for form in conjugate(entry)]
        forms += [("word", form) for noun in cue.words for form in (noun, plural(noun))]
        for sort, form in forms:
            found.setdefault(form, set()).add((kind, sort))
    return {form: tuple(sorted(hints)) for form, hints in found.items()}


def candidates(
    text: Text, mentions: Sequence[Mention], wanted: frozenset[int] | None = None
) -> Iterator[Candidate]:
    """Both orders of each two mentions that stand near each other in a sentence.

    Args:
        mentions: in the order of the text, none overlapping another.
        wanted: indices of those that may stand in a relation; the others are only looked at. None: all.
    """
    inside: dict[int, list[int]] = {}
    for number, mention in enumerate(mentions):
        inside.setdefault(text.sentence_at(mention.span[0]).number, []).append(number)
    for number, some in inside.items():
        if sum(wanted is None or each in wanted for each in some) > 1:
            yield from _in_sentence(_Line(text.sentences[number], mentions, some), wanted)


class _Line:
    """A sentence as units, with the place of each of its mentions."""

    def __init__(self, sentence: Sentence, mentions: Sequence[Mention], some: Sequence[int]) -> None:
        self.mentions = mentions
        self.units: list[_Unit] = []
        self.at: dict[int, int] = {}
        waiting = list(reversed(some))
        for token in sentence.tokens:
            while waiting and mentions[waiting[-1]].span[1] <= token.begin:
                waiting.pop()
            if waiting and token.end > mentions[waiting[-1]].span[0]:
                self._hold(waiting[-1], _word(token))
            else:
                self.units.append(_Unit(_word(token)))

    def _hold(self, number: int, word: str) -> None:
        """Put a word into a mention. An article is of no mention, whether it stands in it or before it."""
        words = self.units.pop().inside if number in self.at else ()
        if number not in self.at and self.units and self.units[-1].word in _ARTICLES:
            self.units.pop()
        self.at[number] = len(self.units)
        inside = (word,) if words[:1] and words[0] in _ARTICLES else (*words, word)
        self.units.append(_Unit(f"@{self.mentions[number].type}", number, inside))

    def cues(self, first: int, stop: int) -> list[tuple[int, str, str]]:
        """Where words outside of mentions hint at which relation, and by which sort of word."""
        low, high = max(first, 0), min(stop, len(self.units))
        return [(at, *cue) for at in range(low, high) for cue in _cues().get(self.units[at].word, ())]

    def word(self, at: int) -> str:
        return self.units[at].word if 0 <= at < len(self.units) else "|"

    def governor(self, number: int) -> str:
        """The word before a mention, or before the first of those that it is joined to: "in X and Y"."""
        at, joined = self.at[number] - 1, False
        for _ in range(NEAR):
            if at < 0 or (self.units[at].mention is not None and not joined):
                break
            if self.units[at].mention is None and self.units[at].word not in _JOINS:
                break
            joined = self.units[at].mention is None
            at -= 1
        return self.word(at)


def _word(token: Token) -> str:
    """A word by which a pair may be known; a name is none."""
    return _NAME if token.is_name and token.lower not in closed_class() else token.lower


def _in_sentence(line: _Line, wanted: frozenset[int] | None) -> Iterator[Candidate]:
    placed = sorted(line.at, key=line.at.__getitem__)
    for left, right in combinations(placed, 2):
        if line.at[right] - line.at[left] > REACH or not (wanted is None or {left, right} <= wanted):
            continue
        view = _View(line, left, right)
        for source, target in ((left, right), (right, left)):
            spans = line.mentions[source].span, line.mentions[target].span
            found = Pair(*spans, view.between, view.features(source, target), view.hints(source, target))
            yield Candidate(source, target, found)


class _View:
    """What is seen of two mentions, `left` before `right`."""

    def __init__(self, line: _Line, left: int, right: int) -> None:
        self.line, self.left, self.right = line, left, right
        first, last = line.at[left], line.at[right]
        self.gap = [unit.word for unit in line.units[first + 1 : last]]
        self.plain = [unit.word for unit in line.units[first + 1 : last] if unit.mention is None]
        self.others = len(self.gap) - len(self.plain)
        begin, end = line.mentions[left].span[1], line.mentions[right].span[0]
        self.between = (begin, end) if begin < end else None
        self.size = f"gap{sum(len(self.gap) > each for each in (0, 1, 2, 4, 7, 12, 20))}"
        self.before = line.cues(first - NEAR, first)
        self.inner = line.cues(first + 1, last)
        self.after = line.cues(last + 1, last + 1 + NEAR)
        self.unordered = self._unordered(first, last)
        self.sided = self._sided(first, last)

    def features(self, source: int, target: int) -> tuple[str, ...]:
        """The features of one order. `<` and `>` say whether the source stands first."""
        order = ">" if source == self.left else "<"
        mentions = self.line.mentions
        types = f"{mentions[source].type}+{mentions[target].type}"
        found = [order, types, types + order, f"s={mentions[source].type}", f"t={mentions[target].type}"]
        found += [f"{types}{order}others{min(self.others, 3)}", *self.unordered]
        found += [each + order for each in (*self.unordered, *self.sided)]
        found += [f"{each}{order}{types}" for each in self.sided]
        found += self._governed(source, target, order, types)
        for role, number in (("s", source), ("t", target)):
            inside = self.line.units[self.line.at[number]].inside
            found += [f"{role}w={word}" for word in inside if word != _NAME]
            found += [f"{role}head={inside[-1]}{order}", f"{role}first={inside[0]}"]
        return tuple(sorted(set(found)))

    def hints(self, source: int, target: int) -> tuple[tuple[str, str], ...]:
        """What speaks for a relation whatever it is: where a word that hints at it stands."""
        order = ">" if source == self.left else "<"
        types = f"{self.line.mentions[source].type}+{self.line.mentions[target].type}"
        first, last = self.line.at[self.left], self.line.at[self.right]
        by = "by" if "by" in self.plain else ""
        broken = "broken" if any(word in _BREAKS for word in self.plain) else ""
        kinds = {kind for _, kind, _ in self.inner}
        found: set[tuple[str, str]] = set()
        for at, kind, sort in self.inner:
            where = f"between{order}{sort}"
            found |= {(kind, where), (kind, f"{where}{by}"), (kind, f"{where}{by}{types}")}
            found |= {(kind, f"{where}{self.size}"), (kind, f"{where}others{min(self.others, 3)}")}
            found |= {(kind, f"{where}{broken}"), (kind, f"{where}of{len(kinds)}")}
            found |= {(kind, f"{where}from{min(at - first, 4)}"), (kind, f"{where}to{min(last - at, 4)}")}
        for side, cues, edge in (("before", self.before, first), ("after", self.after, last)):
            for at, kind, sort in cues:
                where = f"{side}{order}{sort}"
                found |= {(kind, where), (kind, f"{where}{types}"), (kind, f"{where}{self.size}")}
                found.add((kind, f"{where}at{min(abs(at - edge), 4)}"))
        for role, number in (("source", source), ("target", target)):
            for word in self.line.units[self.line.at[number]].inside:
                for kind, sort in _cues().get(word, ()):
                    found |= {(kind, f"{role}{sort}"), (kind, f"{role}{order}{sort}{self.size}")}
        return tuple(sorted(found))

    def _governed(self, source: int, target: int, order: str, types: str) -> list[str]:
        one, other = self.line.governor(source), self.line.governor(target)
        found = [f"sgov={one}", f"tgov={other}", f"sgov={one}tgov={other}"]
        return [*found, f"sgov={one}{order}{types}", f"tgov={other}{order}{types}"]

    def _unordered(self, first: int, last: int) -> list[str]:
        kinds = "+".join(self.line.mentions[each].type for each in (self.left, self.right))
        found = [self.size, f"{self.size}{kinds}", f"others{min(self.others, 4)}"]
        if all(word in {",", "and", "or"} for word in self.plain):
            found.append(f"joined{min(self.others, 2)}")
        found += [f"cue-between={kind}" for _, kind, _ in self.inner]
        found += [f"break={word}" for word in self.plain if word in _BREAKS]
        return found + [f"between={word}" for word in self.plain[:SEVERAL]]

    def _sided(self, first: int, last: int) -> list[str]:
        """What counts by order, and by order and types."""
        line = self.line
        found = [f"cue-before={kind}" for _, kind, _ in self.before]
        found += [f"cue-after={kind}" for _, kind, _ in self.after]
        found += [f"cue-between={kind}" for _, kind, _ in self.inner]
        found += [f"{each}{self.size}" for each in found if each.startswith("cue-between")]
        found += [f"before={line.word(first - 1)}", f"after={line.word(last + 1)}"]
        if self.gap:
            found += [f"opens={self.gap[0]}", f"closes={self.gap[-1]}"]
        if len(self.gap) <= 4:
            words = (word for word in self.gap if word not in grammar().determiners)
            found.append(f"all={' '.join(words)}")
        return found
