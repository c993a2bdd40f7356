"""A sentence as a row of words in which those who may act are one word each.

Names come from the actors of the reading; nouns for people in arms and for people who are not
come from `participants.toml`. "Isis fighters" is one participant with the actor of its name;
"Isis families" is one without: a family is never of the side whose name stands before it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from operator import attrgetter
from typing import TypeVar

from marsad.gazetteer.countries import load_countries
from marsad.reading.clauses.names import with_names
from marsad.reading.clauses.noun_joining import join_nouns
from marsad.reading.clauses.words import Participant, Row, Sort, Tie, Word, nouns
from marsad.reading.text import Sentence, Text, Token
from marsad.records.reading import Actor, Party, PartyKind, Place, Time
from marsad.records.spans import Span, Spans

__all__ = ["Cast", "Participant", "Row", "Sort", "Tie", "Word", "nouns", "party_of"]

T = TypeVar("T")

_HYPHENS = frozenset("-‐‑")


class Cast:
    """The actors, places and times of one document, laid out by sentence."""

    def __init__(
        self,
        text: Text,
        actors: Iterable[Actor],
        places: Iterable[Place] = (),
        times: Iterable[Time] = (),
        private: Spans = (),
    ) -> None:
        """`private` are the names of private persons: they are nobody's side by name."""
        self._text = text
        self._private = tuple(sorted(private))
        actors = tuple(actors)
        self._actors = _by_sentence(text, ((span, actor) for actor in actors for span in actor.mentions))
        self._places = _by_sentence(text, ((span, place) for place in places for span in place.spans))
        dated = (time for time in times if not time.value.endswith("_REF"))  # "current" is a plain word
        self._times = _by_sentence(text, ((span, time) for time in dated for span in time.spans))
        self._named = {
            text[span]: actor for actor in actors for span in actor.mentions if text[span][:1].isupper()
        }
        self._states = {actor.name: actor for actor in actors if actor.kind == "state"}

    def row(self, sentence: Sentence) -> Row:
        """The words of `sentence`, with its participants, places and times whole."""
        mentions = self._actors.get(sentence.number, ())
        words = _words(
            sentence,
            _longest([(_without_happening(sentence, span), actor) for span, actor in mentions]),
            _longest(self._places.get(sentence.number, ())),
            _longest(self._times.get(sentence.number, ())),
        )
        named = [self._with_nation(word, words[at + 1 : at + 3]) for at, word in enumerate(words)]
        return with_names(join_nouns(named), self._private)

    def _with_nation(self, word: Word, following: Sequence[Word]) -> Word:
        """`word` with the name or demonym that it is or begins with, where no mention covers it."""
        if word.party or word.time or word.tie or not word.title:
            return word
        words = self._text[word.begin, word.end]
        country = _countries().get(words)
        if country is not None:
            nation = Participant(word.begin, word.end, "name", self._states.get(country), "")
            tie = _tie_ahead(following, word.end)
            return word._replace(tie=(tie, nation)) if tie else word._replace(nation=nation)
        stem, hyphen, suffix = words.replace("‑", "-").replace("‐", "-").rpartition("-")
        if not hyphen or (stem not in self._named and stem not in _countries()):
            return word
        actor = self._named.get(stem) or self._states.get(_countries().get(stem, ""))
        return word._replace(
            tie=(_tie_kind(suffix), Participant(word.begin, word.begin + len(stem), "name", actor, ""))
        )


def _tie_ahead(following: Sequence[Word], end: int) -> Tie | None:
    """What a name does to a noun where "-" and "led" follow it as words of their own."""
    if len(following) == 2 and following[0].begin == end and following[0].lower in _HYPHENS:
        return _tie_kind(following[1].lower)
    return None


def _tie_kind(suffix: str) -> Tie:
    kinds: tuple[Tie, ...] = ("leads", "backs", "holds")
    return next((kind for kind in kinds if suffix in getattr(nouns(), kind)), "describes")


@cache
def _countries() -> dict[str, str]:
    """Names and demonyms of countries, to the country's name."""
    return {
        word: country.name
        for country in load_countries()
        for word in (*country.demonyms, *country.aliases, country.name)
    }


