"""Who a speaker is: pronouns, surnames, roles and descriptions tied to actors of the text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from marsad.reading.actors.annotator import Cast
from marsad.reading.actors.names import organisation_heads
from marsad.reading.actors.persons import Person, private_heads, public_heads
from marsad.reading.claims.layout import Contained
from marsad.reading.claims.quotations import Quotation, touching
from marsad.reading.claims.speakers import core, vocabulary
from marsad.reading.text import Text, Token
from marsad.records.reading import Actor, Party, PartyKind
from marsad.records.spans import Span, Spans, contains, text_of

REACH = 1_500  # characters; a pronoun does not look further back
HEAD = 40  # characters from the head of a sentence within which a name is taken for its subject


class Speaker(NamedTuple):
    """Who stands behind the words of a source."""

    actor: str | None
    kind: PartyKind
    person: Person | None = None


def party(text: Text, spans: Spans, speaker: Speaker) -> Party:
    return Party(text=text_of(text.text, spans), spans=spans, actor=speaker.actor, kind=speaker.kind)


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
        """Those that begin between two offsets, both excluded, the last to be noted first."""
        first = bisect_left(self._by_place, (after + 1, -1))
        last = bisect_left(self._by_place, (before, -1))
        turns = sorted((turn for _, turn in self._by_place[first:last]), reverse=True)
        return [self._in_turn[turn][1] for turn in turns]

    def described(self, head: str, before: int) -> tuple[int, Speaker] | None:
        """The last one before an offset whose noun phrase ends with `head`, and where it begins."""
        placed = self._by_head.get(head, ())
        at = bisect_left(placed, before, key=itemgetter(0)) - 1
        if at < 0:
            return None
        begin, turn = placed[at]
        return begin, self._in_turn[-turn][1]


class Resolver:
    """Resolves the sources of one text in order; remembers who spoke last."""

    def __init__(self, text: Text, cast: Cast, quotations: tuple[Quotation, ...]) -> None:
        self._text = text
        self._quotations = quotations
        self._cast = cast
        self._names_begin = [name.begin for name in cast.names]
        self._names_end = [name.end for name in cast.names]
        self._by_name = {actor.name: actor for actor in cast.actors if actor.kind == "person_role"}
        self._actors = Contained((m, actor) for actor in cast.actors for m in actor.mentions)
        self._persons = Contained((m, person) for person in cast.persons for m in person.mentions)
        self._spoke = Spoken()

    def resolve(self, span: Span) -> Speaker:
        """Who the noun phrase at `span` names. Call in the order of the text."""
        speaker = self._resolve(span)
        words = core(self._text.tokens_in(span)) if speaker.person is None else ()
        self._spoke.add(span, speaker, words[-1].lower if words else None)
        return speaker

    def last(self, before: int) -> tuple[Span, Speaker] | None:
        """The last source before an offset, for a quotation that goes on without a cue."""
        return self._spoke.last(before)

    def _resolve(self, span: Span) -> Speaker:
        tokens = self._text.tokens_in(span)
        words = [t.lower for t in tokens]
        if len(words) == 1 and words[0] in {"he", "she", "they", "it", "who"}:
            return self._pronoun(words[0], span[0])
        if words and words[0] in {"his", "her"} and len(words) == 1:
            return self._pronoun("he" if words[0] == "his" else "she", span[0])
        person = self._person_in(span)
        if person is not None and self._is_head(tokens, person):
            return self._of_person(person)
        return self._described(span, tokens)

    def _person_in(self, span: Span) -> Person | None:
        return next((person for _, person in self._persons.within(span)), None)

    def _actor_within(self, span: Span) -> Actor | None:
        """The actor whose mention lies in `span` and begins first; the longest of equals."""
        inside = self._actors.within(span)
        return min(inside, key=lambda found: (found[0][0], -found[0][1]), default=(span, None))[1]

    def _is_head(self, tokens: tuple[Token, ...], person: Person) -> bool:
        """Whether the person is who speaks, not whose aide or whose mother does."""
        first = bisect_left(person.mentions, (tokens[0].begin, 0))
        later = (person.mentions[at] for at in range(first, len(person.mentions)))
        mention = next(m for m in later if m[1] <= tokens[-1].end)
        before = [t.lower for t in tokens if t.end <= mention[0]]
        after = [t for t in tokens if t.begin >= mention[1]]
        if after and after[0].text in {"’s", "'s", "’"}:
            return False
        return not any(w in {"of", "for", "to", "by", "with"} for w in before) or "," in before

    def _of_person(self, person: Person) -> Speaker:
        if not person.public:
            return Speaker(None, "private", person)
        actor = self._by_name.get(person.name)
        return Speaker(actor.id if actor else None, "person", person)

    def _described(self, span: Span, tokens: tuple[Token, ...]) -> Speaker:
        v = vocabulary()
        words = core(tokens)
        head = words[-1].lower if words else ""
        definite = bool(words) and words[0].lower in {"the", "this", "that"}
        actor = self._actor_within((words[0].begin, words[-1].end)) if words else None
        behind = actor or self._actor_within(span)
        if head in v.documents:
            again = self._by_role(head, span[0]) if definite and behind is None else None
            return again or Speaker(behind.id if behind else None, "document")
        if definite and head in public_heads() | private_heads() and len(words) <= 5:
            known = self._by_role(head, span[0])
            if known is not None:
                return known
        if head in v.spokespeople and behind is not None:
            return Speaker(behind.id, "organisation")
        if head in v.unnamed or any(t.lower in {"anonymity", "unnamed", "anonymous"} for t in tokens):
            return Speaker(None, "unnamed")
        if head in v.private or (head in private_heads() - public_heads() and not head.endswith("s")):
            return Speaker(None, "private")
        if actor is not None and self._names(words, actor):
            return Speaker(actor.id, "organisation" if actor.kind != "person_role" else "person")
        if head in v.institutions or head in organisation_heads():
            return Speaker(actor.id if actor else None, "organisation")
        if head.endswith("s") and not self._is_named(words[-1]):
            return Speaker(None, "group")
        if head in v.collectives | {"many", "some", "others", "most", "few", "people"}:
            return Speaker(None, "group")
        if words and self._is_named(words[-1]):
            return Speaker(actor.id if actor else None, "organisation")
        return Speaker(None, "unnamed")

    def _is_named(self, word: Token) -> bool:
        at = bisect_right(self._names_begin, word.begin) - 1  # names stand apart
        return at >= 0 and word.end <= self._names_end[at]

    def _names(self, core: tuple[Token, ...], actor: Actor) -> bool:
        """Whether the head of the phrase is the actor's own name or description."""
        head = core[-1]
        at = bisect_left(actor.mentions, (head.end, 0)) - 1  # of one actor's, which stand apart
        if at < 0:
            return False
        begin, end = actor.mentions[at]
        return end == head.end or (begin <= head.begin and head.end <= end)

    def _by_role(self, head: str, before: int) -> Speaker | None:
        """ "The researcher": the last named with that role, or the last speaker so described."""
        named = self._roles.get(head)
        person = next(named.before(before), None) if named else None
        spoke = self._spoke.described(head, before)
        if person is not None and (spoke is None or spoke[0] <= person[0][0]):
            return self._of_person(person[1])
        return spoke[1] if spoke else None

    @cached_property
    def _roles(self) -> dict[str, Contained[Person]]:
        """The mentions of persons by the words of their roles."""
        found: dict[str, list[tuple[Span, Person]]] = {}
        for person in self._cast.persons:
            words = set(person.role.text.lower().replace(",", " ").split()) if person.role else ()
            for word in words:
                found.setdefault(word, []).extend((mention, person) for mention in person.mentions)
        return {word: Contained(placed) for word, placed in found.items()}

    def _pronoun(self, word: str, before: int) -> Speaker:
        """Who "he", "she", "they" or "it" is.

        A person who is the subject of this sentence or the one before it; else the last speaker;
        else the last person who was a subject.
        """
        if word in {"they", "it", "who"}:
            return self._last(before, lambda s: s.person is None and s.kind != "person") or Speaker(
                None, "unnamed"
            )
        subjects = [found for found in self._near(before) if _agrees(found[1], word)]
        here = self._text.sentence_at(before).number
        near = [s for at, s in subjects if here - self._text.sentence_at(at).number <= 1]
        if near:
            return near[-1]
        spoke = self._last(before, lambda s: _agrees(s, word))
        return spoke or (subjects[-1][1] if subjects else Speaker(None, "unnamed"))

    def _last(self, before: int, fits: Callable[[Speaker], bool]) -> Speaker | None:
        return next((s for s in self._spoke.within(before - REACH, before) if fits(s)), None)

    def _near(self, before: int) -> list[tuple[int, Speaker]]:
        """Persons named at the head of a sentence before an offset, outside of quotations, in order."""
        return [
            (mention[0], self._of_person(person))
            for mention, person in self._subjects.beginning(before - REACH + 1, before)
        ]

    @cached_property
    def _subjects(self) -> Contained[Person]:
        named = ((m, person) for person in self._cast.persons for m in person.mentions)
        return Contained((m, person) for m, person in named if self._is_subject(m))

    def _is_subject(self, mention: Span) -> bool:
        """A name near the head of its sentence, and neither an owner nor within a quotation."""
        sentence = self._text.sentence_at(mention[0])
        owned = self._text.text.startswith(("’s", "'s"), mention[1])
        quoted = any(contains(q.span, mention) for q in touching(self._quotations, mention))
        return mention[0] - sentence.begin < HEAD and not owned and not quoted


def _agrees(speaker: Speaker, word: str) -> bool:
    if speaker.kind not in {"person", "private", "unnamed"}:
        return False
    female = speaker.person.female if speaker.person else None
    return female is None or female == (word == "she")
