"""The two sides of a political happening: who speaks or acts, and towards whom.

Diplomacy is told with many turns of phrase ("rejected a call by X to ...", "voiced support for the
efforts of X"), so the other side is looked for in the whole clause behind the verb: behind the
prepositions that the sort of happening names, else the first party there. Every name may be a party.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from marsad.reading.clauses.clauses import (
    POSSESSIVES,
    Group,
    clause_of,
    clause_words,
    in_phrase,
    is_adverb,
    is_aux,
    is_predicate,
)
from marsad.reading.clauses.names import acting, is_pronoun
from marsad.reading.clauses.participants import Participant, Row, nouns
from marsad.reading.clauses.subjects import (
    clause_subject,
    joined_after,
    object_after,
    subject,
    subject_before,
)
from marsad.reading.clauses.verb_groups import VerbGroup
from marsad.reading.incidents.kinds import Kind
from marsad.reading.incidents.tails import tail_after
from marsad.reading.incidents.triggers import Trigger

REACH = 40  # words behind a verb in which the other side is looked for
ASIDE = 12  # words of "..., an official in the capital said" at the end of a sentence
NEAR = 6  # words between a verb and its direct object: "accused the new Ruritanian government"
BACK = 8  # words from a party back to the preposition that governs it

_LOCATIVES = frozenset(
    {"in", "at", "near", "inside", "outside", "across", "around", "from", "of", "since", "during"}
)
_MARKS = frozenset({";", ":", "—", "–", "(", "•"})


def of_verb(row: Row, trigger: Trigger, group: VerbGroup) -> tuple[Group, Group]:
    """Who does it and to whom, of a verb in either voice."""
    named, kind = acting(row), trigger.kind
    subjects = subject_of(acting(row, settlements=False), group)
    if _is_reduced(row, trigger, group):
        agents = tail_after(named, group.stop).by
        targets = _governed(named, kind, group.stop, agents, kind.to)
    elif group.voice == "passive":
        agents = tail_after(named, group.stop).by
        targets = _of_passive(named, trigger, group, subjects, agents)
    else:
        agents, targets = subjects, _others(named, kind, group.stop, subjects, direct=trigger.frame is None)
    if kind.reciprocal and len(agents) == 1 and not targets:
        agents = _spelt_out(named, agents[0]) or agents
    if kind.reciprocal and len(agents) > 1 and not _is_other(row, kind, group.stop, targets):
        agents, targets = agents[:1], agents[1:]
    return (targets, agents) if kind.reverse else (agents, targets)


def _is_reduced(row: Row, trigger: Trigger, group: VerbGroup) -> bool:
    """ "sanctions imposed on X": the noun that the verb needs stands before it, and nobody is its subject."""
    bare = group.form == "past" and not group.auxiliaries and group.stop < len(row)
    framed = trigger.frame is not None and bool(trigger.frame.objects)
    return bare and framed and row[group.stop].plain and row[group.stop].lower in clause_words().prepositions


def of_noun(row: Row, trigger: Trigger, owners: Group, carrier: Group) -> tuple[Group, Group]:
    """Who does it and to whom, of a noun: "the visit of X to Y", "talks between X and Y"."""
    named, kind = acting(row), trigger.kind
    tail = tail_after(named, trigger.stop)
    if tail.between is not None:
        return tail.between
    agents = _of_copula(named, trigger.at) or carrier or owners or tail.by or tail.of
    rest = (*agents, *owners)
    targets = _governed(named, kind, trigger.stop, rest, tuple(kind.to))
    if not targets and named[trigger.stop - 1].lower == "to":
        targets = _others(named, kind, trigger.stop, rest)  # "ready to train officers of X"
    if not targets and carrier and owners:
        targets = owners
    if kind.reciprocal and len(agents) > 1 and not targets:
        agents, targets = agents[:1], agents[1:]
    return agents, targets


def _of_copula(named: Row, at: int) -> Group:
    """Of whom a describer is told: "X is ready to", "it was unwilling to"."""
    begin = at
    while begin > 0 and at - begin < 4 and (is_aux(named[begin - 1]) or is_adverb(named[begin - 1])):
        begin -= 1
    if not any(named[i].lower in clause_words().be for i in range(begin, at)):
        return ()
    if is_pronoun(named, begin - 1):
        return clause_subject(named, 0, begin - 1)
    return subject_before(named, begin)


def _of_passive(named: Row, trigger: Trigger, group: VerbGroup, subjects: Group, agents: Group) -> Group:
    """Whom a passive speaks of: its subject, or whoever stands with the noun that is its subject."""
    if subjects and trigger.frame is None:
        return subjects
    behind = _governed(named, trigger.kind, group.stop, agents, tuple(trigger.kind.to))
    if behind:
        return behind
    begin, _ = clause_of(named, group.begin)
    return subjects or _others(named, trigger.kind, begin, agents, stop=group.begin)


def subject_of(named: Row, group: VerbGroup) -> Group:
    """The subject of the verb; of "it" the subject of what goes before in the sentence."""
    found = subject(named, group)
    if found:
        return found
    begin, _ = clause_of(named, group.begin)
    for at in range(group.begin - 1, begin - 1, -1):
        if is_pronoun(named, at):
            return clause_subject(named, 0, at)
    return _only_before(named, begin, group.begin)


def _only_before(named: Row, begin: int, stop: int) -> Group:
    """The first party of the clause before its verb that no preposition governs."""
    for at in range(begin, stop):
        if named[at].party is not None and not _preposition(named, at, begin):
            return joined_after(named, at)[1]
    return ()


class _Candidate(NamedTuple):
    at: int
    party: Participant
    preposition: str


def _spelt_out(named: Row, party: Participant) -> Group:
    """Those of whom a party is told: "the foreign ministers of X and Y"."""
    at = next((at for at, word in enumerate(named) if word.party is party), len(named))
    if at + 2 >= len(named) or named[at + 1].lower not in {"of", "from"}:
        return ()
    found = object_after(named, at + 2)
    group = joined_after(named, found[0])[1] if found and found[1].party else ()
    return group if len(group) > 1 else ()


def _others(
    named: Row, kind: Kind, begin: int, known: Group, *, stop: int | None = None, direct: bool = False
) -> Group:
    """The other side: the direct object, what a preposition of its sort governs, or the likeliest party."""
    if direct and named[min(begin, len(named) - 1)].lower in _OBJECTS:
        return ()  # whom "him" stands for is not told
    end = _end(named, begin) if stop is None else stop
    found = [one for one in _candidates(named, begin, end, known) if _may_be_side(named, kind, one)]
    if not found:
        return ()
    direct = direct and "to" not in {word.lower for word in named[begin - 1 : begin + 1]}
    objects = [
        one
        for one in found[:1]
        if direct and not _is_settlement(named, one.at) and not one.preposition and one.at - begin < NEAR
    ]
    best = min(objects or found, key=lambda one: (_rank(named, kind, one), one.at))
    return apart(joined_after(named, best.at)[1], known)


def _governed(named: Row, kind: Kind, begin: int, known: Group, prepositions: tuple[str, ...]) -> Group:
    """The first party behind one of `prepositions`."""
    for wanted in prepositions:
        for one in _candidates(named, begin, _end(named, begin), known):
            if one.preposition == wanted:
                return apart(joined_after(named, one.at)[1], known)
    return ()


def _candidates(named: Row, begin: int, end: int, known: Group) -> Iterator[_Candidate]:
    for at in range(begin, end):
        party = named[at].party
        if party is not None and not _same(party, known):
            yield _Candidate(at, party, _preposition(named, at, max(0, begin - 2)))


def _rank(named: Row, kind: Kind, one: _Candidate) -> int:
    """How far a party is from being the other side: 0 is the surest."""
    last = len(kind.to)
    place, settlement = named[one.at].place, _is_settlement(named, one.at)
    if one.preposition in kind.to and not settlement:
        return kind.to.index(one.preposition)
    if settlement or (place is not None and one.preposition in _LOCATIVES):
        return last + 3 + (settlement and one.preposition not in kind.to)
    if one.party.sort == "civilian":
        return last + 2
    return last + (one.preposition in _LOCATIVES)


_OBJECTS = frozenset({"him", "her", "them", "me", "us", "you", "it"})


def _may_be_side(named: Row, kind: Kind, one: _Candidate) -> bool:
    """Whether it is more than where two meet."""
    if kind.reciprocal and one.preposition in _LOCATIVES and one.preposition not in kind.to:
        return False
    return kind.public or not _is_settlement(named, one.at) or one.preposition in ("", *kind.to)


def _is_settlement(named: Row, at: int) -> bool:
    """A city or region: where two meet rather than one of them."""
    place = named[at].place
    return place is not None and place.kind != "country"


def _preposition(named: Row, at: int, begin: int) -> str:
    """The preposition that governs the phrase of the party at `at`; empty where none does."""
    back = at - 1
    while back >= begin and at - back <= BACK:
        word = named[back]
        if word.plain and word.lower in clause_words().prepositions:
            return "" if word.lower == "to" and _is_infinitive(named, back) else word.lower
        joins = word.plain and word.lower in {",", "and", "or"}
        passed = (word.plain and word.lower in clause_words().determiners) or word.lower in POSSESSIVES
        if not (passed or joins or word.party or word.tie or in_phrase(word)):
            return ""
        if joins and named[back - 1].party is None:
            return ""
        if is_predicate(word) and word.lower not in nouns().participles:
            return ""
        back -= 1
    return ""


def _is_infinitive(named: Row, at: int) -> bool:
    """ "to send engineers", not "to striking teachers" or "to the rebels"."""
    word = named[at + 1]
    opens = word.lower in clause_words().determiners or word.lower in _COUNTS
    noun = word.title or not word.plain or opens or not word.lower.isalpha()
    return not noun and not word.lower.endswith(("ing", "ed", "s", "al", "ic", "ish"))


_COUNTS = frozenset(
    {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "dozens", "hundreds"}
)


def _same(party: Participant, known: Iterable[Participant]) -> bool:
    return any(
        (party.begin < one.end and one.begin < party.end)
        or (party.actor is not None and one.actor is not None and party.actor.id == one.actor.id)
        for one in known
    )


def apart(group: Group, known: Group) -> Group:
    """The members of `group` that are none of `known`."""
    return tuple(party for party in group if not _same(party, known))


def _is_other(row: Row, kind: Kind, begin: int, targets: Group) -> bool:
    """Whether two who act together have a third before them: "X and Y held talks with Z", not "in Z"."""
    if not targets:
        return False
    at = next((at for at, word in enumerate(row) if word.begin <= targets[0].begin < word.end), 0)
    if _preposition(row, at, max(0, begin - 2)) in kind.to:
        return True
    return row[at].place is None and targets[0].sort != "civilian"


def governed(row: Row, trigger: Trigger, known: Group) -> Group:
    """Whom a deed is aimed at, by the prepositions of aim: "fired tear gas and bullets at students"."""
    aim = _AIM if trigger.kind.object != "force" else (*_AIM, *_TOWARDS)
    return _governed(acting(row, settlements=False), trigger.kind, trigger.stop, known, aim)


_AIM = ("against", "at", "on", "upon")
_TOWARDS = ("to", "towards", "toward", "near", "along", "with", "off")


def nation_of_object(row: Row, trigger: Trigger, known: Group) -> Group:
    """Whose what was done to is: "bombed Kurdish villages", "marched on the Ruritanian embassy"."""
    passive = trigger.group is not None and trigger.group.voice == "passive"
    at = trigger.stop
    while not passive and at < min(len(row), trigger.stop + BACK):
        word = row[at]
        if word.party is not None and at + 1 < len(row) and in_phrase(row[at + 1]) and row[at + 1].plain:
            return apart((word.party,), known)
        if word.nation is not None and not _same(word.nation, known):
            if at + 1 < len(row) and in_phrase(row[at + 1]) and row[at + 1].plain and not word.place:
                return (word.nation._replace(end=row[at + 1].end),)
            return (word.nation,) if word.place is not None and at == trigger.stop else ()
        passed = word.plain and word.lower in _ONTO | clause_words().determiners
        if not (passed or in_phrase(word)) or word.party or word.place:
            return ()
        at += 1
    return ()


_ONTO = frozenset({"on", "against", "at", "upon", "into"})


def _end(named: Row, begin: int) -> int:
    """Row index at which what is said of the verb is over."""
    last = min(len(named), begin + REACH)
    for at in range(begin, last):
        if named[at].plain and _ends(named, at):
            return at
    return last


@cache
def _closing() -> frozenset[str]:
    g = clause_words()
    return _MARKS | (g.subordinators - {"as", "whether", "if"}) | (g.relatives - {"that"}) | {"following"}


def _ends(named: Row, at: int) -> bool:
    lower = named[at].lower
    if lower in _closing():
        return True
    if lower in {"and", "but", "or"}:
        return _next_predicate(named, at + 1)
    ahead = named[at + 1 : at + 3]
    if lower == "," and len(ahead) == 2 and ahead[0].party is not None and is_predicate(ahead[1]):
        return True  # "spoke by telephone, X pledged"
    return lower in {",", "“", "”", '"'} and _is_tail(named, at + 1)


def _next_predicate(named: Row, at: int) -> bool:
    """ "and promised", "but the army has": another verb of the same or of another subject."""
    while at < len(named) and (named[at].lower in clause_words().determiners or is_adverb(named[at])):
        at += 1
    if at + 1 >= len(named):
        return False
    word = named[at]
    subject = word.party is not None or word.lower in clause_words().pronouns
    return is_predicate(word) or (subject and is_predicate(named[at + 1]))


_SAYING = frozenset({"said", "says", "reported", "told", "announced", "according", "added", "saying"})


def _is_tail(named: Row, at: int) -> bool:
    """ ", a senior official said on Monday": who tells the sentence."""
    for word in named[at : at + ASIDE]:
        if word.plain and word.lower in _SAYING:
            return True
        if word.plain and word.lower in {",", ";"}:
            return False
    return False
