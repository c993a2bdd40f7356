"""Who a speaker is: pronouns, surnames, roles and descriptions tied to actors of the text."""

from __future__ import annotations

from typing import NamedTuple

from marsad.reading.actors.annotator import Cast
from marsad.reading.actors.names import organisation_heads
from marsad.reading.actors.persons import Person, private_heads, public_heads
from marsad.reading.claims.speakers import core, vocabulary
from marsad.reading.text import Text, Token
from marsad.records.reading import Actor, Party, PartyKind
from marsad.records.spans import Span, Spans, text_of

REACH = 1_500  # characters; a pronoun does not look further back


class Speaker(NamedTuple):
    """Who stands behind the words of a source."""

    actor: str | None
    kind: PartyKind
    person: Person | None = None


def party(text: Text, spans: Spans, speaker: Speaker) -> Party:
    return Party(text=text_of(text.text, spans), spans=spans, actor=speaker.actor, kind=speaker.kind)


class Resolver:
    """Resolves the sources of one text in order; remembers who spoke last."""

    def __init__(self, text: Text, cast: Cast) -> None:
        self._text = text
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
            return Speaker(behind.id if behind else None, "document")
        if definite and head in public_heads() | private_heads() and len(words) <= 5:
            known = self._by_role(head, span[0])
            if known is not None:
                return self._of_person(known)
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

    def _by_role(self, head: str, before: int) -> Person | None:
        """ "The researcher": the last person named before whose role has that word."""
        known = [
            (m[0], person)
            for person in self._cast.persons
            for m in person.mentions
            if m[0] < before and person.role and head in person.role.text.lower().replace(",", " ").split()
        ]
        return max(known, key=lambda k: k[0])[1] if known else None

    def _pronoun(self, word: str, before: int) -> Speaker:
        """Who "he", "she", "they" or "it" is: the last speaker, or a person named since as a subject."""
        plural = word in {"they", "it", "who"}
        best: tuple[int, Speaker] | None = None
        for (at, _), speaker in self._spoke:
            fits = speaker.person is None and speaker.kind != "person" if plural else _agrees(speaker, word)
            if at < before and before - at < REACH and fits:
                best = (at, speaker)
        if plural:
            return best[1] if best else Speaker(None, "unnamed")
        for person in self._cast.persons:
            for mention in person.mentions:
                nearer = best is None or mention[0] > best[0]
                if (
                    mention[0] < before
                    and before - mention[0] < REACH
                    and nearer
                    and self._is_subject(mention)
                ):
                    speaker = self._of_person(person)
                    if _agrees(speaker, word):
                        best = (mention[0], speaker)
        return best[1] if best else Speaker(None, "unnamed")

    def _is_subject(self, mention: Span) -> bool:
        """A name near the head of its sentence, and not as the owner of something."""
        sentence = self._text.sentence_at(mention[0])
        owned = self._text.text.startswith(("’s", "'s"), mention[1])
        return mention[0] - sentence.begin < 60 and not owned


def _agrees(speaker: Speaker, word: str) -> bool:
    if speaker.kind not in {"person", "private", "unnamed"}:
        return False
    female = speaker.person.female if speaker.person else None
    return female is None or female == (word == "she")
