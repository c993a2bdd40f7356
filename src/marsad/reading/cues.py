"""The vocabulary of attribution: which words mark that somebody says, believes or wants."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from marsad.reading.inflection import Form, conjugate
from marsad.reading.lexicon import Entry, load
from marsad.reading.text import Token
from marsad.records.reading import Attitude, Certainty, Polarity


class _Cue(Entry, frozen=True):
    verbs: tuple[str, ...]
    frames: frozenset[str]
    attitude: Attitude = "statement"
    certainty: Certainty = "certain"
    polarity: Polarity = "affirmed"


class _Phrases(Entry, frozen=True):
    opinion: tuple[str, ...]
    according: tuple[str, ...]
    hidden_participles: frozenset[str]
    hidden_adverbs: frozenset[str]
    hidden_nouns: frozenset[str]
    nouns: frozenset[str]
    reporting_infinitives: tuple[str, ...]
    channels: frozenset[str]


class _Cues(Entry, frozen=True):
    plain: frozenset[str]
    cue: tuple[_Cue, ...]
    phrases: _Phrases


class Stance(NamedTuple):
    """What a cue with one frame says of its holder."""

    attitude: Attitude
    certainty: Certainty
    polarity: Polarity


class Cue(NamedTuple):
    """One surface form of a cue verb, with its stance by the frames that it may take."""

    base: str
    forms: frozenset[Form]
    particle: str | None
    stances: dict[str, Stance]
    says: bool  # nothing but speech: its subject speaks, whatever it is

    @property
    def frames(self) -> frozenset[str]:
        return frozenset(self.stances)

    def stance(self, frame: str) -> Stance:
        """The stance with a frame; a cue that takes "that" only has its clause's stance there."""
        return self.stances.get(frame) or self.stances["that"]


@cache
def phrases() -> _Phrases:
    return load("cues", _Cues).phrases


@cache
def fixed(group: str) -> tuple[tuple[str, ...], ...]:
    """The fixed wordings of `phrases` group, as words, longest first."""
    wordings: tuple[str, ...] = getattr(phrases(), group)
    return tuple(sorted((tuple(w.split()) for w in wordings), key=len, reverse=True))


@cache
def _table() -> dict[str, tuple[Cue, ...]]:
    vocabulary = load("cues", _Cues)
    table: dict[str, dict[tuple[str, str | None], Cue]] = {}
    for entry in vocabulary.cue:
        stance = Stance(entry.attitude, entry.certainty, entry.polarity)
        for form in (form for verb in entry.verbs for form in conjugate(verb)):
            slot = table.setdefault(form.surface, {})
            new = Cue(form.base, form.forms, form.particle, {}, form.base in vocabulary.plain)
            cue = slot.setdefault((form.base, form.particle), new)
            for frame in sorted(entry.frames):
                cue.stances.setdefault(frame, stance)
    return {surface: tuple(cues.values()) for surface, cues in table.items()}


def cue_at(tokens: tuple[Token, ...], at: int) -> tuple[Cue, int] | None:
    """The cue verb at index `at`, with the index after it (and after its particle)."""
    found = _table().get(tokens[at].lower)
    if not found:
        return None
    following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    for cue in found:
        if cue.particle and cue.particle == following:
            return cue, at + 2
    plain = next((cue for cue in found if cue.particle is None), None)
    return (plain, at + 1) if plain else None


def phrase_at(tokens: tuple[Token, ...], at: int, group: str) -> int | None:
    """Index after the fixed wording of `group` that begins at `at`, or None."""
    if at >= len(tokens):
        return None
    for words in _by_first_word(group).get(tokens[at].lower, ()):
        if tuple([t.lower for t in tokens[at : at + len(words)]]) == words:
            return at + len(words)
    return None


@cache
def _by_first_word(group: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The wordings of `fixed` by their first word, longest first."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for words in fixed(group):
        table.setdefault(words[0], []).append(words)
    return {first: tuple(wordings) for first, wordings in table.items()}


def speaks(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether the token at `at` is a finite verb of saying: somebody is its subject."""
    if not 0 <= at < len(tokens):
        return False
    found = cue_at(tokens, at)
    return found is not None and "clause" in found[0].frames and bool(found[0].forms & {"past", "s"})
