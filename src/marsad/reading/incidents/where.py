"""Where and when a happening took place, as the clause of its trigger tells."""

from __future__ import annotations

from marsad.reading.clauses.clauses import POSSESSIVES, clause_words, is_predicate
from marsad.reading.clauses.participants import Row
from marsad.reading.incidents.arguments import Arguments
from marsad.reading.incidents.kinds import vocabulary
from marsad.reading.incidents.triggers import Trigger, modifiers_begin
from marsad.records.reading import Claim, Place, Time
from marsad.records.spans import any_contains

NEAR_TIME = 10  # words after a participle that hangs on a noun: "areas taken by the army in 2018"
NEAR_PLACE = 14  # words from a trigger, or from a place that it has, to another
OPENING = 4  # words in which a clause or sentence says where it plays: "In the north of X, ..."
BESIDE = 4  # words before a place in which "near" speaks of it

_OPEN_TIMES = frozenset({"since", "until", "before"})  # these say when something else began or ended
_NOT_WHERE = frozenset({"from", "to", "for", "against", "of", "on", "towards"})
_STRICT = frozenset({"in", "at", "near", "outside", "inside", "around", "across"})
_BESIDE = frozenset(
    {"near", "outside", "around", "outskirts", "vicinity", "close", "miles", "km", "kilometres", "mile"}
)
_NOWHERE = frozenset({"SANCTION"})  # "sanctions on X" are against it, and happen nowhere


def places_of(row: Row, clause: tuple[int, int], trigger: Trigger, arguments: Arguments) -> tuple[Place, ...]:
    """The places that the grammar ties to the trigger, and those after a locative in its clause."""
    if trigger.kind.type in _NOWHERE:
        return ()
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
        near = near and not (at > last and _set_off(row, last, at))
        if place in found:
            last = at
        elif (near and _is_located(row, at)) or (found and _goes_on(row, at, found)):
            found.append(place)
            last = at
    return tuple(found) or _opening_place(row, clause)


def beside(row: Row, places: tuple[Place, ...]) -> frozenset[str]:
    """Ids of the places that the happening was only near: "outside X", "20 miles from X"."""
    return frozenset(
        word.place.id
        for at, word in enumerate(row)
        if word.place in places
        and word.place is not None
        and any(other.lower in _BESIDE for other in row[max(0, at - BESIDE) : at])
    )


def _set_off(row: Row, last: int, at: int) -> bool:
    """Whether a comma stands between that no locative follows: what comes then speaks of something else."""
    return any(
        row[mark].lower == "," and row[mark + 1].lower not in _STRICT and row[mark + 1].place is None
        for mark in range(last, at)
    )


def _opening_place(row: Row, clause: tuple[int, int]) -> tuple[Place, ...]:
    """A place that opens the sentence speaks for its later clauses: "In X, as ..., rebels ..." """
    if clause[0] <= OPENING or row[0].lower not in _STRICT:
        return ()
    return tuple(
        word.place
        for at, word in enumerate(row[1 : OPENING + 1], 1)
        if word.place is not None and word.party is None and at < clause[0]
    )


def _begins_predicate(row: Row, at: int) -> bool:
    """A verb after a bare noun: what follows may lie elsewhere."""
    own = vocabulary().words.predicates | clause_words().be | clause_words().have
    return is_predicate(row[at]) and row[at].lower not in own


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


def time_of(
    row: Row, clause: tuple[int, int], trigger: Trigger, arguments: Arguments, claim: Claim
) -> Time | None:
    """The date nearest to the trigger in its clause, else one that opens the sentence."""
    at = trigger.at
    told = any_contains(claim.spans, (row[at].begin, row[at].end))  # not in the words that introduce it
    dated = [
        index
        for index, word in enumerate(row)
        if word.time is not None
        and word.time.type in {"DATE", "TIME"}
        and (word.time.earliest or word.time.latest)
        and (not told or any_contains(claim.spans, (word.begin, word.end)))
        and not (index and row[index - 1].lower in _OPEN_TIMES)
    ]
    inside = [index for index in dated if clause[0] <= index < clause[1]]
    if trigger.group is None and _is_watched(row, modifiers_begin(row, at)):
        inside = dated = [index for index in inside if index > at]
    bare = trigger.group is None and arguments.begin == trigger.at
    if bare:
        begin = modifiers_begin(row, at)
        inside = [
            index
            for index in inside
            if begin <= index < trigger.stop + NEAR_TIME
            or (index <= clause[0] + OPENING and at - index <= NEAR_TIME)
        ]
        inside = [index for index in inside if not _parted(row, trigger.stop, index)]
    reduced = _is_reduced(row, trigger, arguments)
    if reduced:
        inside = [index for index in inside if trigger.stop <= index < trigger.stop + NEAR_TIME]
    if inside:
        return row[min(inside, key=lambda index: abs(index - at))].time
    own = not bare and not reduced
    return row[dated[0]].time if own and len(dated) == 1 and _leads(dated[0], clause) else None


def _is_watched(row: Row, begin: int) -> bool:
    """ "On Monday a panel monitoring sanctions said": the date is of what the panel did."""
    return any(word.plain and word.lower.endswith("ing") for word in row[max(begin - 1, 0) : begin + 1])


def _is_reduced(row: Row, trigger: Trigger, arguments: Arguments) -> bool:
    """A participle that hangs on a noun: "sanctions imposed on X" """
    group = trigger.group
    if group is None or group.reduced:
        return group is not None
    nobody = group.form == "past" and not group.auxiliaries and not arguments.agents
    after = row[group.stop].lower if group.stop < len(row) else ""
    return nobody and after in clause_words().prepositions


def _parted(row: Row, stop: int, index: int) -> bool:
    """Whether a bracket or "and" stands between a noun and a date after it."""
    return any(word.plain and word.lower in {"and", "but", "("} for word in row[stop:index])


def _leads(at: int, clause: tuple[int, int]) -> bool:
    """A date that opens the sentence speaks for its clauses: "On Monday, as ..., rebels ..." """
    return at <= OPENING and clause[0] > at
