"""One mention of a happening with all that its clause says of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from marsad.reading.claims.scope import ClaimScope
from marsad.reading.clauses.clauses import Group, clause_of
from marsad.reading.clauses.participants import Row
from marsad.reading.incidents.arguments import Arguments
from marsad.reading.incidents.kinds import Kind, vocabulary
from marsad.reading.incidents.status import responsibility, status
from marsad.reading.incidents.targets import heads, own_targets, things
from marsad.reading.incidents.triggers import Trigger
from marsad.reading.incidents.where import beside, places_of, time_of
from marsad.reading.inflection import plural
from marsad.reading.text import Sentence
from marsad.records.reading import Claim, Figure, IncidentStatusValue, Place, ResponsibilityValue, Time
from marsad.records.spans import Span, any_contains, contains

NEAR_WEAPON = 12  # words from a trigger to what it was done with

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "such"})


class Mention(NamedTuple):
    """A happening as one clause speaks of it. An empty slot is what the clause does not say."""

    kind: Kind
    word: str  # the last of the trigger, lower case
    spans: tuple[Span, ...]  # the trigger with its carrier
    row_span: tuple[int, int]
    sentence: Sentence
    clause: tuple[int, int]
    claim: Claim
    agents: Group
    targets: Group
    things: tuple[Span, ...]  # buildings, vehicles, lines that it was aimed at
    hit: frozenset[str]  # the head words of the things
    places: tuple[Place, ...]
    beside: frozenset[str]  # ids of the places that it was only near
    time: Time | None
    figures: tuple[Figure, ...]
    weapons: tuple[str, ...]
    status: IncidentStatusValue
    responsibility: ResponsibilityValue | None
    many: bool
    plural: bool  # a plural with no word of how many
    definite: bool  # "the attack": may speak of one named before
    noun: bool
    purpose: bool  # an infinitive: what somebody was armed, sent or asked to do
    tied: bool  # a place that the grammar ties to the trigger: "the battle of X"
    passive: bool  # a verb with nobody named who did it

    @property
    def real(self) -> bool:
        """Whether it is told as a thing that is or was, denied or not, and not as one to come."""
        return self.status in {"occurred", "ongoing", "denied"}

    def filled(
        self,
        *,
        agents: Group = (),
        targets: Group = (),
        things: tuple[Span, ...] = (),
        weapons: tuple[str, ...] = (),
    ) -> Mention:
        """This with slots that are empty filled; what the grammar found stays as it is."""
        return self._replace(
            agents=self.agents or agents,
            targets=self.targets or targets,
            things=self.things or things,
            weapons=self.weapons or weapons,
            responsibility=self.responsibility or ("stated" if agents and not self.agents else None),
        )


def mention_of(
    row: Row,
    trigger: Trigger,
    arguments: Arguments,
    sentence: Sentence,
    scope: ClaimScope,
    figures: Sequence[Figure],
) -> Mention | None:
    """The mention of a trigger; None where no claim holds it, and of "help in fighting them"."""
    at = trigger.at
    claim = scope.teller((row[at].begin, row[at].end))
    if claim is None or (trigger.kind.struggle and _is_gerund(trigger)):
        return None
    clause = clause_of(row, at)
    first = arguments.begin
    span = (row[first].begin, row[trigger.stop - 1].end)
    if not any_contains(claim.spans, span):
        span = (row[at].begin, row[trigger.stop - 1].end)
    hit = things(row, trigger)
    places = places_of(row, clause, trigger, arguments)
    return Mention(
        kind=trigger.kind,
        word=row[trigger.stop - 1].lower,
        spans=(span,),
        row_span=(first, trigger.stop),
        sentence=sentence,
        clause=clause,
        claim=claim,
        agents=arguments.agents,
        targets=own_targets(arguments.targets, hit),
        things=hit,
        hit=heads(row, hit),
        places=places,
        beside=beside(row, places),
        time=time_of(row, clause, trigger, arguments, claim),
        figures=_figures(row, clause, trigger, figures),
        weapons=_weapons(row, clause, trigger),
        status=status(row, trigger, arguments, claim),
        responsibility=responsibility(row, trigger, arguments, claim),
        many=_is_many(row, trigger, first, clause),
        plural=trigger.many and not _quantified(row, first, at),
        definite=_definite(row, at),
        noun=trigger.group is None,
        purpose=arguments.governor is not None and "to" in arguments.governor.auxiliaries,
        tied=bool(arguments.places),
        passive=trigger.group is not None and trigger.group.voice == "passive" and not arguments.agents,
    )


def _is_gerund(trigger: Trigger) -> bool:
    group = trigger.group
    return group is not None and group.form == "ing" and not group.auxiliaries


def _figures(
    row: Row, clause: tuple[int, int], trigger: Trigger, figures: Sequence[Figure]
) -> tuple[Figure, ...]:
    """The figures of harm in the clause that are of the kind of the happening."""
    span = (row[clause[0]].begin, row[clause[1] - 1].end)
    return tuple(figure for figure in harm(trigger.kind, figures) if contains(span, figure.spans[0]))


def harm(kind: Kind, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Of `figures` those that say what a happening of this kind did, and that were observed."""
    tolls = vocabulary().tolls
    measures = tolls.others.get(kind.type, frozenset())
    if kind.type == "ASSAULT":
        measures = measures | tolls.deaths | tolls.injured
    return tuple(
        one for one in figures if one.measure in measures and one.status in {"observed", "estimated"}
    )


