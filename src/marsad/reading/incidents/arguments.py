"""Who did it to whom: the participants around a trigger, with the voice and verbs around it."""

from __future__ import annotations

from typing import NamedTuple

from marsad.reading.clauses.clauses import Group, clause_words, is_adverb, is_aux, new_subject
from marsad.reading.clauses.participants import Row, Word, nouns
from marsad.reading.clauses.subjects import (
    is_counted,
    joined_after,
    joined_before,
    object_after,
    subject,
    subject_before,
)
from marsad.reading.clauses.verb_groups import VerbGroup, verb_group
from marsad.reading.incidents.triggers import Trigger, carriers, modifiers_begin, sufferers, vocabulary
from marsad.reading.syntax import grammar
from marsad.records.reading import Place

TAIL = 22  # words after a noun in which its prepositions are looked for

_LOCATIVES = frozenset({"in", "at", "near", "into"})
_TYING = frozenset({"of", "on", "for", "against"})  # right after the noun: "the battle for X"
_TARGET_PREPOSITIONS = frozenset({"against", "on", "targeting", "upon", "at", "into"})
_OF_TARGET = frozenset(
    {
        "killing",
        "assassination",
        "execution",
        "abduction",
        "siege",
        "seizure",
        "arrest",
        "deportation",
        "offensive",
        "airstrike",
        "explosion",
        "release",
    }
)


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
    if trigger.group is not None:
        return _of_verb(row, trigger, trigger.group)
    return _of_noun(row, trigger)


def _of_verb(row: Row, trigger: Trigger, group: VerbGroup) -> Arguments:
    subjects, tail = subject(row, group), _tail(row, group.stop)
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
        return base._replace(targets=_oblique(trigger, tail))
    return _with_object(row, trigger, tail, base, *found)


def _oblique(trigger: Trigger, tail: Tail) -> Group:
    """The other side of a verb without an object: "surrendered to", "clashed with"."""
    if trigger.kind.object == "none":
        return tail.to
    if trigger.kind.two_sided:
        return tail.against or tail.with_
    return tail.against if trigger.kind.object in {"party", "either", "any"} else ()


def _with_object(row: Row, trigger: Trigger, tail: Tail, base: Arguments, at: int, word: Word) -> Arguments:
    """The object, at row index `at`, as the side or the place that the kind of happening takes."""
    takes = trigger.kind.object
    if word.place is not None and takes in {"place", "either", "any", "none"}:
        base = base._replace(places=(*base.places, word.place))
    if takes == "place":
        return base._replace(targets=tail.from_)
    if takes in {"none", "force"}:
        return base._replace(targets=tail.to)
    return base._replace(targets=joined_after(row, at)[1] if word.party is not None else ())


def _is_bare_participle(row: Row, trigger: Trigger, group: VerbGroup) -> bool:
    """ "the sixth soldier killed in the war": no object where the verb has to have one."""
    if trigger.kind.object != "party" or trigger.kind.two_sided or group.form != "past" or group.auxiliaries:
        return False
    after = row[group.stop] if group.stop < len(row) else None
    return after is None or (after.plain and not is_counted(row, group.stop))


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
    return _tail(row, stop)


def carrier_before(row: Row, at: int) -> Group:
    """The subject of the verb that carries the noun at row index `at`: "X launched a campaign"."""
    group = _carrier(row, modifiers_begin(row, at))
    return subject(row, group) if group is not None else ()


class Tail(NamedTuple):
    """What the prepositions after a trigger govern."""

    by: Group = ()
    by_whom: bool = False  # a "by" was read, whoever it names
    against: Group = ()
    of: Group = ()
    with_: Group = ()
    from_: Group = ()
    to: Group = ()
    between: tuple[Group, Group] | None = None
    places: tuple[Place, ...] = ()
    origins: tuple[Place, ...] = ()  # "out of X", "from X"


def _tail(row: Row, stop: int) -> Tail:
    """Read the prepositional phrases after row index `stop`, up to the next clause."""
    tail = Tail()
    at = stop
    while at < min(len(row), stop + TAIL):
        word = row[at]
        if word.plain and _ends_tail(row, at, stop):
            break
        if word.plain and word.lower in clause_words().prepositions:
            tail, at = _read_phrase(row, at, tail, first=at == stop)
            continue
        at += 1
    return tail


