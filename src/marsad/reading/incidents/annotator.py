"""Incidents: who did what to whom, where and when, by rules over words and their neighbours.

A trigger becomes a mention with what its clause says of it; mentions that one sentence tells twice are
joined, those that tell of several places are parted; then mentions are brought together across the text.
What tells nobody, nowhere, no day and no toll is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from marsad.models import Frame
from marsad.reading.claims.scope import ClaimScope
from marsad.reading.clauses.participants import Cast
from marsad.reading.incidents import arguments as roles
from marsad.reading.incidents import blame, triggers
from marsad.reading.incidents.accounts import Denials
from marsad.reading.incidents.blame import Blame
from marsad.reading.incidents.fusing import fuse_in_sentence
from marsad.reading.incidents.grounding import is_grounded
from marsad.reading.incidents.learned import Fillers
from marsad.reading.incidents.mentions import Mention, mention_of, with_loose_figures
from marsad.reading.incidents.merging import group_mentions
from marsad.reading.incidents.records import incident_of, with_incident
from marsad.reading.incidents.splitting import split
from marsad.reading.text import Sentence, Text
from marsad.records.reading import Actor, Claim, Figure, Incident, Place, Time
from marsad.records.spans import Spans

READER = "marsad.incidents@2"


def annotate(
    text: Text,
    *,
    claims: Sequence[Claim],
    actors: Sequence[Actor],
    places: Sequence[Place],
    times: Sequence[Time],
    figures: Sequence[Figure],
    frames: Sequence[Frame] = (),
    private: Spans = (),
) -> tuple[tuple[Incident, ...], tuple[Figure, ...]]:
    """The incidents of `text`, in order of their first trigger, and the figures with theirs filled.

    Args:
        frames: what the trained reader saw: they fill what the grammar leaves open.
        private: names of private persons, who are nobody's side by name.
    """
    reader = _Sentences(
        Cast(text, actors, places, times, private),
        ClaimScope(text, claims),
        Fillers(text, frames),
        _by_sentence(text, figures),
    )
    mentions: list[Mention] = []
    blames: list[Blame] = []
    for sentence in text.sentences:
        found, left = reader.read(sentence)
        mentions.extend(found)
        blames.extend(left)
    grouped = blame.attach([group for group in group_mentions(mentions) if is_grounded(group)], blames)
    denials = Denials(claims)
    incidents = tuple(
        incident_of(text, number, group, denials, READER) for number, group in enumerate(grouped, 1)
    )
    return incidents, with_incident(figures, grouped)


class _Sentences(NamedTuple):
    """What is needed to read one sentence of a document."""

    cast: Cast
    scope: ClaimScope
    fillers: Fillers
    tolls: dict[int, list[Figure]]

    def read(self, sentence: Sentence) -> tuple[list[Mention], list[Blame]]:
        """The happenings that a sentence tells of, and its words on who did one told before."""
        row = self.cast.row(sentence)
        figures = self.tolls.get(sentence.number, [])
        found = [
            mention_of(row, trigger, roles.of(row, trigger), sentence, self.scope, figures)
            for trigger in triggers.find(row)
        ]
        fused = fuse_in_sentence([mention for mention in found if mention is not None], row)
        filled = self.fillers.fill(with_loose_figures(fused, figures), row, sentence)
        parted = [piece for mention in filled for piece in split(mention, row)]
        return blame.with_blame(parted, blame.find(row, sentence, self.scope))


def _by_sentence(text: Text, figures: Sequence[Figure]) -> dict[int, list[Figure]]:
    found: dict[int, list[Figure]] = {}
    for figure in figures:
        found.setdefault(text.sentence_at(figure.spans[0][0]).number, []).append(figure)
    return found
