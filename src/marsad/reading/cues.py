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


class Cue(NamedTuple):
    """What one surface form of a cue verb may take, and what that says of its holder."""

    base: str
    forms: frozenset[Form]
    particle: str | None
    frames: frozenset[str]
    attitude: Attitude
    certainty: Certainty
    polarity: Polarity
    by_frame: tuple[tuple[str, Attitude, Certainty, Polarity], ...]
    says: bool  # nothing but speech: its subject speaks, whatever it is

    def for_frame(self, frame: str) -> tuple[Attitude, Certainty, Polarity]:
        """Attitude, certainty and polarity of the cue with this frame."""
        return next(
            (entry[1:] for entry in self.by_frame if entry[0] == frame),
            (self.attitude, self.certainty, self.polarity),
        )


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
    plain = load("cues", _Cues).plain
    table: dict[str, dict[tuple[str, str | None], Cue]] = {}
    for entry in load("cues", _Cues).cue:
        for verb in entry.verbs:
            for form in conjugate(verb):
                slot = table.setdefault(form.surface, {})
                key = (form.base, form.particle)
                by_frame = tuple(
                    (f, entry.attitude, entry.certainty, entry.polarity) for f in sorted(entry.frames)
                )
                old = slot.get(key)
                if old is None:
                    slot[key] = Cue(form.base, form.forms, form.particle, entry.frames, entry.attitude, entry.certainty, entry.polarity, by_frame, form.base in plain)  # fmt: skip
                else:
                    slot[key] = old._replace(
                        frames=old.frames | entry.frames, by_frame=old.by_frame + by_frame
                    )
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
    for words in fixed(group):
        if tuple(t.lower for t in tokens[at : at + len(words)]) == words:
            return at + len(words)
    return None


def speaks(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether the token at `at` is a finite verb of saying: somebody is its subject."""
    if not 0 <= at < len(tokens):
        return False
    found = cue_at(tokens, at)
    return found is not None and "clause" in found[0].frames and bool(found[0].forms & {"past", "s"})
