"""Which word of a cue carries its meaning, and what that word says of the holder.

A cue may be any wording: a verb with its auxiliaries and adverbs, a noun with a light verb before
it, an adjective, a fixed phrase. `stances.toml` gives the senses of single words and phrases by
what follows them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

from marsad.reading.inflection import Form, conjugate, plural
from marsad.reading.lexicon import Entry, load
from marsad.reading.text import Token
from marsad.records.reading import Attitude, Certainty, Polarity

Kind = Literal["verb", "noun", "adjective", "phrase"]


class Sense(Entry, frozen=True):
    """What a word says of its holder, in the frames given; in any where none are."""

    attitude: Attitude = "statement"
    certainty: Certainty = "certain"
    polarity: Polarity = "affirmed"
    frames: frozenset[str] = frozenset()
    negated: Certainty | None = None
    told: bool | None = None
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()  # wordings that are a whole cue

    @property
    def is_told(self) -> bool:
        """Whether it is an act of speech: not done, nothing has been claimed."""
        return self.attitude in {"statement", "order", "request"} if self.told is None else self.told


class About(Entry, frozen=True):
    """Words beside the head of a cue that change what it says."""

    leads: tuple[str, ...]
    light: tuple[str, ...]
    negators: tuple[str, ...]
    unspoken: frozenset[str]
    hearsay: frozenset[str]
    negations: frozenset[str]
    not_negated: frozenset[str]
    nobody: frozenset[str]
    impersonal: frozenset[str]
    spoken: frozenset[str]
    passive: frozenset[str]
    conditions: frozenset[str]
    probable: frozenset[str]
    possible: frozenset[str]
    unsaid: frozenset[str]


class _Stances(Entry, frozen=True):
    sense: tuple[Sense, ...]
    about: About


class Word(NamedTuple):
    """One surface form of the vocabulary with its senses, in the order of the file."""

    kind: Kind
    lemma: str
    forms: frozenset[Form]
    senses: tuple[Sense, ...]


class Head(NamedTuple):
    """The word or phrase of a cue that carries its meaning: tokens `[at, stop)` of the cue."""

    at: int
    stop: int
    word: Word


PLAIN = Sense()  # what a cue says whose words are not known: a statement


def about() -> About:
    return load("stances", _Stances).about


@cache
def _words() -> dict[str, tuple[Word, ...]]:
    """Every surface form of every verb, noun and adjective, verbs first."""
    table: dict[tuple[str, Kind, str], tuple[frozenset[Form], list[Sense]]] = {}
    for sense in load("stances", _Stances).sense:
        for surface, kind, lemma, forms in _surfaces(sense):
            table.setdefault((surface, kind, lemma), (forms, []))[1].append(sense)
    found: dict[str, list[Word]] = {}
    for kind in _KINDS:
        for (surface, own, lemma), (forms, senses) in table.items():
            if own == kind:
                found.setdefault(surface, []).append(Word(kind, lemma, forms, tuple(senses)))
    return {surface: tuple(words) for surface, words in found.items()}


_KINDS: tuple[Kind, ...] = ("verb", "noun", "adjective")


def _surfaces(sense: Sense) -> list[tuple[str, Kind, str, frozenset[Form]]]:
    found: list[tuple[str, Kind, str, frozenset[Form]]] = [
        (form.surface, "verb", form.base, form.forms) for verb in sense.verbs for form in conjugate(verb)
    ]
    for noun in sense.nouns:
        found += [(form, "noun", noun, frozenset()) for form in (noun, plural(noun))]
    found += [(word, "adjective", word, frozenset()) for word in sense.adjectives]
    return found


@cache
def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], Word], ...]]:
    """Fixed wordings by their first word, longest first."""
    table: dict[str, list[tuple[tuple[str, ...], Word]]] = {}
    for sense in load("stances", _Stances).sense:
        for phrase in sense.phrases:
            words = tuple(phrase.split())
            table.setdefault(words[0], []).append((words, Word("phrase", phrase, frozenset(), (sense,))))
    return {first: tuple(sorted(found, key=lambda f: -len(f[0]))) for first, found in table.items()}


@cache
def _alone() -> dict[str, Word]:
    """Wordings that are a whole cue."""
    return {
        wording: Word("phrase", wording, frozenset(), (sense,))
        for sense in load("stances", _Stances).sense
        for wording in sense.alone
    }


@cache
def _forms_of(group: Literal["leads", "light", "negators"]) -> frozenset[str]:
    verbs: tuple[str, ...] = getattr(about(), group)
    return frozenset(form.surface for verb in verbs for form in conjugate(verb))


def head(tokens: Sequence[Token]) -> Head | None:
    """The head of a cue, or None where the vocabulary knows none of its words.

    A fixed phrase comes first, then the first verb, then the first noun or adjective. A verb that
    only leads to another ("went on to say", "refused to comment") gives way to it.
    """
    lowers = tuple(token.lower for token in tokens)
    if " ".join(lowers) in _alone():
        return Head(0, len(lowers), _alone()[" ".join(lowers)])
    phrase = next((found for at in range(len(lowers)) if (found := _phrase_at(lowers, at))), None)
    if phrase:
        return phrase
    named = [at > 0 and token.is_title for at, token in enumerate(tokens)]  # "told the Evening Report"
    known = [found for at in range(len(lowers)) if not named[at] and (found := _word_at(lowers, at))]
    order = [found for found in known if found.word.kind == "verb"]
    order += [found for found in known if found.word.kind != "verb"]
    for first, second in pairwise(order):
        if not _gives_way(lowers, first, second):
            return first
    return order[-1] if order else None


def _phrase_at(lowers: tuple[str, ...], at: int) -> Head | None:
    for words, word in _phrases().get(lowers[at], ()):
        if lowers[at : at + len(words)] == words:
            return Head(at, at + len(words), word)
    return None


def _gives_way(lowers: tuple[str, ...], first: Head, second: Head) -> bool:
    """Whether `second` is what `first` leads to: "tried to argue", "refused to say", "voiced fears"."""
    word, between = lowers[first.at], lowers[first.stop : second.at]
    if word in _forms_of("light") and may_be_noun(lowers[second.at]):
        return second.at > first.at
    if second.word.kind != "verb":
        return False
    if word in _forms_of("negators") and not second.word.senses[0].is_told:
        return False
    linked = "to" in between or "ing" in second.word.forms or "of" in between
    return linked and word in _forms_of("leads") | _forms_of("negators")


_OWNERS = frozenset({"a", "an", "the", "his", "her", "its", "their", "our", "my", "your", "'s", "no", "any"})
_OF = frozenset({"of", "about", "over", "from", "against"})
_BASES: frozenset[Form] = frozenset({"base", "s"})


def _word_at(lowers: tuple[str, ...], at: int) -> Head | None:
    words = _words().get(lowers[at])
    if not words:
        return None
    noun = next((word for word in words if word.kind == "noun"), None)
    if noun and words[0].forms <= _BASES and _in_noun_place(lowers, at):
        return Head(at, at + 1, noun)
    return Head(at, at + 1, words[0])


def may_be_noun(word: str) -> bool:
    """Whether a form of the vocabulary may be a noun or an adjective."""
    return any(known.kind != "verb" for known in _words().get(word, ()))


def _in_noun_place(lowers: tuple[str, ...], at: int) -> bool:
    """ "a claim by", "reports of": where a form that is verb or noun is a noun."""
    before = lowers[at - 1] if at else ""
    after = lowers[at + 1] if at + 1 < len(lowers) else ""
    if before in _OWNERS or after in _OF or (after == "by" and before not in about().passive):
        return True
    return after in {"is", "was", "are", "were"} and before != "to"


def is_negated(tokens: Sequence[Token], found: Head, sense: Sense) -> bool:
    """Whether an odd number of negations stands before the head: "did not say", "failed to mention".

    Who failed to do what is no speech ("failed to persuade") holds to it all the same.
    """
    words = about().negations | (_forms_of("negators") if sense.is_told else frozenset())
    lowers = ["", *(token.lower for token in tokens[: found.at]), ""]
    negations = [
        word for before, word, after in zip(lowers, lowers[1:], lowers[2:], strict=False)
        if word in words and after not in about().not_negated and (before, word) != ("a", "little")
    ]  # fmt: skip
    return len(negations) % 2 == 1


def keeps_silent(word: str, then: str) -> bool:
    """Whether nothing was said, by a cue and the verb that its content begins with: "declined to comment"."""
    return then in about().unspoken and word in _forms_of("negators")


def sense_of(word: Word, marks: frozenset[str]) -> Sense:
    """The first sense whose frames meet `marks`, else the first without frames, else the first."""
    fitting = next((sense for sense in word.senses if sense.frames & marks), None)
    plain = next((sense for sense in word.senses if not sense.frames), None)
    return fitting or plain or word.senses[0]