def _ends_tail(row: Row, at: int, stop: int) -> bool:
    g, word = clause_words(), row[at]
    if word.lower in {";", ":", "“", "”", '"', "(", "—", "–", "."}:
        return True
    if word.lower in g.subordinators and word.lower not in g.prepositions:
        return True
    if at > stop and _held_by(row, at):
        return True
    if _finite(row, at):
        return True
    if word.lower == "but" or (word.lower == "and" and new_subject(row, at + 1)):
        return True
    if word.lower == "and":
        after = row[at + 1] if at + 1 < len(row) else None
        return after is not None and after.plain and after.lower not in g.prepositions | g.determiners
    return word.lower in g.relatives or is_aux(word)


def _by_whom(lower: str) -> bool:
    """Participles whose "by" names who did it: "carried out by", "claimed by"; not "suffered by"."""
    forms = carriers().get(lower, ())
    return lower == "claimed" or any(form.base not in sufferers() for form in forms)


def _held_by(row: Row, at: int) -> bool:
    """ "a village held by the group": who holds it did not do it."""
    lower = row[at].lower
    if _by_whom(lower):
        return False
    describes = nouns().leads | nouns().backs | nouns().holds
    past = lower.endswith("ed") or lower in describes or lower in grammar().finite_verbs
    return row[at].plain and past and at + 1 < len(row) and row[at + 1].lower == "by"


def _finite(row: Row, at: int) -> bool:
    """A past after a phrase begins a predicate or hangs on its noun: "the attack on the town killed ..." """
    lower = row[at].lower
    if lower in vocabulary().words.predicates:
        return False
    past = lower in grammar().finite_verbs or (lower.endswith("ed") and len(lower) > 4)
    by_follows = any(word.lower == "by" for word in row[at + 1 : at + 4])
    return past and not (by_follows and _by_whom(lower))


def _read_phrase(row: Row, at: int, tail: Tail, *, first: bool) -> tuple[Tail, int]:
    """One preposition and what it governs; the tail with it, and the row index after it."""
    found = object_after(row, at + 1)
    preposition = row[at].lower
    if found is None:
        return (tail._replace(by_whom=True) if preposition == "by" else tail), at + 1
    head, word = found
    tying = _LOCATIVES | _TYING if first else _LOCATIVES
    places = (word.place,) if word.place is not None and preposition in tying else ()
    origins = (word.place,) if word.place is not None and preposition in {"of", "from"} else ()
    tail = tail._replace(places=(*tail.places, *places), origins=(*tail.origins, *origins))
    if word.party is None:
        acts = word.nation is not None and preposition in {"by", "against", "on", "between", "with"}
        return (_filed(tail, preposition, (word.nation,)) if acts and word.nation else tail), head + 1
    stop, group = joined_after(row, head)
    return _filed(tail, preposition, group), stop


def _filed(tail: Tail, preposition: str, group: Group) -> Tail:
    if preposition == "by":
        return tail if tail.by_whom else tail._replace(by=group, by_whom=True)
    if preposition in _TARGET_PREPOSITIONS:
        return tail if tail.against else tail._replace(against=group)
    if preposition == "of":
        return tail if tail.of else tail._replace(of=group)
    if preposition == "with":
        return tail if tail.with_ else tail._replace(with_=group)
    if preposition == "to":
        return tail if tail.to else tail._replace(to=group)
    if preposition == "from":
        return tail if tail.from_ else tail._replace(from_=group)
    if preposition in {"between", "involving"} and len(group) > 1 and tail.between is None:
        return tail._replace(between=(group[:1], group[1:]))
    return tail


def _of_noun(row: Row, trigger: Trigger) -> Arguments:
    begin = modifiers_begin(row, trigger.at)
    owners, places = _modifiers(row, begin, trigger.at, leaves=trigger.kind.leaves)
    tail = _tail(row, trigger.stop)
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
    targets = tail.against or (tail.of if kind.name in _OF_TARGET else ())
    if kind.result or kind.name in {"assassination", "execution", "arrest", "abduction", "deportation"}:
        return tail.by, targets or owners
    agents = owners or tail.by
    if kind.object in {"none", "force"}:
        return agents or tail.of, ()
    return agents, targets


def _modifiers(row: Row, begin: int, stop: int, *, leaves: bool) -> tuple[Group, tuple[Place, ...]]:
    """Whose it is ("the group's attack", "US-led airstrikes"), and where ("the Raqqa offensive")."""
    owners: Group = ()
    places: list[Place] = []
    for at in range(begin, stop):
        word = row[at]
        if word.tie is not None and word.tie[0] in {"leads", "describes"}:
            owners = (*owners, word.tie[1])
        elif word.party is not None:
            owners = joined_before(row, at)[1]
        elif word.nation is not None and not (leaves and word.place and word.nation.actor is None):
            owners = (*owners, word.nation)
        elif word.place is not None:
            places.append(word.place)
    return owners, tuple(places)


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
        if _by_whom(row[at].lower):
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
