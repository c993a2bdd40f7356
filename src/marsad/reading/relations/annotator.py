"""Relations between actors that a sentence states: who fights, backs, leads or belongs to whom.

A first version by rules: verbs with their subject and object, nouns with the prepositions around
them, describers such as "X-backed", and the sides of happenings. Both sides have to be actors of
the reading; a relation that is only supposed or planned is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from marsad.reading.claims.scope import ClaimScope
from marsad.reading.clauses.participants import Cast, Row, party_of
from marsad.reading.incidents import arguments as roles
from marsad.reading.incidents import triggers
from marsad.reading.incidents.mentions import mention_of
from marsad.reading.incidents.merging import fuse_in_sentence
from marsad.reading.relations.rules import Found, by_apposition, by_nouns, by_ties, by_verbs, relation_words
from marsad.reading.text import Sentence, Text
from marsad.records.reading import Actor, Claim, Polarity, Relation
from marsad.records.spans import Span

READER = "marsad.relations.rules@1"


def annotate(text: Text, *, claims: Sequence[Claim], actors: Sequence[Actor]) -> tuple[Relation, ...]:
    """The relations of `text` in order of their words, each with the innermost claim that holds it."""
    cast = Cast(text, actors)
    scope = ClaimScope(text, claims)
    relations: dict[tuple[str, ...], Relation] = {}
    for sentence in text.sentences:
        row = cast.row(sentence)
        if sum(1 for word in row if word.party or word.tie) < 2:
            continue
        for found in sorted(
            _in_row(row, sentence, scope), key=lambda one: (one.at, one.source.begin, one.target.begin)
        ):
            span = (row[found.at].begin, row[found.stop - 1].end)
            claim = scope.innermost(span)
            if claim is None or not _may_relate(found):
                continue
            relation = _relation(text, len(relations) + 1, found, claim, span)
            relations.setdefault(_key(relation), relation)
    return tuple(relations.values())


def _in_row(row: Row, sentence: Sentence, scope: ClaimScope) -> Iterator[Found]:
    yield from by_ties(row)
    yield from by_verbs(row)
    yield from by_nouns(row)
    yield from by_apposition(row)
    yield from _by_fighting(row, sentence, scope)


def _by_fighting(row: Row, sentence: Sentence, scope: ClaimScope) -> Iterator[Found]:
    """The sides of a happening that occurred or goes on fight each other."""
    mentions = [
        mention_of(row, trigger, roles.of(row, trigger), sentence, scope, ())
        for trigger in triggers.find(row)
    ]
    for mention in fuse_in_sentence([one for one in mentions if one is not None], row):
        if mention.kind.name not in relation_words().fighting.kinds or not mention.real:
            continue
        polarity: Polarity = "denied" if mention.status == "denied" else "affirmed"
        for source, target in product(mention.agents, mention.targets):
            yield Found("fights", source, target, *mention.row_span, polarity)


def _may_relate(found: Found) -> bool:
    """Both sides are actors of a kind that can stand in the relation, and not the same one."""
    source, target = found.source.actor, found.target.actor
    if source is None or target is None or source.id == target.id:
        return False
    kinds = relation_words().kinds
    allowed = kinds.fighters if found.type == "fights" else kinds.sides
    if found.persons and source.kind != "person_role":
        return False
    return source.kind in allowed and target.kind in allowed and not _parent(source, target)


def _parent(one: Actor, other: Actor) -> bool:
    """A body and its organ: "the council" of an organisation is not its ally."""
    return one.parent == other.id or other.parent == one.id


def _relation(text: Text, number: int, found: Found, claim: Claim, span: Span) -> Relation:
    return Relation(
        id=f"r{number}",
        claim=claim.id,
        spans=(span,),
        type=found.type,
        source=party_of(text, found.source),
        target=party_of(text, found.target),
        polarity=found.polarity,
        true_of=claim.true_of,
        reader=READER,
    )


_SYMMETRIC = frozenset({"fights", "allied_with", "communicates_with"})


def _key(relation: Relation) -> tuple[str, ...]:
    """What makes two relations of one claim the same, whichever side is named first."""
    sides = [str(relation.source.actor), str(relation.target.actor)]
    if relation.type in _SYMMETRIC:
        sides.sort()
    return relation.claim, relation.type, relation.polarity, *sides
