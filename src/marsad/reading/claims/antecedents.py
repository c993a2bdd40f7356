"""What a pronoun or a definite description may go back to: who spoke, and what sentences were about."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from operator import itemgetter
from typing import NamedTuple

from marsad.reading import cues
from marsad.reading.actors.persons import Person
from marsad.reading.claims.quotations import Quotation, touching
from marsad.reading.noun_phrases import phrase_before
from marsad.reading.syntax import before_verb, grammar, is_finite
from marsad.reading.text import Sentence, Text
from marsad.records.reading import PartyKind
from marsad.records.spans import Span

FAR = 3  # sentences; the subject of one further back is no longer what "they" means
LONGEST_SUBJECT = 60  # tokens into a sentence within which its verb must come


class Speaker(NamedTuple):
    """Who stands behind the words of a source."""

    actor: str | None
    kind: PartyKind
    person: Person | None = None
    many: bool | None = None  # more than one; None where it may be either, as an institution
    female: bool | None = None

    def agrees(self, pronoun: str) -> bool:
        """Whether "he", "she", "they" or "it" can mean this one."""
        if pronoun == "they":
            return self.many is True or (self.many is None and self.kind in {"organisation", "group"})
        if pronoun == "it":
            return self.many is not True and self.kind in {"organisation", "document"}
        if self.kind not in {"person", "private", "unnamed"} or self.many:
            return False
        female = self.person.female if self.person else self.female
        return female is None or female == (pronoun == "she")


class Spoken:
    """The sources of a text so far, each with who it is."""

    def __init__(self) -> None:
        self._in_turn: list[tuple[Span, Speaker]] = []
        self._by_place: list[tuple[int, int]] = []  # where each begins, with its turn
        self._by_head: dict[str, list[tuple[int, int]]] = {}

    def add(self, span: Span, speaker: Speaker, head: str | None) -> None:
        """Note a source; `head` is the last word of its noun phrase, where that names no person."""
        turn = len(self._in_turn)
        self._in_turn.append((span, speaker))
        insort(self._by_place, (span[0], turn))
        if head is not None:
            insort(self._by_head.setdefault(head, []), (span[0], -turn))  # of equals the first

    def last(self, before: int) -> tuple[Span, Speaker] | None:
        """The last to be noted of those that begin before an offset."""
        return next((found for found in reversed(self._in_turn) if found[0][0] < before), None)

    def within(self, after: int, before: int) -> list[Speaker]:
        """Those that begin between two offsets, both excluded, the last first."""
        first = bisect_left(self._by_place, (after + 1, -1))
        last = bisect_left(self._by_place, (before, -1))
        return [self._in_turn[turn][1] for _, turn in reversed(self._by_place[first:last])]

    def described(self, head: str, before: int) -> tuple[int, Speaker] | None:
        """The last one before an offset whose noun phrase ends with `head`, and where it begins."""
        placed = self._by_head.get(head, ())
        at = bisect_left(placed, before, key=itemgetter(0)) - 1
        if at < 0:
            return None
        begin, turn = placed[at]
        return begin, self._in_turn[-turn][1]


class Subjects:
    """What the sentences of a text are about: the noun phrase before the first verb of each."""

    def __init__(self, text: Text, quotations: tuple[Quotation, ...]) -> None:
        self._text = text
        self._quotations = quotations
        self._known: dict[int, Span | None] = {}

    def before(self, offset: int) -> Iterator[Span]:
        """The subjects that end before an offset, that of its own sentence first, then further back."""
        here = self._text.sentence_at(offset).number
        for number in range(here, max(-1, here - FAR), -1):
            subject = self._of(self._text.sentences[number])
            if subject is not None and subject[1] <= offset:
                yield subject

    def _of(self, sentence: Sentence) -> Span | None:
        if sentence.number not in self._known:
            self._known[sentence.number] = self._found(sentence)
        return self._known[sentence.number]

    def _found(self, sentence: Sentence) -> Span | None:
        tokens = sentence.tokens
        quoted = [q.span for q in touching(self._quotations, sentence.span)]
        for at in range(1, min(len(tokens), LONGEST_SUBJECT)):
            token = tokens[at]
            if any(begin <= token.begin < end for begin, end in quoted):
                continue
            past = token.lower.endswith("ed") and token.is_word and not token.is_name
            if not (past or is_finite(token) or cues.cue_at(tokens, at) is not None):
                continue
            if tokens[at - 1].lower in grammar().determiners | grammar().prepositions:
                continue
            end = before_verb(tokens, at, 0)
            begin = phrase_before(tokens, end, 0)
            if begin < end and not any(b <= tokens[begin].begin < e for b, e in quoted):
                return tokens[begin].begin, tokens[end - 1].end
        return None
