"""Relations between actors that a sentence states: who fights, backs, leads or belongs to whom.

A first version by rules: verbs with their subject and object, nouns with the prepositions around
them, and describers such as "X-backed". Both sides have to be actors; anything else is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from marsad.reading import arguments as roles
from marsad.reading import incident_triggers as triggers
from marsad.reading.claim_scope import ClaimScope
from marsad.reading.clauses import Group, clause_of
from marsad.reading.incident_status import status
from marsad.reading.participants import Cast, Participant, Row, party_of
from marsad.reading.relation_rules import Found, by_nouns, by_ties, by_verbs, relation_words
from marsad.reading.text import Sentence, Text
from marsad.records.reading import Actor, Claim, Interval, Relation
from marsad.records.spans import Span

READER = "marsad.relations.rules@1"


class _Stated(NamedTuple):
    found: Found
    claim: Claim
    true_of: Interval | None


def annotate(text: Text, *, claims: Sequence[Claim], actors: Sequence[Actor]) -> tuple[Relation, ...]:
    """The relations of `text` in order of their words, each with the innermost claim that holds it."""
    cast = Cast(text, actors)
    scope = ClaimScope(text, claims)
    stated: list[_Stated] = []
    for sentence in text.sentences:
        row = cast.row(sentence)
        if sum(1 for word in row if word.party or word.tie) < 2:
            continue
        stated.extend(_stated(found, scope) for found in _in_row(row, scope) if _may_relate(found))
    unique = _unique(one for one in stated if one is not None)
    return tuple(_relation(text, number, one) for number, one in enumerate(unique, 1))
