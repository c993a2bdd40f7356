"""Relations that a text states: who fights, backs, leads or belongs to whom, and who is where.

Rules over words (`stated`) and a pair model over mentions (`learned`) each find their own; what both find
is told once. Both sides are actors of the reading; only what is `located_at` has a place for a target. A
relation that is supposed or planned is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from marsad import models
from marsad.models import WEIGHTS, Tagged
from marsad.models.relations import load
from marsad.reading.claims.scope import ClaimScope
from marsad.reading.clauses.clauses import clause_of
from marsad.reading.clauses.participants import Cast, Participant, Row, party_of
from marsad.reading.relations.learned import SYMMETRIC, likely
from marsad.reading.relations.mentions import Standing, standing
from marsad.reading.relations.rules import Found, stance
from marsad.reading.relations.stated import stated
from marsad.reading.relations.vocabulary import relation_words
from marsad.reading.text import Text
from marsad.records.reading import (
    Actor,
    Claim,
    Interval,
    Party,
    Place,
    Polarity,
    Relation,
    RelationType,
    Time,
)
from marsad.records.spans import Span, hull

RULES, LEARNED = "marsad.relations.rules@2", "marsad.relations.pairs@1"


class _Draft(NamedTuple):
    """A relation before it has its claim: `at` is a row index of its words, `span` holds them."""

    type: RelationType
    source: Participant
    target: Participant | Place
    at: int
    span: Span
    polarity: Polarity
    reader: str


def annotate(
    text: Text,
    *,
    claims: Sequence[Claim],
    actors: Sequence[Actor],
    places: Sequence[Place] = (),
    times: Sequence[Time] = (),
    tagged: Tagged | None = None,
) -> tuple[Relation, ...]:
    """The relations of `text` in order of their words, each with the innermost claim that holds it.

    Args:
        places: where something can be; a country's name that only describes is none.
        tagged: what the trained reader found, with its vectors; None: rules read alone.
    """
    cast, scope = Cast(text, actors, places, times), ClaimScope(text, claims)
    rows = [cast.row(sentence) for sentence in text.sentences]
    learned = _learned(text, rows, tagged) if tagged is not None and tagged.words is not None else {}
    relations: dict[tuple[str, ...], Relation] = {}
    for sentence, row in zip(text.sentences, rows, strict=True):
        ruled = (_ruled(row, found) for found in stated(row, sentence, scope) if _may_relate(found))
        for draft in (*ruled, *learned.get(sentence.number, ())):
            claim = scope.teller(draft.span) if draft.reader == RULES else scope.innermost(draft.span)
            if claim is not None:
                relation = _relation(text, len(relations) + 1, draft, claim, _when(row, draft, claim))
                relations.setdefault(_key(relation), relation)
    return tuple(relations.values())


def _ruled(row: Row, found: Found) -> _Draft:
    span = row[found.at].begin, row[found.stop - 1].end
    return _Draft(found.type, found.source, found.target, found.at, span, found.polarity, RULES)


def _may_relate(found: Found) -> bool:
    """Both sides are actors of a kind that can stand in the relation, and not the same one."""
    return not (found.persons and not _is_person(found.source)) and _may_stand(
        found.type, found.source, found.target
    )


def _may_stand(kind: RelationType, one: Participant, other: Participant) -> bool:
    source, target = one.actor, other.actor
    if source is None or target is None or source.id == target.id:
        return False
    kinds = relation_words().kinds
    allowed = kinds.fighters if kind == "fights" else kinds.sides
    if kind in {"member_of", "leads"} and target.kind == "person_role":
        return False
    return source.kind in allowed and target.kind in allowed and not _parent(source, target)


def _is_person(one: Participant) -> bool:
    return one.actor is not None and one.actor.kind == "person_role"


def _parent(one: Actor, other: Actor) -> bool:
    """A body and its organ: "the council" of an organisation is not its ally."""
    return one.parent == other.id or other.parent == one.id


def _learned(text: Text, rows: Sequence[Row], tagged: Tagged) -> dict[int, list[_Draft]]:
    """What the pair model finds, by the number of its sentence, in the order of the text."""
    entities: dict[int, list[models.Entity]] = {}
    for each in tagged.entities:
        entities.setdefault(text.sentence_at(each.span[0]).number, []).append(each)
    found = [standing(row, entities.get(number, ())) for number, row in enumerate(rows)]
    every = [one for some in found for one in some]
    wanted = frozenset(at for at, one in enumerate(every) if _is_wanted(one))
    drafts: dict[int, list[_Draft]] = {}
    mentions = [one.mention for one in every]
    for kind, source, target, _ in likely(text, tagged, mentions, load(WEIGHTS), _enough, wanted):
        number = text.sentence_at(mentions[source].span[0]).number
        draft = _draft(rows[number], kind, every[source], every[target])
        if draft is not None:
            drafts.setdefault(number, []).append(draft)
    return drafts


def _enough(kind: RelationType) -> float:
    """The probability from which a relation is told; more than one: never."""
    return relation_words().sure.get(kind, 2.0)


def _is_wanted(one: Standing) -> bool:
    return one.place is not None or (one.party is not None and one.party.actor is not None)


def _draft(row: Row, kind: RelationType, source: Standing, target: Standing) -> _Draft | None:
    """A relation that the pair model found, where such two can stand in it and it is told as a fact."""
    if source.party is None or not _fits(kind, source.party, target):
        return None
    span = hull((source.mention.span, target.mention.span))
    inside = [at for at, word in enumerate(row) if span[0] <= word.begin and word.end <= span[1]]
    if not inside or (kind == "located_at" and _is_elsewhere(row, inside)):
        return None
    polarity = stance(row, inside[0], inside[-1] + 1)
    whom = target.place or target.party
    if polarity is None or whom is None:
        return None
    return _Draft(kind, source.party, whom, inside[0], span, polarity, LEARNED)


def _fits(kind: RelationType, source: Participant, target: Standing) -> bool:
    """Whether two of these kinds can stand in the relation; only who bears arms or office is somewhere."""
    if kind != "located_at":
        return target.party is not None and _may_stand(kind, source, target.party)
    actor = source.actor
    is_state = actor is not None and actor.kind == "state" and source.sort != "combatant"
    return target.place is not None and actor is not None and actor.kind in _placed() and not is_state


def _is_elsewhere(row: Row, inside: Sequence[int]) -> bool:
    """ "driven out of X", "as in X": row indices from one side to the other say that it is not there."""
    between = {row[at].lower for at in inside[1:-1]}
    before = {row[at].lower for at in inside[1:-1][-_BEFORE_PLACE:]}
    words = relation_words().elsewhere
    return bool(between & words.breaks or before & words.before)


_BEFORE_PLACE = 3  # words before a place that say how one stands to it


def _placed() -> frozenset[str]:
    return relation_words().kinds.sides


def _when(row: Row, draft: _Draft, claim: Claim) -> Interval | None:
    """The one time of the clause; where it has none or several, that of the claim."""
    begin, stop = clause_of(row, draft.at)
    times = [word.time for word in row[begin:stop] if word.time is not None and word.time.type == "DATE"]
    if len(times) != 1 or (times[0].earliest is None and times[0].latest is None):
        return claim.true_of
    (time,) = times
    return Interval(earliest=time.earliest, latest=time.latest, edtf=time.edtf, time=time.id)


def _relation(text: Text, number: int, draft: _Draft, claim: Claim, when: Interval | None) -> Relation:
    return Relation(
        id=f"r{number}",
        claim=claim.id,
        spans=(draft.span,),
        type=draft.type,
        source=party_of(text, draft.source),
        target=_target(text, draft.target),
        polarity=draft.polarity,
        true_of=when,
        reader=draft.reader,
    )


def _target(text: Text, target: Participant | Place) -> Party:
    """A place acts for nobody: it is a party by its words alone."""
    if isinstance(target, Participant):
        return party_of(text, target)
    return Party(text=target.text, spans=target.spans, actor=None, kind="organisation")


def _key(relation: Relation) -> tuple[str, ...]:
    """What makes two relations of one claim the same, whichever side is named first."""
    sides = [one.actor or one.text for one in (relation.source, relation.target)]
    if relation.type in SYMMETRIC:
        sides.sort()
    return relation.claim, relation.type, relation.polarity, *sides
