"""One mention of a happening with all that its clause says of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from marsad.reading.claims.scope import ClaimScope
from marsad.reading.clauses.clauses import POSSESSIVES, Group, clause_of, clause_words, is_predicate
from marsad.reading.clauses.participants import Participant, Row
from marsad.reading.incidents.arguments import Arguments
from marsad.reading.incidents.status import responsibility, status
from marsad.reading.incidents.triggers import Kind, Trigger, modifiers_begin, vocabulary
from marsad.reading.inflection import plural
from marsad.reading.text import Sentence
from marsad.records.reading import Claim, Figure, IncidentStatusValue, Place, ResponsibilityValue, Time
from marsad.records.spans import Span, any_contains, contains

NEAR_TIME = 10  # words after a participle that hangs on a noun: "areas taken by the army in 2018"
OPENING = 4  # words in which a clause says where it plays: "In the north of X, ..."
FINE = 3  # where_prec of a place small enough to name a happening by
NEAR_PLACE = 14  # words from a trigger, or from a place that it has, to another

_OPEN_TIMES = frozenset({"since", "until", "before"})  # these say when something else began or ended


class Mention(NamedTuple):
    """A happening as one clause speaks of it."""

    kind: Kind
    spans: tuple[Span, ...]  # the trigger with its carrier
    row_span: tuple[int, int]
    sentence: Sentence
    clause: tuple[int, int]
    claim: Claim
    agents: Group
    targets: Group
    places: tuple[Place, ...]
    time: Time | None
    figures: tuple[Figure, ...]
    weapons: tuple[str, ...]
    status: IncidentStatusValue
    responsibility: ResponsibilityValue | None
    many: bool
    definite: bool  # "the attack": may speak of one named before
    noun: bool
    purpose: bool  # an infinitive: what somebody was armed, sent or asked to do
    tied: bool  # a place that the grammar ties to the trigger: "the battle of X"
    passive: bool  # a verb with nobody named who did it

    @property
    def real(self) -> bool:
        return self.status in {"occurred", "ongoing", "denied"}


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
    claim = scope.innermost((row[at].begin, row[at].end))
    if claim is None or (trigger.kind.struggle and _is_gerund(trigger)):
        return None
    clause = clause_of(row, at)
    first = arguments.begin
    span = (row[first].begin, row[trigger.stop - 1].end)
    if not any_contains(claim.spans, span):
        span = (row[at].begin, row[trigger.stop - 1].end)
    return Mention(
        kind=trigger.kind,
        spans=(span,),
        row_span=(first, trigger.stop),
        sentence=sentence,
        clause=clause,
        claim=claim,
        agents=arguments.agents,
        targets=arguments.targets,
        places=_places(row, clause, trigger, arguments),
        time=_time(row, clause, trigger, arguments, claim),
        figures=_figures(row, clause, trigger, figures),
        weapons=_weapons(row, clause, trigger.kind),
        status=status(row, trigger, arguments, claim),
        responsibility=responsibility(row, trigger, arguments),
        many=trigger.many or _quantified(row, first, at) or (trigger.kind.result and _since(row, clause)),
        definite=_definite(row, at),
        noun=trigger.group is None,
        purpose=arguments.governor is not None and "to" in arguments.governor.auxiliaries,
        tied=bool(arguments.places),
        passive=trigger.group is not None and trigger.group.voice == "passive" and not arguments.agents,
    )


def _is_gerund(trigger: Trigger) -> bool:
    group = trigger.group
    return group is not None and group.form == "ing" and not group.auxiliaries


def _places(row: Row, clause: tuple[int, int], trigger: Trigger, arguments: Arguments) -> tuple[Place, ...]:
    """The places that the grammar ties to the trigger, and those after a locative in its clause."""
    found = list(arguments.places)
    predicate = trigger.group is not None or arguments.begin < trigger.at
    last = trigger.at
    for at in range(*clause):
        if not predicate and at >= trigger.stop and _begins_predicate(row, at):
            break
        place = row[at].place
        if place is None or row[at].party is not None:
            continue
        before_noun = at < trigger.at and not predicate and at > clause[0] + OPENING
        near = not before_noun and min(abs(at - trigger.at), abs(at - last)) <= NEAR_PLACE
        if place in found:
            last = at
        elif (near and _is_located(row, at)) or (found and _goes_on(row, at, found)):
            found.append(place)
            last = at
    return tuple(found)


def _begins_predicate(row: Row, at: int) -> bool:
    """A verb after a bare noun: what follows may lie elsewhere."""
    own = vocabulary().words.predicates | clause_words().be | clause_words().have
    return is_predicate(row[at]) and row[at].lower not in own


_NOT_WHERE = frozenset({"from", "to", "for", "against", "of", "on"})


def _is_located(row: Row, at: int) -> bool:
    """ "in the northern town of X": a locative preposition before the place's phrase."""
    if at + 1 < len(row) and row[at + 1].lower in POSSESSIVES:
        return False
    for back in range(at - 1, max(-1, at - 6), -1):
        word = row[back]
        if word.plain and word.lower in vocabulary().places.prepositions and word.lower not in _NOT_WHERE:
            return True
        if word.tie or word.party or word.nation or word.lower in {"of", ","}:
            continue
        if (
            not word.plain
            or word.lower in clause_words().conjunctions | clause_words().modals | clause_words().be
        ):
            return False
    return False


def _goes_on(row: Row, at: int, found: list[Place]) -> bool:
    """A place right after one that was found: "in X, Y and Z"."""
    back = at - 1
    while (
        back >= 0
        and row[back].plain
        and (row[back].lower in {",", "and", "or", "of", "the"} or row[back].lower.endswith("ern"))
    ):
        back -= 1
    return back >= 0 and row[back].place in found


