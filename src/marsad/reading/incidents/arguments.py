"""Who did it to whom: the participants around a trigger, with the voice and verbs around it."""

from __future__ import annotations

from typing import NamedTuple

from marsad.reading.clauses.clauses import Group, clause_words, is_adverb, is_aux
from marsad.reading.clauses.names import acting
from marsad.reading.clauses.participants import Participant, Row, Word
from marsad.reading.clauses.subjects import (
    is_counted,
    joined_after,
    joined_before,
    object_after,
    subject,
    subject_before,
)
from marsad.reading.clauses.verb_groups import VerbGroup, verb_group
from marsad.reading.incidents import counterparts
from marsad.reading.incidents.kinds import carriers, sufferers, vocabulary
from marsad.reading.incidents.tails import Tail, by_whom, tail_after
from marsad.reading.incidents.triggers import Trigger, modifiers_begin
from marsad.records.reading import Place


class Arguments(NamedTuple):
    """`agents` did it and `targets` suffered it; of a two-sided happening the order is as named."""

    agents: Group = ()
    targets: Group = ()
    places: tuple[Place, ...] = ()  # that the grammar ties to the trigger: "battle of X", "took X"
    begin: int = 0  # row indices of trigger with its carrier: "launched violent attacks"
    stop: int = 0
    governor: VerbGroup | None = None  # the verb whose tense and mood say whether it happened

    def joined(self, other: Arguments) -> Arguments:
        """This with what only the other knows."""
        return self._replace(
            agents=self.agents or other.agents,
            targets=self.targets or other.targets,
            places=(*self.places, *(place for place in other.places if place not in self.places)),
        )


def of(row: Row, trigger: Trigger) -> Arguments:
    """The arguments of `trigger`, as far as the rules can tell."""
    found = _read(row, trigger)
    if trigger.kind.object != "whom":
        return _with_names(row, trigger, found)
    if trigger.group is not None:
        agents, targets = counterparts.of_verb(row, trigger, trigger.group)
    else:
        begin = modifiers_begin(row, trigger.at)
        owners = _modifiers(row, begin, trigger.at, leaves=False)[0]
        agents, targets = counterparts.of_noun(row, trigger, owners, carrier_before(row, trigger.at))
    if trigger.kind.public:
        agents = tuple(party for party in agents if party.sort in {"name", "official"})
    return found._replace(agents=agents, targets=targets)


def _read(row: Row, trigger: Trigger) -> Arguments:
    return _of_verb(row, trigger, trigger.group) if trigger.group is not None else _of_noun(row, trigger)


def _with_names(row: Row, trigger: Trigger, found: Arguments) -> Arguments:
    """Empty sides filled with names that are no actor's mention: countries, and whom no gazetteer knows."""
    named = acting(row, settlements=False)
    other = _read(named, trigger)
    agents, targets = other.agents, other.targets
    if not agents and trigger.group is not None and trigger.group.voice == "active":
        agents = counterparts.apart(counterparts.subject_of(named, trigger.group), found.targets)
    if trigger.kind.two_sided and not targets and len(agents) > 1:
        return found._replace(agents=agents[:1], targets=agents[1:])
    agents = _longer(found.agents, agents) or counterparts.apart(agents, found.targets)
    targets = _longer(found.targets, targets) or counterparts.apart(targets, agents)
    if not targets and trigger.kind.quad == "material conflict":
        targets = counterparts.nation_of_object(row, trigger, agents)
        targets = targets or counterparts.governed(row, trigger, agents)
    return found._replace(agents=agents, targets=targets)


def _longer(some: Group, more: Group) -> Group:
    """`more` where it is `some` with others beside them: "Syrian, Iranian and Russian forces"."""
    ends = {party.end for party in some}
    return more if some and ends <= {party.end for party in more} else some


def _of_verb(row: Row, trigger: Trigger, group: VerbGroup) -> Arguments:
    subjects, tail = subject(row, group), tail_after(row, group.stop)
    base = Arguments(
        agents=subjects,
        places=_left(trigger, tail),
        begin=trigger.at,
        stop=trigger.stop,
        governor=group,
    )
    if group.voice == "passive":
        places = (*_place_subject(row, group, trigger), *base.places)
        return base._replace(agents=tail.by, targets=subjects, places=places)
    found = object_after(row, group.stop)
    if found is None and _is_bare_participle(row, trigger, group):
        nearest = joined_before(row, group.begin - 1)[1] if row[group.begin - 1].party else subjects
        return base._replace(agents=tail.by, targets=nearest)
    if found is None:
        return base._replace(targets=_oblique(trigger, tail) or (tail.of if trigger.kind.leaves else ()))
    return _with_object(row, trigger, tail, base, *found)


