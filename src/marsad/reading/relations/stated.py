"""Relations that a row of words states, by rules: words for relations, and the sides of happenings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from marsad.reading.claims.scope import ClaimScope
from marsad.reading.clauses.participants import Row
from marsad.reading.incidents import arguments as roles
from marsad.reading.incidents import triggers
from marsad.reading.incidents.fusing import fuse_in_sentence
from marsad.reading.incidents.mentions import mention_of
from marsad.reading.relations.rules import Found, by_apposition, by_nouns, by_ties, by_verbs
from marsad.reading.relations.vocabulary import relation_words
from marsad.reading.text import Sentence
from marsad.records.reading import Polarity


def stated(row: Row, sentence: Sentence, scope: ClaimScope) -> list[Found]:
    """What a row states, in the order of its words. Who may stand in a relation is not asked here."""
    if sum(1 for word in row if word.party or word.tie) < 2:
        return []
    return sorted(_in_row(row, sentence, scope), key=lambda one: (one.at, one.source.begin, one.target.begin))


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
