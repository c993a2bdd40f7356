"""Incidents: who did what to whom, where and when, by rules over words and their neighbours.

A first version. Only material happenings are read (PLOVER's ASSAULT, COERCE, MOBILIZE, PROTEST,
RETREAT, AID, AGREE and SANCTION): statements are claims. A happening that names no participant
with a place, date, toll or other side is left out: precision before recall.
"""

from __future__ import annotations

from collections.abc import Sequence

from marsad.reading.claims.scope import ClaimScope
from marsad.reading.clauses.participants import Cast
from marsad.reading.incidents import arguments as roles
from marsad.reading.incidents import triggers
from marsad.reading.incidents.mentions import Mention, is_grounded, mention_of
from marsad.reading.incidents.merging import fuse_in_sentence, group_mentions
from marsad.reading.incidents.records import incident_of, with_incident
from marsad.reading.text import Text
from marsad.records.reading import Actor, Claim, Figure, Incident, Place, Time

READER = "marsad.incidents.rules@1"


def annotate(
    text: Text,
    *,
    claims: Sequence[Claim],
    actors: Sequence[Actor],
    places: Sequence[Place],
    times: Sequence[Time],
    figures: Sequence[Figure],
) -> tuple[tuple[Incident, ...], tuple[Figure, ...]]:
    """The incidents of `text`, in order of their first trigger, and the figures with theirs filled."""
    cast = Cast(text, actors, places, times)
    scope = ClaimScope(text, claims)
    tolls = _by_sentence(text, figures)
    mentions: list[Mention] = []
    for sentence in text.sentences:
        row = cast.row(sentence)
        found = [
            mention_of(row, trigger, roles.of(row, trigger), sentence, scope, tolls.get(sentence.number, ()))
            for trigger in triggers.find(row)
        ]
        mentions.extend(fuse_in_sentence([mention for mention in found if mention is not None], row))
    grouped = [group for group in group_mentions(mentions) if any(is_grounded(mention) for mention in group)]
    incidents = tuple(incident_of(text, number, group, READER) for number, group in enumerate(grouped, 1))
    return incidents, with_incident(figures, grouped)


def _by_sentence(text: Text, figures: Sequence[Figure]) -> dict[int, list[Figure]]:
    found: dict[int, list[Figure]] = {}
    for figure in figures:
        found.setdefault(text.sentence_at(figure.spans[0][0]).number, []).append(figure)
    return found
