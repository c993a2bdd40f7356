"""Who a speaker is: pronouns, surnames, roles and descriptions tied to actors of the text.

A source may be cut in any way: one word or a name with its appositions and clauses, with a comma or a
quotation mark at its end, in several pieces.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from functools import cached_property

from marsad.reading.actors.annotator import Cast
from marsad.reading.actors.persons import Person
from marsad.reading.claims.antecedents import Speaker, Spoken, Subjects
from marsad.reading.claims.layout import Contained, Layout
from marsad.reading.claims.phrases import UNKNOWN, Phrases
from marsad.reading.claims.quotations import Quotation, touching
from marsad.reading.claims.speakers import kind_of, spoken_core
from marsad.reading.noun_phrases import phrase_before
from marsad.reading.syntax import grammar
from marsad.reading.text import Text, Token, tokenize
from marsad.records.reading import Party
from marsad.records.spans import Span, Spans, any_contains, contains, hull, text_of

__all__ = ["Resolver", "Speaker", "party"]

REACH = 1_500  # characters; a pronoun does not look further back
DEEPEST = 20  # contents within contents; nobody can follow more
HEAD = 40  # characters from the head of a sentence within which a name is taken for its subject
AUTHOR = Speaker(None, "person", many=False)
_Fits = Callable[[Speaker], bool]

_PRONOUNS = {
    "he": "he", "him": "he", "his": "he", "himself": "he", "she": "she", "her": "she", "hers": "she",
    "herself": "she", "they": "they", "them": "they", "their": "they", "themselves": "they",
    "it": "it", "its": "it", "itself": "it",
}  # fmt: skip
_RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
_ALONE = frozenset({"i", "me", "my", "myself"})
_TOGETHER = frozenset({"we", "us", "our", "ourselves"})
_GOVERNING = frozenset({"by", "from", "in", "to", "of", "among"})
_EMPHASIS = frozenset({"all", "both", "each", "themselves", "himself", "herself", "itself", "too", "also"})


def party(text: Text, spans: Spans, speaker: Speaker) -> Party:
    return Party(text=text_of(text.text, spans), spans=spans, actor=speaker.actor, kind=speaker.kind)


class Resolver:
    """Resolves the sources of one text; remembers who spoke last.

    `spoken` are the sources of the text with what each is said to say: "I" inside a content is whoever
    the content is ascribed to. Sources that are not among them are to be asked for in the order of the
    text.
    """

    def __init__(
        self,
        text: Text,
        cast: Cast,
        quotations: tuple[Quotation, ...],
        spoken: Iterable[tuple[Spans, Spans]] = (),
    ) -> None:
        self._text = text
        self._quotations = quotations
        self._cast = cast
        self._spoke = Spoken()
        self._phrases = Phrases(text, cast, self._spoke, self._owner)
        self._subjects_of = Subjects(text, quotations)
        self._resolved: dict[Spans, Speaker] = {}
        self._open: set[Spans] = set()  # sources that are being resolved
        self._contents = Layout((piece, held) for held in spoken if held[0] for piece in held[1])

    def resolve(self, *pieces: Span) -> Speaker:
        """Who the noun phrase made of `pieces` names."""
        if pieces in self._resolved:
            return self._resolved[pieces]
        self._open.add(pieces)
        found = [self._source(tokens) for piece in pieces if (tokens := self._words(piece))]
        speaker = next((each for each in found if each is not UNKNOWN), UNKNOWN)
        self._open.discard(pieces)
        self._resolved[pieces] = speaker
        if speaker not in {AUTHOR, UNKNOWN} and not self._is_quoted(pieces[0]):
            words = spoken_core(self._words(pieces[0])) if speaker.person is None else ()
            self._spoke.add(hull(pieces), speaker, words[-1].lower if words else None)
        return speaker

    def antecedent(self, span: Span) -> Span | None:
        """The words that a pronoun stands for, a source resolved before; None where it is an actor's."""
        words = self._words(span)
        speaker = self._resolved.get((span,))
        if speaker is None or speaker.actor is not None or len(words) != 1:
            return None
        if words[0].lower not in _RELATIVES and words[0].lower not in _PRONOUNS:
            return None
        found = self._phrases.described_at(speaker)
        return found if found is not None and found[1] <= span[0] else None

    def last(self, before: int) -> tuple[Span, Speaker] | None:
        """The last source before an offset, for a quotation that goes on without a cue."""
        return self._spoke.last(before)

    def _words(self, span: Span) -> tuple[Token, ...]:
        """The tokens of a span without marks at its ends, "by" before it and the "’s" of an owner."""
        tokens = self._text.tokens_in(span) or tokenize(self._text.text, *span)  # "I" of "I’ve"
        first, last = 0, len(tokens)
        while first < last and (
            not (tokens[first].is_word or tokens[first].is_number)
            or (first + 1 < last and tokens[first].lower in _GOVERNING)
        ):
            first += 1
        while last > first and (
            not (tokens[last - 1].is_word or tokens[last - 1].is_number)
            or tokens[last - 1].lower in {"'s", "s'"}
        ):
            last -= 1
        return tokens[first:last]

    def _source(self, tokens: tuple[Token, ...]) -> Speaker:
        """Who is named by words that stand as a source: a pronoun, or a noun phrase."""
        first = tokens[0].lower
        alone = all(t.lower in _EMPHASIS or not t.is_word for t in tokens[1:])
        if tokens[0].text.isupper() and len(first) > 1:
            return self._phrases.of(tokens)  # the US is not us
        if first in _ALONE | _TOGETHER and (alone or tokens[1].text == ","):
            return self._first_person(tokens)
        if first in _RELATIVES and alone:
            return self._relative(tokens[0])
        if first in _PRONOUNS and alone:
            return self._pronoun(_PRONOUNS[first], tokens[0].begin)
        return self._phrases.of(tokens)

    def _holder(self, at: Token) -> Speaker | None:
        """Who is said to say what stands there: the source of the smallest content that holds it."""
        if len(self._open) > DEEPEST:
            return None
        span = (at.begin, at.end)
        quoted = next((q.span for q in touching(self._quotations, span)), span)
        holding = [h for h in self._contents.over(span) if any_contains(h[1], span)]
        holding = holding or [h for h in self._contents.over(quoted) if not any_contains(h[0], span)]
        ordered = sorted(set(holding), key=lambda held: sum(e - b for b, e in held[1]))
        source = next((h[0] for h in ordered if h[0] not in self._open), None)
        return self.resolve(*source) if source else None

    def _first_person(self, tokens: tuple[Token, ...]) -> Speaker:
        """ "I" and "we": the speaker, and whom a speaker with an office speaks for; else the author."""
        inside = self._phrases.actor_within((tokens[0].begin, tokens[-1].end))
        if inside is not None:
            return Speaker(inside.id, "organisation")  # "We, as the council,"
        holder = self._holder(tokens[0])
        if holder is None and touching(self._quotations, (tokens[0].begin, tokens[0].end)):
            last = self._spoke.last(tokens[0].begin)
            holder = last[1] if last else UNKNOWN
        if holder is None:
            return AUTHOR
        if tokens[0].lower in _ALONE or holder.kind in {"private", "organisation"}:
            return holder
        if holder.kind == "unnamed":
            return Speaker(holder.actor, "group", many=True)
        behind = self._phrases.behind(holder)
        return Speaker(behind, "organisation") if behind else holder

    def _relative(self, at: Token) -> Speaker:
        """ "who": the nearest of the nouns before it that can be somebody."""
        phrase = self._before(at)
        if not phrase:
            return UNKNOWN
        for part in map(_without_participle, reversed(list(_parts(phrase)))):
            found = self._phrases.of(part)
            known = found.person is not None or found.actor or kind_of(spoken_core(part)) is not None
            body = found.kind in {"organisation", "document"}
            if known and (found.kind == "group" or at.lower == "that" or body != (at.lower != "which")):
                return found
        return self._phrases.of(next(reversed(list(_parts(phrase))), phrase))

    def _before(self, at: Token) -> tuple[Token, ...]:
        """The noun phrase before a relative pronoun; of the sentence before, where a stop cut it off."""
        sentence = self._text.sentence_at(at.begin)
        end = bisect_left(sentence.tokens, at.begin, key=_begin)
        if end == 0 and sentence.number:
            sentence = self._text.sentences[sentence.number - 1]
            end = len(sentence.tokens)
        if end and sentence.tokens[end - 1].text in {",", "."}:
            end -= 1
        return sentence.tokens[phrase_before(sentence.tokens, end, 0) : end]

    def _owner(self, at: Token) -> Speaker:
        """Who "his" or "her" is."""
        return self._pronoun(_PRONOUNS[at.lower], at.begin)

    def _pronoun(self, word: str, before: int) -> Speaker:
        """Who "he", "she", "they" or "it" is.

        Whoever is said to say so, where the words are not quoted: "he said that he". Else a person who is
        the subject of this sentence or the one before it; else what these sentences are about; else the
        last speaker; else the last person who was a subject.
        """
        holder = self._holder(self._text.tokens[self._text.token_index(before)])
        quoted = self._is_quoted((before, before + 1))
        if holder is not None and not quoted and holder.agrees(word):
            return holder

        def fits(speaker: Speaker) -> bool:
            return speaker != UNKNOWN and speaker.agrees(word) and not (quoted and speaker == holder)

        candidates = [
            self._person_near,
            self._about,
            self._last_near,
            self._alone_before,
            self._last,
            self._named,
        ]
        found = (candidate(word, before, fits) for candidate in candidates)
        return next((speaker for speaker in found if speaker is not None), UNKNOWN)

    def _about(self, word: str, before: int, fits: _Fits) -> Speaker | None:
        """What a sentence just before was about; for a person, one without a name alone."""
        here = self._text.sentence_at(before).number
        for subject in self._subjects_of.before(before):
            tokens = self._words(subject)
            if not tokens or tokens[0].lower in _PRONOUNS or tokens[0].lower in _RELATIVES:
                continue
            if word in {"he", "she"} and here - self._text.sentence_at(subject[0]).number > 1:
                return None
            found = self._phrases.of(tokens)
            if fits(found):
                return found
        return None

    def _last(self, word: str, before: int, fits: _Fits) -> Speaker | None:
        return next((s for s in self._spoke.within(before - REACH, before) if fits(s)), None)

    def _last_near(self, word: str, before: int, fits: _Fits) -> Speaker | None:
        """The last speaker of this sentence and the one before."""
        begin = self._sentence_before(before)
        return next((s for s in self._spoke.within(begin - 1, before) if fits(s)), None)

    def _alone_before(self, word: str, before: int, fits: _Fits) -> Speaker | None:
        """The one person named since the sentence before began, wherever it stands there."""
        if word not in {"he", "she"}:
            return None
        begin = self._sentence_before(before)
        named = [self._phrases.person(person) for _, person in self._phrases.persons.beginning(begin, before)]
        found = [speaker for speaker in named if fits(speaker)]
        return found[0] if found and all(speaker == found[0] for speaker in named) else None

    def _named(self, word: str, before: int, fits: _Fits) -> Speaker | None:
        """The last person who was the subject of a sentence further back."""
        if word not in {"he", "she"}:
            return None
        named = self._subjects.beginning(before - REACH + 1, before)
        found = [s for _, person in named if fits(s := self._phrases.person(person))]
        return found[-1] if found else None

    def _sentence_before(self, offset: int) -> int:
        """Where the sentence before that of `offset` begins."""
        here = self._text.sentence_at(offset).number
        return self._text.sentences[max(0, here - 1)].begin

    def _person_near(self, word: str, before: int, fits: _Fits) -> Speaker | None:
        """The person who was last named at the head of this sentence or the one before."""
        if word not in {"he", "she"}:
            return None
        near = [
            speaker
            for _, person in self._subjects.beginning(self._sentence_before(before), before)
            if fits(speaker := self._phrases.person(person))
        ]
        return near[-1] if near else None

    @cached_property
    def _subjects(self) -> Contained[Person]:
        named = ((m, person) for person in self._cast.persons for m in person.mentions)
        return Contained((m, person) for m, person in named if self._is_subject(m))

    def _is_subject(self, mention: Span) -> bool:
        """A name near the head of its sentence, and neither an owner nor within a quotation."""
        sentence = self._text.sentence_at(mention[0])
        owned = self._text.text.startswith(("’s", "'s"), mention[1])
        return mention[0] - sentence.begin < HEAD and not owned and not self._is_quoted(mention)

    def _is_quoted(self, span: Span) -> bool:
        return any(contains(q.span, span) for q in touching(self._quotations, span))


def _begin(token: Token) -> int:
    return token.begin


def _without_participle(part: tuple[Token, ...]) -> tuple[Token, ...]:
    """The officials of "officials involved (in the war)"."""
    doing = len(part) > 1 and part[-1].lower.endswith("ed") and not part[-1].is_name
    return part[:-1] if doing else part


def _parts(phrase: tuple[Token, ...]) -> Iterable[tuple[Token, ...]]:
    """A noun phrase cut before its prepositions, which are left out."""
    begin = 0
    for at in range(len(phrase) + 1):
        if at == len(phrase) or phrase[at].lower in grammar().prepositions:
            if at > begin:
                yield phrase[begin:at]
            begin = at + 1
