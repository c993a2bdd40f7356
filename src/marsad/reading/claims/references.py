"""Who a speaker is: pronouns, surnames, roles and descriptions tied to actors of the text."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from marsad.reading.actors.annotator import Cast
from marsad.reading.actors.names import organisation_heads
from marsad.reading.actors.persons import Person, private_heads, public_heads
from marsad.reading.claims.quotations import Quotation
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


class Resolver:
    """Resolves the sources of one text in order; remembers who spoke last."""

    def __init__(self, text: Text, cast: Cast, quotations: tuple[Quotation, ...]) -> None:
        self._text = text
        self._quotations = quotations
        self._cast = cast
        self._by_name = {actor.name: actor for actor in cast.actors if actor.kind == "person_role"}
        self._spoke: list[tuple[Span, Speaker]] = []

    def resolve(self, span: Span) -> Speaker:
        """Who the noun phrase at `span` names. Call in the order of the text."""
        speaker = self._resolve(span)
        self._spoke.append((span, speaker))
        return speaker

    def last(self, before: int) -> tuple[Span, Speaker] | None:
        """The last source before an offset, for a quotation that goes on without a cue."""
        earlier = [(span, speaker) for span, speaker in self._spoke if span[0] < before]
        return earlier[-1] if earlier else None

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
        found = [
            (m[0], p) for p in self._cast.persons for m in p.mentions if span[0] <= m[0] and m[1] <= span[1]
        ]
        return min(found, key=lambda f: f[0])[1] if found else None

    def _is_head(self, tokens: tuple[Token, ...], person: Person) -> bool:
        """Whether the person is who speaks, not whose aide or whose mother does."""
        mention = next(m for m in person.mentions if tokens[0].begin <= m[0] and m[1] <= tokens[-1].end)
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
        actor = self._cast.actor_within((words[0].begin, words[-1].end)) if words else None
        behind = actor or self._cast.actor_within(span)
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
        return any(name.begin <= word.begin and word.end <= name.end for name in self._cast.names)

    def _names(self, core: tuple[Token, ...], actor: Actor) -> bool:
        """Whether the head of the phrase is the actor's own name or description."""
        return any(
            m[1] == core[-1].end or (m[0] <= core[-1].begin and core[-1].end <= m[1]) for m in actor.mentions
        )

    def _by_role(self, head: str, before: int) -> Speaker | None:
        """ "The researcher": the last named with that role, or the last speaker so described."""
        found: list[tuple[int, Speaker]] = [
            (m[0], self._of_person(person))
            for person in self._cast.persons
            for m in person.mentions
            if m[0] < before and person.role and head in person.role.text.lower().replace(",", " ").split()
        ]
        for (begin, end), speaker in self._spoke:
            words = core(self._text.tokens_in((begin, end)))
            if begin < before and speaker.person is None and words and words[-1].lower == head:
                found.append((begin, speaker))
        return max(found, key=lambda f: f[0])[1] if found else None

    def _pronoun(self, word: str, before: int) -> Speaker:
        """Who "he", "she", "they" or "it" is.

        A person who is the subject of this sentence or the one before it; else the last speaker;
        else the last person who was a subject.
        """
        if word in {"they", "it", "who"}:
            return self._last(before, lambda s: s.person is None and s.kind != "person") or Speaker(
                None, "unnamed"
            )
        subjects = [found for found in self._subjects(before) if _agrees(found[1], word)]
        here = self._text.sentence_at(before).number
        near = [s for at, s in subjects if here - self._text.sentence_at(at).number <= 1]
        if near:
            return near[-1]
        spoke = self._last(before, lambda s: _agrees(s, word))
        return spoke or (subjects[-1][1] if subjects else Speaker(None, "unnamed"))

    def _last(self, before: int, fits: Callable[[Speaker], bool]) -> Speaker | None:
        found = [s for (at, _), s in self._spoke if before - REACH < at < before and fits(s)]
        return found[-1] if found else None

    def _subjects(self, before: int) -> list[tuple[int, Speaker]]:
        """Persons named at the head of a sentence before an offset, outside of quotations, in order."""
        found = [
            (mention[0], self._of_person(person))
            for person in self._cast.persons
            for mention in person.mentions
            if before - REACH < mention[0] < before and self._is_subject(mention)
        ]
        return sorted(found, key=lambda f: f[0])

    def _is_subject(self, mention: Span) -> bool:
        """A name near the head of its sentence, and neither an owner nor within a quotation."""
        sentence = self._text.sentence_at(mention[0])
        owned = self._text.text.startswith(("’s", "'s"), mention[1])
        quoted = any(contains(quotation.span, mention) for quotation in self._quotations)
        return mention[0] - sentence.begin < HEAD and not owned and not quoted


def _agrees(speaker: Speaker, word: str) -> bool:
    if speaker.kind not in {"person", "private", "unnamed"}:
        return False
    female = speaker.person.female if speaker.person else None
    return female is None or female == (word == "she")