def _oblique(trigger: Trigger, tail: Tail) -> Group:
    """The other side of a verb without an object: "surrendered to", "clashed with"."""
    if trigger.kind.object == "none":
        return tail.against if trigger.kind.type == "PROTEST" else tail.to
    if trigger.kind.two_sided:
        return tail.against or tail.with_
    if trigger.kind.leaves:
        return tail.from_
    return tail.against if trigger.kind.object in {"party", "either", "any"} else ()


def _with_object(row: Row, trigger: Trigger, tail: Tail, base: Arguments, at: int, word: Word) -> Arguments:
    """The object, at row index `at`, as the side or the place that the kind of happening takes."""
    takes = trigger.kind.object
    if word.place is not None and takes in {"place", "either", "any", "none"}:
        base = base._replace(places=(*base.places, word.place))
    if takes == "place":
        return base._replace(targets=tail.from_)
    if takes in {"none", "force"}:
        return base._replace(targets=tail.from_ if trigger.kind.leaves else tail.to)
    return base._replace(targets=joined_after(row, at)[1] if word.party is not None else ())


def _is_bare_participle(row: Row, trigger: Trigger, group: VerbGroup) -> bool:
    """ "the sixth soldier killed in the war": no object where the verb has to have one."""
    if trigger.kind.object != "party" or trigger.kind.two_sided or group.form != "past" or group.auxiliaries:
        return False
    after = row[group.stop] if group.stop < len(row) else None
    ends = after is None or (after.plain and not after.lower[:1].isalnum())
    return ends or (after is not None and _follows_participle(after) and not is_counted(row, group.stop))


def _follows_participle(word: Word) -> bool:
    """ "killed in the war", not "rounded up members" or "used gas"."""
    return word.time is not None or (
        word.plain and (word.lower in clause_words().prepositions or is_adverb(word))
    )


def _left(trigger: Trigger, tail: Tail) -> tuple[Place, ...]:
    """The place that somebody was driven out of or withdrew from."""
    return tail.origins[:1] if trigger.kind.leaves else ()


def _place_subject(row: Row, group: VerbGroup, trigger: Trigger) -> tuple[Place, ...]:
    """ "the town was captured": the place right before the verb."""
    if trigger.kind.object == "party":
        return ()
    at = group.begin - 1
    while at >= 0 and is_adverb(row[at]):
        at -= 1
    if at >= 0 and row[at].lower == ",":
        at -= 1
    place = row[at].place if at >= 0 else None
    return (place,) if place is not None else ()


def prepositions_after(row: Row, stop: int) -> Tail:
    """What the prepositions after a word govern, up to the next clause."""
    return tail_after(row, stop)


def carrier_before(row: Row, at: int) -> Group:
    """The subject of the verb that carries the noun at row index `at`: "X launched a campaign"."""
    group = _carrier(row, modifiers_begin(row, at))
    return subject(row, group) if group is not None else ()


def _of_noun(row: Row, trigger: Trigger) -> Arguments:
    begin = modifiers_begin(row, trigger.at)
    owners, places = _modifiers(row, begin, trigger.at, leaves=trigger.kind.leaves)
    tail = tail_after(row, trigger.stop)
    carried = _carrier(row, begin)
    passive = _passive_carrier(row, trigger.stop)
    agents, targets = _roles(trigger, owners, tail)
    if carried is not None:
        agents, targets = _carried(row, carried, agents, targets)
    agents = agents or passive or _claimant(row, begin)
    first = carried.at if carried is not None else trigger.at
    return Arguments(
        agents,
        targets,
        (*places, *tail.places[:2]),
        first,
        trigger.stop,
        carried or _predicate(row, trigger.stop),
    )


def _roles(trigger: Trigger, owners: Group, tail: Tail) -> tuple[Group, Group]:
    """Agents and targets by the prepositions after a noun and the owner before it."""
    kind = trigger.kind
    if tail.between is not None and (kind.two_sided or kind.episode):
        return tail.between
    if kind.two_sided:
        return owners or tail.by, tail.with_ or tail.against
    targets = tail.against or (tail.of if kind.of_target else ())
    if kind.result or kind.victim_owner:
        return tail.by or (owners if targets else ()), targets or owners
    agents = owners or tail.by
    if kind.object in {"none", "force"}:
        return agents or tail.of, ()
    return agents, targets