def _time(
    row: Row, clause: tuple[int, int], trigger: Trigger, arguments: Arguments, claim: Claim
) -> Time | None:
    """The date nearest to the trigger in its clause, else one that opens the sentence."""
    at = trigger.at
    dated = [
        index
        for index, word in enumerate(row)
        if word.time is not None
        and word.time.type in {"DATE", "TIME"}
        and (word.time.earliest or word.time.latest)
        and any_contains(claim.spans, (word.begin, word.end))
        and not (index and row[index - 1].lower in _OPEN_TIMES)
    ]
    inside = [index for index in dated if clause[0] <= index < clause[1]]
    bare = trigger.group is None and arguments.begin == trigger.at
    if bare:
        begin = modifiers_begin(row, at)
        inside = [
            index
            for index in inside
            if begin <= index < trigger.stop + NEAR_TIME or index <= clause[0] + OPENING
        ]
        inside = [index for index in inside if not _parted(row, trigger.stop, index)]
    if trigger.group is not None and trigger.group.reduced:
        inside = [index for index in inside if trigger.stop <= index < trigger.stop + NEAR_TIME]
    if inside:
        return row[min(inside, key=lambda index: abs(index - at))].time
    return row[dated[0]].time if not bare and len(dated) == 1 and _leads(row, dated[0], clause) else None


def _parted(row: Row, stop: int, index: int) -> bool:
    """Whether a bracket or "and" stands between a noun and a date after it."""
    return any(word.plain and word.lower in {"and", "but", "("} for word in row[stop:index])


def _leads(row: Row, at: int, clause: tuple[int, int]) -> bool:
    """A date that opens the sentence speaks for its clauses: "On Monday, as ..., rebels ..." """
    return at <= 4 and clause[0] > at


def _figures(
    row: Row, clause: tuple[int, int], trigger: Trigger, figures: Sequence[Figure]
) -> tuple[Figure, ...]:
    tolls = vocabulary().tolls
    measures = tolls.others.get(trigger.kind.type, frozenset())
    if trigger.kind.type == "ASSAULT":
        measures = measures | tolls.deaths | tolls.injured
    span = (row[clause[0]].begin, row[clause[1] - 1].end)
    return tuple(
        figure
        for figure in figures
        if figure.measure in measures
        and figure.status in {"observed", "estimated"}
        and contains(span, figure.spans[0])
    )


def _weapons(row: Row, clause: tuple[int, int], kind: Kind) -> tuple[str, ...]:
    if kind.type != "ASSAULT":
        return ()
    found = [kind.weapon] if kind.weapon else []
    lowers = " ".join(word.lower for word in row[clause[0] : clause[1]] if word.plain or word.party)
    padded = f" {lowers} "
    found.extend(form for form in _weapon_forms() if f" {form} " in padded and form not in found)
    return tuple(found)


@cache
def _weapon_forms() -> tuple[str, ...]:
    return tuple(form for name in vocabulary().weapons.words for form in (name, plural(name)))


def _quantified(row: Row, first: int, at: int) -> bool:
    return any(word.lower in vocabulary().words.plural_quantity for word in row[max(0, first - 3) : at])


def _since(row: Row, clause: tuple[int, int]) -> bool:
    """ "have been killed since the war began": a sum over many happenings."""
    return any(word.lower == "since" for word in row[clause[0] : min(clause[1] + 1, len(row))])


def _definite(row: Row, at: int) -> bool:
    return any(
        word.lower in {"the", "this", "that", "these", "those", "its", "their"}
        for word in row[max(0, at - 3) : at]
    )


def _is_person(member: Participant) -> bool:
    return member.actor is not None and member.actor.kind == "person_role"


def _is_named(mention: Mention) -> bool:
    """ "the battle of X", "the X attack"; or fighting that goes on in a place."""
    named = mention.definite and mention.tied and mention.kind.type == "ASSAULT" and not mention.many
    return named or (mention.kind.two_sided and mention.status == "ongoing")


def is_grounded(mention: Mention) -> bool:
    """Whether enough is said to speak of a happening: who, and with whom, where, when or how many."""
    who = [word for word in (*mention.agents, *mention.targets) if word.actor or word.sort != "civilian"]
    anchors = bool(mention.places) + (mention.time is not None) + bool(mention.figures)
    both = bool(mention.agents) and bool(mention.targets)
    if mention.kind.struggle and not mention.noun and not anchors:
        return False
    if mention.kind.object == "place" and mention.noun and not mention.tied:
        return False  # "the fall of the president"
    if mention.kind.leaves and any(
        member.actor and member.actor.kind == "person_role" for member in mention.targets
    ):
        return False  # a president is ousted without a fight
    if mention.kind.object == "captive" and not mention.targets:
        return False
    if mention.status == "hypothetical":
        return (
            not mention.purpose
            and both
            and all(any(member.actor for member in side) for side in (mention.agents, mention.targets))
        )
    if not mention.real:
        return bool(mention.agents) and bool(who) and (bool(mention.targets) or bool(mention.places))
    if mention.kind.needs_carrier:
        return both
    if who:
        return both or anchors > 0
    if mention.agents or mention.targets:
        return anchors > 1 or (both and anchors > 0)
    if not mention.noun:
        return bool(mention.figures) and anchors > 1
    if any((place.where_prec or 7) <= FINE for place in mention.places) and _is_named(mention):
        return True
    return bool(mention.places) and anchors > 1 and (mention.tied or not mention.kind.two_sided)