def _without_happening(sentence: Sentence, span: Span) -> Span:
    """A mention less a last noun that is what its holder did: "Ruritanian airstrikes"."""
    tokens = sentence.tokens
    last = bisect_right(tokens, span[1], key=attrgetter("end")) - 1
    if last > 0 and tokens[last - 1].begin >= span[0] and tokens[last].lower in nouns().happenings:
        return span[0], tokens[last - 1].end
    return span


def _by_sentence(text: Text, marks: Iterable[tuple[Span, T]]) -> dict[int, list[tuple[Span, T]]]:
    found: dict[int, list[tuple[Span, T]]] = {}
    for span, record in marks:
        found.setdefault(text.sentence_at(span[0]).number, []).append((span, record))
    return found


def _longest(marks: Sequence[tuple[Span, T]]) -> dict[int, tuple[Span, T]]:
    """Of spans that overlap the longest, by where they begin."""
    kept: list[tuple[Span, T]] = []
    end = -1
    for span, record in sorted(marks, key=lambda mark: (mark[0][0], -mark[0][1])):
        if span[0] >= end:
            kept.append((span, record))
            end = span[1]
    return {span[0]: (span, record) for span, record in kept}


def _words(
    sentence: Sentence,
    actors: dict[int, tuple[Span, Actor]],
    places: dict[int, tuple[Span, Place]],
    times: dict[int, tuple[Span, Time]],
) -> list[Word]:
    row: list[Word] = []
    end = sentence.begin
    for number, token in enumerate(sentence.tokens):
        if token.begin < end:
            continue
        following = sentence.tokens[number + 1 : number + 3]
        word = _word(token, following, actors, places, times)
        row.append(word)
        end = word.end
    return row


def _word(
    token: Token,
    following: Sequence[Token],
    actors: dict[int, tuple[Span, Actor]],
    places: dict[int, tuple[Span, Place]],
    times: dict[int, tuple[Span, Time]],
) -> Word:
    lower, title = token.lower, token.is_word and token.text != token.text.lower()
    if token.begin in actors:
        span, actor = actors[token.begin]
        tied = _tie(span, actor, token, following)
        if tied:
            return tied
        if token.end <= span[1]:
            place = places[token.begin][1] if token.begin in places else None
            party = Participant(*span, "name", actor, "")
            return Word(*span, lower, title, party=party, place=place)
    if token.begin in times:
        span, time = times[token.begin]
        return Word(span[0], max(span[1], token.end), lower, title, time=time)
    if token.begin in places and token.end <= places[token.begin][0][1]:
        span, place = places[token.begin]
        return Word(*span, lower, title, place=place)
    return Word(token.begin, token.end, lower, title)


def _tie(span: Span, actor: Actor, token: Token, following: Sequence[Token]) -> Word | None:
    """ "US-led" in one token, or a name with "-" and "led" after it."""
    if token.begin == span[0] and token.end > span[1]:
        suffix, end = token.lower[span[1] - span[0] :].lstrip("-‐‑"), token.end
    else:
        after = [other for other in following if other.begin >= span[1]]
        if len(after) < 2 or after[0].text not in _HYPHENS or after[0].begin != span[1]:
            return None
        suffix, end = after[1].lower, after[1].end
    return Word(
        span[0], end, token.lower, True, tie=(_tie_kind(suffix), Participant(*span, "name", actor, ""))
    )


def party_of(text: Text, participant: Participant) -> Party:
    """The record of a participant. People who bear no arms are `private`: shown by role only."""
    span = (participant.begin, participant.end)
    return Party(
        text=text[span],
        spans=(span,),
        actor=participant.actor.id if participant.actor else None,
        kind=_party_kind(participant),
    )


def _party_kind(participant: Participant) -> PartyKind:
    if participant.sort == "civilian":
        return "private"
    if participant.head in nouns().persons_in_arms and participant.actor is None:
        return "unnamed"
    if participant.sort == "combatant" and participant.head not in nouns().offices:
        return "group"
    if participant.actor and participant.actor.kind == "person_role":
        return "person"
    if participant.actor and participant.actor.kind == "population":
        return "private"
    if participant.sort == "official" and participant.actor is None:
        return "unnamed"
    return "organisation"