def _modifiers(row: Row, begin: int, stop: int, *, leaves: bool) -> tuple[Group, tuple[Place, ...]]:
    """Whose it is ("the group's attack", "US-led airstrikes"), and where ("the Raqqa offensive")."""
    owners = _joined_nations(row, begin)
    places: list[Place] = []
    for at in range(begin, stop):
        word = row[at]
        if word.tie is not None and word.tie[0] in {"leads", "describes"}:
            owners = (*owners, word.tie[1])
        elif word.party is not None:
            owners = (*owners, *(one for one in joined_before(row, at)[1] if one not in owners))
        elif word.nation is not None and not (leaves and word.place and word.nation.actor is None):
            owners = (*owners, word.nation)
        elif word.place is not None:
            places.append(word.place)
    return owners, tuple(places)


def _joined_nations(row: Row, begin: int) -> Group:
    """The first of "US, French and British airstrikes": a noun's phrase begins with the last."""
    found: list[Participant] = []
    if begin >= len(row) or not (row[begin].nation or row[begin].party):
        return ()
    while begin > 1 and row[begin - 1].lower in {",", "and"}:
        begin -= 2 if row[begin - 2].lower != "," else 3
        nation = row[begin].nation if begin >= 0 else None
        if nation is None:
            break
        found.insert(0, nation)
    return tuple(found)


def _carrier(row: Row, begin: int) -> VerbGroup | None:
    """The verb right before the noun's phrase that carries it: "carried out an attack"."""
    for at in range(begin - 1, max(-1, begin - 5), -1):
        word = row[at]
        for form in carriers().get(word.lower, ()):
            if form.particle and not any(w.lower == form.particle for w in row[at + 1 : begin]):
                continue
            group = verb_group(row, at, form)
            if group is not None and group.voice == "active":
                return group
        if not (
            word.plain
            and (
                is_adverb(word)
                or word.lower
                in {
                    "of",
                    "out",
                    "up",
                    "series",
                    "dozens",
                    "hundreds",
                    "number",
                    "string",
                    "wave",
                    "under",
                    "numerous",
                    "several",
                    "scores",
                    "a",
                    "the",
                }
            )
        ):
            return None
    return None


def _carried(row: Row, group: VerbGroup, agents: Group, targets: Group) -> tuple[Group, Group]:
    subjects = subject(row, group)
    base = next(form.base for form in carriers()[row[group.at].lower])
    if base in sufferers():
        return agents, targets or subjects
    return agents or subjects, targets


def _passive_carrier(row: Row, stop: int) -> Group:
    """ "the attack was carried out by ...", "claimed by ...": the agent after the noun."""
    for at in range(stop, min(len(row) - 1, stop + 12)):
        if row[at].lower in {";", ":", "."}:
            return ()
        if by_whom(row[at].lower):
            for ahead in range(at + 1, min(len(row), at + 4)):
                if row[ahead].lower == "by" and (found := object_after(row, ahead + 1)) and found[1].party:
                    return joined_after(row, found[0])[1]
    return ()


def _claimant(row: Row, begin: int) -> Group:
    """ "X claimed responsibility for the attack": X."""
    words = vocabulary().responsibility
    lowers = [word.lower for word in row[max(0, begin - 3) : begin]]
    if (
        len(lowers) == 3
        and lowers[0] in words.claimed
        and lowers[1] in words.claimed_object
        and lowers[2] == "for"
    ):
        return subject_before(row, begin - 3)
    return ()


def _predicate(row: Row, stop: int) -> VerbGroup | None:
    """The auxiliaries after a noun, where it is a subject: "the attack will ..." """
    for at in range(stop, min(len(row), stop + 10)):
        if is_aux(row[at]):
            last = at
            while last + 1 < len(row) and (is_aux(row[last + 1]) or is_adverb(row[last + 1])):
                last += 1
            words = tuple(word.lower for word in row[at : last + 1])
            return VerbGroup(
                at, min(last + 1, len(row) - 1), min(last + 2, len(row)), "active", "past", words
            )
        if row[at].lower in {",", ";", ":", "and", "but", "that", "which", "who"}:
            return None
    return None