def with_loose_figures(mentions: Sequence[Mention], figures: Sequence[Figure]) -> list[Mention]:
    """The mentions of one sentence; what it counts in another clause belongs to its only attack."""
    attacks = [at for at, one in enumerate(mentions) if one.kind.type == "ASSAULT" and one.real]
    kept = list(mentions)
    if len(attacks) == 1:
        only = kept[attacks[0]]
        loose = tuple(one for one in harm(only.kind, figures) if one not in only.figures)
        kept[attacks[0]] = only._replace(figures=(*only.figures, *loose))
    return kept


def _weapons(row: Row, clause: tuple[int, int], trigger: Trigger) -> tuple[str, ...]:
    """What it was done with: by its kind, and the weapons named around the trigger."""
    if trigger.kind.type != "ASSAULT":
        return ()
    found = [trigger.kind.weapon] if trigger.kind.weapon else []
    near = row[max(clause[0], trigger.at - NEAR_WEAPON) : min(clause[1], trigger.stop + NEAR_WEAPON)]
    padded = f" {' '.join(word.lower for word in near if word.plain or word.party)} "
    forms = sorted(_weapon_forms(), key=lambda form: -len(form))
    for form in forms:
        if f" {form} " in padded and not any(form in other for other in found):
            found.append(form)
    return tuple(found)


@cache
def _weapon_forms() -> tuple[str, ...]:
    return tuple(form for name in vocabulary().weapons.words for form in (name, plural(name)))


def _is_many(row: Row, trigger: Trigger, first: int, clause: tuple[int, int]) -> bool:
    """Whether several happenings are told together; a wave of airstrikes is one."""
    if _quantified(row, first, trigger.at) or (trigger.kind.result and _since(row, clause)):
        return True
    return trigger.many and trigger.kind.mode != "heavy-weapons"


def _quantified(row: Row, first: int, at: int) -> bool:
    return any(word.lower in vocabulary().words.plural_quantity for word in row[max(0, first - 3) : at])


def _since(row: Row, clause: tuple[int, int]) -> bool:
    """ "have been killed since the war began": a sum over many happenings."""
    return any(word.lower == "since" for word in row[clause[0] : min(clause[1] + 1, len(row))])


def _definite(row: Row, at: int) -> bool:
    return any(word.lower in _DEFINITE for word in row[max(0, at - 3) : at])


def same_or_open(one: Group, other: Group) -> bool:
    """No two different actors in one role; a group without a name may be anybody."""
    left = {member.actor.id for member in one if member.actor}
    right = {member.actor.id for member in other if member.actor}
    return not left or not right or bool(left & right)
